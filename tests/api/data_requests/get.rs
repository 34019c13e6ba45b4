//! `GET /api/v1/data-requests/{measure}/{quarter}`.

use performance_framework::domain::period::Quarter;
use serde_json::{Value, json};

use crate::support::App;
use crate::support::collecting::{days_since_quarter, last_quarter};

#[track_caller]
fn stands(request: &Value, state: &str, days_late: i64, excuse: Option<&str>) {
    assert_eq!(request["state"], state, "{request}");
    assert_eq!(request["days_late"], days_late, "{request}");
    assert_eq!(request["excuse"]["kind"].as_str(), excuse, "{request}");
    let word = state.split('_').next().unwrap();
    assert!(request["explanation"].as_str().unwrap().starts_with(word), "{request}");
}

#[test]
fn follows_the_cycle_while_nothing_is_handed_in() {
    let app = App::collecting();
    for (days, state, days_late) in
        [([5, 10, 20], "scheduled", 0), ([-5, 0, 10], "open", 0), ([-20, -10, 10], "overdue", 10)]
    {
        app.collection(days);
        let request = app.data_request("M-1");
        stands(&request, state, days_late, None);
        let cycle = app.reader().get(&format!("collection-cycles/F/{}", last_quarter())).call().json();
        assert_eq!((&request["due_on"], &request["cycle_state"]), (&cycle["due_on"], &cycle["state"]));
    }
    app.submission("M-1", &last_quarter().to_string()).set("value", 50).create();
    let draft = app.data_request("M-1");
    stands(&draft, "overdue", 10, None);
    assert_eq!((&draft["submission_state"], &draft["submitted_at"]), (&json!("draft"), &Value::Null));
    assert_eq!((&draft["provider"], &draft["owner"]), (&json!("Team A"), &json!("Head of A")));
}

#[test]
fn what_was_handed_in_late_stays_late_and_a_correction_changes_nothing() {
    let app = App::collecting();
    app.collection([-40, -30, 10]);
    let quarter = last_quarter().to_string();
    let path = format!("quarterly-submissions/M-1/{quarter}");
    app.submission("M-1", &quarter).set("value", 50).submitted();
    stands(&app.data_request("M-1"), "submitted", 30, None);
    let reason = json!({"reason": "A week is missing."});
    app.officer().post(&format!("{path}/return")).send(&reason).must_be(200);
    let returned = app.data_request("M-1");
    stands(&returned, "returned", 30, None);
    assert_eq!(returned["submitted_at"], Value::Null);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
    // As if that had been three weeks ago.
    app.sql().run("UPDATE quarterly_submissions SET submitted_at = submitted_at - interval '21 days'");
    stands(&app.data_request("M-1"), "accepted", 9, None);
    app.provider().post(&format!("{path}/revise")).send(&reason).must_be(201);
    stands(&app.data_request("M-1"), "accepted", 9, None);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    let corrected = app.data_request("M-1");
    stands(&corrected, "accepted", 9, None);
    assert_eq!((&corrected["submission_state"], &corrected["revision"]), (&json!("submitted"), &json!(2)));
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
    app.officer().post(&format!("{path}/publish")).call().must_be(200);
    stands(&app.data_request("M-1"), "accepted", 9, None);
}

#[test]
fn is_not_due_before_its_source_is_published_or_where_nothing_falls_due() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    app.measure("LAGGED").set("expected_lag_days", days_since_quarter() + 10).create();
    let lagged = app.data_request("LAGGED");
    stands(&lagged, "not_due", 0, Some("source_not_published"));
    assert_eq!(lagged["due_on"], lagged["expected_on"]);
    assert_eq!(lagged["data_period"], last_quarter().to_string());
    assert!(lagged["excuse"]["reason"].as_str().unwrap().contains("days after its period ends"), "{lagged}");
    // Its year ends in another quarter than the last one.
    let calendar = if last_quarter().number() == 4 { "calendar" } else { "financial" };
    app.measure("YEARLY").with(json!({"frequency": "annual", "calendar": calendar})).create();
    let yearly = app.data_request("YEARLY");
    stands(&yearly, "not_due", 0, Some("nothing_falls_due"));
    assert_eq!(yearly["due_on"], Value::Null);
    let next: Quarter = Quarter::containing(yearly["expected_on"].as_str().unwrap().parse().unwrap());
    assert!(next > last_quarter(), "{yearly}");
}

#[test]
fn without_a_cycle_the_measure_alone_says_when() {
    let app = App::collecting();
    let request = app.data_request("M-1");
    stands(&request, "overdue", days_since_quarter(), None);
    assert_eq!((&request["cycle_state"], &request["due_on"]), (&Value::Null, &json!(last_quarter().end())));
    assert!(request["explanation"].as_str().unwrap().contains("no collection cycle"), "{request}");
}

#[test]
fn only_an_active_measure_has_one_while_its_framework_reports() {
    let app = App::collecting();
    let get = |measure: &str, quarter: Quarter| app.reader().get(&format!("data-requests/{measure}/{quarter}")).call();
    get("NOWHERE", last_quarter()).problem(404, "not_found").says("NOWHERE");
    let long_ago = last_quarter().year().previous().previous().last_quarter();
    get("M-1", long_ago).problem(404, "not_found").says(&long_ago.to_string());
    get("M-1", long_ago.next()).must_be(200);
    app.editor().patch("measures/M-1").send(&json!({"status": "retired"})).must_be(200);
    get("M-1", last_quarter()).problem(404, "not_found").says("M-1");
}
