//! Receivers that fail: tried again with the same id, left alone, given up with a notice; and they hold up no other.

use serde_json::{Value, json};

use super::{hurry, is, tried};
use crate::support::App;
use crate::support::receiver::{Deliverer, Receiver, this_machine, until};

fn endpoint(app: &App, code: &str) -> Value {
    app.admin().get(&format!("webhook-endpoints/{code}")).call().must_be(200).json()
}

fn standing(app: &App, code: &str) -> Value {
    app.admin().get(&format!("webhook-endpoints/{code}/standing")).call().must_be(200).json()
}

fn ping(app: &App, code: &str) {
    app.admin().post(&format!("webhook-endpoints/{code}/test")).call().must_be(202);
}

#[test]
fn a_failed_delivery_is_tried_again_with_the_same_id_and_every_attempt_is_kept() {
    let (app, receiver) = (App::telling(), Receiver::start());
    for status in ["500 Oh", "302 Found", "404 Not Found"] {
        receiver.answers(status, "Location: http://127.0.0.1:1/\r\n");
    }
    app.endpoint("W-1", &receiver, json!({}));
    ping(&app, "W-1");
    let _deliverer = Deliverer::of(&app);
    for times in 1..=3_u64 {
        app.delivery("W-1", 1, tried(times));
        let fares = standing(&app, "W-1");
        assert!(fares["failures"].as_u64() >= Some(times) && fares["failing_since"].is_string(), "{fares}");
        hurry(&app);
    }
    let delivered = app.delivery("W-1", 1, is("delivered"));
    let told = |attempt: &Value| (attempt["status"].clone(), attempt["error"].clone());
    let attempts: Vec<_> = delivered["attempts"].as_array().unwrap().iter().map(told).collect();
    let expected = [
        (json!(500), json!("answered 500")),
        (json!(302), json!("answered 302; redirections are not followed")),
        (json!(404), json!("answered 404")),
        (json!(204), json!(null)),
    ];
    assert_eq!(attempts, expected);
    let calls = receiver.received(4);
    assert!(calls.iter().all(|call| call.id() == calls[0].id() && call.body == calls[0].body));
    assert_eq!(delivered["message_id"], calls[0].id());
    let fares = standing(&app, "W-1");
    assert_eq!((&fares["failures"], &fares["failing_since"], &fares["pending"]), (&json!(0), &json!(null), &json!(0)));
    assert!(fares["last_delivered_at"].is_string());
}

#[test]
fn nobody_there_is_told_as_such() {
    let (app, receiver) = (App::telling(), Receiver::start());
    app.endpoint("W-1", &receiver, json!({"url": "http://127.0.0.1:1024/"}));
    ping(&app, "W-1");
    let _deliverer = Deliverer::of(&app);
    let attempt = app.delivery("W-1", 1, tried(1))["attempts"][0].clone();
    assert_eq!(attempt["status"], json!(null));
    assert!(attempt["error"].as_str().is_some_and(|error| error.contains("refused")), "{attempt}");
}

#[test]
fn what_a_receiver_asks_for_is_honoured() {
    let (app, receiver) = (App::telling(), Receiver::start());
    receiver.answers("429 Slow down", "Retry-After: 3600\r\n");
    app.endpoint("W-1", &receiver, json!({}));
    ping(&app, "W-1");
    ping(&app, "W-1");
    let _deliverer = Deliverer::of(&app);
    let first = app.delivery("W-1", 1, tried(1));
    let next = app
        .sql()
        .value("SELECT next_attempt_at >= created_at + interval '59 minutes' FROM webhook_deliveries WHERE number = 1");
    assert_eq!(next, "t", "{first}");
    assert_eq!(app.sql().value("SELECT resting_until > now() + interval '59 minutes' FROM webhook_standings"), "t");
    assert_eq!(receiver.all().len(), 1, "the second is left for later, too");
    hurry(&app);
    app.delivery("W-1", 1, is("delivered"));
    app.delivery("W-1", 2, is("delivered"));
}

