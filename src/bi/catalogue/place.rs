//! Columns of what a row is about: framework, outcome, measure, period and part; and, last, when it changed.

use strum::VariantNames;

use super::Kind::{Code, Date, Instant, Integer, Text};
use super::Source::{Chosen, Read, Rule};
use super::{Cell, Column};
use crate::domain::data_period::DataPeriodKind;
use crate::domain::terms::{Accumulation, Calendar, Frequency, Kind, Level, MeasureStatus, Polarity, Unit};

/// The group.
pub const COLUMNS: &[Column] = &[
    Column::new("framework", Code, Chosen("w.code"), "Code of the framework.", |row| row.framework.as_str().into()),
    Column::new("framework_title", Text, Chosen("w.title"), "Title of the framework.", |row| {
        row.framework_title.as_str().into()
    }),
    Column::new("outcome", Code, Chosen("o.code"), "Code of the outcome that the measure serves.", |row| {
        row.outcome.as_str().into()
    }),
    Column::new("outcome_title", Text, Chosen("o.title"), "Title of the outcome.", |row| {
        row.outcome_title.as_str().into()
    }),
    Column::new("priority", Text, Chosen("o.priority"), "Council Plan priority that the outcome serves.", |row| {
        Cell::of(row.priority.as_deref())
    })
    .or_null(),
    Column::new("measure", Code, Chosen("f.measure"), "Code of the measure.", |row| row.card.code.as_str().into()),
    Column::new(
        "measure_title",
        Text,
        Chosen("v.title"),
        "Title of the measure, in the quarter's definition.",
        |row| row.card.title.as_str().into(),
    ),
    Column::new("level", Code, Chosen("v.level"), "To whom the measure is reported.", |row| {
        row.card.level.as_ref().into()
    })
    .one_of(Level::VARIANTS),
    Column::new(
        "measure_kind",
        Code,
        Chosen("v.kind"),
        "kpi, judged against a target; or activity, watched and never coloured.",
        |row| row.card.kind.as_ref().into(),
    )
    .one_of(Kind::VARIANTS),
    Column::new(
        "measure_status",
        Code,
        Chosen("v.status"),
        "Where the measure stood by the quarter's definition.",
        |row| row.measure_status.as_ref().into(),
    )
    .one_of(MeasureStatus::VARIANTS),
    Column::new("unit", Code, Chosen("v.unit"), "What one unit of the value is.", |row| row.card.unit.as_ref().into())
        .one_of(Unit::VARIANTS),
    Column::new("rate_base", Integer, Chosen("v.rate_base"), "For a rate, the population it is per.", |row| {
        Cell::of(row.card.rate_base)
    })
    .or_null(),
    Column::new(
        "decimal_places",
        Integer,
        Chosen("v.decimal_places"),
        "Decimal places to which the value is printed and judged.",
        |row| i32::from(row.card.decimal_places).into(),
    ),
    Column::new("polarity", Code, Chosen("v.polarity"), "Which direction is good.", |row| {
        row.card.polarity.as_ref().into()
    })
    .one_of(Polarity::VARIANTS),
    Column::new("frequency", Code, Chosen("v.frequency"), "How often a figure falls due.", |row| {
        row.frequency.as_ref().into()
    })
    .one_of(Frequency::VARIANTS),
    Column::new("calendar", Code, Chosen("v.calendar"), "Year that the figures follow.", |row| {
        row.calendar.as_ref().into()
    })
    .one_of(Calendar::VARIANTS),
    Column::new("accumulation", Code, Chosen("v.accumulation"), "What stretch of time one figure covers.", |row| {
        row.accumulation.as_ref().into()
    })
    .one_of(Accumulation::VARIANTS),
    Column::new(
        "owner",
        Text,
        Chosen("m.owner"),
        "Post accountable for the performance; not shown to members and the public.",
        |row| Cell::of(row.card.owner.as_deref()),
    )
    .or_null(),
    Column::new(
        "definition_version",
        Integer,
        Chosen("v.version"),
        "Version of the definition that judges the quarter.",
        |row| row.card.definition_version.into(),
    ),
    Column::new(
        "series",
        Integer,
        Chosen("v.series"),
        "Number of the series; figures of different series are never compared.",
        |row| row.card.series.into(),
    ),
    Column::new(
        "financial_year",
        Code,
        Chosen("left(f.quarter, 7)"),
        "Financial year of the reporting quarter, such as 2024-25.",
        |row| row.quarter.year().to_string().into(),
    )
    .compared(),
    Column::new(
        "quarter",
        Code,
        Chosen("f.quarter"),
        "Reporting quarter of the April financial year, such as 2024-25-Q2.",
        |row| row.quarter.to_string().into(),
    )
    .compared(),
    Column::new("quarter_start", Date, Chosen(QUARTER_START), "First day of the reporting quarter.", |row| {
        row.quarter.start().into()
    }),
    Column::new("quarter_end", Date, Chosen(QUARTER_END), "Last day of the reporting quarter.", |row| {
        row.quarter.end().into()
    }),
    Column::new(
        "data_period",
        Code,
        Chosen("f.data_period"),
        "Period that the figure describes, which says its calendar.",
        |row| Cell::shown(row.data_period()),
    ),
    Column::new("data_period_kind", Code, Rule, "Calendar of the data period.", |row| {
        Cell::shown(row.data_period().map(|period| period.kind()))
    })
    .one_of(DataPeriodKind::VARIANTS),
    Column::new("data_period_start", Date, Rule, "First day of the data period.", |row| {
        Cell::of(row.data_period().map(|period| period.start()))
    }),
    Column::new("data_period_end", Date, Rule, "Last day of the data period.", |row| {
        Cell::of(row.data_period().map(|period| period.end()))
    }),
    Column::new(
        "dimension",
        Code,
        Chosen("p.dimension"),
        "By what the figure is broken down; total for the whole, which alone is judged.",
        |row| row.dimension.as_str().into(),
    )
    .one_of(&["total", "locality", "sex", "ethnicity", "sen_provision"]),
    Column::new(
        "category",
        Text,
        Chosen("p.category"),
        "Which part of the figure it is; total for the whole.",
        |row| row.category.as_str().into(),
    ),
];

