//! What goes in and comes out for meetings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::meetings;
use crate::domain::code::Code;
use crate::domain::day;
use crate::domain::terms::MeetingKind;
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A meeting as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct MeetingBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Committee that met.
    #[schema(example = "Finance and Performance Policy Committee")]
    pub committee: Line<200>,
    /// Day on which it was held, or is to be held, in London; from 1990 to 2099.
    #[schema(example = "2025-06-16")]
    pub held_on: NaiveDate,
    /// What sort of meeting it is; ordinary unless said otherwise.
    #[serde(default = "ordinary")]
    #[schema(default = "ordinary")]
    pub kind: MeetingKind,
    /// What the meeting is called, where its committee and day do not say it.
    pub title: Option<Line<200>>,
    /// Where its papers are to be read, such as an address; the service never fetches it.
    pub papers: Option<Prose<2000>>,
}

fn ordinary() -> MeetingKind {
    MeetingKind::Ordinary
}

impl Body for MeetingBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A meeting.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = meetings)]
pub struct Meeting {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Committee that met.
    pub committee: String,
    /// Day on which it was held, or is to be held, in London.
    pub held_on: NaiveDate,
    /// What sort of meeting it is.
    pub kind: MeetingKind,
    /// What the meeting is called, where its committee and day do not say it.
    pub title: Option<String>,
    /// Where its papers are to be read.
    pub papers: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(Meeting, "meetings", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MeetingFilter {
    /// Only those of this committee, named exactly.
    #[param(example = "Finance and Performance Policy Committee")]
    pub committee: Option<String>,
    /// What sort of meeting it is.
    pub kind: Option<MeetingKind>,
    /// Only those held on this day or later.
    #[serde(default, deserialize_with = "day::of_query")]
    #[param(value_type = Option<String>, format = Date, example = "2025-01-01")]
    pub held_from: Option<NaiveDate>,
    /// Only those held on this day or earlier.
    #[serde(default, deserialize_with = "day::of_query")]
    #[param(value_type = Option<String>, format = Date, example = "2025-12-31")]
    pub held_to: Option<NaiveDate>,
}

/// Address of a meeting.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MeetingPath {
    /// Code of the meeting.
    #[param(format = "code", example = "FP-2025-06-16")]
    pub meeting: String,
}
