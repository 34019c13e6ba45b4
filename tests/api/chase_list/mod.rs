//! `GET /api/v1/frameworks/{framework}/chase-list`.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::collecting::{days_since_quarter, last_quarter};

fn chase_list(app: &App) -> Value {
    app.reader().get(&format!("frameworks/F/chase-list?quarter={}", last_quarter())).call().must_be(200).json()
}

/// Provider, owner, measure, state and days late of all that is owed.
fn owed(list: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let named = |value: &Value| value.as_str().unwrap_or("nobody").to_owned();
    for provider in list["owed"].as_array().unwrap() {
        for owner in provider["owners"].as_array().unwrap() {
            for owed in owner["measures"].as_array().unwrap() {
                let of = format!("{}, {}", named(&provider["provider"]), named(&owner["owner"]));
                lines.push(format!(
                    "{of}: {} {} {}",
                    named(&owed["measure"]),
                    named(&owed["state"]),
                    owed["days_late"]
                ));
            }
        }
    }
    lines
}

#[test]
fn says_who_owes_what_and_what_is_excused() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    let quarter = last_quarter().to_string();
    app.measure("M-2").with(json!({"provider": "Team A", "owner": "Head of Z"})).create();
    app.measure("M-3").with(json!({"provider": "Team A", "owner": "Head of A"})).create();
    app.measure("M-4").create();
    app.measure("M-5").with(json!({"provider": "Team B", "expected_lag_days": days_since_quarter()})).create();
    app.measure("M-6").set("expected_lag_days", days_since_quarter() + 10).create();
    app.measure("M-7").set("provider", "Team B").create();
    app.measure("M-8").set("provider", "Team B").create();
    app.submission("M-3", &quarter).set("value", 50).submitted();
    let reason = json!({"reason": "Half is missing."});
    app.officer().post(&format!("quarterly-submissions/M-3/{quarter}/return")).send(&reason).must_be(200);
    app.submission("M-7", &quarter).set("value", 50).submitted();
    app.waive("M-8", "Team B has no such cases.").must_be(200);
    let list = chase_list(&app);
    assert_eq!(
        owed(&list),
        [
            "nobody, nobody: M-4 overdue 10",
            "Team A, Head of A: M-1 overdue 10",
            "Team A, Head of A: M-3 returned 10",
            "Team A, Head of Z: M-2 overdue 10",
            "Team B, nobody: M-5 open 0",
        ]
    );
    let totals = |at: usize| ["owed", "late", "days_late"].map(|field| list["owed"][at][field].as_i64().unwrap());
    assert_eq!([totals(0), totals(1), totals(2)], [[1, 1, 10], [3, 3, 10], [1, 0, 0]]);
    let excused = list["excused"].as_array().unwrap();
    let told: Vec<_> = excused.iter().map(|one| (&one["measure"], &one["excuse"]["kind"])).collect();
    assert_eq!(told, [(&json!("M-6"), &json!("source_not_published")), (&json!("M-8"), &json!("waiver"))]);
    assert_eq!(excused[1]["excuse"]["reason"], "Team B has no such cases.");
    assert_eq!((&list["counts"]["all"], &list["counts"]["overdue"]), (&json!(8), &json!(3)));
    assert_eq!((&list["cycle"]["state"], &list["quarter"]), (&json!("closed"), &json!(quarter)));
}

#[test]
fn has_no_cycle_where_there_is_none_and_needs_a_framework() {
    let app = App::collecting();
    let list = chase_list(&app);
    assert_eq!((&list["cycle"], &list["counts"]["overdue"]), (&Value::Null, &json!(1)));
    let get = |path: &str| app.reader().get(path).call();
    get("frameworks/NOWHERE/chase-list?quarter=2025-26-Q1").problem(404, "not_found").says("NOWHERE");
    get("frameworks/F/chase-list").problem(400, "invalid_parameter").says("quarter");
}
