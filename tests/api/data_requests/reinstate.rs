//! `POST /api/v1/data-requests/{measure}/{quarter}/reinstate`.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::collecting::last_quarter;

#[test]
fn asks_for_the_figure_again_and_the_log_keeps_the_waiver() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    app.waive("M-1", "None expected.").must_be(200);
    let path = format!("data-requests/M-1/{}/reinstate", last_quarter());
    let again = app.officer().post(&path).call().must_be(200).json();
    assert_eq!((&again["state"], &again["days_late"], &again["excuse"]), (&json!("overdue"), &json!(10), &Value::Null));
    let log = app.sql().rows(
        "SELECT action, before ->> 'reason' FROM changes WHERE resource = 'data_request_waivers' ORDER BY sequence",
    );
    assert_eq!(log, [["created", "null"], ["deleted", "None expected."]]);
    app.waive("M-1", "None expected after all.").must_be(200);
}

#[test]
fn is_refused_where_nothing_is_waived() {
    let app = App::collecting();
    app.collection([-5, 5, 10]);
    let post =
        |measure: &str| app.officer().post(&format!("data-requests/{measure}/{}/reinstate", last_quarter())).call();
    let refused = app.storing_nothing(|| post("M-1"));
    let problem = refused.problem(409, "transition_not_allowed").says("`waive`");
    assert_eq!((problem.member("state"), problem.member("allowed")), (&json!("open"), &json!(["waive"])));
    app.storing_nothing(|| post("NOWHERE")).problem(404, "not_found").says("NOWHERE");
}

#[test]
fn a_waiver_that_a_figure_has_overtaken_can_be_taken_back() {
    let app = App::collecting();
    app.waive("M-1", "None expected.").must_be(200);
    app.approved("M-1", &last_quarter().to_string(), 50);
    let path = format!("data-requests/M-1/{}/reinstate", last_quarter());
    assert_eq!(app.officer().post(&path).call().must_be(200).json()["state"], "accepted");
    assert_eq!(app.sql().count("data_request_waivers"), 0);
}
