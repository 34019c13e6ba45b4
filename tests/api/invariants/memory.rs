//! Answers that never change afterwards, and what reports and scorecards must say.

use serde_json::Value;

use super::dice::Dice;
use super::world::World;
use crate::support::client::Answer;

/// A question as at an instant, with its answer.
struct Answered {
    question: String,
    answer: (u16, Vec<u8>),
}

/// What was answered along the way.
#[derive(Default)]
pub struct Memory(Vec<Answered>);

/// What of an answer must be the same again; a problem names its own request.
fn lasting(answer: &Answer) -> (u16, Vec<u8>) {
    let body = if answer.status == 200 { answer.body.clone() } else { answer.json()["code"].to_string().into() };
    (answer.status, body)
}

/// One of the reads that a change may show in.
fn question(world: &World, dice: &mut Dice) -> String {
    let (quarter, measure, year) =
        (world.quarter(dice), format!("M-{}", 1 + dice.below(4)), dice.pick(&world.years).clone());
    match dice.below(12) {
        0 => "measures?framework=F".to_owned(),
        1 => format!("measures/{measure}/versions"),
        2 => format!("targets/{measure}/{year}"),
        3 => format!("targets/{measure}/{year}/versions"),
        4 => format!("quarterly-submissions/{measure}/{quarter}/revisions"),
        5 => format!("annual-target-reviews/F/{year}"),
        6 => format!("quarterly-reports/F/{quarter}/content"),
        7 => format!("quarterly-reports/F/{quarter}/readiness"),
        8 => format!("data-requests?framework=F&quarter={quarter}"),
        9 => "issues-of-concern?framework=F".to_owned(),
        10 => format!("decisions/D-{}", 1 + dice.below(4)),
        _ => format!("frameworks/F/scorecard?quarter={quarter}"),
    }
}

impl Memory {
    /// Asks something as at this instant, and keeps the answer.
    pub fn ask(&mut self, world: &World, dice: &mut Dice) {
        let instant = world
            .app
            .sql()
            .value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        let question = question(world, dice);
        let question = format!("{question}{}as_of={instant}", if question.contains('?') { '&' } else { '?' });
        let answer = lasting(&world.app.reader().get(&question).call());
        self.0.push(Answered { question, answer });
    }

    /// Asks one of them again.
    pub fn ask_again(&self, world: &World, dice: &mut Dice) {
        if !self.0.is_empty() {
            dice.pick(&self.0).check(world);
        }
    }

    /// Asks all of them again.
    pub fn ask_all_again(&self, world: &World) {
        assert!(self.0.len() > 10, "only {} answers were kept", self.0.len());
        self.0.iter().for_each(|one| one.check(world));
    }
}

impl Answered {
    fn check(&self, world: &World) {
        let again = world.app.reader().get(&self.question).call();
        assert!(
            lasting(&again) == self.answer,
            "another answer than before, {}: {again}",
            String::from_utf8_lossy(&self.answer.1)
        );
    }
}

fn measures(card: &Value) -> Vec<&Value> {
    let outcomes = card["outcomes"].as_array().expect("outcomes");
    outcomes.iter().flat_map(|outcome| outcome["measures"].as_array().expect("measures")).collect()
}

fn neutral_is_not_rated(card: &Value) {
    let wrong =
        card["polarity"] == "neutral" && card["rag"]["status"] != "not_rated" && card["rag"]["status"] != "no_data";
    assert!(!wrong, "a neutral measure is rated: {card}");
}

/// No neutral measure is rated on a scorecard.
pub fn scorecard(world: &World, dice: &mut Dice) {
    let card = world.app.scorecard(&world.quarter(dice));
    measures(&card).into_iter().for_each(neutral_is_not_rated);
}

/// A report that was just sealed says something of every measure that is reported, proves itself, and rates no neutral one.
pub fn sealed_report(world: &World, report: &Value) {
    let (framework, quarter) =
        (report["framework"].as_str().expect("a code"), report["quarter"].as_str().expect("a quarter"));
    let path = format!("quarterly-reports/{framework}/{quarter}");
    let content = world.app.reader().get(&format!("{path}/content")).call().must_be(200).json();
    let cards: Vec<&Value> = measures(&content).into_iter().map(|measure| &measure["card"]).collect();
    let mut told: Vec<&str> = cards.iter().filter_map(|card| card["code"].as_str()).collect();
    told.sort_unstable();
    let reported = world.app.sql().column(&format!(
        "SELECT v.measure FROM measure_versions v JOIN outcomes o ON o.code = v.outcome WHERE o.framework = '{framework}' \
         AND v.status = 'active' AND v.level <> 'service' AND v.version = (SELECT max(l.version) FROM measure_versions l \
         WHERE l.measure = v.measure AND (l.effective_from IS NULL OR l.effective_from <= '{quarter}')) ORDER BY 1"
    ));
    assert_eq!(told, reported, "the report of {quarter} leaves a measure out");
    cards.into_iter().for_each(neutral_is_not_rated);
    let proof = world.app.reader().get(&format!("{path}/verify")).call().must_be(200).json();
    assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&true.into(), &true.into()), "{proof}");
}
