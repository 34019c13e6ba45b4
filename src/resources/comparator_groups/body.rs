//! What goes in and comes out for comparator groups.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::comparator_groups;
use crate::domain::code::Code;
use crate::domain::terms::GroupKind;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A comparator group as it is sent. Its members are memberships, each with its days.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = comparator_groups, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct ComparatorGroupBody {
    /// Code that never changes and is never used again, also not for an area.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Title in plain English.
    #[schema(example = "Statistical neighbours of Sheffield")]
    pub title: Line<200>,
    /// What brings its areas together.
    pub kind: GroupKind,
    /// Area whose neighbours they are; null for a group that is nobody's own.
    pub home_area: Option<Code>,
}

impl Body for ComparatorGroupBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A comparator group.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = comparator_groups)]
pub struct ComparatorGroup {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Title in plain English.
    pub title: String,
    /// What brings its areas together.
    pub kind: GroupKind,
    /// Area whose neighbours they are.
    pub home_area: Option<Code>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(ComparatorGroup, "comparator-groups", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparatorGroupFilter {
    /// What brings its areas together.
    pub kind: Option<GroupKind>,
    /// Only those of this area.
    #[param(value_type = Option<String>, format = "code", example = "E08000019")]
    pub home_area: Option<Code>,
}

/// Address of a comparator group.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ComparatorGroupPath {
    /// Code of the group.
    #[param(format = "code", example = "SN-SHEFFIELD")]
    pub group: String,
}
