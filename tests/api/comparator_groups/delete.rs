//! `DELETE /api/v1/comparator-groups/{group}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_area()));
}

#[test]
fn refuses_one_with_members_or_benchmarks() {
    let app = App::with_measure();
    app.area("A-1").create();
    for code in ["G-1", "G-2"] {
        app.group(code).create();
    }
    app.membership("G-1", "A-1", "2021-04-01").create();
    app.benchmark("M-1", "G-2", "2024-25-Q1", 55).create();
    for (group, told) in [("G-1", "has members"), ("G-2", "has benchmarks")] {
        let refused = app.storing_nothing(|| app.editor().delete(&format!("comparator-groups/{group}")).call());
        refused.problem(409, "still_in_use").says(told);
    }
}
