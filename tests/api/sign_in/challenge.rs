//! What a client without proof is told: how to send a key, and where people sign in.

use super::start;
use crate::support::{Answer, App};

fn challenges(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
}

const BEARER: &str = "Bearer realm=\"performance-framework\"";
const BASIC: &str = "Basic realm=\"performance-framework\", charset=\"UTF-8\"";

#[test]
fn an_empty_bearer_is_told_where_people_sign_in() {
    let (issuer, app) = start();
    let asked = app.anonymous().get("measures").header("Authorization", "Bearer").call();
    asked.problem(401, "unauthenticated");
    assert_eq!(
        challenges(&asked),
        [format!("Bearer authorization_uri=\"{}/authorize\"", issuer.url()).as_str(), BASIC]
    );
    let nothing = app.anonymous().get("measures").call();
    nothing.problem(401, "unauthenticated");
    assert_eq!(challenges(&nothing), [BEARER, BASIC]);
}

#[test]
fn without_an_issuer_or_while_it_is_away_only_keys_are_asked_for() {
    let empty = |app: &App| app.anonymous().get("measures").header("Authorization", "Bearer").call();
    let app = App::start();
    assert_eq!(challenges(&empty(&app)), [BEARER, BASIC]);
    let (issuer, app) = start();
    issuer.goes_away(true);
    let told = empty(&app);
    told.problem(401, "unauthenticated");
    assert_eq!(challenges(&told), [BEARER, BASIC]);
}

#[test]
fn a_page_is_not_made_to_show_the_browsers_own_dialog() {
    let app = App::start();
    let page = app.anonymous().get("measures").header("Sec-Fetch-Mode", "cors").call();
    assert_eq!(challenges(&page), [BEARER]);
}
