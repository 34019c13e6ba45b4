//! Whether a report is overdue, by the day of the question.

use serde_json::{Value, json};

use super::{ISSUE, start, take};
use crate::support::App;

fn overdue(issue: &Value) -> (bool, i64) {
    (issue["overdue"].as_bool().unwrap(), issue["days_overdue"].as_i64().unwrap())
}

/// A day of the database's clock in London, so many days from today.
fn day(app: &App, days: i32) -> String {
    app.sql().value(&format!("SELECT (now() AT TIME ZONE 'Europe/London')::date + {days}"))
}

#[test]
fn from_the_day_after_it_was_wanted_until_it_comes() {
    let app = start();
    app.issue("I-1").create();
    let read = || overdue(&app.reader().get(ISSUE).call().must_be(200).json());
    // Midnight in London may pass between the question and the answer: then a day more is right.
    for (wanted_in, least) in [(2, 0), (-1, 1), (-30, 30)] {
        let wanted = json!({"report_wanted_by": day(&app, wanted_in)});
        app.editor().patch(ISSUE).send(&wanted).must_be(200);
        let (is_overdue, days) = read();
        assert!(days == least || days == least + 1 && least > 0, "{days} where {least} is right");
        assert_eq!(is_overdue, least > 0);
    }
    for (step, awaited) in
        [("accept", true), ("schedule", true), ("report", false), ("close", false), ("reopen", true), ("report", false)]
    {
        assert_eq!(overdue(&take(&app, step)).0, awaited, "{step}");
        assert_eq!(read().0, awaited, "{step}");
    }
}

#[test]
fn by_the_day_as_at_which_it_is_asked() {
    let app = start();
    app.issue("I-1").set("report_wanted_by", "2025-09-22").create();
    // As if it had been known since the meeting that raised it.
    app.sql().run("ALTER TABLE issues_of_concern DISABLE TRIGGER USER; UPDATE issues_of_concern SET updated_at = '2025-06-16T12:00:00Z'");
    for (instant, days) in [
        ("2025-09-22T22:59:59Z", 0),
        // An hour later it is the day after in London.
        ("2025-09-22T23:00:00Z", 1),
        ("2025-10-22T12:00:00Z", 30),
    ] {
        let then = app.reader().get(&format!("{ISSUE}?as_of={instant}")).call().must_be(200);
        assert_eq!(overdue(&then.json()), (days > 0, days), "{instant}");
        for asked in [true, false] {
            let query = format!("issues-of-concern?overdue={asked}&as_of={instant}");
            let page = app.reader().get(&query).call().must_be(200).json();
            let found: Vec<_> = page["items"].as_array().unwrap().iter().map(overdue).collect();
            assert_eq!(found, if asked == (days > 0) { vec![(days > 0, days)] } else { vec![] }, "{query}");
        }
    }
    app.reader().get(&format!("{ISSUE}?as_of=2025-06-16T11:00:00Z")).call().problem(404, "not_found");
}
