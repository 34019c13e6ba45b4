//! What makes a measure whole: rules across its fields. How it may change is for the database to keep.

use std::borrow::Cow;

use validator::ValidationError;

use super::body::MeasureBody;
use crate::domain::period_rule::PeriodRule;
use crate::domain::quantity::storable;
use crate::domain::terms::{Kind, Unit};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::resources::faults;

impl MeasureBody {
    /// Which data periods its figures have.
    pub fn period_rule(&self) -> PeriodRule {
        PeriodRule { calendar: self.calendar, frequency: self.frequency, accumulation: self.accumulation }
    }
}

/// Rules across the fields of a measure.
///
/// # Errors
/// The first rule that is broken, in words.
pub fn validate(body: &MeasureBody) -> Result<(), ValidationError> {
    let refuse = |code: &'static str, told: Cow<'static, str>| Err(ValidationError::new(code).with_message(told));
    if (body.unit == Unit::Rate) != body.rate_base.is_some() {
        return refuse(
            "rate_base",
            "`rate_base` goes with the unit `rate`, and says what population it is per, such as 10000.".into(),
        );
    }
    if body.kind == Kind::Kpi && (body.expected_lower.is_some() || body.expected_upper.is_some()) {
        return refuse("expected_range", "An expected range is for `activity`; a kpi has targets.".into());
    }
    if body.baseline_period.is_some() != body.baseline_value.is_some() {
        return refuse("baseline", "A baseline has both `baseline_period` and `baseline_value`.".into());
    }
    match &body.baseline_period {
        Some(period) => body
            .period_rule()
            .allows(period)
            .or_else(|mismatch| refuse("period_kind_mismatch", format!("`baseline_period`: {mismatch}").into())),
        None => Ok(()),
    }
}

/// Refuses numbers that cannot be kept or reckoned with.
///
/// # Errors
/// `validation_failed` with every fault.
pub fn numbers_fit(body: &MeasureBody) -> Result<(), Problem> {
    let numbers = [
        ("stable_band", Some(body.stable_band)),
        ("expected_lower", body.expected_lower),
        ("expected_upper", body.expected_upper),
        ("baseline_value", body.baseline_value),
    ];
    let found: Vec<_> = numbers.into_iter().filter_map(|(field, number)| storable(field, number?.0)).collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Problem::of_faults(problems::VALIDATION_FAILED, faults::of_fields(found)))
    }
}

/// Why a measure stays: an annual review has a proposal for it.
pub fn proposed() -> Problem {
    let detail = "An annual target review has a proposal for the measure. Retire the measure instead: PATCH {\"status\": \"retired\"}.";
    Problem::new(problems::STILL_IN_USE, detail)
}
