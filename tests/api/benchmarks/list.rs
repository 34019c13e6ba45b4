//! `GET /api/v1/benchmarks`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_comparator()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_comparator()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_comparator()));
}

#[test]
fn filters() {
    let app = App::with_comparator();
    app.measure("M-2").create();
    app.benchmark("M-1", "A-1", "2024-25-Q1", 55).create();
    app.benchmark("M-1", "G-1", "2024-25-Q2", 55).create();
    app.benchmark("M-2", "A-1", "2024-25-Q1", 55).create();
    let cases: &[(&str, &[&str])] = &[
        ("measure=M-1", &["M-1/A-1/2024-25-Q1", "M-1/G-1/2024-25-Q2"]),
        ("comparator=A-1", &["M-1/A-1/2024-25-Q1", "M-2/A-1/2024-25-Q1"]),
        ("data_period=2024-25-Q2", &["M-1/G-1/2024-25-Q2"]),
        ("measure=M-2&data_period=2024-25-Q2", &[]),
    ];
    list::filters(&sample(&app), cases);
}
