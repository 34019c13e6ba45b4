//! From rows to a scorecard: every rule of the domain applied, nothing read and nothing written.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::body::{BreakSymbol, Figure, MeasureCard, OutcomeCard, Scorecard};
use super::past::Past;
use super::quarter::Judged;
use super::store::{FigureColumns, MeasureColumns, Row};
use super::target::Target;
use crate::domain::comparison::PeriodKey;
use crate::domain::direction::{DirectionResult, Directions, directions};
use crate::domain::distance::travelled;
use crate::domain::figure::Scale;
use crate::domain::limits::Limits;
use crate::domain::measure_rule::{MeasureRule, Observation};
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::rag::{RULE_SET_VERSION, RagStatus};
use crate::domain::reading::Reading;
use crate::domain::signal::{ExpectedRange, Signal};
use crate::domain::summary::{DistanceSummary, RagSummary};
use crate::domain::target::TargetPoint;
use crate::domain::terms::{Kind, Stage, Symbol};
use crate::reports::comparators::target::Benchmarks;
use crate::resources::frameworks::body::Framework;

/// A measure of the quarter, judged, and ready to be judged again.
pub(super) fn judge(row: &Row, quarter: Quarter, today: NaiveDate, benchmarks: &Benchmarks) -> Judged {
    let rule = rule(&row.measure);
    let now = observation(&row.figure, row.measure.series);
    let target = Target::of(&row.target, &row.measure.code, &rule, now.as_ref(), benchmarks);
    let (reading, point) = place(&row.measure, &row.figure, &rule, quarter, today);
    let rag = target.rating(&rule, reading, point);
    Judged { code: row.measure.code.clone(), rule, data_period: row.figure.data_period, reading, point, rag }
}

/// What is known of a measure in a quarter, and the point of the year at which that is judged.
fn place(
    measure: &MeasureColumns,
    figure: &FigureColumns,
    rule: &MeasureRule,
    quarter: Quarter,
    today: NaiveDate,
) -> (Reading, TargetPoint) {
    match observation(figure, measure.series) {
        Some(now) => (now.reading, TargetPoint::of(&rule.period, &now.data_period, quarter)),
        None => {
            let expected = rule.period.expected(quarter, measure.expected_lag_days);
            (Reading::absent(expected, today), TargetPoint::Year)
        }
    }
}

/// Builds the scorecard of a framework for a quarter, as it stands on the day `today`.
pub(super) fn scorecard(
    framework: &Framework,
    quarter: Quarter,
    today: NaiveDate,
    rows: Vec<Row>,
    benchmarks: &Benchmarks,
) -> Scorecard {
    let mut outcomes: Vec<OutcomeCard> = Vec::new();
    for row in rows {
        let outcome = row.outcome.clone();
        let card = card(row, quarter, today, benchmarks);
        match outcomes.last_mut().filter(|last| last.code == outcome.outcome) {
            Some(last) => last.measures.push(card),
            None => outcomes.push(OutcomeCard {
                code: outcome.outcome,
                title: outcome.outcome_title,
                priority: outcome.priority,
                summary: RagSummary::default(),
                distance_summary: DistanceSummary::default(),
                measures: vec![card],
            }),
        }
    }
    let mut card = Scorecard {
        framework: framework.code.to_string(),
        title: framework.title.clone(),
        quarter,
        as_of: today,
        rule_set_version: RULE_SET_VERSION,
        narrative_sections: framework.narrative_sections.in_quarter(quarter).to_vec(),
        summary: RagSummary::default(),
        distance_summary: DistanceSummary::default(),
        red_and_worsening: Vec::new(),
        red_and_improving: Vec::new(),
        outcomes,
    };
    card.recount();
    card
}

impl Scorecard {
    /// Counts the measures anew, and lists those that stand out: of exactly those that are on it.
    pub(in crate::reports) fn recount(&mut self) {
        for outcome in &mut self.outcomes {
            (outcome.summary, outcome.distance_summary) = summaries(outcome.measures.iter());
        }
        let all = || self.outcomes.iter().flat_map(|outcome| &outcome.measures);
        let red_and = |wanted| all().filter(|card| is_red_and(card, wanted)).map(|card| card.code.clone()).collect();
        let (improving, worsening) = (red_and(DirectionResult::Improving), red_and(DirectionResult::Worsening));
        (self.summary, self.distance_summary) = summaries(all());
        (self.red_and_improving, self.red_and_worsening) = (improving, worsening);
    }
}

fn summaries<'a>(cards: impl Iterator<Item = &'a MeasureCard> + Clone) -> (RagSummary, DistanceSummary) {
    let rag = RagSummary::of(cards.clone().map(|card| card.rag.status));
    (rag, DistanceSummary::of(cards.map(|card| card.distance.as_ref())))
}

