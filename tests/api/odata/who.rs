//! Who sees what: rows are filtered, and nobody is refused a part of the feed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use performance_framework::access::role::Role;
use serde_json::{Value, json};
use strum::VariantArray;

use super::{council, entities, get, rows};
use crate::observations::who::caller;

#[test]
fn who_is_granted_one_measure_sees_its_rows_alone() {
    let app = council();
    let team = caller(&app, json!({"role": "provider", "measure": "M-2"}));
    let page = team.get("/odata/v1/Observations?$count=true").call().must_be(200).json();
    assert_eq!(
        rows(page["value"].as_array().unwrap()),
        ["M-2 2024-25-Q1 Female", "M-2 2024-25-Q1 Male", "M-2 2024-25-Q1 total"]
    );
    assert_eq!(page["@odata.count"], 3);
    assert_eq!(team.get("/odata/v1/Observations/$count").call().must_be(200).text(), "3");
    let foreign = team.get("/odata/v1/Observations?$filter=measure%20eq%20'M-1'").call().must_be(200).json();
    assert_eq!(foreign["value"], json!([]));
    team.get("/odata/v1/Measures('M-1')").call().problem(404, "not_found");
    team.get("/odata/v1/Measures('M-2')").call().must_be(200);
}

#[test]
fn the_public_sees_what_was_published_and_is_told_of_nothing_else() {
    let app = council();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app.editor().patch("measures/M-1").send(&json!({"owner": "Ada Adams"})).must_be(200);
    let public = caller(&app, json!({"role": "public"}));
    let ask = |address: &str| public.get(&format!("/odata/v1/{address}")).call().must_be(200);
    assert_eq!(ask("Observations").json()["value"], json!([]), "nothing was published");
    app.officer().post("quarterly-submissions/M-1/2024-25-Q2/publish").call().must_be(200);
    let published = ask("Observations?$count=true");
    assert_eq!(rows(published.json()["value"].as_array().unwrap()), ["M-1 2024-25-Q2 total"]);
    assert_eq!((&published.json()["@odata.count"], &published.json()["value"][0]["owner"]), (&json!(1), &Value::Null));
    assert_eq!(ask("Measures/$count?$filter=owner%20ne%20null").text(), "0");
    assert_eq!(ask("Observations/$count?$filter=contains(owner,'A')").text(), "0");
    public
        .get("/odata/v1/Observations(measure='M-1',quarter='2024-25-Q1',dimension='total',category='total')")
        .call()
        .problem(404, "not_found");
    app.submission("M-1", "2025-26-Q1").set("value", 50).approved();
    let again = ask("Observations?$count=true");
    assert_eq!(again.header("etag"), published.header("etag"), "a hidden write shows in the tag");
    assert_eq!(again.body, published.body);
}

/// Rows are left out; nobody who may read at all is refused an address, or a question.
#[test]
fn nobody_is_refused_a_part_of_the_feed() {
    let app = council();
    for role in Role::VARIANTS {
        let limited = *role == Role::Provider || *role == Role::MeasureOwner;
        let caller =
            caller(&app, if limited { json!({"role": role, "measure": "M-2"}) } else { json!({"role": role}) });
        for address in [
            "",
            "$metadata",
            "Observations",
            "Observations?$filter=owner%20eq%20'Ada'%20or%20numerator%20gt%201&$orderby=owner",
            "Observations/$count",
            "Frameworks",
            "Outcomes",
            "Measures",
            "Periods",
            "Comparators",
        ] {
            caller.get(&format!("/odata/v1/{address}")).call().must_be(200);
        }
    }
}

#[test]
fn a_key_serves_as_a_password() {
    let app = council();
    let key = app.key(crate::support::Role::Reader);
    let ask = |user: &str, password: &str| {
        let told = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        app.anonymous().get("/odata/v1/Observations?$top=1").header("Authorization", &told).call()
    };
    for user in ["anybody", "", "Ada Adams"] {
        assert_eq!(ask(user, key).must_be(200).json()["value"].as_array().unwrap().len(), 1);
    }
    ask("anybody", &key[1..]).problem(401, "unauthenticated");
}

#[test]
fn whoever_is_nobody_is_asked_who_they_are() {
    let app = council();
    let answer = app.anonymous().get("/odata/v1/Observations").call();
    answer.problem(401, "unauthenticated");
    let challenges: Vec<_> =
        answer.headers.get_all("www-authenticate").iter().map(|one| one.to_str().unwrap()).collect();
    assert!(
        challenges.iter().any(|one| one.starts_with("Bearer")) && challenges.iter().any(|one| one.starts_with("Basic")),
        "{challenges:?}"
    );
    app.anonymous().get("/odata/v1/$metadata").header("Authorization", "Bearer").call().problem(401, "unauthenticated");
}

#[test]
fn the_past_is_asked_for_as_everywhere() {
    let app = council();
    let before: String =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    let then = entities(&app, &format!("Observations?as_of={before}"));
    app.submission("M-1", "2025-26-Q1").set("value", 51).approved();
    assert_eq!(entities(&app, "Observations").len(), then.len() + 1);
    assert_eq!(entities(&app, &format!("Observations?as_of={before}")), then);
    let answer = get(&app, &format!("Observations?as_of={before}&$top=1"));
    assert_eq!(answer.header("as-of"), before);
}
