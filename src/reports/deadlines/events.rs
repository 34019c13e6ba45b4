//! What happens on which day: the days of every cycle, and the day on which each provider that is late had to hand in.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::icalendar::Event;
use crate::domain::data_request::DataRequestState;
use crate::domain::period::Quarter;
use crate::resources::collection_cycles::body::CollectionCycle;
use crate::resources::data_requests::body::DataRequest;

/// The events of a framework's cycles, in the order of days, as things stand on the day `today`.
pub fn events(cycles: &[CollectionCycle], requests: &[DataRequest], today: NaiveDate) -> Vec<Event> {
    let mut events: Vec<Event> = cycles.iter().flat_map(of_cycle).collect();
    events.extend(overdue(requests, today));
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    events
}

fn of_cycle(cycle: &CollectionCycle) -> impl Iterator<Item = Event> {
    let (framework, quarter) = (&cycle.framework, cycle.quarter);
    let days = [
        ("opens", Some(cycle.opens_on), format!("{framework}: collection for {quarter} opens")),
        ("due", Some(cycle.due_on), format!("{framework}: figures for {quarter} are due")),
        ("locks", Some(cycle.locks_on), format!("{framework}: {quarter} is locked")),
        ("committee", cycle.committee_on, format!("{framework}: committee on {quarter}")),
    ];
    let description = cycle.note.clone().unwrap_or_default();
    let uid = move |what| uid(&[what, framework.as_ref(), &quarter.to_string()]);
    days.into_iter().filter_map(move |(what, day, summary)| {
        Some(Event { uid: uid(what), stamp: cycle.updated_at, day: day?, summary, description: description.clone() })
    })
}

/// One event for each provider, quarter and due day; who is late is found out anew each day.
fn overdue(requests: &[DataRequest], today: NaiveDate) -> Vec<Event> {
    let mut late: BTreeMap<(Quarter, &str, NaiveDate), Vec<&DataRequest>> = BTreeMap::new();
    for request in requests.iter().filter(|request| request.state == DataRequestState::Overdue) {
        if let Some(due_on) = request.due_on {
            let provider = request.provider.as_deref().unwrap_or("no provider");
            late.entry((request.quarter, provider, due_on)).or_default().push(request);
        }
    }
    let event = |((quarter, provider, day), owed): ((Quarter, &str, NaiveDate), Vec<&DataRequest>)| {
        let framework = owed.first().map_or("", |request| request.framework.as_str());
        let figures = if owed.len() == 1 { "figure" } else { "figures" };
        let told: Vec<String> = owed.iter().map(|request| format!("{} {}", request.measure, request.title)).collect();
        Event {
            uid: uid(&["overdue", framework, &quarter.to_string(), &day.to_string(), provider]),
            stamp: today.and_time(NaiveTime::MIN).and_utc(),
            day,
            summary: format!("{framework}: {provider} owes {} {figures} for {quarter}", owed.len()),
            description: told.join("\n"),
        }
    };
    late.into_iter().map(event).collect()
}

/// Names an event by what it is about and never by its words, so that it stays the same event when those change.
fn uid(parts: &[&str]) -> String {
    let safe = |part: &&str| form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>();
    format!("{}@performance-framework", parts.iter().map(safe).collect::<Vec<_>>().join("/"))
}
