//! `/api/v1/quarterly-reports`.

mod create;
mod delete;
mod exempt;
mod get;
mod list;
mod lock;
mod patch;
mod people;
mod put;
mod readings;
mod relative;
mod seal;
mod steps;

use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    app.meeting("MT-1").create();
    Sample {
        app,
        by: Role::Editor,
        collection: "quarterly-reports",
        keys: &["framework", "quarter"],
        nth: |n| vec!["F".to_owned(), format!("{}-{}-Q1", 2020 + n, 21 + n)],
        body: json!({"overview": "The quarter as a whole."}),
        change: ("overview", json!("Another overview.")),
        required: None,
        optional: ("meeting", json!("MT-1")),
    }
}

impl App {
    /// A draft report of the framework `F`.
    fn report(&self, quarter: &str) -> Answer {
        self.editor()
            .put(&format!("quarterly-reports/F/{quarter}"))
            .send(&json!({"overview": "An overview."}))
            .must_be(201)
    }

    /// A step of a report of the framework `F`, by an officer with every scope.
    fn step(&self, quarter: &str, action: &str, body: &Value) -> Answer {
        let request = self.admin().post(&format!("quarterly-reports/F/{quarter}/{action}"));
        if body.is_null() { request.call() } else { request.send(body) }
    }

    /// A report of the framework `F`, signed off.
    fn sealed(&self, quarter: &str) -> Value {
        self.report(quarter);
        self.step(quarter, "review", &Value::Null).must_be(200);
        self.step(quarter, "sign-off", &Value::Null).must_be(200).json()
    }
}
