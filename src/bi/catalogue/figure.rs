//! Columns of the figure itself: its numbers, each with a symbol of its own where it is missing, and how settled it is.

use strum::VariantNames;

use super::Kind::{Code, Decimal, Integer, Text};
use super::Source::{Chosen, Rule};
use super::{Cell, Column, Facts};
use crate::domain::terms::{Stage, Symbol};

/// The group.
pub const COLUMNS: &[Column] = &[
    Column::new(
        "value",
        Decimal,
        Chosen(VALUE),
        "The value, rounded to the measure's decimal places, as it is judged.",
        |row| Cell::of(row.numbers.value),
    )
    .or_null()
    .pushed(),
    Column::new("value_as_pushed", Decimal, Chosen(VALUE_AS_PUSHED), "The value exactly as it was pushed.", |row| {
        Cell::of(row.numbers.value_as_pushed)
    })
    .or_null()
    .pushed(),
    symbol(
        "value_symbol",
        Chosen("CASE WHEN p.part IS NULL THEN f.value_symbol ELSE p.part ->> 'value_symbol' END"),
        "Why there is no value.",
        |row| Cell::shown(row.numbers.value_symbol),
    ),
    Column::new(
        "numerator",
        Decimal,
        Chosen("CASE WHEN p.part IS NULL THEN f.numerator ELSE (p.part ->> 'numerator')::numeric END"),
        "What was counted.",
        |row| Cell::of(row.numbers.numerator),
    )
    .or_null()
    .pushed(),
    symbol(
        "numerator_symbol",
        Chosen("CASE WHEN p.part IS NULL THEN f.numerator_symbol ELSE p.part ->> 'numerator_symbol' END"),
        "Why there is no numerator.",
        |row| Cell::shown(row.numbers.numerator_symbol),
    ),
    Column::new(
        "denominator",
        Decimal,
        Chosen("CASE WHEN p.part IS NULL THEN f.denominator ELSE (p.part ->> 'denominator')::numeric END"),
        "Out of how many.",
        |row| Cell::of(row.numbers.denominator),
    )
    .or_null()
    .pushed(),
    symbol(
        "denominator_symbol",
        Chosen("CASE WHEN p.part IS NULL THEN f.denominator_symbol ELSE p.part ->> 'denominator_symbol' END"),
        "Why there is no denominator.",
        |row| Cell::shown(row.numbers.denominator_symbol),
    ),
    Column::new(
        "break_symbol",
        Code,
        Rule,
        "b where the quarter begins a new series, not to be compared with earlier figures.",
        |row| {
            if row.begins_series() { "b".into() } else { Cell::Null }
        },
    )
    .or_null()
    .one_of(&["b"]),
    Column::new("stage", Code, Chosen("f.stage"), "How settled the figure is.", |row| row.stage.as_ref().into())
        .one_of(Stage::VARIANTS),
    Column::new("revision", Integer, Chosen("f.revision"), "Number of the revision, from 1.", |row| {
        row.revision.into()
    }),
    Column::new("state", Code, Chosen("f.state"), "Approved, or published and so public.", |row| {
        row.state.as_ref().into()
    })
    .one_of(&["approved", "published"]),
    Column::new(
        "quality_note",
        Text,
        Chosen("f.quality_note"),
        "What a reader must know of the figure's quality.",
        |row| Cell::of(row.quality_note()),
    )
    .or_null()
    .never_asked(),
    Column::new(
        "breakdown_note",
        Text,
        Chosen("f.breakdown_note"),
        "Why the parts do not add up to the whole.",
        |row| Cell::of(row.breakdown_note.as_deref()),
    )
    .or_null()
    .never_asked(),
    Column::new("narrative_challenges", Text, Rule, "Narrative: performance challenges.", |row| row.told("challenges"))
        .or_null()
        .never_asked(),
    Column::new("narrative_interventions", Text, Rule, "Narrative: interventions taken.", |row| {
        row.told("interventions")
    })
    .or_null()
    .never_asked(),
    Column::new("narrative_results", Text, Rule, "Narrative: results of changes made.", |row| row.told("results"))
        .or_null()
        .never_asked(),
    Column::new(
        "narrative",
        Text,
        Rule,
        "Every section of the narrative by its name, a JSON object; frameworks name sections of their own.",
        Facts::narrative,
    )
    .or_null()
    .never_asked(),
];

/// As it is judged: rounded half away from zero, as [`crate::domain::quantity::round_to`] rounds.
const VALUE: &str =
    "round(CASE WHEN p.part IS NULL THEN f.value ELSE (p.part ->> 'value')::numeric END, v.decimal_places)";
const VALUE_AS_PUSHED: &str = "CASE WHEN p.part IS NULL THEN f.value ELSE (p.part ->> 'value')::numeric END";

const fn symbol(name: &'static str, source: super::Source, about: &'static str, value: fn(&Facts) -> Cell) -> Column {
    Column::new(name, Code, source, about, value).or_null().one_of(Symbol::VARIANTS)
}
