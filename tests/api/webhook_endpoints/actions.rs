//! `POST …/enable` and pausing: what happens meanwhile is told later, or left out.

use serde_json::json;

use super::{is, settled};
use crate::support::App;
use crate::support::receiver::{Deliverer, Receiver};

/// A service with a paused endpoint that has missed a target and a ping.
fn paused(receiver: &Receiver) -> App {
    let app = App::telling();
    app.endpoint("W-1", receiver, json!({"enabled": false}));
    app.target("M-1", "2024-25", 55).create();
    app.admin().post("webhook-endpoints/W-1/test").call().must_be(202);
    app
}

#[test]
fn one_that_is_paused_is_told_later() {
    let (receiver, witness) = (Receiver::start(), Receiver::start());
    let app = paused(&receiver);
    app.endpoint("WITNESS", &witness, json!({}));
    let _deliverer = Deliverer::of(&app);
    app.admin().post("webhook-endpoints/WITNESS/test").call().must_be(202);
    witness.received(1);
    assert_eq!(receiver.all().len(), 0);
    app.admin().patch("webhook-endpoints/W-1").send(&json!({"enabled": true})).must_be(200);
    assert_eq!(receiver.events(2), ["ping", "target.created"]);
}

#[test]
fn what_was_missed_can_be_left_out() {
    let receiver = Receiver::start();
    let app = paused(&receiver);
    settled(&app);
    let enabled = app.admin().post("webhook-endpoints/W-1/enable").send(&json!({"skip_missed": true})).must_be(200);
    assert_eq!(enabled.json()["enabled"], true);
    app.delivery("W-1", 1, is("dead"));
    let _deliverer = Deliverer::of(&app);
    app.editor().patch("targets/M-1/2024-25").send(&json!({"value": 56})).must_be(200);
    assert_eq!(receiver.events(1), ["target.changed"]);
    app.admin().post("webhook-endpoints/W-1/deliveries/1/replay").call().must_be(200);
    assert_eq!(receiver.events(2), ["target.changed", "ping"]);
}

#[test]
fn enabling_what_is_enabled_changes_nothing() {
    let app = App::telling();
    app.endpoint("W-1", &Receiver::start(), json!({}));
    app.storing_nothing(|| app.admin().post("webhook-endpoints/W-1/enable").send(&json!({}))).must_be(200);
    app.storing_nothing(|| app.admin().post("webhook-endpoints/W-1/enable").call()).must_be(200);
    app.admin().post("webhook-endpoints/W-2/enable").send(&json!({})).problem(404, "not_found");
    app.admin().post("webhook-endpoints/W-2/test").call().problem(404, "not_found");
    app.admin().post("webhook-endpoints/W-2/rotate-secret").send(&json!({})).problem(404, "not_found");
}
