//! Why something of a figure is not shown: for officers, since a reason tells the number.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::breakdown::{Dimension, Part};
use crate::domain::period::Quarter;
use crate::domain::quantity::exact;

/// What speaks against showing a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// A count is small.
    SmallNumber,
    /// There are too few to tell a share of.
    SmallWhole,
    /// Another quarter of the year is shown, and the difference is small.
    SmallDifference,
    /// It was hidden when it was published before, and has not changed.
    HiddenBefore,
    /// Beside what is shown it would give a hidden part away.
    GivesAway,
    /// Counts are shown to the nearest five, or a percentage without decimals.
    Rounded,
    /// A percentage or rate is shown without its parts.
    PartsHidden,
}

/// Why something of a figure is hidden or rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// What speaks against showing it.
    pub code: ReasonCode,
    /// The same in words, with the numbers: for officers only.
    #[schema(example = "denominator less numerator is 3: 1 to 5 are confidential")]
    pub detail: String,
}

impl Reason {
    pub(super) fn small(name: &str, number: Decimal, threshold: Decimal) -> Self {
        let detail = format!("{name} is {}: 1 to {} are confidential", exact(number), exact(threshold));
        Self { code: ReasonCode::SmallNumber, detail }
    }

    pub(super) fn small_whole(number: Decimal, least: Decimal) -> Self {
        let detail =
            format!("denominator is {}: a share of fewer than {} is confidential", exact(number), exact(least));
        Self { code: ReasonCode::SmallWhole, detail }
    }

    pub(super) fn difference(name: &str, apart: Decimal, quarter: Quarter, threshold: Decimal) -> Self {
        let (apart, threshold) = (exact(apart), exact(threshold));
        let detail = format!(
            "{name} is {apart} away from what is shown for {quarter}: differences of 1 to {threshold} are confidential"
        );
        Self { code: ReasonCode::SmallDifference, detail }
    }

    pub(super) fn gives_away() -> Self {
        let detail = "beside what else is shown it would give a confidential number away";
        Self { code: ReasonCode::GivesAway, detail: detail.to_owned() }
    }

    pub(super) fn hidden_before() -> Self {
        let detail = "it was hidden when it was published before, and has not changed";
        Self { code: ReasonCode::HiddenBefore, detail: detail.to_owned() }
    }

    pub(super) fn left_out(dimension: Dimension) -> Self {
        let detail = format!(
            "parts by {dimension} are left out: beside the whole, which was shown before, any would give another away"
        );
        Self { code: ReasonCode::GivesAway, detail }
    }

    /// The same reason, said of a part.
    pub(super) fn of(self, part: &Part) -> Self {
        let detail = format!("{} {}: {}", part.dimension, part.category.as_ref(), self.detail);
        Self { detail, ..self }
    }

    /// Whether nothing is shown for this reason; else something is shown otherwise than it is.
    pub const fn hides(&self) -> bool {
        !matches!(self.code, ReasonCode::Rounded | ReasonCode::PartsHidden)
    }

    pub(super) fn rounded() -> Self {
        Self { code: ReasonCode::Rounded, detail: "counts are shown to the nearest five".to_owned() }
    }

    pub(super) fn whole_percent() -> Self {
        Self { code: ReasonCode::Rounded, detail: "a percentage is shown without decimals".to_owned() }
    }

    pub(super) fn parts_of_rounded() -> Self {
        let detail = "counts are not shown beside a percentage or rate, which would give their exact number away";
        Self { code: ReasonCode::PartsHidden, detail: detail.to_owned() }
    }
}
