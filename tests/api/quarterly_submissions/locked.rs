//! After the day on which a collection cycle is locked no first figure is pushed any more; what was handed in goes on.

use chrono::TimeDelta;
use performance_framework::clock;
use serde_json::json;

use crate::support::App;
use crate::support::client::Answer;
use crate::support::collecting::last_quarter;

fn path(measure: &str, action: &str) -> String {
    format!("quarterly-submissions/{measure}/{}{action}", last_quarter())
}

/// `M-1` approved, `M-2` handed in, `M-3` a draft, `M-4` without a figure; and the quarter locked for three days.
fn locked() -> App {
    let app = App::collecting();
    let quarter = last_quarter().to_string();
    for code in ["M-2", "M-3", "M-4"] {
        app.measure(code).create();
    }
    app.approved("M-1", &quarter, 50);
    app.submission("M-2", &quarter).set("value", 50).submitted();
    app.submission("M-3", &quarter).set("value", 50).create();
    app.collection([-20, -10, -3]);
    app
}

#[track_caller]
fn refused(app: &App, request: impl FnOnce() -> Answer) {
    let since = (clock::today() - TimeDelta::days(3)).to_string();
    let problem = app.storing_nothing(request).problem(409, "cycle_locked");
    assert_eq!(
        problem.says(&since).says("`revise` with a reason").says("`locks_on`").member("locks_on"),
        since.as_str()
    );
}

#[test]
fn no_first_figure_is_pushed_changed_or_handed_in() {
    let app = locked();
    let quarter = last_quarter().to_string();
    refused(&app, || app.submission("M-4", &quarter).set("value", 50).put());
    refused(&app, || {
        let body = json!({"measure": "M-4", "quarter": quarter, "data_period": quarter, "stage": "final", "value": 50});
        app.provider().post("quarterly-submissions").send(&body)
    });
    refused(&app, || app.submission("M-3", &quarter).set("value", 51).put());
    refused(&app, || app.provider().patch(&path("M-3", "")).send(&json!({"value": 51})));
    refused(&app, || app.provider().delete(&path("M-3", "")).call());
    refused(&app, || app.provider().post(&path("M-3", "/submit")).call());
    refused(&app, || app.admin().post(&path("M-3", "/submit")).call());
    // The same again is no change.
    app.submission("M-3", &quarter).set("value", 50).put().must_be(200);
    // Content that is wrong is told before the lock is.
    app.submission("M-4", &quarter).set("data_period", "CY2024").put().problem(422, "period_kind_mismatch");
}

#[test]
fn what_was_handed_in_goes_on_and_is_corrected() {
    let app = locked();
    let quarter = last_quarter().to_string();
    app.officer().post(&path("M-2", "/approve")).call().must_be(200);
    app.officer().post(&path("M-2", "/publish")).call().must_be(200);
    for measure in ["M-1", "M-2"] {
        let late = json!({"reason": "A late return."});
        app.provider().post(&path(measure, "/revise")).send(&late).must_be(201);
        app.submission(measure, &quarter).set("value", 55).put().must_be(200);
        app.provider().post(&path(measure, "/submit")).call().must_be(200);
        app.officer().post(&path(measure, "/return")).send(&json!({"reason": "Why?"})).must_be(200);
        app.provider().patch(&path(measure, "")).send(&json!({"quality_note": "Counted again."})).must_be(200);
        app.provider().post(&path(measure, "/submit")).call().must_be(200);
        app.officer().post(&path(measure, "/approve")).call().must_be(200);
    }
}

#[test]
fn a_lock_that_is_put_off_or_taken_away_opens_the_quarter() {
    let app = locked();
    app.collection([-20, -10, 1]);
    app.provider().post(&path("M-3", "/submit")).call().must_be(200);
    app.collection([-20, -10, 0]);
    let quarter = last_quarter().to_string();
    let put = || app.submission("M-4", &quarter).set("value", 50).put();
    app.storing_nothing(put).problem(409, "cycle_locked");
    app.editor().delete(&format!("collection-cycles/F/{quarter}")).call().must_be(204);
    put().must_be(201);
    // Another quarter, and another framework, have no lock.
    app.collection([-20, -10, -3]);
    app.submission("M-4", &last_quarter().previous().to_string()).set("value", 50).create();
}
