//! Where an authority stands among all that have a value: its rank, with ties, and its quartile.

use rust_decimal::Decimal;

use super::comparator::ComparatorGap;
use super::quantity::round_to;
use super::terms::Polarity;
use super::words::words;

/// Fewer values than this have no quartiles.
pub const FEWEST_FOR_QUARTILES: usize = 4;

words! {
    /// A quarter of the authorities, by how good their values are.
    Quartile {
        /// The best quarter.
        #[serde(rename = "A")]
        #[strum(serialize = "A")]
        A,
        /// The second.
        #[serde(rename = "B")]
        #[strum(serialize = "B")]
        B,
        /// The third.
        #[serde(rename = "C")]
        #[strum(serialize = "C")]
        C,
        /// The last quarter.
        #[serde(rename = "D")]
        #[strum(serialize = "D")]
        D,
    }
}

/// A place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// 1 for the best; those with the same value share the best rank that any of them has.
    pub rank: usize,
    /// How many have a value.
    pub out_of: usize,
    /// Quartile; none where too few have a value.
    pub quartile: Option<Quartile>,
}

/// Where `own` stands among `all`, of which it is one. Values are compared as they are printed, so that two that look
/// alike have one rank.
///
/// # Errors
/// Why there is no order: a neutral measure, or one that is best inside a band.
pub fn standing(
    own: Decimal,
    all: impl IntoIterator<Item = Decimal>,
    polarity: Polarity,
    decimal_places: u32,
) -> Result<Standing, ComparatorGap> {
    let lower_is_better = match polarity {
        Polarity::High => false,
        Polarity::Low => true,
        Polarity::Neutral => return Err(ComparatorGap::NeutralPolarity),
        Polarity::Band => return Err(ComparatorGap::BandPolarity),
    };
    let own = round_to(own, decimal_places);
    let mut all: Vec<Decimal> = all.into_iter().map(|value| round_to(value, decimal_places)).collect();
    all.sort_unstable();
    let better = all.iter().filter(|value| if lower_is_better { **value < own } else { **value > own }).count();
    Ok(Standing { rank: better + 1, out_of: all.len(), quartile: quartile(own, &all, lower_is_better) })
}

/// The bands run from the least value to the greatest, each closed on its right edge, as the Department for Education's
/// local authority tool draws them; the letters run from the best.
fn quartile(own: Decimal, sorted: &[Decimal], lower_is_better: bool) -> Option<Quartile> {
    let letters = [Quartile::A, Quartile::B, Quartile::C, Quartile::D];
    if sorted.len() < FEWEST_FOR_QUARTILES {
        return None;
    }
    let edges = [1, 2, 3].map(|quarter| edge(sorted, quarter));
    let band = edges.iter().filter(|edge| edge.is_some_and(|edge| own > edge)).count();
    letters.get(if lower_is_better { band } else { 3 - band }).copied()
}

/// The value a quarter, a half or three quarters of the way along: between two values, the point in proportion.
fn edge(sorted: &[Decimal], quarter: usize) -> Option<Decimal> {
    let (whole, rest) = ((sorted.len() - 1) * quarter / 4, (sorted.len() - 1) * quarter % 4);
    let below = *sorted.get(whole)?;
    let above = sorted.get(whole + 1).copied().unwrap_or(below);
    Some(below + (above - below) * Decimal::from(rest) / Decimal::from(4))
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{dec, rows};
    use super::*;

    #[test]
    fn ties_share_the_best_rank_and_quartiles_close_on_the_right() {
        // Polarity, own value, all values, then rank, out of how many, quartile.
        let table = "
            high | 90 | 90 80 70 60             | 1 | 4 | A
            high | 60 | 90 80 70 60             | 4 | 4 | D
            low  | 60 | 90 80 70 60             | 1 | 4 | A
            low  | 90 | 90 80 70 60             | 4 | 4 | D
            high | 80 | 90 80 80 80 60          | 2 | 5 | D
            low  | 80 | 90 80 80 80 60          | 2 | 5 | A
            high | 20 | 10 20 30 40 50          | 4 | 5 | D
            high | 30 | 10 20 30 40 50          | 3 | 5 | C
            high | 40 | 10 20 30 40 50          | 2 | 5 | B
            high | 50 | 10 20 30 40 50          | 1 | 5 | A
            low  | 20 | 10 20 30 40 50          | 2 | 5 | A
            low  | 30 | 10 20 30 40 50          | 3 | 5 | B
            low  | 40 | 10 20 30 40 50          | 4 | 5 | C
            low  | 5  | 5 5 5 5                 | 1 | 4 | A
            high | 5  | 5 5 5 5                 | 1 | 4 | D
            low  | 2  | 1 2 3                   | 2 | 3 | none
            high | 7  | 7                       | 1 | 1 | none
            low  | 9.64 | 9.61 9.64 9.66 12 14  | 1 | 5 | A
        ";
        for [polarity, own, all, rank, out_of, quartile] in rows(table) {
            let all = all.split_whitespace().map(dec);
            let found = polarity.parse().map(|polarity| standing(dec(own), all, polarity, 1));
            let shown = found.ok().and_then(Result::ok).map(|found| {
                let quartile = found.quartile.map_or_else(|| "none".to_owned(), |quartile| quartile.to_string());
                [found.rank.to_string(), found.out_of.to_string(), quartile]
            });
            assert_eq!(shown, Some([rank, out_of, quartile].map(str::to_owned)), "{polarity} {own}");
        }
    }

    #[test]
    fn what_has_no_good_direction_has_no_rank() {
        for (polarity, gap) in
            [(Polarity::Neutral, ComparatorGap::NeutralPolarity), (Polarity::Band, ComparatorGap::BandPolarity)]
        {
            assert_eq!(standing(dec("54"), ["54", "60"].map(dec), polarity, 0), Err(gap));
        }
    }
}
