//! What follows from what is shown, for one who adds and subtracts, and knows the rules: hidden numbers are between a least and a
//! greatest, and sums and differences of them are known.

use std::collections::BTreeMap;

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

/// Numbers added up, or taken away where they stand with `false`, and what that comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Which numbers, each once.
    pub of: BTreeMap<usize, bool>,
    /// What they come to.
    pub total: Decimal,
}

/// Hidden numbers, and what is known of them.
#[derive(Debug, Default)]
pub(super) struct Inference {
    /// What each can be.
    pub ranges: Vec<Range>,
    /// What adds up to what.
    pub sums: Vec<Sum>,
}

/// Several ends of ranges added up: those that are known, and how many are not.
#[derive(Clone, Copy, Default)]
struct Ends {
    known: Decimal,
    open: usize,
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

    /// What it adds to a sum, at least and at most.
    fn ends(&self, added: bool) -> (Option<Decimal>, Option<Decimal>) {
        let (least, most) = (Some(self.least), self.most);
        if added { (least, most) } else { (most.map(|most| -most), least.map(|least| -least)) }
    }
}

impl Ends {
    fn and(mut self, end: Option<Decimal>) -> Self {
        self.known += end.unwrap_or_default();
        self.open += usize::from(end.is_none());
        self
    }

    /// All but this one, if all the others are known.
    fn without(&self, end: Option<Decimal>) -> Option<Decimal> {
        (self.open == usize::from(end.is_none())).then(|| self.known - end.unwrap_or_default())
    }
}

impl Sum {
    /// What is left of a sum when another is taken away, if that is shorter than the longer of the two.
    fn less(&self, other: &Self) -> Option<Self> {
        let mut of = self.of.clone();
        for (at, added) in &other.of {
            match of.insert(*at, !added) {
                Some(ours) if ours == *added => drop(of.remove(at)),
                Some(_) => return None,
                None => {}
            }
        }
        (!of.is_empty() && of.len() < self.of.len().max(other.of.len()))
            .then(|| Self { of, total: self.total - other.total })
    }

    /// What it leaves for each of its numbers when the others are as small, or as great, as they can be.
    fn share_out(&self, ranges: &mut [Range]) {
        let ends = |at: &usize, added: &bool, ranges: &[Range]| ranges[*at].ends(*added);
        let all = self.of.iter().fold((Ends::default(), Ends::default()), |(least, most), (at, added)| {
            let (low, high) = ends(at, added, ranges);
            (least.and(low), most.and(high))
        });
        for (at, added) in &self.of {
            let (low, high) = ends(at, added, ranges);
            let most = all.0.without(low).map(|others| self.total - others);
            let least = all.1.without(high).map(|others| self.total - others);
            let (least, most) =
                if *added { (least, most) } else { (most.map(|most| -most), least.map(|least| -least)) };
            least.into_iter().for_each(|least| ranges[*at].raise(least));
            most.into_iter().for_each(|most| ranges[*at].lower(most));
        }
    }
}

impl Inference {
    /// Which numbers are found out.
    pub fn found(mut self) -> Vec<usize> {
        for _ in 0..ROUNDS {
            let before = self.ranges.clone();
            self.sums.iter().for_each(|sum| sum.share_out(&mut self.ranges));
            if self.ranges == before {
                break;
            }
        }
        (0..self.ranges.len()).filter(|at| self.ranges[*at].is_one()).collect()
    }

    /// A sum less another of some of the same numbers is that of the others.
    pub fn subtract_sums(&mut self) {
        let mut at = 0;
        while let Some(sum) = self.sums.get(at).filter(|_| at < SUMS).cloned() {
            let apart = self
                .sums
                .iter()
                .filter_map(|other| if other.of.len() < sum.of.len() { sum.less(other) } else { other.less(&sum) });
            let found: Vec<_> = apart.filter(|apart| !self.sums.contains(apart)).collect();
            self.sums.extend(found);
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests;
