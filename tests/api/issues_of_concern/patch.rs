//! `PATCH /api/v1/issues-of-concern/{issue}`.

use serde_json::json;

use super::{ISSUE, sample, start, with_issue};
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&start()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&start()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&start()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&start()));
}

#[test]
fn its_measures_are_kept_one_by_one_beside_it() {
    let app = with_issue(&[]);
    let kept = || app.sql().column("SELECT measure FROM issue_measures WHERE issue = 'I-1' ORDER BY measure");
    assert_eq!(kept(), ["M-1"]);
    for measures in [&["M-1", "M-2"][..], &["M-2"], &["M-2", "M-1"]] {
        let changed = app.editor().patch(ISSUE).send(&json!({"measures": measures})).must_be(200).json();
        assert_eq!(changed["measures"], json!(measures));
        let mut sorted = measures.to_vec();
        sorted.sort_unstable();
        assert_eq!(kept(), sorted);
    }
}
