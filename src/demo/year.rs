//! A year of the children's framework: its figures, recovery plans, reports, decisions and issues of concern, each after what
//! came before it, so that a report says what was known when it was signed off and nothing of later.

use super::data::{Kind, Row, YEAR, kind};
use super::figures::{self, Figures};
use super::stages::{self, Staged};
use super::{DemoError, Loaded, Loader, hands, illustrations};

/// What happens in the year.
#[derive(Debug)]
pub(super) enum Event {
    /// The figures up to this quarter come in, and recovery plans are made for what they show.
    Quarter(String),
    /// Something is made, or goes on: a report, a committee's decision, an issue of concern, a recovery plan.
    Of(&'static Kind, Staged),
}

/// Walks the year; what has happened in it already stays as it is.
pub(super) fn walk(loader: &Loader<'_>, figures: &mut Figures) -> Result<Loaded, DemoError> {
    let mut plans = illustrations::plans(&figures::published()?)?;
    let mut walked = Vec::new();
    for row in YEAR.rows()? {
        let (kind, side_by_side) = match read(&row)? {
            Event::Of(kind, staged) => (kind, vec![(row.place, staged)]),
            Event::Quarter(quarter) => {
                walked.push(figures.push(loader, Some(&quarter))?);
                (kind(row.place, "recovery-plans")?, plans.remove(&quarter).unwrap_or_default())
            }
        };
        walked.push(hands::each(&side_by_side, |(place, staged)| stages::bring(loader, kind, *place, staged))?);
    }
    Ok(walked.into_iter().sum())
}

/// A row of the file: one member, named by the collection of what it is about.
pub(super) fn read(row: &Row) -> Result<Event, DemoError> {
    let mut members = row.body.as_object().into_iter().flatten();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(row.place.wrong("an event has one member"));
    };
    if name == "quarter" {
        return Ok(Event::Quarter(row.text(name)?));
    }
    let staged = serde_json::from_value(value.clone()).map_err(|error| row.place.wrong(error))?;
    Ok(Event::Of(kind(row.place, name)?, staged))
}
