//! `GET /api/v1/measures`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_outcome()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_outcome()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_outcome()));
}

#[test]
fn filters() {
    let app = App::with_outcome();
    app.framework("G").create();
    app.outcome("O-2").set("framework", "G").create();
    app.measure("A").create();
    app.measure("B").set("level", "service").set("status", "retired").set("kind", "activity").create();
    app.measure("C").set("outcome", "O-2").set("polarity", "neutral").set("frequency", "annual").create();
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["A", "B"]),
        ("framework=G", &["C"]),
        ("outcome=O-2", &["C"]),
        ("level=service", &["B"]),
        ("polarity=neutral", &["C"]),
        ("kind=activity", &["B"]),
        ("frequency=annual", &["C"]),
        ("status=active", &["A", "C"]),
        ("framework=F&level=committee&status=active", &["A"]),
    ];
    list::filters(&sample(&app), cases);
    for wrong in ["level=all", "polarity=up", "kind=", "frequency=weekly", "status=gone", "outcome=o", "framework=%00"]
    {
        app.reader().get(&format!("measures?{wrong}")).call().problem(400, "invalid_parameter");
    }
}
