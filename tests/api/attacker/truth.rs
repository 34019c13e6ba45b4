//! What is true of a council's figures: what the attacker is after, and does not know.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The whole, or a part of it: dimension, and category in lower case.
pub type Place = Option<(String, String)>;

/// What a number of a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The numerator; of a count, its value.
    Counted,
    /// Those of the denominator who are not in the numerator.
    Others,
    /// The denominator.
    Of,
}

/// Every kind.
pub const KINDS: [Kind; 3] = [Kind::Counted, Kind::Others, Kind::Of];

/// The numbers of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The numerator; of a count, its value.
    pub counted: i64,
    /// The denominator.
    pub of: Option<i64>,
}

/// How a measure counts.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its code.
    pub code: String,
    /// `count`, `percent`, or `rate` per 10,000.
    pub unit: &'static str,
    /// Its disclosure policy.
    pub policy: &'static str,
    /// Whether figures count up until the year ends.
    pub counts_up: bool,
    /// Quarter and value of the baseline of a count.
    pub baseline: Option<(String, i64)>,
}

/// A figure as it was published, and the instants between which it was the newest.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Code of the measure.
    pub measure: String,
    /// Reporting quarter.
    pub quarter: String,
    /// Number of the revision.
    pub revision: i64,
    /// The whole and its parts.
    pub numbers: BTreeMap<Place, Numbers>,
    /// Parts of which nobody told the service a count, and several of a dimension, so that it can work none of them out.
    pub unsaid: BTreeSet<Place>,
    /// Number of the publication with which it came.
    pub from: usize,
    /// Number of that with which the next revision came.
    pub until: usize,
}

impl Numbers {
    /// The number of a kind, where the unit has such.
    pub fn number(&self, unit: &str, kind: Kind) -> Option<i64> {
        match kind {
            Kind::Counted => Some(self.counted),
            Kind::Of => self.of,
            Kind::Others => self.of.filter(|_| unit == "percent").map(|of| of - self.counted),
        }
    }

    /// As it is pushed.
    pub fn body(&self, unit: &str) -> Value {
        match unit {
            "count" => json!({"value": self.counted}),
            _ => json!({"numerator": self.counted, "denominator": self.of}),
        }
    }
}

impl Measure {
    /// The greatest number that is small.
    pub fn threshold(&self) -> i64 {
        match self.policy {
            "none" => 0,
            "round5_suppress_1_7" => 7,
            _ => 5,
        }
    }

    /// The greatest number of this kind that is small.
    pub fn greatest_small(&self, kind: Kind) -> i64 {
        if kind == Kind::Of && self.threshold() > 0 { 9 } else { self.threshold() }
    }

    /// The least that a hidden number can be to one who knows that it is not small: he knows that of what is counted.
    pub fn least(&self, kind: Kind, number: i64) -> i128 {
        if kind == Kind::Counted && number > 0 { i128::from(self.threshold()) + 1 } else { 0 }
    }

    /// Whether a number of this kind makes a child identifiable. A population identifies nobody.
    pub fn is_small(&self, kind: Kind, number: i64) -> bool {
        (1..=self.greatest_small(kind)).contains(&number)
    }

    /// Whether its counts are shown to the nearest five.
    pub fn rounds(&self) -> bool {
        self.policy == "round5_suppress_1_7" && self.unit == "count"
    }
}

impl Publication {
    /// The financial year.
    pub fn year(&self) -> &str {
        &self.quarter[..7]
    }

    /// The dimensions by which it is broken down.
    pub fn dimensions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.numbers.keys().flatten().map(|(dimension, _)| dimension.as_str()).collect();
        all.dedup();
        all
    }

    /// Its parts by a dimension.
    pub fn parts(&self, dimension: &str) -> impl Iterator<Item = (&Place, &Numbers)> {
        self.numbers.iter().filter(move |(place, _)| place.as_ref().is_some_and(|(of, _)| of == dimension))
    }
}
