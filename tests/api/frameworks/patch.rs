//! `PATCH /api/v1/frameworks/{framework}`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::start()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::start()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::start()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::start()));
}

#[test]
fn changes_at_once_are_all_kept() {
    let app = App::with_framework();
    let fields = ["title", "committee", "council_plan"];
    std::thread::scope(|scope| {
        for field in fields {
            let editor = app.editor();
            scope.spawn(move || {
                for number in 1..=5 {
                    editor.patch("frameworks/F").send(&json!({field: format!("{field} {number}")})).must_be(200);
                }
            });
        }
    });
    let kept = app.reader().get("frameworks/F").call().must_be(200).json();
    fields.iter().for_each(|field| assert_eq!(kept[field], format!("{field} 5")));
    assert_eq!(app.sql().count("changes WHERE resource = 'frameworks'"), 16);
}
