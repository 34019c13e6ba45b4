//! `POST /api/v1/webhook-endpoints`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_framework()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_framework()));
}

#[test]
fn refuses_what_it_refers_to_in_vain_and_keeps_what_it_refers_to() {
    let app = App::with_measure();
    for field in ["framework", "measure"] {
        let body = json!({"code": "W-1", "url": "https://hooks.example.org/", field: "NOWHERE"});
        let refused = app.storing_nothing(|| app.admin().post("webhook-endpoints").send(&body));
        refused.problem(422, "unknown_reference").only_fault(&format!("/{field}"), "unknown_reference");
    }
    let body = json!({"code": "W-1", "url": "https://hooks.example.org/", "measure": "M-1"});
    app.admin().post("webhook-endpoints").send(&body).must_be(201);
    let refused = app.storing_nothing(|| app.editor().delete("measures/M-1").call());
    refused.problem(409, "still_in_use").says("webhook endpoint");
}

#[test]
fn refuses_an_event_that_does_not_exist() {
    let app = App::start();
    let body = json!({"code": "W-1", "url": "https://hooks.example.org/", "events": ["submission.eaten"]});
    let refused = app.storing_nothing(|| app.admin().post("webhook-endpoints").send(&body));
    refused.problem(400, "invalid_body").only_fault("/events/0", "unknown_value");
}

#[test]
fn refuses_addresses_that_are_not_to_be_called() {
    let app = App::start();
    let whole = |url: &str| json!({"code": "W-1", "url": url});
    for (url, code) in [
        ("http://hooks.example.org/", "scheme_refused"),
        ("https://user:pass@hooks.example.org/", "credentials_refused"),
        ("https://hooks.example.org:22/", "port_refused"),
        ("https://127.0.0.1/", "host_refused"),
        ("https://2130706433/", "host_refused"),
        ("https://localhost/", "host_refused"),
        ("https://10.1.2.3/", "host_refused"),
        ("https://169.254.169.254/latest/meta-data", "host_refused"),
        ("https://[::1]/", "host_refused"),
        ("https://[::ffff:192.168.0.1]/", "host_refused"),
        ("here", "not_an_address"),
    ] {
        let post = app.storing_nothing(|| app.admin().post("webhook-endpoints").send(&whole(url)));
        post.problem(422, "validation_failed").only_fault("/url", code);
        let put = app.storing_nothing(|| app.admin().put("webhook-endpoints/W-1").send(&json!({"url": url})));
        put.problem(422, "validation_failed").only_fault("/url", code);
    }
    app.admin().post("webhook-endpoints").send(&whole("https://hooks.example.org/")).must_be(201);
    let patch =
        app.storing_nothing(|| app.admin().patch("webhook-endpoints/W-1").send(&json!({"url": "https://10.0.0.1/"})));
    patch.problem(422, "validation_failed").only_fault("/url", "host_refused").says("WEBHOOK_NETWORKS");
}
