//! The open issues of a framework, as a report asks for them.

use actix_web::rt::System;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use performance_framework::domain::day;
use performance_framework::resources::issues_of_concern::store::open_of;
use serde_json::json;

use super::{start, take};
use crate::support::App;

fn open(app: &App, framework: &str) -> Vec<(String, Vec<String>, i64)> {
    let today = day::read("2025-09-23").unwrap();
    let issues = System::new().block_on(async {
        let connection = AsyncPgConnection::establish(&app.database_url()).await.unwrap();
        open_of(&connection, framework, today).await.unwrap()
    });
    let told = issues.iter().map(|issue| {
        let measures = issue.kept.measures.0.iter().map(ToString::to_string).collect();
        (issue.kept.code.to_string(), measures, issue.days_overdue)
    });
    told.collect()
}

#[test]
fn are_those_that_are_not_over_each_with_its_measures() {
    let app = start();
    app.issue("I-2").with(json!({"measures": ["M-2", "M-1"], "report_wanted_by": "2025-09-22"})).create();
    app.issue("I-1").create();
    app.issue("I-3").create();
    app.officer().post("issues-of-concern/I-3/decline").send(&json!({"reason": "No."})).must_be(200);
    let of = |code: &str, measures: &[&str], days| {
        (code.to_owned(), measures.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>(), days)
    };
    let both = [of("I-1", &["M-1"], 0), of("I-2", &["M-2", "M-1"], 1)];
    assert_eq!(open(&app, "F"), both);
    assert_eq!(open(&app, "NOWHERE"), []);
    for step in ["accept", "schedule", "report"] {
        take(&app, step);
        assert_eq!(open(&app, "F").len(), 2, "{step}");
    }
    take(&app, "close");
    assert_eq!(open(&app, "F"), both[1..]);
    take(&app, "reopen");
    assert_eq!(open(&app, "F").len(), 2);
}
