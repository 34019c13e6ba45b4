//! `GET /api/v1/comparator-groups`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_area()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_area()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_area()));
}

#[test]
fn filters() {
    let app = App::with_area();
    app.group("CITIES").set("kind", "core_cities").create();
    app.group("OWN").set("home_area", "A-1").create();
    let cases: &[(&str, &[&str])] =
        &[("kind=core_cities", &["CITIES"]), ("home_area=A-1", &["OWN"]), ("home_area=NOWHERE", &[])];
    list::filters(&sample(&app), cases);
}
