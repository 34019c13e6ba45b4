//! What goes in and comes out for import mappings.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::import_mappings;
use crate::domain::code::Code;
use crate::domain::terms::Stage;
use crate::domain::text::{Line, Prose};
use crate::domain::tidy::YearType;
use crate::http::body::Body;
use crate::resources::key::Given;
use crate::{json_column, resource};

/// What stands in the file's columns where a row is meant; a row with anything else there is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, Line<200>>, example = json!({"geographic_level": "Local authority", "old_la_code": "373"}))]
pub struct Filters(pub BTreeMap<String, Line<200>>);

json_column!(Filters);

/// A measure, and where its figure stands in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedMeasure {
    /// Measure.
    pub measure: Code,
    /// What a year of the file is for it.
    #[serde(default = "named")]
    #[schema(default = "named")]
    pub years: YearType,
    /// What stands in the columns where the row is about this measure, beside the filters of the mapping.
    #[serde(default)]
    pub filters: Filters,
    /// Column of the value; left out where numerator and denominator give it.
    #[schema(example = "rereferral_percent")]
    pub value: Option<Line<200>>,
    /// Column of the numerator.
    #[schema(example = "rereferral_count")]
    pub numerator: Option<Line<200>>,
    /// Column of the denominator.
    #[schema(example = "referral_count")]
    pub denominator: Option<Line<200>>,
}

fn named() -> YearType {
    YearType::Named
}

/// The measures of a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<MappedMeasure>, min_items = 1, max_items = 100, example = json!([{"measure": "CSC-02", "years": "fourth_quarter", "numerator": "rereferral_count", "denominator": "referral_count"}]))]
pub struct MappedMeasures(pub Vec<MappedMeasure>);

json_column!(MappedMeasures);

/// An import mapping as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = import_mappings, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct ImportMappingBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Title in plain English.
    #[schema(example = "Re-referrals, Explore education statistics")]
    pub title: Line<200>,
    /// What stands in the columns of a row that is meant, such as that of the council's own area.
    #[serde(default)]
    pub filters: Filters,
    /// The measures whose figures stand in such rows.
    pub measures: MappedMeasures,
    /// How settled the figures are; final unless said otherwise.
    #[serde(default = "settled")]
    #[schema(default = "final")]
    pub stage: Stage,
    /// Decimal places to which numbers are rounded, and the receipt says so; null leaves them as they are.
    #[schema(minimum = 0, maximum = 4)]
    pub decimal_places: Option<i16>,
    /// Quality note of every figure, such as why a published value differs from its rounded parts.
    pub quality_note: Option<Prose<2000>>,
}

fn settled() -> Stage {
    Stage::Final
}

impl Body for ImportMappingBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// An import mapping.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = import_mappings)]
pub struct ImportMapping {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Title in plain English.
    pub title: String,
    /// What stands in the columns of a row that is meant.
    pub filters: Filters,
    /// The measures whose figures stand in such rows.
    pub measures: MappedMeasures,
    /// How settled the figures are.
    pub stage: Stage,
    /// Decimal places to which numbers are rounded.
    pub decimal_places: Option<i16>,
    /// Quality note of every figure.
    pub quality_note: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

/// A mapping as an import is read by it, whatever becomes of the mapping meanwhile.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mapped {
    /// Code of the mapping.
    pub code: Code,
    /// What stands in the columns of a row that is meant.
    pub filters: Filters,
    /// The measures whose figures stand in such rows.
    pub measures: MappedMeasures,
    /// How settled the figures are.
    pub stage: Stage,
    /// Decimal places to which numbers are rounded.
    pub decimal_places: Option<i16>,
    /// Quality note of every figure.
    pub quality_note: Option<String>,
}

impl From<ImportMapping> for Mapped {
    fn from(mapping: ImportMapping) -> Self {
        let ImportMapping { code, filters, measures, stage, decimal_places, quality_note, .. } = mapping;
        Self { code, filters, measures, stage, decimal_places, quality_note }
    }
}

resource!(ImportMapping, "import-mappings", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportMappingFilter {
    /// Only those that have figures of this measure.
    #[param(value_type = Option<String>, format = "code")]
    pub measure: Option<Code>,
}

/// Address of an import mapping.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ImportMappingPath {
    /// Code of the mapping.
    #[param(format = "code", example = "EES-REFERRALS")]
    pub mapping: String,
}