#[test]
fn one_that_is_gone_is_disabled_at_once_and_the_others_are_told() {
    let app = App::telling();
    let (gone, other) = (Receiver::start(), Receiver::start());
    gone.answers("410 Gone", "");
    app.endpoint("GONE", &gone, json!({}));
    app.endpoint("OTHER", &other, json!({"events": ["endpoint.disabled"], "framework": "F"}));
    let _deliverer = Deliverer::of(&app);
    ping(&app, "GONE");
    let call = other.received(1)[0].json();
    assert_eq!((&call["type"], &call["data"]["key"]), (&json!("endpoint.disabled"), &json!("GONE")));
    let shown = endpoint(&app, "GONE");
    assert_eq!((&shown["enabled"], shown["disabled_at"].is_string()), (&json!(false), true));
    assert!(shown["disabled_reason"].as_str().unwrap().contains("410"), "{shown}");
    app.delivery("GONE", 1, is("dead"));
    let logged =
        app.admin().get("changes?resource=webhook_endpoints&actor=service:webhooks").call().must_be(200).json();
    assert_eq!(logged["items"][0]["after"]["disabled_reason"], shown["disabled_reason"]);
    let listed = app.admin().get("webhook-endpoints?disabled=true").call().json();
    assert_eq!(listed["items"][0]["code"], "GONE");
}

#[test]
fn after_three_days_a_delivery_is_a_dead_letter_and_its_receiver_is_given_up() {
    let (app, receiver) = (App::telling(), Receiver::start());
    (0..50).for_each(|_| receiver.answers("500 Oh", ""));
    app.endpoint("W-1", &receiver, json!({}));
    ping(&app, "W-1");
    let deliverer = Deliverer::of(&app);
    app.delivery("W-1", 1, tried(1));
    drop(deliverer);
    app.sql().run("UPDATE webhook_deliveries SET trying_since = trying_since - interval '3 days'");
    hurry(&app);
    let deliverer = Deliverer::of(&app);
    app.delivery("W-1", 1, is("dead"));
    assert_eq!(endpoint(&app, "W-1")["enabled"], true, "one dead letter does not make a dead receiver");
    drop(deliverer);
    ping(&app, "W-1");
    app.sql().run("UPDATE webhook_standings SET failing_since = failing_since - interval '3 days'");
    hurry(&app);
    let deliverer = Deliverer::of(&app);
    app.delivery("W-1", 2, tried(1));
    assert_eq!(endpoint(&app, "W-1")["enabled"], true, "there was nothing to send, and then one failure");
    drop(deliverer);
    ping(&app, "W-1");
    app.sql().run("UPDATE webhook_deliveries SET trying_since = trying_since - interval '3 days' WHERE number = 2");
    hurry(&app);
    let _deliverer = Deliverer::of(&app);
    until("the endpoint to be disabled", || endpoint(&app, "W-1")["enabled"] == json!(false));
    let reason = endpoint(&app, "W-1")["disabled_reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("3 days") && reason.contains("answered 500"), "{reason}");
    app.delivery("W-1", 3, is("pending"));
    app.admin().post("webhook-endpoints/W-1/enable").send(&json!({})).must_be(200);
    assert_eq!(endpoint(&app, "W-1")["disabled_reason"], json!(null));
    hurry(&app);
    app.delivery("W-1", 3, tried(1));
}

#[test]
fn a_silent_one_holds_up_no_other() {
    let app = App::telling();
    let (silent, lively) = (Receiver::start(), Receiver::start());
    silent.is_silent(true);
    app.endpoint("SILENT", &silent, json!({}));
    app.endpoint("LIVELY", &lively, json!({}));
    let _deliverer = Deliverer::of(&app);
    ping(&app, "SILENT");
    silent.received(1);
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    assert_eq!(lively.events(3).len(), 3);
    app.delivery("LIVELY", 3, is("delivered"));
    app.delivery("SILENT", 1, is("pending"));
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_called() {
    let (app, receiver) = (App::telling(), Receiver::start());
    app.endpoint("W-1", &receiver, json!({}));
    ping(&app, "W-1");
    let mut nowhere = this_machine();
    nowhere.networks.clear();
    let _deliverer = Deliverer::reaching(&app, nowhere);
    let attempt = app.delivery("W-1", 1, tried(1))["attempts"][0].clone();
    assert!(attempt["error"].as_str().unwrap().contains("this machine"), "{attempt}");
    assert_eq!(receiver.all().len(), 0);
}
