//! What goes in and comes out for collection cycles.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{AsChangeset, Insertable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::collection_cycles;
use crate::domain::code::Code;
use crate::domain::cycle::{CycleDates, CycleState};
use crate::domain::london;
use crate::domain::period::Quarter;
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A collection cycle as it is sent. All days are of London.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = collection_cycles, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(framework, quarter))]
#[serde(deny_unknown_fields)]
pub struct CycleBody {
    /// Framework.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub framework: Given<Code>,
    /// Reporting quarter.
    #[serde(default)]
    #[schema(value_type = Quarter)]
    pub quarter: Given<Quarter>,
    /// First day on which figures are asked for.
    #[schema(example = "2025-07-01")]
    pub opens_on: NaiveDate,
    /// Last day on which a figure is in time.
    #[schema(example = "2025-07-21")]
    pub due_on: NaiveDate,
    /// Day from which the quarter's figures are taken as they stand.
    #[schema(example = "2025-08-04")]
    pub locks_on: NaiveDate,
    /// Day of the committee that receives the quarter; null while not known.
    #[schema(example = "2025-09-22")]
    pub committee_on: Option<NaiveDate>,
    /// What people should know of this cycle.
    pub note: Option<Prose<2000>>,
}

impl Body for CycleBody {
    const KEY: &'static [&'static str] = &["framework", "quarter"];
}

impl CycleBody {
    /// The dates as the rules read them.
    pub fn dates(&self) -> CycleDates {
        let Self { opens_on, due_on, locks_on, committee_on, .. } = *self;
        CycleDates { opens_on, due_on, locks_on, committee_on }
    }
}

/// A collection cycle.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CollectionCycle {
    /// Framework.
    pub framework: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Where it stands today, in London.
    pub state: CycleState,
    /// First day on which figures are asked for.
    pub opens_on: NaiveDate,
    /// Last day on which a figure is in time.
    pub due_on: NaiveDate,
    /// Day from which the quarter's figures are taken as they stand.
    pub locks_on: NaiveDate,
    /// Day of the committee that receives the quarter; null while not known.
    pub committee_on: Option<NaiveDate>,
    /// What people should know of this cycle.
    pub note: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(CollectionCycle, "collection-cycles", framework: "text", quarter: "text");

impl CollectionCycle {
    /// The dates as the rules read them.
    pub fn dates(&self) -> CycleDates {
        let Self { opens_on, due_on, locks_on, committee_on, .. } = *self;
        CycleDates { opens_on, due_on, locks_on, committee_on }
    }

    /// Whether the state has moved since the row was written: then whoever has this version may have another state.
    pub fn has_moved(&self) -> bool {
        self.dates().state(london::date(self.updated_at)) != self.state
    }
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CycleFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this reporting quarter.
    #[param(value_type = Option<String>, format = "financial-quarter")]
    pub quarter: Option<Quarter>,
}

/// Filters of the list, and the day on which the states are told.
#[derive(Clone, Debug)]
pub struct CyclesOn {
    /// Filters.
    pub filter: CycleFilter,
    /// Today in London.
    pub today: NaiveDate,
}

/// Address of a collection cycle.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CyclePath {
    /// Code of the framework.
    #[param(format = "code", example = "CSPF-2024-28")]
    pub framework: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q4")]
    pub quarter: Quarter,
}

/// Key of a collection cycle, and the day on which its state is told.
#[derive(Clone, Debug)]
pub struct CycleOn {
    /// Address.
    pub path: CyclePath,
    /// Today in London.
    pub today: NaiveDate,
}

impl CyclePath {
    /// The cycle on the day `today`.
    pub fn on(self, today: NaiveDate) -> CycleOn {
        CycleOn { path: self, today }
    }
}
