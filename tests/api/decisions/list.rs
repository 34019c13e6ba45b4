//! `GET /api/v1/decisions`.

use serde_json::json;

use super::{clause, sample};
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_meeting()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_meeting()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_meeting()));
}

#[test]
fn filters() {
    let app = App::with_meeting();
    app.meeting("MT-2").set("committee", "Another committee").create();
    let to = Some("A third committee");
    app.decision("A").set("clauses", [clause("a", "note", None), clause("b", "agree", None)]).create();
    app.decision("B").set("meeting", "MT-2").set("clauses", [clause("a", "request", to)]).create();
    app.decision("C").set("key_decision", true).set("clauses", [clause("a", "note", None)]).create();
    let cases: &[(&str, &[&str])] = &[
        ("meeting=MT-1", &["A", "C"]),
        ("meeting=MT-2", &["B"]),
        ("meeting=NOWHERE", &[]),
        ("committee=A+committee", &["A", "C"]),
        ("committee=Another+committee", &["B"]),
        ("committee=A+third+committee", &[]),
        ("key_decision=true", &["C"]),
        ("key_decision=false", &["A", "B"]),
        ("verb=note", &["A", "C"]),
        ("verb=agree", &["A"]),
        ("verb=request", &["B"]),
        ("verb=refer", &[]),
        ("verb=note&key_decision=false&committee=A+committee", &["A"]),
    ];
    list::filters(&sample(&app), cases);
    for query in ["verb=resolve", "key_decision=perhaps", "meeting=mt-1"] {
        let parameter = query.split('=').next().unwrap();
        app.reader().get(&format!("decisions?{query}")).call().problem(400, "invalid_parameter").says(parameter);
    }
}

#[test]
fn filters_by_the_committee_that_was_known_then() {
    let app = App::with_meeting();
    let known = app.decision("D-1").create().json()["updated_at"].as_str().unwrap().to_owned();
    app.editor().patch("meetings/MT-1").send(&json!({"committee": "Another committee"})).must_be(200);
    let then = format!("committee=A+committee&as_of={known}");
    let cases: &[(&str, &[&str])] = &[("committee=A+committee", &[]), (&then, &["D-1"])];
    list::filters(&sample(&app), cases);
}
