//! What comes out for issues of concern: what is kept, and what the day makes of it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::Measures;
use crate::clock;
use crate::db::keyset::KeyColumn;
use crate::db::schema::issues_of_concern;
use crate::domain::code::Code;
use crate::domain::concern;
use crate::domain::london;
use crate::domain::terms::ConcernState;
use crate::http::reply::Resource;
use crate::http::version::Version;
use crate::listing::Listed;
use crate::resource;

/// An issue of concern as it is kept.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = issues_of_concern)]
pub struct IssueRecord {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Framework whose measures it is about.
    pub framework: Code,
    /// Title in plain English.
    pub title: String,
    /// What the committee wants to know.
    pub question: String,
    /// Committee that raised it.
    pub raised_by: String,
    /// Meeting at which it was raised.
    pub raised_at: Option<Code>,
    /// Decision that raised or referred it.
    pub decision: Option<Code>,
    /// Label of the clause of that decision.
    pub clause: Option<String>,
    /// Committee that is to see to it.
    pub assigned_to: String,
    /// Measures that it is about.
    pub measures: Measures,
    /// Day by which a report is wanted, in London.
    pub report_wanted_by: Option<NaiveDate>,
    /// Meeting to which the report is to go.
    pub report_to: Option<Code>,
    /// Where the issue stands.
    pub state: ConcernState,
    /// Caller who accepted it.
    pub accepted_by: Option<String>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Caller who declined it.
    pub declined_by: Option<String>,
    /// When it was declined.
    pub declined_at: Option<DateTime<Utc>>,
    /// Why it was declined.
    pub decline_reason: Option<String>,
    /// Caller who last scheduled the report.
    pub scheduled_by: Option<String>,
    /// When the report was last scheduled.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// Day for which the report is scheduled, in London.
    pub report_on: Option<NaiveDate>,
    /// Caller who recorded the newest answer.
    pub reported_by: Option<String>,
    /// When the newest answer was recorded.
    pub reported_at: Option<DateTime<Utc>>,
    /// The newest answer; earlier ones are in the change log.
    pub answer: Option<String>,
    /// Caller who last closed it.
    pub closed_by: Option<String>,
    /// When it was last closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was last closed.
    pub close_reason: Option<String>,
    /// Caller who last reopened it.
    pub reopened_by: Option<String>,
    /// When it was last reopened.
    pub reopened_at: Option<DateTime<Utc>>,
    /// Why it was last reopened.
    pub reopen_reason: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(IssueRecord, "issues-of-concern", code: "text");

/// An issue of concern.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssueOfConcern {
    /// What is kept.
    #[serde(flatten)]
    pub kept: IssueRecord,
    /// Whether another committee is to see to it than the one that raised it.
    pub referred: bool,
    /// Whether a report was wanted by a day that has passed, and has not come.
    pub overdue: bool,
    /// Days since the report was wanted; 0 where it is not overdue.
    #[schema(minimum = 0)]
    pub days_overdue: i64,
}

impl IssueOfConcern {
    /// The issue as it is on the day `today`.
    pub fn on(kept: IssueRecord, today: NaiveDate) -> Self {
        let days_overdue = concern::days_overdue(kept.state, kept.report_wanted_by, today);
        Self { referred: kept.raised_by != kept.assigned_to, overdue: days_overdue > 0, days_overdue, kept }
    }

    /// The issue as it is today.
    pub fn today(kept: IssueRecord) -> Self {
        Self::on(kept, clock::today())
    }

    /// Whether the days have changed the answer since the issue was last written, and with it its version.
    pub fn has_aged(&self) -> bool {
        let written = london::date(self.kept.updated_at);
        self.days_overdue != concern::days_overdue(self.kept.state, self.kept.report_wanted_by, written)
    }
}

impl Resource for IssueOfConcern {
    fn address(&self) -> String {
        self.kept.address()
    }

    fn version(&self) -> Version {
        self.kept.version()
    }
}

impl Listed for IssueOfConcern {
    const KEY: &'static [KeyColumn] = IssueRecord::KEY;

    fn key(&self) -> Vec<String> {
        self.kept.key()
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.kept.updated_at
    }
}
