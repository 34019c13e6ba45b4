//! What a group of areas comes to: the mean and the median of the members' values that are there, never silently of fewer
//! than all.

use rust_decimal::Decimal;

use super::quantity::round_to;
use super::words::words;

words! {
    /// Why something to compare with is not there.
    ComparatorGap {
        /// Neither direction is good: such a measure is never ranked.
        NeutralPolarity,
        /// The measure is best inside a band, which gives no order.
        BandPolarity,
        /// Only local authorities are ranked, and the area is none.
        NotAnAuthority,
        /// Fewer than four authorities have a value, so there are no quartiles; no other has one, so there is no rank.
        TooFewValues,
        /// There is no value for exactly this data period; those of other periods are not shown in its place.
        NoValue,
        /// A symbol stands in the value's place and says why.
        Symbol,
        /// The group has no member on the last day of the data period.
        NoMembers,
        /// The group has members, but none of them has a value for this data period.
        NoMemberHasAValue,
        /// No comparator group names a home area: say which by `area`.
        NoHomeArea,
        /// Comparator groups name several home areas: say which by `area`.
        SeveralHomeAreas,
        /// The day of publication is not recorded, so there is no lag to reckon.
        ReleaseDateUnknown,
    }
}

/// Mean and median of a group, with how many members they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupFigure {
    /// Mean, rounded; none where nobody has a value.
    pub mean: Option<Decimal>,
    /// Median, rounded.
    pub median: Option<Decimal>,
    /// Members with a value.
    pub contributors: usize,
    /// All members.
    pub members: usize,
}

impl GroupFigure {
    /// Of the members' values, a missing one as none; rounded half away from zero to the measure's decimal places.
    pub fn of(values: impl IntoIterator<Item = Option<Decimal>>, decimal_places: u32) -> Self {
        let all: Vec<Option<Decimal>> = values.into_iter().collect();
        let mut there: Vec<Decimal> = all.iter().copied().flatten().collect();
        there.sort_unstable();
        let rounded = |value| round_to(value, decimal_places);
        Self {
            mean: mean(&there).map(rounded),
            median: median(&there).map(rounded),
            contributors: there.len(),
            members: all.len(),
        }
    }

    /// Why there is neither mean nor median, if so.
    pub const fn gap(&self) -> Option<ComparatorGap> {
        match (self.members, self.contributors) {
            (0, _) => Some(ComparatorGap::NoMembers),
            (_, 0) => Some(ComparatorGap::NoMemberHasAValue),
            _ => None,
        }
    }
}

fn mean(values: &[Decimal]) -> Option<Decimal> {
    // Values are below 10^14, so that not even those of every authority add up to what a decimal cannot hold.
    values.iter().sum::<Decimal>().checked_div(Decimal::from(values.len()))
}

/// The middle value; of an even number, the mean of the middle two.
fn median(sorted: &[Decimal]) -> Option<Decimal> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get((sorted.len() - 1) / 2)?;
    Some((lower + upper) / Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{dec, rows};
    use super::*;

    #[test]
    fn stands_on_the_values_that_are_there_and_says_on_how_many() {
        // Values, decimal places, then mean, median, contributors and members; `-` where there is no value. The first
        // row: plans within 20 weeks in 2024, Sheffield's neighbours of May 2025.
        let table = "
            22.9 4.3 62.6 9.3 16.4 42.2 8.8 97.5 29.4 72.3 | 2 | 36.57 | 26.15 | 10 | 10
            22.9 4.3 62.6 9.3 16.4 42.2 8.8 97.5 29.4 72.3 | 1 | 36.6  | 26.2  | 10 | 10
            10 - 20 -                                      | 0 | 15    | 15    | 2  | 4
            3 1 2                                          | 0 | 2     | 2     | 3  | 3
            1 2                                            | 0 | 2     | 2     | 2  | 2
            -1 -2                                          | 0 | -2    | -2    | 2  | 2
            7                                              | 1 | 7.0   | 7.0   | 1  | 1
            - -                                            | 1 | none  | none  | 0  | 2
        ";
        for [values, places, mean, median, contributors, members] in rows(table) {
            let values = values.split_whitespace().map(|value| (value != "-").then(|| dec(value)));
            let found = GroupFigure::of(values, places.parse().unwrap_or_default());
            let shown = |value: Option<Decimal>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
            assert_eq!([shown(found.mean), shown(found.median)], [mean, median]);
            assert_eq!([found.contributors.to_string(), found.members.to_string()], [contributors, members]);
        }
    }

    #[test]
    fn says_why_there_is_nothing() {
        for (values, gap) in [
            (vec![], Some(ComparatorGap::NoMembers)),
            (vec![None, None], Some(ComparatorGap::NoMemberHasAValue)),
            (vec![Some(dec("1")), None], None),
        ] {
            assert_eq!(GroupFigure::of(values, 1).gap(), gap);
        }
    }
}
