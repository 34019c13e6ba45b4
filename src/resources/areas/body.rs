//! What goes in and comes out for areas.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::areas;
use crate::domain::code::Code;
use crate::domain::day;
use crate::domain::terms::AreaKind;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// An area as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = areas, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct AreaBody {
    /// Official (GSS) code, such as E08000019; never changed and never used again, also not for a comparator group.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Name.
    #[schema(example = "Sheffield")]
    pub name: Line<200>,
    /// What sort of area it is.
    pub kind: AreaKind,
    /// The Department for Education's own number, which outlives official codes.
    #[schema(example = "373")]
    pub old_code: Option<Line<32>>,
    /// First day on which the code is valid; null where it is not known.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the code is valid; null while it is.
    pub valid_to: Option<NaiveDate>,
    /// Area whose code replaces this one.
    pub successor: Option<Code>,
}

impl Body for AreaBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// An area.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = areas)]
pub struct Area {
    /// Official (GSS) code.
    pub code: Code,
    /// Name.
    pub name: String,
    /// What sort of area it is.
    pub kind: AreaKind,
    /// The Department for Education's own number.
    pub old_code: Option<String>,
    /// First day on which the code is valid.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the code is valid.
    pub valid_to: Option<NaiveDate>,
    /// Area whose code replaces this one.
    pub successor: Option<Code>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(Area, "areas", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AreaFilter {
    /// What sort of area it is.
    pub kind: Option<AreaKind>,
    /// The Department for Education's own number.
    #[param(example = "373")]
    pub old_code: Option<String>,
    /// Only those whose code is valid on this day; an unknown first or last day shuts nobody out.
    #[serde(default, deserialize_with = "day::of_query")]
    pub on: Option<NaiveDate>,
}

/// Address of an area.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AreaPath {
    /// Code of the area.
    #[param(format = "code", example = "E08000019")]
    pub area: String,
}
