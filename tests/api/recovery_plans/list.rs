//! `GET /api/v1/recovery-plans`.

use super::{sample, with_many_plans};
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&with_many_plans()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&with_many_plans()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_measure()));
}

#[test]
fn filters() {
    let app = App::with_measure();
    app.framework("G").create();
    app.outcome("O-2").set("framework", "G").create();
    app.measure("M-2").set("outcome", "O-2").create();
    app.measure("M-3").create();
    for (plan, measure) in [("A", "M-1"), ("B", "M-2"), ("C", "M-3")] {
        app.plan(plan).set("measure", measure).create();
    }
    app.officer().post("recovery-plans/C/agree").call().must_be(200);
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["A", "C"]),
        ("framework=G", &["B"]),
        ("framework=NOWHERE", &[]),
        ("measure=M-1", &["A"]),
        ("measure=NOWHERE", &[]),
        ("state=drafted", &["A", "B"]),
        ("state=agreed", &["C"]),
        ("state=closed", &[]),
        ("framework=F&state=drafted", &["A"]),
    ];
    list::filters(&sample(&app), cases);
    for query in ["state=perhaps", "measure=m-1"] {
        let parameter = query.split('=').next().unwrap();
        app.reader().get(&format!("recovery-plans?{query}")).call().problem(400, "invalid_parameter").says(parameter);
    }
}
