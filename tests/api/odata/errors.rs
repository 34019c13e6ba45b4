//! Errors: problems as everywhere, with the error object that clients of OData read.

use performance_framework::config::traffic::Traffic;

use super::{council, get, query};
use crate::support::App;
use crate::support::app::unlimited;

#[test]
fn a_problem_is_also_an_error_of_odata() {
    let app = council();
    let answer = get(&app, "Observations?$filter=value%20eq");
    answer.problem(400, "invalid_parameter").says("`$filter`, column 9: expected a value after `eq`.");
    let body = answer.json();
    assert_eq!(body["error"]["code"], body["code"]);
    assert_eq!(body["error"]["message"], body["detail"]);
    // Clients that ask for JSON read an error only if it comes as that; it is the same body.
    for accept in ["application/json", "application/json;odata.metadata=minimal", "text/plain, application/json;q=0.5"]
    {
        let asked =
            app.reader().get("/odata/v1/Observations?$filter=value%20eq").header("Accept", accept).call().must_be(400);
        assert_eq!(asked.header("content-type"), "application/json;odata.metadata=minimal");
        assert_eq!((&asked.json()["error"], &asked.json()["detail"]), (&body["error"], &body["detail"]));
    }
    for (address, status) in [("Nowhere", 404), ("Measures('M-9')", 404), ("Observations?$expand=x", 501)] {
        let body = get(&app, address).must_be(status).json();
        assert_eq!(body["error"]["message"], body["detail"]);
    }
    let body = app.anonymous().get("/odata/v1/").call().must_be(401).json();
    assert_eq!(body["error"]["code"], "unauthenticated");
    let elsewhere = app.reader().get("measures/M-9").header("Accept", "application/json").call();
    assert!(elsewhere.problem(404, "not_found").member("error").is_null());
}

#[test]
fn what_is_not_supported_is_named() {
    let app = App::start();
    for (options, named) in [
        (vec![("$expand", "measure")], "`$expand`"),
        (vec![("$search", "x")], "`$search`"),
        (vec![("$compute", "x")], "`$compute`"),
        (vec![("$apply", "groupby((measure))")], "`$apply`"),
        (vec![("$deltatoken", "x")], "`$deltatoken`"),
        (vec![("$format", "atom")], "`atom`"),
        (vec![("$filter", "value add 1 gt 2")], "`add`"),
        (vec![("$filter", "length(measure) eq 3")], "`length`"),
        (vec![("$filter", "value gt target")], "`target`"),
        (vec![("$orderby", "year(quarter_start)")], "`year(quarter_start)`"),
        (vec![("$select", "measure/title")], "`measure/title`"),
    ] {
        get(&app, &format!("Observations?{}", query(&options))).problem(501, "not_supported").says(named);
    }
}

#[test]
fn what_there_is_not_is_refused_by_name() {
    let app = App::start();
    for (options, code, says) in [
        ("filter=1", "unknown_parameter", "write `$filter`"),
        ("$Filter=1", "unknown_parameter", "write `$filter`"),
        ("$fitler=1", "unknown_parameter", "There is no query option `$fitler`"),
        ("limit=5", "unknown_parameter", "There is no query option `limit`"),
        ("$top=-1", "invalid_parameter", "`$top` is `-1`"),
        ("$top=1.5", "invalid_parameter", "a whole number from 0"),
        ("$skip=x", "invalid_parameter", "`$skip`"),
        ("$count=yes", "invalid_parameter", "`true` or `false`"),
        ("$top=1&$top=2", "invalid_parameter", "`$top` stands twice"),
        ("$top=1&%24top=2", "invalid_parameter", "`$top` stands twice"),
        ("$select=vlaue", "invalid_parameter", "there is no property `vlaue`"),
        ("$orderby=vlaue", "invalid_parameter", "there is no property `vlaue`"),
        ("$orderby=value%20up", "invalid_parameter", "`asc` or `desc`"),
        ("$filter=%00", "invalid_parameter", "NUL"),
        ("as_of=yesterday", "invalid_parameter", "`as_of`"),
    ] {
        get(&app, &format!("Observations?{options}")).problem(400, code).says(says);
    }
    get(&app, "Observations/$count?$select=rag").problem(400, "invalid_parameter").says("`$select`");
    for beyond in [
        "quarter_start eq 0000-01-01",
        "not (quarter_start in (0000-01-01))",
        "updated_at ge 0000-01-01T00:00:00Z",
        "updated_at ge 0001-01-01T00:00:00%2B14:00",
        "updated_at le 9999-12-31T23:59:59-14:00",
    ] {
        for path in ["Observations", "Observations/$count"] {
            get(&app, &format!("{path}?$filter={}", beyond.replace(' ', "%20"))).problem(400, "invalid_parameter");
        }
    }
    for within in ["quarter_start ge 0001-01-01", "updated_at le 9999-12-31T23:59:59%2B14:00"] {
        get(&app, &format!("Observations?$filter={}", within.replace(' ', "%20"))).must_be(200);
    }
    get(&app, "$metadata?$format=nonsense").problem(400, "invalid_parameter").says("`$format` is `nonsense`");
    get(&app, "$metadata?$filter=1").problem(400, "invalid_parameter").says("`$filter`");
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let app = App::limited(Traffic { reads: 1, ..unlimited() });
    let ask = || app.reader().get("/odata/v1/").header("Accept", "application/json").call();
    let refused = (0..10_000).map(|_| ask()).find(|answer| answer.status == 429).expect("a refusal");
    let wait: u64 = refused.header("retry-after").parse().expect("whole seconds");
    assert!((1..=120).contains(&wait), "{wait}");
    assert_eq!(
        (&refused.json()["error"]["code"], refused.header("odata-version")),
        (&"too_many_requests".into(), "4.0")
    );
}