/// Judged by the short direction where that says something, else by the long one: running totals have only the long.
fn is_red_and(card: &MeasureCard, wanted: DirectionResult) -> bool {
    let Some(direction) = card.direction.as_ref().filter(|_| card.rag.status == RagStatus::Red) else {
        return false;
    };
    let silent = matches!(direction.short.result, DirectionResult::InsufficientData | DirectionResult::NotComparable);
    wanted == if silent { direction.long.result } else { direction.short.result }
}

/// A measure of the quarter, coloured and explained, as it stands on the day `today`.
pub(crate) fn card(row: Row, quarter: Quarter, today: NaiveDate, benchmarks: &Benchmarks) -> MeasureCard {
    let Row { outcome: _, measure, target, mut figure, history } = row;
    let rule = rule(&measure);
    let now = observation(&figure, measure.series);
    let judging = Target::of(&target, &measure.code, &rule, now.as_ref(), benchmarks);
    let (reading, point) = place(&measure, &figure, &rule, quarter, today);
    let limits = judging.rule.as_ref().and_then(|target| target.limits(point).ok());
    let baseline = baseline(&measure);
    let past = Past::new(history, &measure.series_starts);
    MeasureCard {
        rag: judging.rating(&rule, reading, point),
        target_source: target.target_source,
        target_version: target.target_version,
        target_decision: target.target_decision,
        target_set_in_arrears: target.set_in_arrears,
        distance: now.map(|now| travelled(&rule, baseline.as_ref(), &now, judging.rule.as_ref())),
        target_comparator: judging.comparator,
        definition_version: measure.version,
        series: measure.series,
        signal: signal(&measure, reading, rule.scale.decimal_places),
        direction: now.map(|now| directions_of(&rule, &now, limits.as_ref(), &past)),
        latest: if now.is_none() { past.latest(rule.scale.decimal_places) } else { None },
        narrative: figure.narrative.take().unwrap_or_default(),
        figure: figure_of(figure, rule.scale.decimal_places, past.begins_series(quarter)),
        code: measure.code,
        title: measure.title,
        level: measure.level,
        unit: measure.unit,
        rate_base: measure.rate_base,
        decimal_places: measure.decimal_places,
        polarity: measure.polarity,
        kind: measure.kind,
        owner: measure.owner,
    }
}

fn rule(measure: &MeasureColumns) -> MeasureRule {
    MeasureRule {
        period: PeriodRule {
            calendar: measure.calendar,
            frequency: measure.frequency,
            accumulation: measure.accumulation,
        },
        scale: Scale {
            unit: measure.unit,
            rate_base: measure.rate_base.map(Decimal::from),
            decimal_places: u32::from(measure.decimal_places.unsigned_abs()),
        },
        kind: measure.kind,
        polarity: measure.polarity,
        stable_band: measure.stable_band.0,
    }
}

pub(super) fn reading(value: Option<Quantity>, symbol: Option<Symbol>) -> Option<Reading> {
    value.map(|value| Reading::Value(value.0)).or(symbol.map(Reading::Missing))
}

fn observation(figure: &FigureColumns, series: i32) -> Option<Observation> {
    Some(Observation {
        data_period: figure.data_period?,
        reading: reading(figure.value, figure.value_symbol)?,
        stage: figure.stage?,
        series,
    })
}

fn baseline(measure: &MeasureColumns) -> Option<Observation> {
    Some(Observation {
        data_period: measure.baseline_period?,
        reading: Reading::Value(measure.baseline_value?.0),
        stage: Stage::Final,
        series: measure.baseline_series,
    })
}

fn directions_of(rule: &MeasureRule, now: &Observation, limits: Option<&Limits>, past: &Past) -> Directions {
    directions(rule, now, limits, |key: PeriodKey| past.at(rule, key).or_else(|| past.before_the_break(now)))
}

fn signal(measure: &MeasureColumns, reading: Reading, decimal_places: u32) -> Option<Signal> {
    let range =
        ExpectedRange::new(measure.expected_lower.map(Decimal::from), measure.expected_upper.map(Decimal::from))
            .ok()
            .filter(|_| measure.kind == Kind::Activity)?;
    range.signal(reading.value()?, decimal_places)
}

fn figure_of(figure: FigureColumns, decimal_places: u32, begins_series: bool) -> Option<Figure> {
    Some(Figure {
        data_period: figure.data_period?,
        value: figure.value.map(|value| Quantity(round_to(value.0, decimal_places))),
        value_as_pushed: figure.value,
        value_symbol: figure.value_symbol,
        numerator: figure.numerator,
        numerator_symbol: figure.numerator_symbol,
        denominator: figure.denominator,
        denominator_symbol: figure.denominator_symbol,
        break_symbol: begins_series.then_some(BreakSymbol::B),
        stage: figure.stage?,
        state: figure.state?,
        revision: figure.revision?,
        approved_at: figure.approved_at,
        quality_note: figure.quality_note,
    })
}
