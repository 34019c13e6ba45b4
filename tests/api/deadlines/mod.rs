//! `GET /api/v1/frameworks/{framework}/deadlines.ics`, read line by line as RFC 5545 has it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use performance_framework::clock;
use serde_json::json;

use crate::support::App;
use crate::support::collecting::last_quarter;

type Event = BTreeMap<String, String>;

/// The events of a feed that keeps the rules of RFC 5545 for lines, folding, components and required properties.
fn read(text: &str) -> Vec<Event> {
    let whole = text.strip_suffix("\r\n").expect("the last line ends as every other");
    assert!(!whole.replace("\r\n", "").contains(['\r', '\n']), "a bare end of line: {text}");
    assert!(whole.split("\r\n").all(|line| line.len() <= 75), "a line is longer than 75 octets: {text}");
    let unfolded = whole.replace("\r\n ", "");
    let mut lines = unfolded.split("\r\n").map(|line| line.split_once(':').expect("a name and a value"));
    assert_eq!([lines.next(), lines.next()], [Some(("BEGIN", "VCALENDAR")), Some(("VERSION", "2.0"))]);
    let mut events: Vec<Event> = Vec::new();
    let mut open: Option<Event> = None;
    let mut calendar = BTreeSet::new();
    for (name, value) in lines {
        match (name, value, &mut open) {
            ("BEGIN", "VEVENT", None) => open = Some(Event::new()),
            ("END", "VEVENT", Some(event)) => events.push(std::mem::take(event)),
            ("END", "VCALENDAR", _) => drop(calendar.insert("END")),
            (_, _, Some(event)) => assert_eq!(event.insert(name.to_owned(), plain(value)), None, "{name} stands twice"),
            _ => drop(calendar.insert(name)),
        }
        if (name, value) == ("END", "VEVENT") {
            open = None;
        }
    }
    assert!(calendar.contains("PRODID") && calendar.contains("END"), "{text}");
    for event in &events {
        for property in ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"] {
            assert!(event.contains_key(property), "no {property}: {event:?}");
        }
        assert!(event["DTSTAMP"].len() == 16 && event["DTSTAMP"].ends_with('Z'), "{event:?}");
    }
    let uids: BTreeSet<_> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), events.len(), "a UID stands twice");
    events
}

/// A value without its escapes.
fn plain(value: &str) -> String {
    let mut told = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        told.push(match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => '\n',
            ('\\', Some(escaped @ ('\\' | ';' | ','))) => escaped,
            ('\\' | ';' | ',', _) => panic!("{value} is not escaped"),
            (c, _) => c,
        });
    }
    told
}

fn feed(app: &App) -> Vec<Event> {
    let answer = app.reader().get("frameworks/F/deadlines.ics").call().must_be(200);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    read(&answer.text())
}

fn days(events: &[Event]) -> Vec<(&str, &str)> {
    events.iter().map(|event| (event["UID"].as_str(), event["DTSTART;VALUE=DATE"].as_str())).collect()
}

#[test]
fn has_the_days_of_every_cycle() {
    let app = App::with_framework();
    let note = "Figures, with narrative; the census team is away in the second week of July.\nAsk \\ the office: 100 % by Monday.";
    let cycle = |quarter: &str, body| app.editor().put(&format!("collection-cycles/F/{quarter}")).send(&body);
    cycle("2024-25-Q4", json!({"opens_on": "2025-04-01", "due_on": "2025-04-21", "locks_on": "2025-05-06", "committee_on": "2025-06-16"})).must_be(201);
    cycle(
        "2025-26-Q1",
        json!({"opens_on": "2025-07-01", "due_on": "2025-07-21", "locks_on": "2025-08-04", "note": note}),
    )
    .must_be(201);
    let events = feed(&app);
    assert_eq!(
        days(&events),
        [
            ("opens/F/2024-25-Q4@performance-framework", "20250401"),
            ("due/F/2024-25-Q4@performance-framework", "20250421"),
            ("locks/F/2024-25-Q4@performance-framework", "20250506"),
            ("committee/F/2024-25-Q4@performance-framework", "20250616"),
            ("opens/F/2025-26-Q1@performance-framework", "20250701"),
            ("due/F/2025-26-Q1@performance-framework", "20250721"),
            ("locks/F/2025-26-Q1@performance-framework", "20250804"),
        ]
    );
    assert_eq!(
        (events[1]["SUMMARY"].as_str(), events[1]["DESCRIPTION"].as_str()),
        ("F: figures for 2024-25-Q4 are due", "")
    );
    assert_eq!(events[4]["DESCRIPTION"], note);
    assert_eq!(feed(&app), events, "read again");
    cycle("2025-26-Q1", json!({"opens_on": "2025-07-01", "due_on": "2025-07-28", "locks_on": "2025-08-04"}))
        .must_be(200);
    let moved = feed(&app);
    assert_eq!(days(&moved)[5], ("due/F/2025-26-Q1@performance-framework", "20250728"));
}

#[test]
fn has_the_due_day_of_each_provider_that_is_late() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    app.measure("M-2").set("provider", "Team A").create();
    app.measure("M-3").set("provider", "Équipe, B; C").create();
    app.measure("M-4").set("provider", "Team D").create();
    app.approved("M-4", &last_quarter().to_string(), 50);
    let late = || feed(&app).into_iter().filter(|event| event["UID"].starts_with("overdue/")).collect::<Vec<_>>();
    let quarter = last_quarter();
    let events = late();
    let summaries: BTreeSet<String> = events.iter().map(|event| event["SUMMARY"].clone()).collect();
    let expected =
        [format!("F: Team A owes 2 figures for {quarter}"), format!("F: Équipe, B; C owes 1 figure for {quarter}")];
    assert_eq!(summaries, expected.into());
    let due_on = (clock::today() - TimeDelta::days(10)).format("%Y%m%d").to_string();
    assert!(events.iter().all(|event| event["DTSTART;VALUE=DATE"] == due_on), "{events:?}");
    let both = events.iter().find(|event| event["SUMMARY"].contains("Team A")).unwrap();
    assert_eq!(both["DESCRIPTION"], "M-1 Measure M-1\nM-2 Measure M-2");
    app.waive("M-3", "None.").must_be(200);
    assert_eq!(late().len(), 1);
}

#[test]
fn is_empty_without_cycles_and_needs_a_framework() {
    let app = App::with_measure();
    assert_eq!(feed(&app), Vec::<Event>::new());
    app.reader().get("frameworks/NOWHERE/deadlines.ics").call().problem(404, "not_found").says("NOWHERE");
}
