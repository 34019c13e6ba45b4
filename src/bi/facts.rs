//! What one row of the feed is made from: a figure or a part of one, judged by the very functions that make the scorecard.

use chrono::{DateTime, NaiveDate, Utc};

use crate::bi::catalogue::COLUMNS;
use crate::bi::cell::Cell;
use crate::bi::store::FeedRow;
use crate::domain::breakdown::Part;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::terms::{Accumulation, Calendar, Frequency, MeasureStatus, Stage, SubmissionState, Symbol};
use crate::reports::comparators::body::Comparators;
use crate::reports::comparators::build::CouncilFigure;
use crate::reports::comparators::target::Benchmarks;
use crate::reports::scorecard::body::MeasureCard;
use crate::reports::scorecard::{OutcomeColumns, card};

/// The numbers of the figure, or of the part.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The value, rounded to the measure's decimal places.
    pub value: Option<Quantity>,
    /// The value exactly as pushed.
    pub value_as_pushed: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Quantity>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Quantity>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
}

/// Everything that the columns tell of.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Code of the framework.
    pub framework: String,
    /// Its title.
    pub framework_title: String,
    /// Code of the outcome.
    pub outcome: String,
    /// Its title.
    pub outcome_title: String,
    /// Council Plan priority that it serves.
    pub priority: Option<String>,
    /// The measure in the quarter, coloured and explained.
    pub card: MeasureCard,
    /// Where the measure stood.
    pub measure_status: MeasureStatus,
    /// How often a figure falls due.
    pub frequency: Frequency,
    /// Year that the figures follow.
    pub calendar: Calendar,
    /// What stretch of time one figure covers.
    pub accumulation: Accumulation,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// By what the figure is broken down; `total` for the whole.
    pub dimension: String,
    /// Which part it is; `total` for the whole.
    pub category: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// How settled it is.
    pub stage: Stage,
    /// Approved or published.
    pub state: SubmissionState,
    /// Number of the revision.
    pub revision: i32,
    /// Why the parts do not add up.
    pub breakdown_note: Option<String>,
    /// What it is put beside; none for a part.
    pub beside: Option<Comparators>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When anything that it is made from last changed.
    pub updated_at: DateTime<Utc>,
    /// The greatest version of anything that it is made from.
    pub sequence: i64,
    period: Option<DataPeriod>,
    part: bool,
}

impl Facts {
    /// A row as it was read, judged. Nothing about a figure that is there depends on `today`.
    pub(crate) fn of(read: FeedRow, today: NaiveDate, benchmarks: &Benchmarks) -> Option<Self> {
        let FeedRow { row, extra } = read;
        let measure = &row.measure;
        let (frequency, calendar, accumulation) = (measure.frequency, measure.calendar, measure.accumulation);
        // The twelve texts that are a year or a month are told apart by the measure.
        let rule = PeriodRule { calendar, frequency, accumulation };
        let period = row.figure.data_period.map(|period| rule.accept(period).unwrap_or(period));
        let (stage, state, revision) = (row.figure.stage?, row.figure.state?, row.figure.revision?);
        let OutcomeColumns { outcome, outcome_title, priority } = row.outcome.clone();
        let card = card(row, extra.quarter, today, benchmarks);
        Some(Self {
            numbers: numbers(&card, extra.part.as_ref().map(|part| &part.0)),
            beside: if extra.part.is_none() { beside(&card, benchmarks) } else { None },
            part: extra.part.is_some(),
            outcome,
            outcome_title,
            priority,
            card,
            frequency,
            calendar,
            accumulation,
            stage,
            state,
            revision,
            period,
            framework: extra.framework,
            framework_title: extra.framework_title,
            measure_status: extra.measure_status,
            quarter: extra.quarter,
            dimension: extra.dimension,
            category: extra.category,
            breakdown_note: extra.breakdown_note,
            approved_at: extra.approved_at,
            published_at: extra.published_at,
            updated_at: extra.updated_at,
            sequence: extra.sequence,
        })
    }

    /// The values of every column.
    pub fn cells(&self) -> Vec<Cell> {
        COLUMNS.iter().map(|column| (column.value)(self)).collect()
    }

    /// Whether it is a part of a figure, which is not judged.
    pub const fn is_part(&self) -> bool {
        self.part
    }

    /// Period that the figure describes.
    pub const fn data_period(&self) -> Option<DataPeriod> {
        self.period
    }

    /// Whether the quarter begins a new series.
    pub fn begins_series(&self) -> bool {
        self.card.figure.as_ref().is_some_and(|figure| figure.break_symbol.is_some())
    }

    /// What a reader must know of the figure's quality.
    pub fn quality_note(&self) -> Option<&str> {
        self.card.figure.as_ref()?.quality_note.as_deref()
    }

    /// A section of the narrative, which stands with the whole alone.
    pub fn told(&self, section: &str) -> Cell {
        let text = self.card.narrative.0.get(section).filter(|_| !self.part);
        Cell::of(text.map(|text| text.as_ref()))
    }

    /// Every section of the narrative, as JSON.
    pub fn narrative(&self) -> Cell {
        if self.part || self.card.narrative.0.is_empty() {
            return Cell::Null;
        }
        Cell::of(serde_json::to_string(&self.card.narrative).ok())
    }
}

fn numbers(card: &MeasureCard, part: Option<&Part>) -> Numbers {
    let places = u32::from(card.decimal_places.unsigned_abs());
    let rounded = |value: Option<Quantity>| value.map(|value| Quantity(round_to(value.0, places)));
    match (part, &card.figure) {
        (Some(part), _) => Numbers {
            value: rounded(part.value),
            value_as_pushed: part.value,
            value_symbol: part.value_symbol,
            numerator: part.numerator,
            numerator_symbol: part.numerator_symbol,
            denominator: part.denominator,
            denominator_symbol: part.denominator_symbol,
        },
        (None, Some(figure)) => Numbers {
            value: figure.value,
            value_as_pushed: figure.value_as_pushed,
            value_symbol: figure.value_symbol,
            numerator: figure.numerator,
            numerator_symbol: figure.numerator_symbol,
            denominator: figure.denominator,
            denominator_symbol: figure.denominator_symbol,
        },
        (None, None) => Numbers::default(),
    }
}

/// What stands beside the figure; none where nothing at all is recorded for its data period.
fn beside(card: &MeasureCard, benchmarks: &Benchmarks) -> Option<Comparators> {
    let figure = card.figure.as_ref()?;
    let loaded = benchmarks.of(&card.code, figure.data_period)?;
    if loaded.areas.is_empty() && loaded.comparators.iter().all(|one| one.benchmark.source.is_none()) {
        return None;
    }
    let council = CouncilFigure {
        value: figure.value.map(|value| value.0),
        data_period: figure.data_period,
        polarity: card.polarity,
        decimal_places: u32::from(card.decimal_places.unsigned_abs()),
    };
    Some(council.beside_others(loaded))
}
