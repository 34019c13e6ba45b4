//! What goes in and comes out for memberships of comparator groups.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::comparator_memberships;
use crate::domain::code::Code;
use crate::domain::day;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A membership as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = comparator_memberships, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(group, area, valid_from))]
#[serde(deny_unknown_fields)]
pub struct ComparatorMembershipBody {
    /// Group.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub group: Given<Code>,
    /// Area that is a member.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub area: Given<Code>,
    /// First day as a member.
    #[serde(default)]
    #[schema(value_type = NaiveDate)]
    pub valid_from: Given<NaiveDate>,
    /// Last day as a member; null while it is one.
    pub valid_to: Option<NaiveDate>,
    /// What there is to know of it, such as how close a neighbour is.
    #[schema(example = "Very close")]
    pub note: Option<Line<200>>,
}

impl Body for ComparatorMembershipBody {
    const KEY: &'static [&'static str] = &["group", "area", "valid_from"];
}

/// An area's time as a member of a comparator group.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = comparator_memberships)]
pub struct ComparatorMembership {
    /// Group.
    pub group: Code,
    /// Area that is a member.
    pub area: Code,
    /// First day as a member.
    pub valid_from: NaiveDate,
    /// Last day as a member.
    pub valid_to: Option<NaiveDate>,
    /// What there is to know of it.
    pub note: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(ComparatorMembership, "comparator-memberships", group: "text", area: "text", valid_from: "date");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparatorMembershipFilter {
    /// Only those in this group.
    #[param(value_type = Option<String>, format = "code", example = "SN-SHEFFIELD")]
    pub group: Option<Code>,
    /// Only those of this area.
    #[param(value_type = Option<String>, format = "code")]
    pub area: Option<Code>,
    /// Only those that hold on this day.
    #[serde(default, deserialize_with = "day::of_query")]
    #[param(example = "2025-03-31")]
    pub on: Option<NaiveDate>,
}

/// Address of a membership.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ComparatorMembershipPath {
    /// Code of the group.
    #[param(format = "code", example = "SN-SHEFFIELD")]
    pub group: String,
    /// Code of the area.
    #[param(format = "code", example = "E08000035")]
    pub area: String,
    /// First day as a member.
    #[serde(deserialize_with = "exact_day")]
    #[param(example = "2021-04-01")]
    pub valid_from: NaiveDate,
}

/// The day of an address, of which chrono's own reader would take looser forms: one resource has one address.
fn exact_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    day::read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
