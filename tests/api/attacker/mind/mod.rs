//! The attacker's mind: what was fetched becomes known numbers, what is known of how figures hang together becomes equations, and
//! what follows from both is found by elimination and by least and greatest whole numbers.
//!
//! He is given more than anybody has, so that who withstands him withstands others: he knows which hidden numbers are small and which
//! changed from one revision to the next, the population that a rate is of, and how much of a whole is in none of its parts. What he is
//! not given is which of several parts that came without counts changed: nobody told the service their numbers, and it cannot know.

mod conclusions;

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use crate::attacker::harvest::{Harvest, Seen};
use crate::attacker::linear::Equation;
use crate::attacker::ranges::Range;
use crate::attacker::truth::{KINDS, Kind, Measure, Numbers, Place, Publication};

/// Why a number that is not small must not be found out.
const PROTECTS: &str = "protects another";

/// A number that the attacker reasons about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    /// Of a figure or part: revisions in which it is the same share one, but for what nobody told the service.
    Number { quarter: String, place: Place, kind: Kind, number: i64, unsaid_in: Option<i64> },
    /// What of a whole is in none of its parts.
    Left { quarter: String, dimension: String, kind: Kind, number: i64 },
    /// How much came from one quarter to a later one of the same year to date.
    Flow { from: usize, to: usize },
}

/// What he reasons with.
struct Mind<'a> {
    measure: &'a Measure,
    cells: BTreeMap<Cell, usize>,
    names: Vec<(Cell, i64)>,
    ranges: Vec<Range>,
    equations: Vec<Equation>,
    /// What must not be found out, and why.
    wanted: BTreeMap<usize, &'static str>,
}

/// Every hidden number of a measure that follows from what was fetched, told in words. `published`: in the order in which it was.
pub fn found_out(measure: &Measure, published: &[Publication], harvest: &Harvest) -> Vec<String> {
    let mut mind = Mind {
        measure,
        cells: BTreeMap::new(),
        names: Vec::new(),
        ranges: Vec::new(),
        equations: Vec::new(),
        wanted: BTreeMap::new(),
    };
    let key = |one: &Publication| (one.measure.clone(), one.quarter.clone(), one.revision);
    let seen: Vec<_> = published.iter().filter_map(|one| Some((one, harvest.figures.get(&key(one))?))).collect();
    mind.recall_baseline(harvest);
    for (publication, seen) in &seen {
        mind.look_at(publication, seen);
    }
    if measure.counts_up {
        mind.compare_quarters(&seen.iter().map(|(one, _)| *one).collect::<Vec<_>>());
    }
    mind.conclude().into_iter().chain(values_told(measure, &seen)).collect()
}

