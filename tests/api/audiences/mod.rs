//! Members and the public: they see what was published, as it may be shown, and nothing else.

mod asked;
mod catalogue;
mod noninterference;
mod shown;

use serde_json::{Value, json};

use crate::support::{App, Client};

/// The framework `F`, adopted, with the measure `M-1`.
fn adopted() -> App {
    let app = App::with_measure();
    adopt(&app);
    app
}

/// Adopts the framework `F`.
fn adopt(app: &App) {
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
}

/// A caller in this role.
fn caller(app: &App, role: &str) -> Client {
    let body = json!({"name": format!("a caller in the role {role}"), "grants": [{"role": role}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

/// Numbers of a figure that was pushed.
fn parts(numerator: i64, denominator: i64) -> Value {
    json!({"numerator": numerator, "denominator": denominator})
}
