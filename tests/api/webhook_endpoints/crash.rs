//! The service is killed between a commit and its delivery, and while it delivers: the event arrives all the same, under the same id.

use serde_json::json;

use super::is;
use crate::commands::Process;
use crate::support::App;
use crate::support::receiver::{Receiver, until};

/// Lets the program call receivers of tests.
fn settings(url: &str) -> [(&str, &str); 3] {
    [("DATABASE_URL", url), ("WEBHOOK_HTTP", "true"), ("WEBHOOK_NETWORKS", "127.0.0.0/8")]
}

#[test]
fn an_event_outlives_the_service_that_was_killed() {
    let (app, receiver) = (App::telling(), Receiver::start());
    let secret = app.endpoint("W-1", &receiver, json!({}));
    // Committed by a service without a deliverer: as if it had been killed before it looked at the log.
    app.target("M-1", "2024-25", 55).create();
    let url = app.database_url();
    receiver.is_silent(true);
    let (mut first, _) = Process::start(&settings(&url));
    let in_hand = receiver.received(1)[0].clone();
    first.end("KILL");
    assert_eq!(app.sql().value("SELECT state || jsonb_array_length(attempts) FROM webhook_deliveries"), "pending0");
    receiver.is_silent(false);
    let (second, _) = Process::start(&settings(&url));
    let again = receiver.received(2)[1].clone();
    assert_eq!((again.event().as_str(), again.id(), &again.body), ("target.created", in_hand.id(), &in_hand.body));
    assert_eq!(again.signed_by(&secret), [true]);
    app.delivery("W-1", 1, is("delivered"));
    drop(second);
    assert_eq!(receiver.all().len(), 2);
}

#[test]
fn of_two_instances_one_delivers_and_the_other_takes_over() {
    let (app, receiver) = (App::telling(), Receiver::start());
    app.endpoint("W-1", &receiver, json!({}));
    let url = app.database_url();
    let (mut leader, _) = Process::start(&settings(&url));
    // Others test on the same server.
    let lead = || {
        app.sql().count(
            "pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint << 32 | objid::bigint = 8099005289177705730 \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
    };
    until("the first to take the lead", || lead() == 1);
    let (_other, _) = Process::start(&settings(&url));
    app.target("M-1", "2024-25", 55).create();
    app.delivery("W-1", 1, is("delivered"));
    leader.end("KILL");
    app.editor().patch("targets/M-1/2024-25").send(&json!({"value": 56})).must_be(200);
    app.delivery("W-1", 2, is("delivered"));
    assert_eq!(receiver.events(2), ["target.created", "target.changed"]);
}
