//! `DELETE /api/v1/areas/{area}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::start()));
}

#[test]
fn refuses_one_that_something_names() {
    let app = App::with_measure();
    for code in ["A-1", "A-2", "A-3", "A-4"] {
        app.area(code).create();
    }
    app.group("G").set("home_area", "A-1").create();
    app.membership("G", "A-2", "2021-04-01").create();
    app.benchmark("M-1", "A-3", "2024-25-Q1", 55).create();
    app.area("A-5").set("successor", "A-4").create();
    for (area, told) in [
        ("A-1", "home of a comparator group"),
        ("A-2", "member of a comparator group"),
        ("A-3", "has benchmarks"),
        ("A-4", "successor of another"),
    ] {
        let refused = app.storing_nothing(|| app.editor().delete(&format!("areas/{area}")).call());
        refused.problem(409, "still_in_use").says(told);
    }
}
