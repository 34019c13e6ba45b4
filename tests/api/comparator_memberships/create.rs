//! `POST /api/v1/comparator-memberships`.

use std::thread;

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_groups()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_groups()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_groups()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_groups()));
}

#[test]
fn refuses_what_it_does_not_know() {
    let app = App::with_groups();
    for (group, area, pointer) in [("NOWHERE", "A-1", "/group"), ("G-1", "NOWHERE", "/area")] {
        let refused = app.storing_nothing(|| app.membership(group, area, "2021-04-01").put());
        refused.problem(422, "unknown_reference").only_fault(pointer, "unknown_reference");
    }
}

#[test]
fn refuses_an_end_before_the_beginning() {
    let app = App::with_groups();
    let refused =
        app.storing_nothing(|| app.membership("G-1", "A-1", "2021-04-01").set("valid_to", "2021-03-31").put());
    refused.problem(422, "validation_failed").only_fault("/valid_to", "comparator_memberships_validity_in_order");
    app.membership("G-1", "A-1", "2021-04-01").set("valid_to", "2021-04-01").create();
}

#[test]
fn an_area_is_a_member_once_at_a_time() {
    let app = App::with_groups();
    let member = |from: &str, to: Option<&str>| app.membership("G-1", "A-1", from).set("valid_to", to);
    member("2021-04-01", Some("2025-04-30")).create();
    for (from, to) in [
        ("2020-01-01", None),
        ("2020-01-01", Some("2021-04-01")),
        ("2023-01-01", Some("2023-12-31")),
        ("2025-04-30", None),
    ] {
        let refused = app.storing_nothing(|| member(from, to).put());
        let problem = refused.problem(422, "validation_failed").says("End that membership by `valid_to`");
        problem.only_fault("/valid_from", "comparator_memberships_once_at_a_time");
    }
    member("2020-01-01", Some("2021-03-31")).create();
    member("2025-05-01", None).create();
    app.membership("G-2", "A-1", "2021-04-01").create();
    app.membership("G-1", "A-2", "2021-04-01").create();
    // A change that would make two overlap is refused as well.
    let longer = json!({"valid_to": "2021-04-01"});
    let patch = || app.editor().patch("comparator-memberships/G-1/A-1/2020-01-01").send(&longer);
    app.storing_nothing(patch).problem(422, "validation_failed");
}

#[test]
fn of_many_at_once_that_overlap_one_is_made() {
    let app = App::with_groups();
    let app = &app;
    let make = |year: u16| app.membership("G-1", "A-1", &format!("{year}-04-01")).put().status;
    let mut made: Vec<u16> = thread::scope(|scope| {
        let threads: Vec<_> = (2020..2026).map(|year| scope.spawn(move || make(year))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    made.sort_unstable();
    assert_eq!(made, [201, 422, 422, 422, 422, 422]);
    assert_eq!(app.sql().count("comparator_memberships"), 1);
}

#[test]
fn takes_its_day_in_one_form_only() {
    let app = App::with_groups();
    for day in ["2021-4-1", "2021-02-30", "1-April-2021"] {
        let refused = app.storing_nothing(|| app.membership("G-1", "A-1", day).put());
        refused.problem(400, "invalid_parameter").says("is not a date");
    }
}
