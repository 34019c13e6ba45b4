//! `Idempotency-Key`: repeating a `POST` is always safe.

mod secrets;

use performance_framework::server;
use serde_json::{Value, json};

use crate::support::sql::runtime;
use crate::support::{Answer, App, Client};

fn body(code: &str) -> Value {
    json!({"code": code, "title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"})
}

fn post(client: &Client, key: &str, body: &Value) -> Answer {
    client.post("frameworks").header("Idempotency-Key", key).send(body)
}

#[test]
fn the_first_answer_is_replayed_byte_for_byte() {
    let app = App::start();
    let first = post(&app.editor(), "import-1", &body("F")).must_be(201);
    assert_eq!(first.header("idempotent-replayed"), "");
    app.editor().patch("frameworks/F").send(&json!({"title": "Changed since"})).must_be(200);
    for _ in 0..2 {
        let again = app.storing_nothing(|| post(&app.editor(), "import-1", &body("F"))).must_be(201);
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.body, first.body);
        for header in ["etag", "location", "content-type"] {
            assert_eq!(again.header(header), first.header(header), "{header}");
        }
    }
}

#[test]
fn the_same_key_for_another_request_is_refused() {
    let app = App::start();
    post(&app.editor(), "import-1", &body("F")).must_be(201);
    let other_body = || post(&app.editor(), "import-1", &body("G"));
    app.storing_nothing(other_body).problem(422, "idempotency_key_reused").says("another method, address or body");
    let outcome = json!({"code": "O-1", "framework": "F", "title": "T"});
    let other_address = || app.editor().post("outcomes").header("Idempotency-Key", "import-1").send(&outcome);
    app.storing_nothing(other_address).problem(422, "idempotency_key_reused");
    let respelt = || {
        app.editor()
            .post("frameworks")
            .header("Idempotency-Key", "import-1")
            .raw("application/json", format!(" {}", body("F")))
    };
    app.storing_nothing(respelt).problem(422, "idempotency_key_reused");
    post(&app.editor(), "import-2", &body("G")).must_be(201);
}

#[test]
fn a_request_that_is_still_being_answered_is_told_so() {
    let app = App::start();
    // Holds what the first request would hold until it is done.
    app.sql().run("SELECT pg_advisory_lock(hashtextextended(E'editor\\nimport-1', 0))");
    let refused = app.storing_nothing(|| post(&app.editor(), "import-1", &body("F")));
    refused.problem(409, "request_in_flight").says("still being answered");
    app.sql().run("SELECT pg_advisory_unlock_all()");
    post(&app.editor(), "import-1", &body("F")).must_be(201);
}

#[test]
fn errors_are_not_kept() {
    let app = App::start();
    let outcome = json!({"code": "O-1", "framework": "F", "title": "T"});
    let post_outcome = || app.editor().post("outcomes").header("Idempotency-Key", "import-1").send(&outcome);
    app.storing_nothing(post_outcome).problem(422, "unknown_reference");
    app.framework("F").create();
    let made = post_outcome().must_be(201);
    assert_eq!(made.header("idempotent-replayed"), "");
    assert_eq!(post_outcome().must_be(201).header("idempotent-replayed"), "true");
}

#[test]
fn each_caller_has_keys_of_its_own() {
    let app = App::start();
    let first = post(&app.editor(), "import-1", &body("F")).must_be(201);
    let other = app.storing_nothing(|| post(&app.admin(), "import-1", &body("F")));
    other.problem(409, "already_exists");
    post(&app.admin(), "import-1", &body("G")).must_be(201);
    // A second key of the same holder is the same caller.
    let second_key = Client::new(app.base(), Some(&app.key_of("editor", &["configure"])));
    assert_eq!(post(&second_key, "import-1", &body("F")).must_be(201).body, first.body);
}

#[test]
fn actions_are_repeated_safely_too() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    let act = |client: &Client, action: &str| {
        client.post(&format!("{path}/{action}")).header("Idempotency-Key", &format!("key-of-{action}")).call()
    };
    for (client, action) in [(app.provider(), "submit"), (app.officer(), "approve"), (app.officer(), "publish")] {
        let first = act(&client, action).must_be(200);
        let again = app.storing_nothing(|| act(&client, action)).must_be(200);
        assert_eq!(
            (again.body, again.headers["etag"].clone()),
            (first.body, first.headers["etag"].clone()),
            "{action}"
        );
    }
    let revise = || {
        app.provider().post(&format!("{path}/revise")).header("Idempotency-Key", "r").send(&json!({"reason": "Late."}))
    };
    let first = revise().must_be(201);
    let again = app.storing_nothing(revise).must_be(201);
    assert_eq!(again.header("location"), first.header("location"));
}

#[test]
fn the_key_stands_for_the_body_of_an_action_that_takes_none() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    let submit = || {
        app.provider().post("quarterly-submissions/M-1/2024-25-Q1/submit").header("Idempotency-Key", "key-of-submit")
    };
    let first = submit().call().must_be(200);
    for body in ["{}", "{\"anything\":\"else\"}"] {
        let other = app.storing_nothing(|| submit().raw("application/json", body));
        other.problem(422, "idempotency_key_reused");
    }
    // None is the same as an empty one.
    for again in [submit().call(), submit().raw("application/json", "")] {
        assert_eq!((again.header("idempotent-replayed"), &again.body), ("true", &first.body));
    }
    let large = app.storing_nothing(|| submit().raw("application/json", vec![b' '; 1024 * 1024 + 1]));
    large.problem(413, "body_too_large");
}

#[test]
fn an_answer_is_kept_a_day_and_then_swept_away() {
    let app = App::start();
    post(&app.editor(), "old", &body("F")).must_be(201);
    post(&app.editor(), "young", &body("G")).must_be(201);
    app.sql()
        .run("UPDATE idempotent_answers SET answered_at = now() - interval '24 hours' WHERE idempotency_key = 'old'");
    app.sql()
        .run("UPDATE idempotent_answers SET answered_at = now() - interval '23 hours' WHERE idempotency_key = 'young'");
    app.storing_nothing(|| post(&app.editor(), "old", &body("F"))).problem(409, "already_exists");
    assert_eq!(post(&app.editor(), "young", &body("G")).must_be(201).header("idempotent-replayed"), "true");
    runtime().block_on(server::purge(&app.database_url())).unwrap();
    assert_eq!(app.sql().column("SELECT idempotency_key FROM idempotent_answers"), ["young"]);
    post(&app.editor(), "old", &body("H")).must_be(201);
}

#[test]
fn of_many_at_once_one_is_done() {
    let app = App::start();
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| post(&app.editor(), "import-1", &body("F")))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made = answers.iter().filter(|answer| answer.status == 201 && answer.header("idempotent-replayed").is_empty());
    assert_eq!(made.count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.problem(409, "request_in_flight");
    }
    assert_eq!((app.sql().count("frameworks"), app.sql().count("idempotent_answers")), (1, 1));
}
