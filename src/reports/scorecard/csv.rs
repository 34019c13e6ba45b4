//! The scorecard as CSV: one row for each measure, a fixed set of columns, then one for each narrative section.

use super::body::{MeasureCard, OutcomeCard, Scorecard};
use crate::domain::direction::Direction;
use crate::domain::quantity::Quantity;
use crate::http::problem::Problem;
use crate::http::spreadsheet;

/// Columns in their order; names are a contract: new ones are only added, before the narrative.
const COLUMNS: &[&str] = &[
    "framework",
    "quarter",
    "outcome",
    "outcome_title",
    "priority",
    "measure",
    "title",
    "level",
    "unit",
    "rate_base",
    "decimal_places",
    "polarity",
    "kind",
    "owner",
    "data_period",
    "value",
    "value_symbol",
    "numerator",
    "numerator_symbol",
    "denominator",
    "denominator_symbol",
    "stage",
    "state",
    "revision",
    "rag",
    "rag_reason",
    "rag_explanation",
    "target",
    "target_lower",
    "target_upper",
    "floor",
    "ceiling",
    "target_source",
    "rule_set_version",
    "signal",
    "direction_short",
    "change_short",
    "compared_short",
    "direction_long",
    "change_long",
    "compared_long",
    "baseline",
    "change_from_baseline",
    "improvement",
    "percent_of_gap_closed",
    "distance_reason",
    "quality_note",
    "definition_version",
    "series",
    "break_symbol",
    "target_version",
    "target_decision",
    "target_set_in_arrears",
    "target_comparator",
    "target_comparator_statistic",
    "target_comparator_margin",
    "target_comparator_value",
    "target_comparator_contributors",
    "target_comparator_members",
    "target_comparator_release_date",
];

/// Writes the scorecard.
///
/// # Errors
/// `internal_error` if it cannot be written.
pub fn write(card: &Scorecard) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let sections = card.narrative_sections.iter().map(|section| section.name.as_str());
    writer.write_record(COLUMNS.iter().copied().chain(sections)).map_err(Problem::internal)?;
    for outcome in &card.outcomes {
        for measure in &outcome.measures {
            writer.write_record(record(card, outcome, measure)).map_err(Problem::internal)?;
        }
    }
    writer.into_inner().map_err(Problem::internal)
}

fn record(card: &Scorecard, outcome: &OutcomeCard, measure: &MeasureCard) -> Vec<String> {
    let mut cells = what(card, outcome, measure);
    cells.extend(figure(measure));
    cells.extend(judgement(measure));
    cells.extend(travel(measure));
    let note = measure.figure.as_ref().and_then(|figure| figure.quality_note.as_deref());
    cells.push(text(note.unwrap_or_default()));
    cells.extend(versions(measure));
    cells.extend(comparator(measure));
    let narrative = |name: &String| measure.narrative.0.get(name).map_or_else(String::new, |told| text(told.as_ref()));
    cells.extend(card.narrative_sections.iter().map(|section| narrative(&section.name)));
    cells
}

fn what(card: &Scorecard, outcome: &OutcomeCard, measure: &MeasureCard) -> Vec<String> {
    vec![
        card.framework.clone(),
        card.quarter.to_string(),
        outcome.code.clone(),
        text(&outcome.title),
        text(outcome.priority.as_deref().unwrap_or_default()),
        measure.code.clone(),
        text(&measure.title),
        measure.level.to_string(),
        measure.unit.to_string(),
        shown(measure.rate_base),
        measure.decimal_places.to_string(),
        measure.polarity.to_string(),
        measure.kind.to_string(),
        text(measure.owner.as_deref().unwrap_or_default()),
    ]
}

fn figure(measure: &MeasureCard) -> Vec<String> {
    let Some(figure) = &measure.figure else {
        return vec![String::new(); 10];
    };
    vec![
        figure.data_period.to_string(),
        number(figure.value),
        shown(figure.value_symbol),
        number(figure.numerator),
        shown(figure.numerator_symbol),
        number(figure.denominator),
        shown(figure.denominator_symbol),
        figure.stage.to_string(),
        figure.state.to_string(),
        figure.revision.to_string(),
    ]
}

fn judgement(measure: &MeasureCard) -> Vec<String> {
    let rag = &measure.rag;
    vec![
        rag.status.to_string(),
        rag.reason.to_string(),
        text(&rag.explanation),
        number(rag.target),
        number(rag.lower),
        number(rag.upper),
        number(rag.floor),
        number(rag.ceiling),
        shown(measure.target_source),
        rag.rule_set_version.to_string(),
        shown(measure.signal),
    ]
}

fn travel(measure: &MeasureCard) -> Vec<String> {
    let mut cells = match &measure.direction {
        Some(both) => [direction(&both.short), direction(&both.long)].concat(),
        None => vec![String::new(); 6],
    };
    match &measure.distance {
        Some(distance) => cells.extend([
            number(distance.baseline),
            number(distance.change),
            number(distance.improvement),
            number(distance.percent_of_gap_closed),
            shown(distance.reason),
        ]),
        None => cells.extend(vec![String::new(); 5]),
    }
    cells
}

fn direction(direction: &Direction) -> Vec<String> {
    let compared = direction.compared_with.map(|with| with.data_period);
    vec![direction.result.to_string(), number(direction.change), shown(compared)]
}

fn versions(measure: &MeasureCard) -> Vec<String> {
    let begins = measure.figure.as_ref().is_some_and(|figure| figure.break_symbol.is_some());
    vec![
        measure.definition_version.to_string(),
        measure.series.to_string(),
        if begins { "b".to_owned() } else { String::new() },
        shown(measure.target_version),
        shown(measure.target_decision.as_deref()),
        shown(measure.target_set_in_arrears),
    ]
}

fn comparator(measure: &MeasureCard) -> Vec<String> {
    let Some(comparator) = &measure.target_comparator else {
        return vec![String::new(); 7];
    };
    vec![
        comparator.comparator.to_string(),
        comparator.statistic.to_string(),
        comparator.margin.to_string(),
        number(comparator.value),
        shown(comparator.contributors),
        shown(comparator.members),
        shown(comparator.release_date),
    ]
}

fn number(number: Option<Quantity>) -> String {
    number.map_or_else(String::new, |number| number.0.to_string())
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn text(told: &str) -> String {
    spreadsheet::safe(told).into_owned()
}
