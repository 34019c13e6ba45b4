//! Counts over many measures. Shares have two denominators, all measures and those rated, because one alone flatters;
//! and distances are counted, never averaged, because percentages of different things have no average.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::distance::Distance;
use super::quantity::{Quantity, round_to};
use super::rag::RagStatus;

/// How many measures stand where. Shares are percentages to one decimal place, null of nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RagSummary {
    /// All measures.
    pub measures: u32,
    /// Target met.
    pub green: u32,
    /// Off target within tolerance.
    pub amber: u32,
    /// Off target beyond tolerance.
    pub red: u32,
    /// A figure, and nothing to judge it by.
    pub not_rated: u32,
    /// No figure.
    pub no_data: u32,
    /// Green, amber and red together.
    pub rated: u32,
    /// Share of all measures that is green.
    #[schema(required)]
    pub green_percent_of_all: Option<Quantity>,
    /// Share of rated measures that is green.
    #[schema(required)]
    pub green_percent_of_rated: Option<Quantity>,
    /// Share of all measures that is amber.
    #[schema(required)]
    pub amber_percent_of_all: Option<Quantity>,
    /// Share of rated measures that is amber.
    #[schema(required)]
    pub amber_percent_of_rated: Option<Quantity>,
    /// Share of all measures that is red.
    #[schema(required)]
    pub red_percent_of_all: Option<Quantity>,
    /// Share of rated measures that is red.
    #[schema(required)]
    pub red_percent_of_rated: Option<Quantity>,
}

/// How many measures came nearer to where they should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DistanceSummary {
    /// Better than at the baseline.
    pub improved: u32,
    /// Worse than at the baseline.
    pub declined: u32,
    /// As at the baseline.
    pub unchanged: u32,
    /// No figure, no baseline, or no good direction.
    pub not_measurable: u32,
}

impl RagSummary {
    /// Counts the statuses of some measures.
    pub fn of(statuses: impl IntoIterator<Item = RagStatus>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            let count = match status {
                RagStatus::Green => &mut counts.green,
                RagStatus::Amber => &mut counts.amber,
                RagStatus::Red => &mut counts.red,
                RagStatus::NotRated => &mut counts.not_rated,
                RagStatus::NoData => &mut counts.no_data,
            };
            *count += 1;
        }
        let Self { green, amber, red, not_rated, no_data, .. } = counts;
        let rated = green + amber + red;
        let measures = rated + not_rated + no_data;
        Self {
            measures,
            rated,
            green_percent_of_all: percent(green, measures),
            green_percent_of_rated: percent(green, rated),
            amber_percent_of_all: percent(amber, measures),
            amber_percent_of_rated: percent(amber, rated),
            red_percent_of_all: percent(red, measures),
            red_percent_of_rated: percent(red, rated),
            ..counts
        }
    }
}

impl DistanceSummary {
    /// Counts the distances of some measures; a measure without a figure has none.
    pub fn of<'a>(distances: impl IntoIterator<Item = Option<&'a Distance>>) -> Self {
        let mut counts = Self::default();
        for distance in distances {
            let count = match distance.and_then(|distance| distance.improvement) {
                None => &mut counts.not_measurable,
                Some(Quantity(improvement)) if improvement.is_zero() => &mut counts.unchanged,
                Some(Quantity(improvement)) if improvement > Decimal::ZERO => &mut counts.improved,
                Some(_) => &mut counts.declined,
            };
            *count += 1;
        }
        counts
    }
}

fn percent(part: u32, whole: u32) -> Option<Quantity> {
    let share = (Decimal::ONE_HUNDRED * Decimal::from(part)).checked_div(whole.into())?;
    Some(Quantity(round_to(share, 1)))
}

#[cfg(test)]
mod tests {
    use super::super::distance::travelled;
    use super::super::fixtures::{dec, measure, observation};
    use super::*;

    fn statuses(counts: [usize; 5]) -> impl Iterator<Item = RagStatus> {
        use RagStatus::{Amber, Green, NoData, NotRated, Red};
        let all = [Green, Amber, Red, NotRated, NoData].into_iter().zip(counts);
        all.flat_map(|(status, count)| std::iter::repeat_n(status, count))
    }

    #[test]
    fn both_denominators_are_given() {
        // Rotherham, first quarter of 2017/18: 27 of 72 met their target, 16 missed it, 57 had data or a target.
        let summary = RagSummary::of(statuses([27, 14, 16, 5, 10]));
        let share = |text| Some(Quantity(dec(text)));
        assert_eq!((summary.measures, summary.rated), (72, 57));
        assert_eq!((summary.not_rated, summary.no_data), (5, 10));
        assert_eq!(summary.green_percent_of_all, share("37.5"));
        assert_eq!(summary.green_percent_of_rated, share("47.4"));
        assert_eq!(summary.red_percent_of_all, share("22.2"));
        assert_eq!(summary.red_percent_of_rated, share("28.1"));
        assert_eq!(summary.amber_percent_of_all, share("19.4"));
        assert_eq!(summary.amber_percent_of_rated, share("24.6"));
    }

    #[test]
    fn there_is_no_share_of_nothing() {
        let unrated = RagSummary::of(statuses([0, 0, 0, 2, 1]));
        assert_eq!((unrated.green_percent_of_all, unrated.green_percent_of_rated), (Some(Quantity(dec("0.0"))), None));
        assert_eq!(RagSummary::of([]), RagSummary::default());
    }

    #[test]
    fn distances_are_counted() {
        let way = |rule: &str, from: &str, to: &str| {
            let figures = (observation(&format!("2024-25-Q1 {from}")), observation(&format!("2024-25-Q2 {to}")));
            travelled(
                &measure(&format!("financial quarterly in_period percent {rule}")),
                Some(&figures.0),
                &figures.1,
                None,
            )
        };
        let ways = [
            way("high", "1", "2"),
            way("low", "2", "1"),
            way("high", "2", "1"),
            way("high", "2", "2.04"),
            way("neutral", "1", "2"),
            way("high", "1", "x"),
        ];
        let counted = DistanceSummary { improved: 2, declined: 1, unchanged: 1, not_measurable: 2 };
        assert_eq!(DistanceSummary::of(ways.iter().map(Some)), counted);
    }
}
