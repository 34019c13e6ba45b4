//! Reasoning with least and greatest whole numbers: what sums leave for each of their terms.

use super::linear::Equation;

/// Rounds of reasoning after which an attacker gives up.
const ROUNDS: usize = 200;

/// What a number can be: whole, not less than `least`, not more than `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Not less.
    pub least: i128,
    /// Not more, if anything is known.
    pub most: Option<i128>,
}

impl Range {
    /// Exactly this.
    pub fn exactly(number: i128) -> Self {
        Self { least: number, most: Some(number) }
    }

    /// The one number that it can be.
    pub fn known(&self) -> Option<i128> {
        self.most.filter(|most| *most == self.least)
    }

    /// Lets it be only what it can be in another range, too.
    pub fn narrow(&mut self, other: Self) {
        self.least = self.least.max(other.least);
        self.most = [self.most, other.most].into_iter().flatten().min();
    }

    /// So many times as much.
    fn times(&self, times: i128) -> (Option<i128>, Option<i128>) {
        let ends = (Some(self.least * times), self.most.map(|most| most * times));
        if times < 0 { (ends.1, ends.0) } else { ends }
    }
}

/// Narrows the ranges until nothing more follows.
///
/// # Panics
/// Where nothing is left that a number could be: then somebody believes what is not so.
pub fn settle(ranges: &mut [Range], equations: &[Equation]) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for equation in equations {
            for (unknown, times) in &equation.of {
                let left = left_for(*unknown, equation, ranges);
                let now = &mut ranges[*unknown];
                let before = *now;
                now.narrow(shared(left, *times));
                assert!(now.most.is_none_or(|most| most >= now.least), "nothing is left of {before:?}: {equation:?}");
                moved |= *now != before;
            }
        }
        if !moved {
            break;
        }
    }
}

/// The least and the most that an equation leaves for one of its terms.
fn left_for(unknown: usize, equation: &Equation, ranges: &[Range]) -> (Option<i128>, Option<i128>) {
    let others = equation.of.iter().filter(|(other, _)| **other != unknown);
    let (mut least, mut most) = (Some(equation.total), Some(equation.total));
    for (other, times) in others {
        let (low, high) = ranges[*other].times(*times);
        least = least.zip(high).map(|(least, high)| least - high);
        most = most.zip(low).map(|(most, low)| most - low);
    }
    (least, most)
}

/// What a number can be of which so many times lies between the two.
fn shared((least, most): (Option<i128>, Option<i128>), times: i128) -> Range {
    let negative = |number: Option<i128>| number.map(|number| -number);
    let (least, most) = if times < 0 { (negative(most), negative(least)) } else { (least, most) };
    let times = times.abs();
    Range {
        least: least.map_or(i128::MIN, |least| -(-least).div_euclid(times)),
        most: most.map(|most| most.div_euclid(times)),
    }
}
