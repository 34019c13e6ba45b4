//! A council by chance: measures of every unit and policy, published in any order, corrected and published again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::figures::{QUARTERS, Table, corrected, of_every_quarter};
use super::forms::{self, Form, body};
use super::truth::{Measure, Place, Publication};
use crate::invariants::dice::Dice;
use crate::support::App;

/// A council, what is true of it, and when it was published.
pub struct Council {
    /// The running service.
    pub app: App,
    /// Its measures.
    pub measures: Vec<Measure>,
    /// What was published, in order.
    pub published: Vec<Publication>,
    /// The instant after each publication.
    pub instants: Vec<String>,
}

impl Council {
    /// A council with the framework `F`, adopted, and no measure yet.
    pub fn new() -> Self {
        let app = App::with_outcome();
        app.meeting("MT-1").create();
        app.decision("D-1").create();
        app.area("A-1").create();
        app.group("G-1").create();
        Self { app, measures: Vec::new(), published: Vec::new(), instants: Vec::new() }
    }

    /// A council by chance.
    pub fn by_chance(dice: &mut Dice, measures: usize) -> Self {
        let mut council = Self::new();
        let figures: Vec<_> = (0..measures).map(|at| council.measure_by_chance(at, dice)).collect();
        council.adopt();
        for (at, mut figures) in figures.into_iter().enumerate() {
            council.publish_by_chance(at, &mut figures, dice);
        }
        council.publish_report("2025-26-Q1");
        council
    }

    /// Publishes a report on a quarter in which nothing has a target, so that nothing is red without a plan.
    fn publish_report(&self, quarter: &str) {
        let path = format!("quarterly-reports/F/{quarter}");
        self.app.editor().put(&path).send(&json!({"overview": "The quarter as a whole."})).must_be(201);
        for step in ["review", "sign-off", "publish"] {
            self.app.admin().post(&format!("{path}/{step}")).call().must_be(200);
        }
    }

    /// Adopts the framework: from now on others than those who work with the figures see it.
    pub fn adopt(&self) {
        self.app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    }

    fn measure_by_chance(&mut self, at: usize, dice: &mut Dice) -> BTreeMap<&'static str, Table> {
        let policies = ["cin_1_5", "cin_1_5", "cin_1_5", "cla_la_unrounded_pct_0dp", "round5_suppress_1_7", "none"];
        let mut measure = Measure {
            code: format!("M-{at}"),
            unit: dice.word(&["count", "count", "percent", "percent", "rate"]),
            policy: dice.word(&policies),
            counts_up: dice.chance(60),
            baseline: None,
        };
        let figures = of_every_quarter(&measure, dice);
        let based_on = *dice.pick(&QUARTERS[..4]);
        if measure.unit == "count" && dice.chance(50) {
            measure.baseline = Some((based_on.to_owned(), figures[based_on][&None].counted));
        }
        let activity = json!({"kind": "activity", "expected_lower": 4, "expected_upper": 9});
        let polarity = dice.word(&["high", "low"]);
        let active = dice.chance(25);
        self.add_measure(measure.clone(), if active { activity } else { json!({"polarity": polarity}) });
        if !active && dice.chance(80) {
            let kind = if polarity == "high" { "at_least" } else { "at_most" };
            self.app.target(&measure.code, "2024-25", *dice.pick(&[3, 8, 20, 60])).set("kind", kind).create();
        }
        figures
    }

    /// Makes a measure.
    pub fn add_measure(&mut self, measure: Measure, more: Value) {
        let (period, value) = measure.baseline.clone().unzip();
        let terms = json!({
            "unit": measure.unit, "rate_base": (measure.unit == "rate").then_some(10_000), "disclosure_policy": measure.policy,
            "decimal_places": i32::from(measure.unit != "count"), "baseline_period": period, "baseline_value": value,
            "accumulation": if measure.counts_up { "cumulative" } else { "in_period" }
        });
        self.app.measure(&measure.code).with(terms).with(more).create();
        self.measures.push(measure);
    }

    fn publish_by_chance(&mut self, at: usize, figures: &mut BTreeMap<&'static str, Table>, dice: &mut Dice) {
        let measure = self.measures[at].clone();
        let mut open: Vec<&'static str> = QUARTERS[..3 + dice.below(3)].to_vec();
        let mut again: Vec<&'static str> = Vec::new();
        while !open.is_empty() || (again.len() < 12 && dice.chance(75)) {
            if !open.is_empty() && (again.is_empty() || dice.chance(70)) {
                let quarter = open.remove(dice.below(open.len()));
                self.publish(&measure, quarter, &figures[quarter], Form::by_chance(&measure, &figures[quarter], dice));
                again.push(quarter);
            } else {
                let quarter = *dice.pick(&again);
                if let Some(table) = corrected(&measure, figures, quarter, dice).filter(|_| dice.chance(75)) {
                    figures.insert(quarter, table);
                }
                self.publish(&measure, quarter, &figures[quarter], Form::by_chance(&measure, &figures[quarter], dice));
                again.push(quarter);
            }
        }
    }

    /// Publishes a figure with all its parts, or a correction of it.
    pub fn publish_whole(&mut self, measure: &Measure, quarter: &str, table: &Table) {
        self.publish(measure, quarter, table, Form::Full);
    }

    fn publish(&mut self, measure: &Measure, quarter: &str, table: &Table, form: Form) {
        let same = |one: &&mut Publication| one.measure == measure.code && one.quarter == quarter;
        let now = self.instants.len();
        let before = self.published.iter_mut().filter(same).last();
        let revision = before.as_ref().map_or(1, |before| before.revision + 1);
        if let Some(before) = before {
            before.until = now;
        }
        self.push(measure, quarter, revision, &body(measure, table, form));
        let numbers = table.iter().filter(|(place, _)| place.is_none() || form.has_parts());
        let numbers = numbers.map(|(place, numbers)| (place.clone(), *numbers)).collect();
        let unsaid = forms::unsaid(table, form);
        let (measure, quarter) = (measure.code.clone(), quarter.to_owned());
        self.published.push(Publication { measure, quarter, revision, numbers, unsaid, from: now, until: usize::MAX });
        let instant = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
        self.instants.push(self.app.sql().value(instant));
    }

    fn push(&self, measure: &Measure, quarter: &str, revision: i64, body: &Value) {
        let path = format!("quarterly-submissions/{}/{quarter}", measure.code);
        if revision > 1 {
            self.app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "A correction."})).must_be(201);
        }
        let narrative = json!({"challenges": format!("Revision {revision}.")});
        let pushed = self.app.submission(&measure.code, quarter).with(body.clone()).set("narrative", narrative).put();
        pushed.must_be(if revision > 1 { 200 } else { 201 });
        self.app.provider().post(&format!("{path}/submit")).call().must_be(200);
        // The figures of an attack are unlikely.
        self.app.officer().post(&format!("{path}/approve")).send(&json!({"note": "Checked."})).must_be(200);
        self.app.officer().post(&format!("{path}/publish")).call().must_be(200);
    }

    /// What was published of a measure, in order.
    pub fn published(&self, measure: &Measure) -> Vec<Publication> {
        self.published.iter().filter(|one| one.measure == measure.code).cloned().collect()
    }
}

/// The place of a part.
pub fn at(dimension: &str, category: &str) -> Place {
    Some((dimension.to_owned(), category.to_lowercase()))
}
