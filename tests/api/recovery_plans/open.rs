//! The open plans of measures, as a report asks for them.

use actix_web::rt::System;
use chrono::NaiveDate;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use performance_framework::domain::day;
use performance_framework::resources::recovery_plans::progress::open_of;

use super::take;
use crate::support::App;

fn open(app: &App, measures: &[&str], today: NaiveDate) -> Vec<(String, bool)> {
    let codes: Vec<_> = measures.iter().map(|code| code.parse().unwrap()).collect();
    let tracked = System::new().block_on(async {
        let connection = AsyncPgConnection::establish(&app.database_url()).await.unwrap();
        open_of(&connection, &codes, today).await.unwrap()
    });
    tracked.iter().map(|one| (one.plan.code.to_string(), one.progress.newest_due_missed)).collect()
}

#[test]
fn are_those_that_are_not_closed_each_with_its_progress() {
    let app = App::with_measure();
    app.measure("M-2").create();
    app.measure("M-3").create();
    app.plan("P-2").set("measure", "M-2").create();
    app.plan("P-1").create();
    for step in ["agree", "start", "assess"] {
        take(&app, step);
    }
    let today = day::read("2025-09-22").unwrap();
    let both = [("P-1".to_owned(), true), ("P-2".to_owned(), false)];
    assert_eq!(open(&app, &["M-1", "M-2", "M-3"], today), both);
    assert_eq!(open(&app, &["M-2"], today), both[1..]);
    assert_eq!(open(&app, &[], today), []);
    take(&app, "close");
    assert_eq!(open(&app, &["M-1", "M-2"], today), both[1..]);
}
