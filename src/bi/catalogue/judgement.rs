//! Columns that the rules decide: target, colour, direction of travel, distance travelled. Only the whole is judged: all of
//! them are null for a part.

use strum::VariantNames;

use super::Kind::{Boolean, Code, Decimal, Integer, Text};
use super::Source::Rule;
use super::{Cell, Column, Facts};
use crate::domain::direction::{Direction, DirectionReason, DirectionResult};
use crate::domain::distance::{Distance, DistanceReason};
use crate::domain::rag::{RagReason, RagStatus};
use crate::domain::signal::Signal;
use crate::domain::terms::{ComparatorStatistic, TargetSource};
use crate::reports::comparators::target::TargetComparator;
use crate::reports::scorecard::body::MeasureCard;

/// The group.
pub const COLUMNS: &[Column] = &[
    decided(
        "target",
        Decimal,
        "The target that the value was compared with; for a running total, its quarter's point of the profile.",
        |row| judged(row, |card| Cell::of(card.rag.target)),
    ),
    decided("target_lower", Decimal, "Lower edge of the target's band.", |row| {
        judged(row, |card| Cell::of(card.rag.lower))
    }),
    decided("target_upper", Decimal, "Upper edge of the target's band.", |row| {
        judged(row, |card| Cell::of(card.rag.upper))
    }),
    decided("tolerance_floor", Decimal, "Last amber value below the target; anything lower is red.", |row| {
        judged(row, |card| Cell::of(card.rag.floor))
    }),
    decided("tolerance_ceiling", Decimal, "Last amber value above the target; anything higher is red.", |row| {
        judged(row, |card| Cell::of(card.rag.ceiling))
    }),
    decided("target_source", Code, "Whether the target was decided or is illustrative.", |row| {
        judged(row, |card| Cell::shown(card.target_source))
    })
    .one_of(TargetSource::VARIANTS),
    decided("target_version", Integer, "Version of the target that judges the quarter.", |row| {
        judged(row, |card| Cell::of(card.target_version))
    }),
    decided("target_decision", Code, "Decision that approved the target.", |row| {
        judged(row, |card| Cell::of(card.target_decision.as_deref()))
    }),
    decided("target_set_in_arrears", Boolean, "Whether the target was decided after its year had ended.", |row| {
        judged(row, |card| Cell::of(card.target_set_in_arrears))
    }),
    decided("target_comparator", Code, "For a relative target, the comparator that it is relative to.", |row| {
        relative(row, |to| to.comparator.as_str().into())
    }),
    decided("target_comparator_statistic", Code, "Which figure of the comparator.", |row| {
        relative(row, |to| to.statistic.as_ref().into())
    })
    .one_of(ComparatorStatistic::VARIANTS),
    decided("target_comparator_value", Decimal, "What that figure was for the data period.", |row| {
        relative(row, |to| Cell::of(to.value))
    }),
    decided("rag", Code, "The colour, or why there is none.", |row| {
        judged(row, |card| card.rag.status.as_ref().into())
    })
    .one_of(RagStatus::VARIANTS),
    decided("rag_reason", Code, "Why the colour is what it is.", |row| {
        judged(row, |card| card.rag.reason.as_ref().into())
    })
    .one_of(RagReason::VARIANTS),
    decided("rag_explanation", Text, "The same in a sentence.", |row| {
        judged(row, |card| card.rag.explanation.as_str().into())
    })
    .never_asked(),
    decided("rule_set_version", Integer, "Version of the rules that coloured it.", |row| {
        judged(row, |card| i32::from(card.rag.rule_set_version).into())
    }),
    decided("signal", Code, "For activity, where the value lies against the expected range.", |row| {
        judged(row, |card| Cell::shown(card.signal))
    })
    .one_of(Signal::VARIANTS),
    decided("direction_short", Code, "Direction of travel since the previous comparable period.", |row| {
        short(row, |one| one.result.as_ref().into())
    })
    .one_of(DirectionResult::VARIANTS),
    decided("direction_short_reason", Code, "Why there is no plain judgement.", |row| {
        short(row, |one| Cell::shown(one.reason))
    })
    .one_of(DirectionReason::VARIANTS),
    decided("change_short", Decimal, "Value now less value then, in the measure's own units.", |row| {
        short(row, |one| Cell::of(one.change))
    }),
    decided("compared_short", Code, "Data period compared with.", |row| short(row, compared_period)),
    decided("compared_short_value", Decimal, "Its value.", |row| short(row, compared_value)),
    decided("direction_long", Code, "Direction of travel since the same period last year.", |row| {
        long(row, |one| one.result.as_ref().into())
    })
    .one_of(DirectionResult::VARIANTS),
    decided("direction_long_reason", Code, "Why there is no plain judgement.", |row| {
        long(row, |one| Cell::shown(one.reason))
    })
    .one_of(DirectionReason::VARIANTS),
    decided("change_long", Decimal, "Value now less value then, in the measure's own units.", |row| {
        long(row, |one| Cell::of(one.change))
    }),
    decided("compared_long", Code, "Data period compared with.", |row| long(row, compared_period)),
    decided("compared_long_value", Decimal, "Its value.", |row| long(row, compared_value)),
    decided("baseline", Decimal, "Value from which distance travelled is reckoned.", |row| {
        distance(row, |travelled| Cell::of(travelled.baseline))
    }),
    decided("distance_change", Decimal, "Value now less the baseline.", |row| {
        distance(row, |travelled| Cell::of(travelled.change))
    }),
    decided(
        "distance_improvement",
        Decimal,
        "The same in the good direction: positive is better than the baseline.",
        |row| distance(row, |travelled| Cell::of(travelled.improvement)),
    ),
    decided(
        "distance_percent_of_gap_closed",
        Decimal,
        "How much of the way from baseline to target is behind, in per cent.",
        |row| distance(row, |travelled| Cell::of(travelled.percent_of_gap_closed)),
    ),
    decided("distance_reason", Code, "Why the distance is not told in full.", |row| {
        distance(row, |travelled| Cell::shown(travelled.reason))
    })
    .one_of(DistanceReason::VARIANTS),
];

/// A column that a rule decides.
const fn decided(name: &'static str, kind: super::Kind, about: &'static str, value: fn(&Facts) -> Cell) -> Column {
    Column::new(name, kind, Rule, about, value).or_null()
}

fn judged(row: &Facts, tell: impl FnOnce(&MeasureCard) -> Cell) -> Cell {
    if row.is_part() { Cell::Null } else { tell(&row.card) }
}

fn relative(row: &Facts, tell: impl FnOnce(&TargetComparator) -> Cell) -> Cell {
    judged(row, |card| card.target_comparator.as_ref().map_or(Cell::Null, tell))
}

fn short(row: &Facts, tell: impl FnOnce(&Direction) -> Cell) -> Cell {
    judged(row, |card| card.direction.as_ref().map_or(Cell::Null, |both| tell(&both.short)))
}

fn long(row: &Facts, tell: impl FnOnce(&Direction) -> Cell) -> Cell {
    judged(row, |card| card.direction.as_ref().map_or(Cell::Null, |both| tell(&both.long)))
}

fn distance(row: &Facts, tell: impl FnOnce(&Distance) -> Cell) -> Cell {
    judged(row, |card| card.distance.as_ref().map_or(Cell::Null, tell))
}

fn compared_period(direction: &Direction) -> Cell {
    Cell::shown(direction.compared_with.map(|with| with.data_period))
}

fn compared_value(direction: &Direction) -> Cell {
    Cell::of(direction.compared_with.map(|with| with.value))
}
