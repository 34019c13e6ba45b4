//! Data requests as they are asked for and answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::Row;
use crate::domain::code::Code;
use crate::domain::cycle::CycleState;
use crate::domain::data_period::DataPeriod;
use crate::domain::data_request::{Asked, DataRequestState, ExcuseKind, Standing};
use crate::domain::period::Quarter;
use crate::domain::terms::{Level, SubmissionState};
use crate::http::moment::Instant;

/// What is asked of whoever supplies a measure's figure for a quarter, as it stands today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DataRequest {
    /// Measure.
    #[schema(example = "EDU-01")]
    pub measure: String,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Title of the measure.
    pub title: String,
    /// Framework of the measure.
    #[schema(example = "CSPF-2024-28")]
    pub framework: String,
    /// Outcome of the measure.
    #[schema(example = "BELONG-THRIVE")]
    pub outcome: String,
    /// To whom the measure is reported.
    pub level: Level,
    /// Team that supplies the figure.
    pub provider: Option<String>,
    /// Post accountable for the performance.
    pub owner: Option<String>,
    /// Where the request stands.
    pub state: DataRequestState,
    /// The same in a sentence, with the days behind it.
    #[schema(example = "overdue: was due on 21 July 2025, 30 days ago")]
    pub explanation: String,
    /// Period of the figure that the quarter waits for or, where nothing falls due in it, of the next one.
    pub data_period: Option<DataPeriod>,
    /// Day on which its source is expected.
    pub expected_on: Option<NaiveDate>,
    /// Last day on which the figure is in time; null where nothing falls due in the quarter.
    pub due_on: Option<NaiveDate>,
    /// State of the quarter's collection cycle; null where there is none, and the measure alone says when it is due.
    pub cycle_state: Option<CycleState>,
    /// State of the newest revision of the submission; null where there is none.
    pub submission_state: Option<SubmissionState>,
    /// Number of that revision.
    pub revision: Option<i32>,
    /// Caller who first handed the figure in.
    pub submitted_by: Option<String>,
    /// When the figure was first handed in; corrections do not change it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Days after `due_on`: until it was handed in, or until today while it is owed. 0 where it is in time or excused.
    pub days_late: i64,
    /// What excuses that there is no figure; null where nothing does.
    pub excuse: Option<Excuse>,
}

/// What excuses that there is no figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Excuse {
    /// Kind of excuse.
    pub kind: ExcuseKind,
    /// Why, in words.
    #[schema(example = "The provider moves to another case system this quarter.")]
    pub reason: String,
    /// Caller who waived the request; null for an excuse of another kind.
    pub waived_by: Option<String>,
    /// When it was waived.
    pub waived_at: Option<DateTime<Utc>>,
}

impl DataRequest {
    /// The request that a row makes on the day `today`.
    pub fn on(row: Row, today: NaiveDate) -> Self {
        let asked = row.asked();
        let standing = asked.standing(today);
        Self {
            state: standing.state,
            explanation: asked.explain(&standing),
            data_period: standing.expected.map(|expected| expected.data_period),
            expected_on: standing.expected.map(|expected| expected.due),
            due_on: standing.due_on,
            cycle_state: asked.cycle.map(|cycle| cycle.state(today)),
            days_late: standing.days_late,
            excuse: standing.excuse.map(|kind| Excuse::of(kind, &row, &asked, &standing)),
            measure: row.measure,
            quarter: row.quarter,
            title: row.title,
            framework: row.framework,
            outcome: row.outcome,
            level: row.level,
            provider: row.provider,
            owner: row.owner,
            submission_state: row.state,
            revision: row.revision,
            submitted_by: row.submitted_by,
            submitted_at: row.submitted_at,
        }
    }

    /// Whether a figure is owed: asked for, and not handed in.
    pub fn is_owed(&self) -> bool {
        matches!(self.state, DataRequestState::Open | DataRequestState::Returned | DataRequestState::Overdue)
    }
}

impl Excuse {
    fn of(kind: ExcuseKind, row: &Row, asked: &Asked, standing: &Standing) -> Self {
        match kind {
            ExcuseKind::Waiver => Self {
                kind,
                reason: row.waiver_reason.clone().unwrap_or_default(),
                waived_by: row.waived_by.clone(),
                waived_at: row.waived_at,
            },
            _ => Self { kind, reason: asked.explain(standing), waived_by: None, waived_at: None },
        }
    }
}

/// How many requests stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RequestCounts {
    /// All of them.
    pub all: usize,
    /// The collection has not opened.
    pub scheduled: usize,
    /// Asked for, and in time.
    pub open: usize,
    /// Handed in; awaiting approval.
    pub submitted: usize,
    /// Approved or published.
    pub accepted: usize,
    /// Sent back.
    pub returned: usize,
    /// Owed, and late.
    pub overdue: usize,
    /// Nothing can be asked for.
    pub not_due: usize,
    /// Waived by an officer.
    pub waived: usize,
}

impl RequestCounts {
    /// Counts these.
    pub fn of<'a>(requests: impl IntoIterator<Item = &'a DataRequest>) -> Self {
        let mut counts = Self::default();
        for request in requests {
            counts.all += 1;
            *match request.state {
                DataRequestState::Scheduled => &mut counts.scheduled,
                DataRequestState::Open => &mut counts.open,
                DataRequestState::Submitted => &mut counts.submitted,
                DataRequestState::Accepted => &mut counts.accepted,
                DataRequestState::Returned => &mut counts.returned,
                DataRequestState::Overdue => &mut counts.overdue,
                DataRequestState::NotDue => &mut counts.not_due,
                DataRequestState::Waived => &mut counts.waived,
            } += 1;
        }
        counts
    }
}

/// The data requests of a framework in a quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DataRequests {
    /// Framework.
    pub framework: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Day on which they stand like this, in London.
    pub as_of: NaiveDate,
    /// How many of those shown stand where.
    pub counts: RequestCounts,
    /// One for each active measure that the filters let through, by code. All of them: there are no pages.
    pub items: Vec<DataRequest>,
}

/// Which data requests.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DataRequestQuery {
    /// Framework.
    #[param(value_type = String, format = "code", example = "CSPF-2024-28")]
    pub framework: Code,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2025-26-Q1")]
    pub quarter: Quarter,
    /// Only those in this state.
    pub state: Option<DataRequestState>,
    /// Only those of this provider, named as the measure names it.
    pub provider: Option<String>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    pub as_of: Option<Instant>,
}

/// Address of a data request.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DataRequestPath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01")]
    pub measure: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2025-26-Q1")]
    pub quarter: Quarter,
}
