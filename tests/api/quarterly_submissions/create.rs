//! `POST /api/v1/quarterly-submissions`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_measure()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_measure()));
}

#[test]
fn begins_as_the_first_draft() {
    let made = App::with_measure();
    let made = made.submission("M-1", "2024-25-Q1").set("value", 1).create().json();
    assert_eq!((&made["revision"], &made["state"], &made["submitted_by"]), (&json!(1), &json!("draft"), &json!(null)));
    let app = App::with_measure();
    let bare = json!({"data_period": "2024-25-Q1"});
    let made = app.provider().put("quarterly-submissions/M-1/2024-25-Q1").send(&bare).must_be(201).json();
    assert_eq!((&made["stage"], &made["narrative"], &made["value"]), (&json!("provisional"), &json!({}), &json!(null)));
}

#[test]
fn refuses_an_unknown_measure() {
    let app = App::with_measure();
    let body = json!({"measure": "NOWHERE", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "value": 1});
    let refused = app.storing_nothing(|| app.provider().post("quarterly-submissions").send(&body));
    refused
        .problem(422, "unknown_reference")
        .only_fault("/measure", "unknown_reference")
        .says("no measure with this code");
    let refused = app.storing_nothing(|| app.submission("NOWHERE", "2024-25-Q1").put());
    refused.problem(404, "not_found").says("measure `NOWHERE`");
}

#[test]
fn two_at_once_make_one() {
    let app = App::with_measure();
    let body = json!({"measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "value": 1});
    let answers: Vec<_> = std::thread::scope(|scope| {
        let post = || app.provider().post("quarterly-submissions").send(&body);
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(post)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 3));
    refused.iter().for_each(|answer| drop(answer.problem(409, "already_exists")));
    assert_eq!(app.sql().count("quarterly_submissions"), 1);
}
