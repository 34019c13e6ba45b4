//! How a year would have been coloured under what a review proposes.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::measure_rule::MeasureRule;
use crate::domain::rag::{Rag, RagStatus, rate};
use crate::domain::reading::Reading;
use crate::domain::summary::RagSummary;
use crate::domain::target::{TargetPoint, TargetRule};
use crate::domain::words::words;

words! {
    /// What a proposal does to the colours of the year under review.
    EffectOn {
        /// Its figures are judged by the target and definition proposed.
        Rejudged,
        /// It would not be reported any more.
        DropsOut,
        /// It is new: there are no figures of it.
        NoFigures,
        /// It would be counted in another way, by which these figures cannot be judged.
        NotComparable,
    }
}

/// The target by which figures would be judged.
#[derive(Clone, Debug)]
pub enum Proposed {
    /// None.
    Nothing,
    /// This one.
    Target(TargetRule),
    /// One that does not fit the measure.
    Unfit,
}

/// The colour that a figure would have had; none where it would not have been reported or cannot be judged.
pub fn rejudge(
    on: EffectOn,
    measure: &MeasureRule,
    reading: Reading,
    point: TargetPoint,
    by: &Proposed,
) -> Option<Rag> {
    if on != EffectOn::Rejudged {
        return None;
    }
    Some(match by {
        Proposed::Nothing => rate(measure, reading, None, point),
        Proposed::Target(rule) => rate(measure, reading, Some(rule), point),
        Proposed::Unfit => rate(measure, reading, None, point).target_unfit(),
    })
}

/// Colours counted as they are and as they would have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BothWays {
    /// As they are.
    pub now: RagSummary,
    /// As they would have been.
    pub then: RagSummary,
    /// How many would have been others, or none.
    pub changed: u32,
}

impl BothWays {
    /// Counts pairs of colours: as it is, and as it would have been.
    pub fn of(pairs: impl Iterator<Item = (RagStatus, Option<RagStatus>)> + Clone) -> Self {
        let changed = pairs.clone().filter(|(now, then)| Some(*now) != *then).count();
        Self {
            now: RagSummary::of(pairs.clone().map(|(now, _)| now)),
            then: RagSummary::of(pairs.filter_map(|(_, then)| then)),
            changed: u32::try_from(changed).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{dec, measure, target};
    use super::*;

    #[test]
    fn a_figure_is_judged_by_what_is_proposed() {
        let rule = measure("financial quarterly in_period percent high");
        let then = |on, by: &Proposed| {
            let rag = rejudge(on, &rule, Reading::Value(dec("70")), TargetPoint::Year, by)?;
            Some(format!("{} {}", rag.status, rag.reason))
        };
        let at_least = |value: &str| Proposed::Target(target(&format!("at_least value={value}")));
        for (on, by, expected) in [
            (EffectOn::Rejudged, at_least("70"), Some("green target_met")),
            (EffectOn::Rejudged, at_least("75"), Some("amber within_tolerance")),
            (EffectOn::Rejudged, at_least("90"), Some("red below_floor")),
            (EffectOn::Rejudged, Proposed::Nothing, Some("not_rated no_target")),
            (EffectOn::Rejudged, Proposed::Unfit, Some("not_rated target_unfit")),
            (EffectOn::DropsOut, at_least("70"), None),
            (EffectOn::NoFigures, at_least("70"), None),
            (EffectOn::NotComparable, at_least("70"), None),
        ] {
            assert_eq!(then(on, &by).as_deref(), expected, "{on} {by:?}");
        }
    }

    #[test]
    fn colours_are_counted_both_ways() {
        use RagStatus::{Amber, Green, Red};
        let pairs = [(Green, Some(Green)), (Green, Some(Amber)), (Red, Some(Green)), (Red, None)];
        let both = BothWays::of(pairs.into_iter());
        assert_eq!((both.now.measures, both.now.green, both.now.red), (4, 2, 2));
        assert_eq!((both.then.measures, both.then.green, both.then.amber, both.then.red), (3, 2, 1, 0));
        assert_eq!(both.changed, 3);
    }
}
