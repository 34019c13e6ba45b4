//! `GET /api/v1/comparator-memberships`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_groups()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_groups()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_groups()));
}

#[test]
fn filters() {
    let app = App::with_groups();
    app.membership("G-1", "A-1", "2021-04-01").set("valid_to", "2025-04-30").create();
    app.membership("G-1", "A-2", "2025-05-01").create();
    app.membership("G-2", "A-1", "2021-04-01").create();
    let cases: &[(&str, &[&str])] = &[
        ("group=G-1", &["G-1/A-1/2021-04-01", "G-1/A-2/2025-05-01"]),
        ("area=A-1", &["G-1/A-1/2021-04-01", "G-2/A-1/2021-04-01"]),
        ("on=2021-03-31", &[]),
        ("group=G-1&on=2025-04-30", &["G-1/A-1/2021-04-01"]),
        ("group=G-1&on=2025-05-01", &["G-1/A-2/2025-05-01"]),
    ];
    list::filters(&sample(&app), cases);
}
