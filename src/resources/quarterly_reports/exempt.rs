//! Exempt parts of a report: what is sent, kept and shown of them.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::code::Code;
use crate::domain::exempt::{Exempt, Paragraph, ReportPart};
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::json_column;

/// A part that is to be exempt, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExemptPart {
    /// Which kind of part.
    pub part: ReportPart,
    /// Measure that it is of: for `measure`, `narrative` and `recovery_plan`.
    pub measure: Option<Code>,
    /// Section of the narrative; without one all of it.
    #[schema(example = "interventions")]
    pub section: Option<Line<40>>,
    /// Issue of concern.
    pub issue: Option<Code>,
    /// Paragraph under which it falls.
    pub paragraph: Paragraph,
    /// Why, in all the circumstances, the public interest in maintaining the exemption outweighs that in disclosing the information.
    #[schema(
        example = "Bids are still being compared; to disclose their prices would cost the council its bargaining position."
    )]
    pub public_interest: Prose<4000>,
}

/// Every exempt part of a report: what is not among them is not exempt.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ExemptPartsBody {
    /// The parts, each once.
    #[schema(max_items = 200)]
    pub parts: Vec<NewExemptPart>,
}

impl Body for ExemptPartsBody {
    const KEY: &'static [&'static str] = &[];
}

/// A part of a report that is exempt from publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExemptPart {
    /// Which kind of part.
    pub part: ReportPart,
    /// Measure that it is of.
    pub measure: Option<Code>,
    /// Section of the narrative; null for all of it.
    pub section: Option<String>,
    /// Issue of concern; the public is not told which.
    pub issue: Option<Code>,
    /// Paragraph under which it falls.
    pub paragraph: Paragraph,
    /// Why the public interest in maintaining the exemption outweighs that in disclosing the information; not told to the public.
    pub public_interest: Option<String>,
}

/// Every exempt part of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<ExemptPart>)]
pub struct ExemptParts(pub Vec<ExemptPart>);

json_column!(ExemptParts);

/// Measures whose figure a report has, and that was not published when the report was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Code>)]
pub struct Unpublished(pub Vec<Code>);

json_column!(Unpublished);

impl From<NewExemptPart> for ExemptPart {
    fn from(new: NewExemptPart) -> Self {
        Self {
            part: new.part,
            measure: new.measure,
            section: new.section.map(|section| section.to_string()),
            issue: new.issue,
            paragraph: new.paragraph,
            public_interest: Some(new.public_interest.to_string()),
        }
    }
}

impl ExemptPart {
    /// The part as the rules read it.
    pub fn terms(&self) -> Exempt<'_> {
        Exempt {
            part: self.part,
            measure: self.measure.as_ref().map(Code::as_str),
            section: self.section.as_deref(),
            issue: self.issue.as_ref().map(Code::as_str),
        }
    }

    /// What the public is told of it; the view says the same of what is kept.
    #[must_use]
    pub fn noted(self) -> Self {
        Self { issue: None, public_interest: None, ..self }
    }
}

impl ExemptParts {
    /// Whether such a part of this measure, or of no measure, is among them.
    pub fn has(&self, part: ReportPart, measure: Option<&str>) -> bool {
        self.0.iter().any(|one| one.part == part && one.measure.as_ref().map(Code::as_str) == measure)
    }

    /// Whether an issue of concern is among them.
    pub fn has_issue(&self, issue: &Code) -> bool {
        self.0.iter().any(|one| one.issue.as_ref() == Some(issue))
    }
}
