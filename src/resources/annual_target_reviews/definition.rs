//! The definition that a review proposes: of a new measure in full, of one that is amended the parts that change.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::proposal::ProposedValues;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Accumulation, Calendar, DisclosurePolicy, Frequency, Kind, Level, Polarity, Unit};
use crate::domain::text::{Line, Prose};

/// Fields of a measure as they are proposed; null where the proposal leaves them as they are, or to their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedMeasure {
    /// Outcome it is to belong to.
    pub outcome: Option<Code>,
    /// To whom it is to be reported.
    pub level: Option<Level>,
    /// Title in plain English.
    pub title: Option<Line<200>>,
    /// What is counted, what is not, in plain English.
    pub definition: Option<Prose<4000>>,
    /// What the numerator counts.
    pub numerator_label: Option<Line<200>>,
    /// What the denominator counts.
    pub denominator_label: Option<Line<200>>,
    /// What one unit of the value is.
    pub unit: Option<Unit>,
    /// For a rate, the population it is per.
    #[schema(minimum = 1)]
    pub rate_base: Option<i32>,
    /// Decimal places to which the value is printed and judged.
    #[schema(minimum = 0, maximum = 4)]
    pub decimal_places: Option<i16>,
    /// Which direction is good.
    pub polarity: Option<Polarity>,
    /// Whether it is judged against a target.
    pub kind: Option<Kind>,
    /// How often a figure falls due.
    pub frequency: Option<Frequency>,
    /// Year that its figures follow.
    pub calendar: Option<Calendar>,
    /// What stretch of time one figure covers.
    pub accumulation: Option<Accumulation>,
    /// Statutory return or local system that it comes from.
    pub source_return: Option<Line<200>>,
    /// Post accountable for the performance.
    pub owner: Option<Line<200>>,
    /// Team that supplies the figure.
    pub provider: Option<Line<200>>,
    /// Days from the end of a period until its figure can be had.
    #[schema(minimum = 0, maximum = 1000)]
    pub expected_lag_days: Option<i32>,
    /// How small numbers are protected before publication.
    pub disclosure_policy: Option<DisclosurePolicy>,
    /// Greatest change, in its own units, that still counts as stable.
    #[schema(value_type = Option<f64>, minimum = 0)]
    pub stable_band: Option<Quantity>,
    /// For activity, the least value expected.
    pub expected_lower: Option<Quantity>,
    /// For activity, the greatest value expected.
    pub expected_upper: Option<Quantity>,
    /// Data period of the baseline.
    pub baseline_period: Option<DataPeriod>,
    /// Value from which distance travelled is reckoned.
    pub baseline_value: Option<Quantity>,
    /// Why this period is the baseline.
    pub baseline_reason: Option<Prose<1000>>,
    /// Whether the change ends comparison with earlier figures, so that a new series begins. It always does where unit, rate
    /// base, frequency, calendar or accumulation change.
    pub new_series: Option<bool>,
}

impl ProposedValues {
    /// The fields of a measure that are named, as a body has them.
    pub fn definition_fields(&self) -> Map<String, Value> {
        let nested = serde_json::to_value(self.measure.clone().unwrap_or_default()).unwrap_or_default();
        let beside =
            [("level", json!(self.level)), ("title", json!(self.title)), ("definition", json!(self.definition))];
        let beside = beside.map(|(name, value)| (name.to_owned(), value)).into_iter();
        let all = beside.chain(nested.as_object().cloned().unwrap_or_default());
        all.filter(|(name, value)| !value.is_null() && name != "new_series").collect()
    }

    /// The same as a merge patch: what the new unit or kind has no use for goes with the old one.
    pub fn definition_patch(&self) -> Map<String, Value> {
        let mut fields = self.definition_fields();
        let named = self.measure.as_ref();
        let mut clear = |name: &str| {
            fields.entry(name).or_insert(Value::Null);
        };
        if named.and_then(|measure| measure.unit).is_some_and(|unit| unit != Unit::Rate) {
            clear("rate_base");
        }
        if named.and_then(|measure| measure.kind) == Some(Kind::Kpi) {
            clear("expected_lower");
            clear("expected_upper");
        }
        fields
    }
}
