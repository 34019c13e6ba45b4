//! Pages of other origins: none may call the service unless it is configured, letter by letter, and none with cookies.

use performance_framework::config::traffic::Traffic;

use crate::support::app::unlimited;
use crate::support::{Answer, App};

const OURS: &str = "https://dashboards.example.gov.uk";

fn ask(app: &App, origin: &str) -> Answer {
    app.reader().get("frameworks").header("Origin", origin).call().must_be(200)
}

fn ask_first(app: &App, origin: &str) -> Answer {
    let asking = app.anonymous().request("OPTIONS", "frameworks/F").header("Origin", origin);
    asking
        .header("Access-Control-Request-Method", "PUT")
        .header("Access-Control-Request-Headers", "authorization")
        .call()
}

/// Headers by which a browser would let a page in.
fn lets_in(answer: &Answer) -> Vec<String> {
    let names = answer.headers.keys().map(ToString::to_string);
    names.filter(|name| name.starts_with("access-control-")).collect()
}

#[test]
fn no_page_is_let_in_unless_it_is_configured() {
    let app = App::start();
    assert!(lets_in(&ask(&app, OURS)).is_empty());
    assert!(lets_in(&ask_first(&app, OURS)).is_empty());
    let app = App::limited(Traffic { origins: vec![OURS.to_owned()], ..unlimited() });
    for other in ["null", "https://dashboards.example.gov.uk.evil.example", "http://dashboards.example.gov.uk", "*"] {
        let answer = ask(&app, other);
        assert!(lets_in(&answer).is_empty(), "{other}: {:?}", answer.headers);
        assert!(answer.header("vary").contains("Origin"), "{other}");
        assert!(lets_in(&ask_first(&app, other)).is_empty(), "{other}");
    }
}

#[test]
fn a_configured_page_may_call_with_a_key_but_without_cookies() {
    let app = App::limited(Traffic { origins: vec!["https://a.example".to_owned(), OURS.to_owned()], ..unlimited() });
    let first = ask_first(&app, OURS).must_be(204);
    assert_eq!(first.header("access-control-allow-origin"), OURS);
    assert!(first.header("access-control-allow-methods").contains("PUT"));
    assert!(first.header("access-control-allow-headers").contains("authorization"));
    let refused = app.anonymous().get("frameworks").header("Origin", OURS).call().must_be(401);
    for answer in [first, ask(&app, OURS), refused] {
        assert_eq!(answer.header("access-control-allow-origin"), OURS);
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let vary: Vec<_> = answer.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect();
        assert!(vary.join(",").contains("Origin"), "{vary:?}");
    }
    assert!(ask(&app, OURS).header("access-control-expose-headers").contains("etag"));
}
