//! Columns of what the figure is put beside, for exactly its data period: England, the region, statistical neighbours, and rank.
//! Null for a part, and where nothing is recorded.

use strum::VariantNames;

use super::Kind::{Code, Decimal, Integer, Text};
use super::Source::Rule;
use super::{Cell, Column, Facts};
use crate::domain::rank::Quartile;
use crate::domain::terms::{AreaKind, GroupKind, Symbol};
use crate::reports::comparators::body::{GroupSide, PublishedSide};

/// The group.
pub const COLUMNS: &[Column] = &[
    beside("england_value", Decimal, "England's published value.", |row| area(row, AreaKind::Country, value)),
    beside("england_symbol", Code, "Why England has no value.", |row| area(row, AreaKind::Country, why))
        .one_of(Symbol::VARIANTS),
    beside("region", Code, "Code of the region.", |row| area(row, AreaKind::Region, |one| one.code.as_str().into())),
    beside("region_title", Text, "Name of the region.", |row| {
        area(row, AreaKind::Region, |one| one.name.as_str().into())
    }),
    beside("region_value", Decimal, "The region's published value.", |row| area(row, AreaKind::Region, value)),
    beside("region_symbol", Code, "Why the region has no value.", |row| area(row, AreaKind::Region, why))
        .one_of(Symbol::VARIANTS),
    beside("neighbours", Code, "Code of the group of statistical neighbours.", |row| {
        neighbours(row, |group| group.code.as_str().into())
    }),
    beside("neighbours_mean", Decimal, "Mean of the neighbours that have a value.", |row| {
        neighbours(row, |group| Cell::of(group.mean))
    }),
    beside("neighbours_median", Decimal, "Median of the neighbours that have a value.", |row| {
        neighbours(row, |group| Cell::of(group.median))
    }),
    beside("neighbours_with_value", Integer, "How many neighbours have a value.", |row| {
        neighbours(row, |group| Cell::count(Some(group.contributors)))
    }),
    beside(
        "neighbours_members",
        Integer,
        "How many neighbours there were on the last day of the data period.",
        |row| neighbours(row, |group| Cell::count(Some(group.members))),
    ),
    beside("neighbours_published", Decimal, "What is published for the neighbours as a whole.", |row| {
        neighbours(row, |group| Cell::of(group.benchmark.as_ref().and_then(|benchmark| benchmark.value)))
    }),
    beside("rank", Integer, "1 for the best of the local authorities that have a value.", |row| {
        Cell::count(row.beside.as_ref().and_then(|others| others.standing.rank))
    }),
    beside("rank_out_of", Integer, "How many local authorities have a value.", |row| {
        Cell::count(row.beside.as_ref().and_then(|others| others.standing.out_of))
    }),
    beside("quartile", Code, "A for the best quarter of them to D for the last.", |row| {
        Cell::shown(row.beside.as_ref().and_then(|others| others.standing.quartile))
    })
    .one_of(Quartile::VARIANTS),
];

const fn beside(name: &'static str, kind: super::Kind, about: &'static str, value: fn(&Facts) -> Cell) -> Column {
    Column::new(name, kind, Rule, about, value).or_null()
}

/// The country, or the region: the first by code where there are several.
fn area(row: &Facts, kind: AreaKind, tell: impl FnOnce(&PublishedSide) -> Cell) -> Cell {
    let published = row.beside.iter().flat_map(|others| &others.published);
    published.filter(|one| one.kind == kind).min_by(|a, b| a.code.cmp(&b.code)).map_or(Cell::Null, tell)
}

fn neighbours(row: &Facts, tell: impl FnOnce(&GroupSide) -> Cell) -> Cell {
    let mut groups = row.beside.iter().flat_map(|others| &others.groups);
    groups.find(|group| group.kind == GroupKind::StatisticalNeighbours).map_or(Cell::Null, tell)
}

fn value(one: &PublishedSide) -> Cell {
    Cell::of(one.benchmark.value)
}

fn why(one: &PublishedSide) -> Cell {
    Cell::shown(one.benchmark.value_symbol)
}
