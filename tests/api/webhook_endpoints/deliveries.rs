//! `/api/v1/webhook-endpoints/{endpoint}/deliveries`: listed, replayed, and forgotten in time.

use performance_framework::server;
use serde_json::{Value, json};

use super::{hurry, is};
use crate::support::App;
use crate::support::receiver::{Deliverer, Receiver};
use crate::support::sql::runtime;

/// A service with an endpoint to which nothing is sent yet, and five pings, of which the first is delivered and the next two are dead.
fn with_deliveries(receiver: &Receiver) -> App {
    let app = App::telling();
    app.endpoint("W-1", receiver, json!({}));
    (0..5).for_each(|_| drop(app.admin().post("webhook-endpoints/W-1/test").call().must_be(202)));
    app.sql().run(
        "UPDATE webhook_deliveries SET state = CASE number WHEN 1 THEN 'delivered' ELSE 'dead' END, next_attempt_at = NULL, \
         ended_at = now(), created_at = '2025-06-16T09:00Z'::timestamptz + number * interval '1 hour' WHERE number <= 3",
    );
    app
}

fn numbers(page: &Value) -> Vec<u64> {
    page["items"].as_array().unwrap().iter().map(|item| item["number"].as_u64().unwrap()).collect()
}

#[test]
fn are_listed_newest_first_by_state_in_pages() {
    let app = with_deliveries(&Receiver::start());
    let list = |query: &str| app.admin().get(&format!("webhook-endpoints/W-1/deliveries{query}")).call().must_be(200);
    for (query, wanted) in [
        ("", &[5, 4, 3, 2, 1][..]),
        ("?state=dead", &[3, 2]),
        ("?state=delivered", &[1]),
        ("?state=pending&type=ping", &[5, 4]),
        ("?type=target.created", &[]),
    ] {
        assert_eq!(numbers(&list(query).json()), wanted, "{query}");
    }
    let first = list("?limit=2");
    let next = first.json()["next"].as_str().unwrap().to_owned();
    assert_eq!(first.header("link"), format!("<{next}>; rel=\"next\""));
    let second = app.admin().follow(&next).call().must_be(200).json();
    assert_eq!((numbers(&first.json()), numbers(&second)), (vec![5, 4], vec![3, 2]));
    assert_eq!(app.admin().get("webhook-endpoints/W-1/deliveries/3").call().must_be(200).json()["state"], "dead");
    for (path, status, code) in [
        ("webhook-endpoints/W-1/deliveries/6", 404, "not_found"),
        ("webhook-endpoints/W-2/deliveries", 404, "not_found"),
        ("webhook-endpoints/W-2/standing", 404, "not_found"),
        ("webhook-endpoints/W-1/deliveries?state=lost", 400, "invalid_parameter"),
        ("webhook-endpoints/W-1/deliveries?cursor=x", 400, "invalid_cursor"),
        ("webhook-endpoints/W-1/deliveries?colour=red", 400, "unknown_parameter"),
        ("webhook-endpoints/W-1/deliveries?as_of=2025-01-01T00:00:00Z", 400, "unknown_parameter"),
    ] {
        app.admin().get(path).call().problem(status, code);
    }
}

#[test]
fn are_replayed_one_by_one_with_the_same_id() {
    let receiver = Receiver::start();
    let app = with_deliveries(&receiver);
    let replay = |number: u32| app.admin().post(&format!("webhook-endpoints/W-1/deliveries/{number}/replay"));
    let _deliverer = Deliverer::of(&app);
    app.delivery("W-1", 5, is("delivered"));
    for number in [1, 2] {
        let again = replay(number).call().must_be(200).json();
        assert_eq!(again["state"], "pending");
        let delivered = app.delivery("W-1", number, is("delivered"));
        assert_eq!(delivered["message_id"], again["message_id"]);
    }
    app.delivery("W-1", 3, is("dead"));
    replay(6).call().problem(404, "not_found");
    let calls = receiver.received(4);
    let listed = app.admin().get("webhook-endpoints/W-1/deliveries/2").call().json();
    assert_eq!(calls[3].id(), listed["message_id"]);
}

#[test]
fn dead_letters_are_replayed_from_an_instant_on() {
    let receiver = Receiver::start();
    let app = with_deliveries(&receiver);
    let replay = |since: &str| {
        app.admin().post("webhook-endpoints/W-1/replay").send(&json!({"since": since})).must_be(200).json()
    };
    assert_eq!(replay("2025-06-16T12:30:00Z"), json!({"replayed": 0}));
    assert_eq!(replay("2025-06-16T12:00:00Z"), json!({"replayed": 1}));
    assert_eq!(replay("2025-06-16T00:00:00Z"), json!({"replayed": 1}));
    let _deliverer = Deliverer::of(&app);
    for number in 1..=5 {
        app.delivery("W-1", number, is("delivered"));
    }
    assert_eq!(receiver.all().len(), 4, "what was delivered is not a dead letter");
    let since = json!({"since": "2025-06-16T00:00:00Z"});
    app.admin().post("webhook-endpoints/W-2/replay").send(&since).problem(404, "not_found");
}

#[test]
fn a_repeated_request_acts_once() {
    let app = with_deliveries(&Receiver::start());
    let test = || app.admin().post("webhook-endpoints/W-1/test").header("Idempotency-Key", "one").call().must_be(202);
    assert_eq!(test().body, test().body);
    assert_eq!(app.sql().count("webhook_deliveries"), 6);
}

#[test]
fn are_forgotten_in_time() {
    let app = with_deliveries(&Receiver::start());
    let purge = || runtime().block_on(server::purge(&app.database_url())).unwrap();
    let left = || app.sql().column("SELECT number FROM webhook_deliveries ORDER BY number");
    app.sql().run("UPDATE webhook_deliveries SET ended_at = now() - interval '31 days' WHERE number <= 3");
    purge();
    assert_eq!(left(), ["2", "3", "4", "5"]);
    app.sql().run("UPDATE webhook_deliveries SET ended_at = now() - interval '91 days' WHERE number = 2");
    app.sql().run("UPDATE webhook_deliveries SET created_at = now() - interval '1 year' WHERE number = 4");
    hurry(&app);
    purge();
    assert_eq!(left(), ["3", "4", "5"]);
}