impl Mind<'_> {
    fn cell(&mut self, cell: Cell, truth: i64) -> usize {
        let next = self.names.len();
        let at = *self.cells.entry(cell.clone()).or_insert(next);
        if at == next {
            self.names.push((cell, truth));
            self.ranges.push(Range { least: 0, most: None });
        }
        at
    }

    fn number(&mut self, publication: &Publication, place: &Place, kind: Kind) -> Option<usize> {
        let number = publication.numbers.get(place)?.number(self.measure.unit, kind)?;
        let unsaid_in = publication.unsaid.contains(place).then_some(publication.revision);
        let cell = Cell::Number { quarter: publication.quarter.clone(), place: place.clone(), kind, number, unsaid_in };
        Some(self.cell(cell, number))
    }

    fn truth(&self, at: usize) -> i64 {
        self.names[at].1
    }

    fn learn(&mut self, at: usize, range: Range) {
        let truth = i128::from(self.truth(at));
        assert!(
            range.least <= truth && range.most.is_none_or(|most| most >= truth),
            "{:?} is not {range:?}",
            self.names[at]
        );
        self.ranges[at].narrow(range);
    }

    fn recall_baseline(&mut self, harvest: &Harvest) {
        let Some((quarter, value)) = &self.measure.baseline else { return };
        if harvest.baselines.contains(&(self.measure.code.clone(), quarter.clone(), Decimal::from(*value))) {
            let (quarter, number) = (quarter.clone(), *value);
            let cell = Cell::Number { quarter, place: None, kind: Kind::Counted, number, unsaid_in: None };
            let at = self.cell(cell, *value);
            self.learn(at, Range::exactly((*value).into()));
        }
    }

    fn look_at(&mut self, publication: &Publication, seen: &BTreeMap<Place, Seen>) {
        let whole_seen = seen.get(&None).is_some_and(|whole| whole.value.is_some());
        for (place, seen) in seen.iter().filter(|(place, _)| publication.numbers.contains_key(place)) {
            for kind in KINDS {
                let Some(at) = self.number(publication, place, kind) else { continue };
                // What stands beside a small number in the same figure is hidden with it, and protects nothing but that.
                let other = |kind| publication.numbers[place].number(self.measure.unit, kind);
                let small = KINDS.into_iter().any(|kind| other(kind).is_some_and(|it| self.is_wanted(kind, it)));
                self.look_at_number(at, kind, seen, !small && (place.is_none() || whole_seen));
            }
            self.share(publication, place, seen);
        }
        for dimension in publication.dimensions() {
            if publication.parts(dimension).all(|(place, _)| seen.contains_key(place)) {
                KINDS.iter().for_each(|kind| self.add_up(publication, dimension, *kind));
            }
        }
    }

    /// What is told of a number, and whether it must not be found out.
    fn look_at_number(&mut self, at: usize, kind: Kind, seen: &Seen, protects: bool) {
        let (truth, population) = (self.truth(at), self.measure.unit == "rate" && kind == Kind::Of);
        let told = match kind {
            Kind::Counted if self.measure.unit == "count" => seen.value,
            Kind::Counted => seen.numerator,
            Kind::Of => seen.denominator,
            Kind::Others => seen.denominator.zip(seen.numerator).map(|(of, counted)| of - counted),
        };
        let small = self.is_wanted(kind, truth);
        if small {
            self.wanted.insert(at, "is small");
        } else if truth > 0
            && !population
            && told.is_none()
            && seen.value.is_none()
            && protects
            && self.ranges[at].known().is_none()
        {
            self.wanted.entry(at).or_insert(PROTECTS);
        }
        match told.and_then(|told| told.to_i128()) {
            Some(told) if self.measure.rounds() => {
                self.learn(at, Range { least: (told - 2).max(0), most: Some(told + 2) })
            }
            Some(told) => self.learn(at, Range::exactly(told)),
            None if population => self.learn(at, Range::exactly(truth.into())),
            None if small && kind == Kind::Of => self.learn(at, Range { least: 1, most: Some(9) }),
            None if small => self.learn(at, Range { least: 1, most: Some(self.measure.threshold().into()) }),
            None => self.learn(at, Range { least: self.measure.least(kind, truth), most: None }),
        }
    }

    /// A percentage or rate is that of its numerator and denominator, to its last decimal place.
    fn share(&mut self, publication: &Publication, place: &Place, seen: &Seen) {
        let numbers = KINDS.map(|kind| self.number(publication, place, kind));
        if let [Some(counted), Some(others), Some(of)] = numbers {
            self.equations.push(Equation::new([(of, 1), (counted, -1), (others, -1)], 0));
        }
        let ([Some(counted), _, Some(of)], Some(value)) = (numbers, seen.value) else { return };
        let base = Decimal::from(if self.measure.unit == "rate" { 10_000 } else { 100 });
        // To one decimal place, and by this policy from there to none.
        let whole = self.measure.policy == "cla_la_unrounded_pct_0dp" && self.measure.unit == "percent";
        let half = Decimal::new(if whole { 55 } else { 5 }, 2);
        let (low, high) = (value - half, value + half);
        let up =
            |number: Decimal| number.round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity).to_i128().unwrap();
        let down = |number: Decimal| number.floor().to_i128().unwrap();
        let exact = |at: usize| self.ranges[at].known().map(|number| Decimal::from_i128_with_scale(number, 0));
        let (told_counted, told_of) = (exact(counted), exact(of));
        if let Some(told) = told_of {
            self.learn(counted, Range { least: up(low * told / base).max(0), most: Some(down(high * told / base)) });
        }
        if let Some(told) = told_counted.filter(|_| low > Decimal::ZERO) {
            self.learn(of, Range { least: up(told * base / high), most: Some(down(told * base / low)) });
        }
    }

    /// Parts add up to their whole but for what is in none of them.
    fn add_up(&mut self, publication: &Publication, dimension: &str, kind: Kind) {
        let places: Vec<Place> = publication.parts(dimension).map(|(place, _)| place.clone()).collect();
        let parts: Option<Vec<usize>> = places.iter().map(|place| self.number(publication, place, kind)).collect();
        let (Some(parts), Some(whole)) = (parts, self.number(publication, &None, kind)) else { return };
        let left = self.truth(whole) - parts.iter().map(|part| self.truth(*part)).sum::<i64>();
        let mut terms: Vec<(usize, i128)> = parts.into_iter().map(|part| (part, 1)).collect();
        terms.push((whole, -1));
        if !self.few_are_left(publication, dimension) {
            return self.equations.push(Equation::new(terms, (-left).into()));
        }
        let quarter = publication.quarter.clone();
        let at = self.cell(Cell::Left { quarter, dimension: dimension.to_owned(), kind, number: left }, left);
        if self.is_wanted(kind, left) {
            self.wanted.insert(at, "is small");
        }
        terms.push((at, 1));
        self.equations.push(Equation::new(terms, 0));
    }

    /// Whether so few are in none of the parts that he is not told how many.
    fn few_are_left(&self, publication: &Publication, dimension: &str) -> bool {
        KINDS.into_iter().any(|kind| {
            let number = |numbers: &Numbers| numbers.number(self.measure.unit, kind);
            let parts: Option<i64> = publication.parts(dimension).map(|(_, numbers)| number(numbers)).sum();
            let left = number(&publication.numbers[&None]).zip(parts).map(|(whole, parts)| whole - parts);
            left.is_some_and(|left| self.is_wanted(kind, left))
        })
    }

    /// Whether a number is confidential. The population that a rate is of is not.
    fn is_wanted(&self, kind: Kind, number: i64) -> bool {
        self.measure.is_small(kind, number) && !(kind == Kind::Of && self.measure.unit == "rate")
    }

    /// Of a year to date nothing goes away again, and small quarters' own numbers are as confidential.
    fn compare_quarters(&mut self, published: &[&Publication]) {
        for (earlier, later) in published.iter().flat_map(|one| published.iter().map(move |other| (one, other))) {
            let at_once = earlier.from < later.until && later.from < earlier.until;
            if earlier.year() != later.year() || earlier.quarter >= later.quarter || !at_once {
                continue;
            }
            for place in earlier.numbers.keys().filter(|place| later.numbers.contains_key(*place)) {
                for kind in KINDS {
                    let pair = (self.number(earlier, place, kind), self.number(later, place, kind));
                    if let (Some(from), Some(to)) = pair {
                        self.flow(from, to, kind);
                    }
                }
            }
        }
        let Some((quarter, number)) = self.measure.baseline.clone() else { return };
        let baseline =
            Cell::Number { quarter: quarter.clone(), place: None, kind: Kind::Counted, number, unsaid_in: None };
        let Some(baseline) = self.cells.get(&baseline).copied() else { return };
        for one in published.iter().filter(|one| one.year() == &quarter[..7] && one.quarter != quarter) {
            let at = self.number(one, &None, Kind::Counted).unwrap();
            let (from, to) = if one.quarter < quarter { (at, baseline) } else { (baseline, at) };
            self.flow(from, to, Kind::Counted);
        }
    }

    fn flow(&mut self, from: usize, to: usize, kind: Kind) {
        let apart = self.truth(to) - self.truth(from);
        if apart < 0 || self.cells.contains_key(&Cell::Flow { from, to }) {
            return;
        }
        let at = self.cell(Cell::Flow { from, to }, apart);
        self.equations.push(Equation::new([(to, 1), (from, -1), (at, -1)], 0));
        if self.measure.is_small(kind, apart) {
            self.wanted.insert(at, "is a small difference");
        }
    }

    /// A number that is not small is hidden since it is close to one that is shown. If it is to several, he does not know to which.
    fn guess_what_hides(&mut self) {
        let mut close: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (cell, flow) in self.cells.iter().filter(|(_, at)| self.wanted.contains_key(at)) {
            let Cell::Flow { from, to } = cell else { continue };
            for (hidden, shown) in [(from, to), (to, from)] {
                let big = self.truth(*hidden) > self.measure.threshold().max(9);
                if big && self.ranges[*hidden].known().is_none() && self.ranges[*shown].known().is_some() {
                    close.entry(*hidden).or_default().push(*flow);
                }
            }
        }
        for flow in close.values().filter(|flows| flows.len() == 1).map(|flows| flows[0]).collect::<Vec<_>>() {
            let Cell::Flow { from, .. } = self.names[flow].0 else { continue };
            let Cell::Number { kind, .. } = self.names[from].0 else { continue };
            self.learn(flow, Range { least: 1, most: Some(self.measure.greatest_small(kind).into()) });
        }
    }
}

/// Values that are hidden in one revision and shown in another with the same numbers.
fn values_told(measure: &Measure, published: &[(&Publication, &BTreeMap<Place, Seen>)]) -> Vec<String> {
    let mut told = Vec::new();
    for (at, (one, hidden)) in published.iter().enumerate() {
        for (other, shown) in published[at..].iter().filter(|(other, _)| other.quarter == one.quarter) {
            for (place, _) in hidden.iter().filter(|(_, seen)| seen.value.is_none()) {
                let same = one.numbers.get(place) == other.numbers.get(place);
                if same && measure.threshold() > 0 && shown.get(place).is_some_and(|seen| seen.value.is_some()) {
                    told.push(format!(
                        "{} {}: {place:?} was hidden in revision {} and is shown in {}",
                        measure.code, one.quarter, one.revision, other.revision
                    ));
                }
            }
        }
    }
    told
}
