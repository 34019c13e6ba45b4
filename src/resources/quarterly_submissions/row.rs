//! What comes out for quarterly submissions.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, QueryableByName, Selectable};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Breakdowns, Narrative, SubmissionBody};
use crate::db::keyset::KeyColumn;
use crate::db::schema::quarterly_submissions;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::figure::Figure;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Stage, SubmissionState, Symbol};
use crate::http::body::Patch;
use crate::http::problem::Problem;
use crate::http::reply::Resource;
use crate::http::version::Version;
use crate::listing::Listed;

/// One revision of a quarterly submission.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = quarterly_submissions)]
pub struct Submission {
    /// Measure.
    pub measure: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Number of the revision, from 1.
    pub revision: i32,
    /// Period that the figure describes.
    pub data_period: DataPeriod,
    /// The figure exactly as pushed.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Quantity>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Quantity>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
    /// How settled the figure is.
    pub stage: Stage,
    /// Texts by narrative section.
    pub narrative: Narrative,
    /// What a reader must know of the figure's quality.
    pub quality_note: Option<String>,
    /// The figure's parts.
    pub breakdowns: Breakdowns,
    /// Why parts do not add up to the whole.
    pub breakdown_note: Option<String>,
    /// Where the revision stands.
    pub state: SubmissionState,
    /// Why an earlier figure is corrected.
    pub revision_reason: Option<String>,
    /// Why it was last sent back.
    pub return_reason: Option<String>,
    /// Caller who handed it in.
    pub submitted_by: Option<String>,
    /// When it was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Caller who approved it.
    pub approved_by: Option<String>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// What the approver said of it; why it is right, where it is unlikely.
    pub approval_note: Option<String>,
    /// Caller who published it.
    pub published_by: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When the revision was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

impl Submission {
    /// The content, as it would be sent.
    ///
    /// # Errors
    /// `internal_error` if what is stored no longer fits the published schema.
    pub fn content(&self) -> Result<SubmissionBody, Problem> {
        Patch::<SubmissionBody>::nothing().apply(self)
    }

    /// The figure as the rules read it.
    pub fn figure(&self) -> Figure {
        Figure {
            value: self.value.map(|quantity| quantity.0),
            value_symbol: self.value_symbol,
            numerator: self.numerator.map(|quantity| quantity.0),
            numerator_symbol: self.numerator_symbol,
            denominator: self.denominator.map(|quantity| quantity.0),
            denominator_symbol: self.denominator_symbol,
        }
    }

    /// Whether a body says just what this revision says already.
    pub fn says(&self, body: &SubmissionBody) -> bool {
        self.data_period == body.data_period
            && (self.value, self.value_symbol) == (body.value, body.value_symbol)
            && (self.numerator, self.numerator_symbol) == (body.numerator, body.numerator_symbol)
            && (self.denominator, self.denominator_symbol) == (body.denominator, body.denominator_symbol)
            && self.stage == body.stage
            && self.narrative == body.narrative
            && self.quality_note.as_deref() == body.quality_note.as_ref().map(AsRef::as_ref)
            && self.breakdowns == body.breakdowns
            && self.breakdown_note.as_deref() == body.breakdown_note.as_ref().map(AsRef::as_ref)
    }
}

impl Resource for Submission {
    fn address(&self) -> String {
        format!("/api/v1/quarterly-submissions/{}/{}", self.measure, self.quarter)
    }

    fn version(&self) -> Version {
        Version(self.row_version)
    }
}

impl Listed for Submission {
    const KEY: &'static [KeyColumn] = &[("measure", "text"), ("quarter", "text"), ("revision", "integer")];

    fn key(&self) -> Vec<String> {
        vec![self.measure.to_string(), self.quarter.to_string(), self.revision.to_string()]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }
}

/// The revisions of one submission.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revisions {
    /// Every revision, oldest first.
    pub items: Vec<Submission>,
}
