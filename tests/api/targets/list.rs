//! `GET /api/v1/targets`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_measure()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_measure()));
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
    app.target("M-1", "2024-25", 55)
        .with(serde_json::json!({"source": "decision", "decision_reference": "Minute 7"}))
        .create();
    app.target("M-1", "2025-26", 60).set("kind", "above").create();
    app.target("M-2", "2024-25", 70).create();
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["M-1/2024-25", "M-1/2025-26"]),
        ("framework=G", &["M-2/2024-25"]),
        ("measure=M-2", &["M-2/2024-25"]),
        ("year=2024-25", &["M-1/2024-25", "M-2/2024-25"]),
        ("kind=above", &["M-1/2025-26"]),
        ("source=decision", &["M-1/2024-25"]),
        ("measure=M-1&year=2025-26", &["M-1/2025-26"]),
    ];
    list::filters(&sample(&app), cases);
    app.reader().get("targets?year=2024-26").call().problem(400, "invalid_parameter").says("did you mean `2024-25`?");
}
