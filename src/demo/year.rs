//! A year of the children's framework: its figures, recovery plans, reports, decisions and issues of concern, each after what
//! came before it, so that a report says what was known when it was signed off and nothing of later.

use serde::Deserialize;

use super::data::{Row, YEAR, kind};
use super::figures::{self, Figures};
use super::stages::{self, Staged};
use super::{DemoError, Loaded, Loader, hands, illustrations};

/// What happens in the year.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Event {
    /// The figures up to this quarter come in, and recovery plans are made for what they show.
    Quarter(String),
    /// A committee decides.
    Decisions(Staged),
    /// A measure is to recover, or the plan by which it is goes on.
    RecoveryPlans(Staged),
    /// The committee is reported to, or has considered a report.
    QuarterlyReports(Staged),
    /// A committee asks.
    IssuesOfConcern(Staged),
}

/// Walks the year; what has happened in it already stays as it is.
pub(super) fn walk(loader: &Loader<'_>, figures: &mut Figures) -> Result<Loaded, DemoError> {
    let mut plans = illustrations::plans(&figures::published()?)?;
    let mut walked = Vec::new();
    for row in YEAR.rows()? {
        let (collection, events) = match read(&row)? {
            Event::Quarter(quarter) => {
                walked.push(figures.push(loader, Some(&quarter))?);
                ("recovery-plans", plans.remove(&quarter).unwrap_or_default())
            }
            Event::Decisions(staged) => ("decisions", vec![(row.place, staged)]),
            Event::RecoveryPlans(staged) => ("recovery-plans", vec![(row.place, staged)]),
            Event::QuarterlyReports(staged) => ("quarterly-reports", vec![(row.place, staged)]),
            Event::IssuesOfConcern(staged) => ("issues-of-concern", vec![(row.place, staged)]),
        };
        let kind = kind(collection).ok_or_else(|| row.place.wrong(format!("there is no kind `{collection}`")))?;
        walked.push(hands::each(&events, |(place, staged)| stages::bring(loader, kind, *place, staged))?);
    }
    Ok(walked.into_iter().sum())
}

/// A row of the file.
pub(super) fn read(row: &Row) -> Result<Event, DemoError> {
    serde_json::from_value(row.body.clone()).map_err(|error| row.place.wrong(error))
}
