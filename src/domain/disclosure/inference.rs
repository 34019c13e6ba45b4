//! What follows from what is shown, for one who adds, subtracts, and knows the rules: hidden numbers are whole and between a least and
//! a greatest, some add up to what is left of a whole, and some are not less than others.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

/// Rounds of reasoning, of which a few are enough.
const ROUNDS: usize = 50;
/// Sums that are looked at: each revision makes one, and a few more follow.
const SUMS: usize = 200;

/// What a hidden number can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// Not less than this.
    pub least: Decimal,
    /// Not more than this, if anything is known.
    pub most: Option<Decimal>,
}

impl Range {
    /// Whether it can be one number only.
    pub fn is_one(&self) -> bool {
        self.most.is_some_and(|most| most <= self.least)
    }

    /// Lets it be no less.
    pub fn raise(&mut self, least: Decimal) {
        self.least = self.least.max(least);
    }

    /// Lets it be no more.
    pub fn lower(&mut self, most: Decimal) {
        self.most = Some(self.most.map_or(most, |now| now.min(most)));
    }
}

/// Hidden numbers, and what is known of them.
#[derive(Debug, Default)]
pub(super) struct Inference {
    /// What each can be.
    pub ranges: Vec<Range>,
    /// Numbers that add up to what is known.
    pub sums: Vec<(BTreeSet<usize>, Decimal)>,
    /// Pairs of which the first is not more than the second.
    pub orders: BTreeSet<(usize, usize)>,
}

impl Inference {
    /// Which numbers are found out.
    pub fn found(mut self) -> Vec<usize> {
        self.subtract_sums();
        for _ in 0..ROUNDS {
            let before = self.ranges.clone();
            for (of, total) in &self.sums {
                share_out(&mut self.ranges, of, *total);
            }
            for (first, second) in &self.orders {
                let (least, most) = (self.ranges[*first].least, self.ranges[*second].most);
                self.ranges[*second].raise(least);
                if let Some(most) = most {
                    self.ranges[*first].lower(most);
                }
            }
            if self.ranges == before {
                break;
            }
        }
        (0..self.ranges.len()).filter(|at| self.ranges[*at].is_one()).collect()
    }

    /// A sum less another of some of the same numbers is that of the others.
    fn subtract_sums(&mut self) {
        let mut at = 0;
        while let Some((of, total)) = self.sums.get(at).filter(|_| at < SUMS).cloned() {
            let others = self.sums.iter().filter(|(other, _)| *other != of);
            let apart = others.filter_map(|(other, sum)| {
                let (more, less) =
                    if other.is_superset(&of) { ((other, *sum), (&of, total)) } else { ((&of, total), (other, *sum)) };
                more.0.is_superset(less.0).then(|| (more.0 - less.0, more.1 - less.1))
            });
            let found: Vec<_> = apart.filter(|apart| !self.sums.contains(apart)).collect();
            self.sums.extend(found);
            at += 1;
        }
    }
}

/// What a sum leaves for each of its numbers when the others are as small, or as great, as they can be.
fn share_out(ranges: &mut [Range], of: &BTreeSet<usize>, total: Decimal) {
    let least: Decimal = of.iter().map(|at| ranges[*at].least).sum();
    let most: Option<Decimal> = of.iter().map(|at| ranges[*at].most).sum();
    let open: Vec<usize> = of.iter().copied().filter(|at| ranges[*at].most.is_none()).collect();
    let known: Decimal = of.iter().filter_map(|at| ranges[*at].most).sum();
    for at in of {
        let range = ranges[*at];
        ranges[*at].lower(total - (least - range.least));
        // Only where all others have a greatest is there a least that is left for this one.
        match (most, range.most) {
            (Some(most), Some(own)) => ranges[*at].raise(total - (most - own)),
            (None, None) if open.len() == 1 => ranges[*at].raise(total - known),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(least: i64, most: Option<i64>) -> Range {
        Range { least: least.into(), most: most.map(Decimal::from) }
    }

    #[test]
    fn sums_orders_and_differences_leave_what_they_leave() {
        let open = range(1, None);
        let small = range(1, Some(5));
        for (what, ranges, sums, orders, found) in [
            ("one is what is left", vec![open], vec![(vec![0], 3)], vec![], vec![0]),
            ("two share three", vec![open, open], vec![(vec![0, 1], 3)], vec![], vec![]),
            ("two who are two are one each", vec![open, open], vec![(vec![0, 1], 2)], vec![], vec![0, 1]),
            (
                "two small ones who are ten are five each",
                vec![small, small],
                vec![(vec![0, 1], 10)],
                vec![],
                vec![0, 1],
            ),
            ("of one small and one open nothing follows", vec![small, open], vec![(vec![0, 1], 10)], vec![], vec![]),
            ("one stood still", vec![open, range(30, Some(30))], vec![(vec![0, 1], 53)], vec![], vec![0, 1]),
            (
                "one more in the next revision",
                vec![open; 3],
                vec![(vec![0, 1], 9), (vec![0, 1, 2], 13)],
                vec![],
                vec![2],
            ),
            (
                "not more than one that is found out",
                vec![open; 3],
                vec![(vec![1], 1), (vec![0, 2], 9)],
                vec![(0, 1)],
                vec![0, 1, 2],
            ),
        ] {
            let sums = sums.into_iter().map(|(of, total)| (of.into_iter().collect(), Decimal::from(total))).collect();
            let inference = Inference { ranges, sums, orders: orders.into_iter().collect() };
            assert_eq!(inference.found(), found, "{what}");
        }
    }
}
