//! `DELETE /api/v1/webhook-endpoints/{endpoint}`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_framework()));
}

#[test]
fn goes_with_its_secrets_and_deliveries_and_its_code_is_never_given_again() {
    let app = App::start();
    let whole = json!({"code": "W-1", "url": "https://hooks.example.org/"});
    app.admin().post("webhook-endpoints").send(&whole).must_be(201);
    app.admin().post("webhook-endpoints/W-1/test").call().must_be(202);
    app.admin().delete("webhook-endpoints/W-1").call().must_be(204);
    for table in ["webhook_secrets", "webhook_standings", "webhook_deliveries"] {
        assert_eq!(app.sql().count(table), 0, "{table}");
    }
    let again = app.storing_nothing(|| app.admin().post("webhook-endpoints").send(&whole));
    again.problem(409, "code_used_before");
}
