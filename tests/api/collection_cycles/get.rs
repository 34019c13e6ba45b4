//! `GET /api/v1/collection-cycles/{framework}/{quarter}`.

use chrono::{SecondsFormat, TimeDelta};
use performance_framework::clock;

use super::sample;
use crate::support::App;
use crate::support::collecting::last_quarter;
use crate::support::contract::get;

#[test]
fn answers_one_or_says_unchanged() {
    get::answers_or_says_unchanged(&sample(&App::with_framework()));
}

#[test]
fn says_what_is_missing() {
    get::says_what_is_missing(&sample(&App::with_framework()));
}

#[test]
fn tells_the_state_of_today() {
    let app = App::collecting();
    let quarter = last_quarter();
    let path = format!("collection-cycles/F/{quarter}");
    for (days, state) in
        [([5, 10, 20], "scheduled"), ([-5, 5, 10], "open"), ([-20, -10, 10], "closed"), ([-20, -15, -10], "locked")]
    {
        app.collection(days);
        assert_eq!(app.reader().get(&path).call().must_be(200).json()["state"], state, "{days:?}");
        let listed = app.reader().get("collection-cycles?framework=F").call().must_be(200).json();
        assert_eq!(listed["items"][0]["state"], state, "{days:?}");
    }
}

#[test]
fn is_not_unchanged_once_its_state_has_moved() {
    let app = App::collecting();
    let made = app.collection([-5, 5, 10]);
    let path = format!("collection-cycles/F/{}", last_quarter());
    let again = || app.reader().get(&path).if_none_match(&made.etag()).call();
    again().must_be(304);
    // As if it had been written before it opened: whoever read it then saw `scheduled` under the same version.
    app.sql().run(
        "SET session_replication_role = replica; UPDATE collection_cycles SET updated_at = updated_at - interval '10 days'",
    );
    assert_eq!(again().must_be(200).json()["state"], "open");
}

#[test]
fn tells_the_state_of_the_day_that_is_asked_about() {
    let app = App::collecting();
    app.collection([-5, 5, 10]);
    // As if it had been made a month ago.
    app.sql().run(
        "SET session_replication_role = replica; UPDATE collection_cycles SET updated_at = updated_at - interval '30 days'; \
         UPDATE frameworks SET updated_at = updated_at - interval '30 days'",
    );
    let path = format!("collection-cycles/F/{}", last_quarter());
    for (days, state) in [(10, "scheduled"), (3, "open")] {
        let instant = (clock::now() - TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let told = app.reader().get(&format!("{path}?as_of={instant}")).call().must_be(200).json();
        assert_eq!(told["state"], state, "{days} days ago");
    }
}