const QUARTER_START: &str =
    "(make_date(left(f.quarter, 4)::integer, 4, 1) + (right(f.quarter, 1)::integer - 1) * interval '3 months')::date";
const QUARTER_END: &str = "(make_date(left(f.quarter, 4)::integer, 4, 1) + right(f.quarter, 1)::integer * interval '3 months' - interval '1 day')::date";

/// The group that stands last.
pub const LAST: &[Column] = &[
    Column::new("approved_at", Instant, Chosen("f.approved_at"), "When the figure was approved.", |row| {
        Cell::of(row.approved_at)
    })
    .or_null(),
    Column::new("published_at", Instant, Chosen("f.published_at"), "When the figure was published.", |row| {
        Cell::of(row.published_at)
    })
    .or_null(),
    Column::new(
        "updated_at",
        Instant,
        Read(UPDATED_AT),
        "When anything that the row is made from last changed: the figure, those before it, definition, target, benchmarks.",
        |row| row.updated_at.into(),
    ),
    Column::new(
        "sequence",
        Integer,
        Read(SEQUENCE),
        "A number that grows whenever the row changes, on one line for the whole database.",
        |row| row.sequence.into(),
    ),
];

/// The newest of all that a row is made from; `greatest` passes over what is null.
pub const UPDATED_AT: &str = "greatest(f.updated_at, v.updated_at, m.updated_at, o.updated_at, w.updated_at, t.updated_at, h.updated_at, c.updated_at)";
/// The same by version.
pub const SEQUENCE: &str = "greatest(f.row_version, v.row_version, m.row_version, o.row_version, w.row_version, t.row_version, h.row_version, c.row_version)";
