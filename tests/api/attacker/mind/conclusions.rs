//! What follows from what the attacker knows.

use super::{Cell, Mind, PROTECTS};
use crate::attacker::linear::{Equation, reduced};
use crate::attacker::ranges::settle;

impl Mind<'_> {
    /// Between two quarters in which it was the same: nothing happened, which is no secret.
    fn stood_still(&self, at: usize) -> bool {
        let same = |end: usize| self.truth(end) == self.truth(at) && self.ranges[end].known().is_some();
        let flows = || {
            self.cells
                .keys()
                .filter_map(|cell| if let Cell::Flow { from, to } = cell { Some((*from, *to)) } else { None })
        };
        flows().any(|(from, to)| to == at && same(from)) && flows().any(|(from, to)| from == at && same(to))
    }

    /// A number of a whole that was hidden to protect its parts, and stands again in a correction that is shown: 7 others of 13, then of
    /// 16. That it is the same is more than anybody knows, and what it protects is looked for by itself. A whole of which all numbers
    /// are the same is told by `values_told`.
    fn was_corrected(&self, at: usize, why: &str) -> bool {
        why == PROTECTS && matches!(self.names[at].0, Cell::Number { place: None, .. })
    }

    /// Every number that must not be found out and is, told in words.
    pub(super) fn conclude(mut self) -> Vec<String> {
        self.guess_what_hides();
        let still: Vec<usize> = self.wanted.keys().copied().filter(|at| self.stood_still(*at)).collect();
        let shown: Vec<bool> = self.ranges.iter().map(|range| range.known().is_some()).collect();
        let open = self.equations.iter().map(|one| one.with_known(|at| self.ranges[at].known()));
        let solved = reduced(open);
        let alone = |one: &Equation| one.of.keys().next().copied().filter(|_| one.of.len() == 1);
        let by_elimination: Vec<usize> = solved.iter().filter_map(alone).collect();
        self.equations.extend(solved);
        settle(&mut self.ranges, &self.equations);
        let mut told = Vec::new();
        for (at, why) in self.wanted.iter().filter(|(at, _)| !still.contains(at)) {
            let Some(number) = self.ranges[*at].known() else { continue };
            if shown[*at] && self.was_corrected(*at, why) {
                continue;
            }
            assert_eq!(number, i128::from(self.truth(*at)), "the attacker is wrong about {:?}", self.names[*at]);
            let how = if shown[*at] {
                "is shown"
            } else if by_elimination.contains(at) {
                "follows by elimination"
            } else {
                "is all that is left"
            };
            told.push(format!("{}: {number} {why} and {how}: {}", self.measure.code, self.told(*at)));
        }
        told
    }

    fn told(&self, at: usize) -> String {
        match &self.names[at].0 {
            Cell::Flow { from, to } => format!("from {} to {}", self.told(*from), self.told(*to)),
            cell => format!("{cell:?}"),
        }
    }
}
