//! `GET /api/v1/meetings`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::start()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::start()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::start()));
}

#[test]
fn filters() {
    let app = App::start();
    app.meeting("A").create();
    app.meeting("B").with(json!({"committee": "Another committee", "held_on": "2025-09-22"})).create();
    app.meeting("C").with(json!({"kind": "annual", "held_on": "2026-05-20"})).create();
    let cases: &[(&str, &[&str])] = &[
        ("committee=A+committee", &["A", "C"]),
        ("committee=Another%20committee", &["B"]),
        ("committee=a+committee", &[]),
        ("kind=annual", &["C"]),
        ("held_from=2025-09-22", &["B", "C"]),
        ("held_from=2025-09-23", &["C"]),
        ("held_to=2025-09-22", &["A", "B"]),
        ("held_to=2025-09-21", &["A"]),
        ("held_from=2025-06-17&held_to=2026-05-19", &["B"]),
        ("held_from=0001-01-01&held_to=9999-12-31&kind=ordinary", &["A", "B"]),
    ];
    list::filters(&sample(&app), cases);
}

#[test]
fn refuses_a_range_of_what_are_no_days() {
    let app = App::start();
    for query in ["held_from=2025-6-16", "held_from=", "held_to=2025-02-29", "held_to=-1000-01-01", "held_to=soon"] {
        let refused = app.reader().get(&format!("meetings?{query}")).call();
        let (parameter, _) = query.split_once('=').unwrap();
        refused.problem(400, "invalid_parameter").says(parameter).says("is not a date");
    }
}
