//! What comes out for quarterly reports.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::Serialize;
use utoipa::ToSchema;

use super::exempt::{ExemptParts, Unpublished};
use crate::db::keyset::KeyColumn;
use crate::db::schema::quarterly_reports;
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::report::{ReportKind, ReportState};
use crate::http::reply::Resource;
use crate::http::version::Version;
use crate::listing::Listed;

/// One version of a quarterly report.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = quarterly_reports)]
pub struct Report {
    /// Framework reported on.
    pub framework: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Number of the version, from 1; a correction is the next.
    pub version: i32,
    /// What it is.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: ReportState,
    /// What the officers say of the quarter as a whole.
    pub overview: Option<String>,
    /// Meeting that is to receive it.
    pub meeting: Option<Code>,
    /// Why an earlier version is corrected.
    pub correction_reason: Option<String>,
    /// Why it was last sent back to drafting.
    pub return_reason: Option<String>,
    /// SHA-256 of what it says, in hexadecimal; null until it is signed off. Members and the public are told that of their own
    /// content.
    pub content_hash: Option<String>,
    /// Version of the rules that coloured it.
    pub rule_set_version: Option<i16>,
    /// Instant as at which its data were read.
    pub as_of: Option<DateTime<Utc>>,
    /// Caller who signed it off.
    pub signed_off_by: Option<String>,
    /// When it was signed off.
    pub signed_off_at: Option<DateTime<Utc>>,
    /// Caller who published it.
    pub published_by: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Decision that the committee took on it.
    pub decision: Option<Code>,
    /// Caller who recorded that it was considered.
    pub considered_by: Option<String>,
    /// When that was recorded.
    pub considered_at: Option<DateTime<Utc>>,
    /// Parts that the public may not read. The public is told that they are, and under which paragraph.
    pub exempt_parts: ExemptParts,
    /// Measures whose figure it reports, and that was not published when the report was: members and the public do not see it.
    pub unpublished: Unpublished,
    /// SHA-256 of what it says to members; null until it is published, and to all but those who work with the figures.
    pub members_hash: Option<String>,
    /// SHA-256 of what it says to the public; null until it is published, and to all but those who work with the figures.
    pub public_hash: Option<String>,
    /// Instant as at which what members and the public read was read.
    pub disclosed_at: Option<DateTime<Utc>>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

impl Resource for Report {
    fn address(&self) -> String {
        format!("/api/v1/quarterly-reports/{}/{}", self.framework, self.quarter)
    }

    fn version(&self) -> Version {
        Version(self.row_version)
    }
}

impl Listed for Report {
    const KEY: &'static [KeyColumn] = &[("framework", "text"), ("quarter", "text"), ("version", "integer")];

    fn key(&self) -> Vec<String> {
        vec![self.framework.to_string(), self.quarter.to_string(), self.version.to_string()]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }
}

/// The versions of one report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportVersions {
    /// Every version, oldest first.
    pub items: Vec<Report>,
}
