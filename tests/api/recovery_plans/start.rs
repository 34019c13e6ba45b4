//! `POST /api/v1/recovery-plans/{plan}/start`.

use serde_json::json;

use super::{refuses, take, with_plan};
use crate::support::Role;

#[test]
fn begins_the_delivery_of_an_agreed_plan() {
    let app = with_plan(&[]);
    refuses(&app, "start", None, Role::Editor, "drafted", &["agree"]);
    take(&app, "agree");
    let started = take(&app, "start");
    assert_eq!((&started["state"], &started["started_by"]), (&json!("in_delivery"), &json!("editor")));
    assert!(started["started_at"].is_string());
    refuses(&app, "start", None, Role::Editor, "in_delivery", &["assess", "close"]);
}
