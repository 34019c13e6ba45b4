//! What a report may be, and what its state allows.

use super::body::ReportBody;
use super::row::Report;
use crate::domain::report::{self, ReportAction, ReportKind, ReportState};
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::steps;

/// The state to which an action leads.
///
/// # Errors
/// `transition_not_allowed`, naming the state and what is allowed in it.
pub fn allow(current: &Report, action: ReportAction) -> Result<ReportState, Problem> {
    steps::allowed(report::apply(current.state, action))
}

/// Whether the content may be changed or the version deleted.
///
/// # Errors
/// `transition_not_allowed`, saying what can be done instead.
pub fn allow_edit(current: &Report) -> Result<(), Problem> {
    if report::editable(current.state) {
        return Ok(());
    }
    let detail = format!(
        "Version {} is `{}`; only one that is `drafting` can be changed or deleted. Return one in review, correct a sealed one.",
        current.version, current.state
    );
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", current.state.as_ref()))
}

/// Whether it may be said which parts are exempt.
///
/// # Errors
/// `transition_not_allowed`, saying what can be done instead.
pub fn allow_exempting(current: &Report) -> Result<(), Problem> {
    if matches!(current.state, ReportState::Drafting | ReportState::InReview) {
        return Ok(());
    }
    let detail = format!(
        "Version {} is `{}`: what is exempt is sealed with it. Correct the report; its next version may say otherwise.",
        current.version, current.state
    );
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", current.state.as_ref()))
}

/// What a new report is: the first of a framework its baseline report, and no other.
///
/// # Errors
/// `validation_failed` where the body says otherwise.
pub fn kind(body: &ReportBody, first: bool) -> Result<ReportKind, Problem> {
    let usual = if first { ReportKind::Baseline } else { ReportKind::Quarterly };
    let asked = body.kind.unwrap_or(usual);
    if first == (asked == ReportKind::Baseline) {
        return Ok(asked);
    }
    let told = if first {
        "The first report of a framework is its baseline report: leave `kind` out, or give `baseline`."
    } else {
        "The framework has its baseline report: this one is `quarterly` or `annual`."
    };
    Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![Fault::new("/kind", "kind_of_report", told)]))
}
