//! The words of illustrative texts and plans. Each says of itself what it is.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::facts::{Facts, Known};
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::quantity::{Quantity, exact};
use crate::domain::terms::{Accumulation, Unit};

/// The text of a narrative section; none for a section that there are no words for.
pub(super) fn section(name: &str, facts: &Facts) -> Option<String> {
    let text = match name {
        "strengths" => strengths(facts),
        "challenges" => challenges(facts),
        "interventions" => interventions(facts),
        "results" => results(facts),
        _ => return None,
    };
    Some(format!("Illustrative text: {text}"))
}

/// A recovery plan: half of the way to the target in a year, the rest in a second.
pub(super) fn plan(code: &str, facts: &Facts) -> Value {
    let (owner, provider) = (&facts.measure.owner, &facts.measure.provider);
    let [first, second] = [facts.quarter.next(), facts.quarter.next().next()];
    let (in_a_year, in_two) = (facts.years_later(1), facts.years_later(2));
    let (value, halfway, target) =
        (said(facts, facts.value()), said(facts, facts.halfway()), said(facts, exact(facts.target)));
    let least = if facts.high_is_good() { "at least" } else { "at most" };
    json!({
        "code": format!("ILLUSTRATIVE-{code}"), "measure": code,
        "title": format!("Illustrative plan: {}", facts.measure.title),
        "owner": owner,
        "reason": format!("Illustrative text: {}", challenges(facts)),
        "interventions": [
            {
                "title": format!("Illustrative: what lies behind {value} is looked into, case by case"),
                "owner": provider, "starts_on": first.start(), "due_on": first.end(),
            },
            {
                "title": "Illustrative: what was found is put right where it weighs most",
                "starts_on": second.start(), "due_on": second.end(),
            },
        ],
        "trajectory": [
            {"quarter": in_a_year, "expected": Quantity(facts.halfway())},
            {"quarter": in_two, "expected": Quantity(facts.target)},
        ],
        "success_measure": format!(
            "Illustrative text: {least} {halfway} in {}, and {least} {target} in {}. Both are ours.",
            quarter(in_a_year), quarter(in_two)
        ),
    })
}

fn strengths(facts: &Facts) -> String {
    let (now, before) = (dated(facts, &facts.now, facts.value()), dated(facts, &facts.before, facts.earlier()));
    match facts.turn() {
        Ordering::Greater => format!("{} went the right way: {now}, after {before}.", facts.measure.title),
        Ordering::Equal => format!("{} held: {now}, and the same as {before}.", facts.measure.title),
        Ordering::Less => format!("the figure shows none: {now} is worse than {before}."),
    }
}

fn challenges(facts: &Facts) -> String {
    let title = &facts.measure.title;
    let (now, before) = (dated(facts, &facts.now, facts.value()), dated(facts, &facts.before, facts.earlier()));
    let from_target = if facts.high_is_good() { "short of" } else { "above" };
    let gap = difference(facts, facts.value() - facts.target);
    let gap = format!("{gap} {from_target} the target of {}", said(facts, exact(facts.target)));
    match facts.turn() {
        Ordering::Greater => format!("{title}: {now}. Although that is better than {before}, it is {gap}."),
        Ordering::Equal => format!("{title}: {now}, as {before}. It stays {gap}."),
        Ordering::Less => format!("{title}: {now}, after {before}. It is {gap}, and was nearer to it before."),
    }
}

fn interventions(facts: &Facts) -> String {
    let (now, before) = (said(facts, facts.value()), said(facts, facts.earlier()));
    let plan = format!("{} by {}", said(facts, facts.halfway()), quarter(facts.years_later(1)));
    let owner = &facts.measure.owner;
    match facts.turn() {
        Ordering::Greater => {
            format!("what brought {before} to {now} is kept up, and the {owner} has a recovery plan for {plan}.")
        }
        Ordering::Equal => {
            format!("nothing has moved {now} so far. The {owner} has drawn up a recovery plan for {plan}.")
        }
        Ordering::Less => {
            format!("since {before} became {now} the {owner} has looked for the causes, and plans for {plan}.")
        }
    }
}

fn results(facts: &Facts) -> String {
    let (now, before) = (said(facts, facts.value()), said(facts, facts.earlier()));
    let change = difference(facts, facts.value() - facts.earlier());
    match facts.turn() {
        Ordering::Greater => {
            let left = difference(facts, facts.value() - facts.target);
            format!("from {before} to {now}, {change} in the right direction. What is left to the target: {left}.")
        }
        Ordering::Equal => format!("none to be seen yet: {before} before, {now} now."),
        Ordering::Less => format!("from {before} to {now}, {change} in the wrong direction."),
    }
}

/// A value with its period.
fn dated(facts: &Facts, known: &Known, value: Decimal) -> String {
    let value = said(facts, value);
    match known.data_period {
        DataPeriod::Quarter(of) => match facts.measure.accumulation {
            Accumulation::Cumulative => format!("{value} from April to the end of {}", quarter(of)),
            Accumulation::Rolling12Months => format!("{value} over the twelve months to the end of {}", quarter(of)),
            _ => format!("{value} in {}", quarter(of)),
        },
        DataPeriod::FinancialYear(year) => format!("{value} in the year {year}"),
        DataPeriod::AcademicYear(year) => {
            format!("{value} in the school year {}", year.to_string().trim_start_matches("AY"))
        }
        DataPeriod::Date(day) => format!("{value} on {}", day.format("%-d %B %Y")),
        other => format!("{value} in {other}"),
    }
}

fn quarter(quarter: Quarter) -> String {
    format!("quarter {} of {}", quarter.number(), quarter.year())
}

/// A value in the measure's unit.
fn said(facts: &Facts, value: Decimal) -> String {
    match (facts.measure.unit, facts.measure.rate_base) {
        (Unit::Percent, _) => format!("{value} %"),
        (Unit::Rate, Some(base)) => format!("{value} per {base}"),
        (Unit::Score, _) => format!("{value} points"),
        _ => value.to_string(),
    }
}

/// How far two values are apart.
fn difference(facts: &Facts, by: Decimal) -> String {
    let by = exact(by.abs());
    let plural = if by == Decimal::ONE { "" } else { "s" };
    match facts.measure.unit {
        Unit::Percent => format!("{by} percentage point{plural}"),
        Unit::Score => format!("{by} point{plural}"),
        _ => by.to_string(),
    }
}
