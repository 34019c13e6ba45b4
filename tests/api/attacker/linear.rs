//! Exact elimination: which numbers equations with whole coefficients determine.

use std::collections::BTreeMap;

/// Coefficients by unknown, and what they come to. Unknowns with the coefficient 0 are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equation {
    /// Coefficients.
    pub of: BTreeMap<usize, i128>,
    /// What they come to.
    pub total: i128,
}

fn divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one.abs() } else { divisor(other, one % other) }
}

impl Equation {
    /// The sum of these unknowns, each with its coefficient, is `total`.
    pub fn new(of: impl IntoIterator<Item = (usize, i128)>, total: i128) -> Self {
        let mut equation = Self { of: BTreeMap::new(), total };
        of.into_iter().for_each(|(unknown, times)| equation.add(unknown, times));
        equation
    }

    fn add(&mut self, unknown: usize, times: i128) {
        let now = self.of.entry(unknown).or_default();
        *now += times;
        if *now == 0 {
            self.of.remove(&unknown);
        }
    }

    /// The same equation with what is known put in.
    pub fn with_known(&self, known: impl Fn(usize) -> Option<i128>) -> Self {
        let mut left = Self { of: BTreeMap::new(), total: self.total };
        for (unknown, times) in &self.of {
            match known(*unknown) {
                Some(number) => left.total -= times * number,
                None => drop(left.of.insert(*unknown, *times)),
            }
        }
        left
    }

    /// Takes as much of another equation away as leaves nothing of an unknown.
    fn without(&mut self, unknown: usize, other: &Self) {
        let Some(ours) = self.of.get(&unknown).copied() else { return };
        let theirs = other.of[&unknown];
        self.of.values_mut().for_each(|times| *times *= theirs);
        self.total *= theirs;
        other.of.iter().for_each(|(unknown, times)| self.add(*unknown, -times * ours));
        self.total -= other.total * ours;
        let common = self.of.values().fold(self.total, |common, times| divisor(common, *times));
        if common > 1 {
            self.of.values_mut().for_each(|times| *times /= common);
            self.total /= common;
        }
    }
}

/// The equations solved as far as they can be: each begins with an unknown that stands in no other. One of a single unknown says what
/// that is.
///
/// # Panics
/// Where they contradict each other: then somebody believes what is not so.
pub fn reduced(equations: impl IntoIterator<Item = Equation>) -> Vec<Equation> {
    let mut done: Vec<(usize, Equation)> = Vec::new();
    for mut equation in equations {
        for (first, other) in &done {
            equation.without(*first, other);
        }
        let Some(first) = equation.of.keys().next().copied() else {
            assert_eq!(equation.total, 0, "the equations contradict each other");
            continue;
        };
        done.iter_mut().for_each(|(_, other)| other.without(first, &equation));
        done.push((first, equation));
    }
    done.into_iter().map(|(_, equation)| equation).collect()
}
