//! What there is to compare with, read for any number of measures and periods by two statements: one for nations, regions
//! and groups with their members, one for every area's value.

use std::marker::PhantomData;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Numeric, SqlType, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{AreaKind, BenchmarkMethod, GroupKind, Stage, Symbol};

type BenchmarkSql = (
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Date>,
    Nullable<Text>,
    Nullable<Text>,
);
type ComparatorSql = (BigInt, Text, Text, Nullable<Text>, Nullable<Text>, Nullable<Text>, Array<Text>, BenchmarkSql);
type AreasSql = (Array<Text>, Array<Text>, Array<Numeric>, Array<Nullable<Date>>);

/// Measures, each with the one data period of which values are compared; those of no other are shown in its place.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    measures: Vec<String>,
    data_periods: Vec<DataPeriod>,
    ends: Vec<NaiveDate>,
}

impl FromIterator<(String, DataPeriod)> for Asked {
    fn from_iter<I: IntoIterator<Item = (String, DataPeriod)>>(pairs: I) -> Self {
        let (measures, data_periods): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let ends = data_periods.iter().map(DataPeriod::end).collect();
        Self { measures, data_periods, ends }
    }
}

/// All that there is to compare with, for one measure and data period.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Nations and regions that have a benchmark, then every group.
    pub comparators: Vec<Comparator>,
    /// Every area that has a value.
    pub areas: Vec<AreaValue>,
}

/// An area's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaValue {
    /// Code of the area.
    pub code: String,
    /// What sort of area it is.
    pub kind: AreaKind,
    /// Its value as published.
    pub value: Quantity,
    /// When it was published.
    pub release_date: Option<NaiveDate>,
}

/// A nation, a region or a group, with its own published value if there is one.
#[derive(Clone, Debug, Queryable)]
pub struct Comparator {
    position: i64,
    /// Its code.
    pub code: String,
    /// Name of the area, or title of the group.
    pub title: String,
    /// For an area, what sort it is.
    pub area_kind: Option<AreaKind>,
    /// For a group, what brings it together.
    pub group_kind: Option<GroupKind>,
    /// For a group, whose it is.
    pub home_area: Option<String>,
    /// For a group, its members on the last day of the data period.
    pub members: Vec<String>,
    /// Its own published value.
    pub benchmark: BenchmarkColumns,
}

/// A benchmark of a comparator; all null without one.
#[derive(Clone, Debug, Default, Queryable)]
pub struct BenchmarkColumns {
    /// The value.
    pub value: Option<Quantity>,
    /// Why there is none.
    pub value_symbol: Option<Symbol>,
    /// How it came about.
    pub method: Option<BenchmarkMethod>,
    /// Of how many members it is made.
    pub contributors: Option<i32>,
    /// How many members there were.
    pub members: Option<i32>,
    /// When it was published.
    pub release_date: Option<NaiveDate>,
    /// How settled it is.
    pub stage: Option<Stage>,
    /// Where it was published.
    pub source: Option<String>,
}

/// Every area that has a value, a list for each column.
#[derive(Clone, Debug, Queryable)]
struct AreaColumns {
    codes: Vec<String>,
    kinds: Vec<AreaKind>,
    values: Vec<Quantity>,
    release_dates: Vec<Option<NaiveDate>>,
}

/// A statement over all that is asked; its text never changes, so that it is prepared once per connection.
#[derive(Debug)]
struct Over<S> {
    asked: Asked,
    sql: &'static str,
    row: PhantomData<S>,
}

impl<S> QueryId for Over<S> {
    // No static id: diesel then keeps the statement by its text.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S: SqlType> Query for Over<S> {
    type SqlType = S;
}

impl<S> QueryFragment<Pg> for Over<S> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH asked AS (SELECT * FROM unnest(");
        out.push_bind_param::<Array<Text>, _>(&self.asked.measures)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Text>, _>(&self.asked.data_periods)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Date>, _>(&self.asked.ends)?;
        out.push_sql("::date[]) WITH ORDINALITY AS a (measure, data_period, ends, position)) ");
        out.push_sql(self.sql);
        Ok(())
    }
}

/// What there is to compare with, in the order in which it was asked.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn load(mut connection: &AsyncPgConnection, asked: &Asked) -> Result<Vec<Loaded>, DbError> {
    let mut other = connection;
    let comparators = Over::<ComparatorSql>::new(asked, include_str!("comparators.sql"));
    let areas = Over::<AreasSql>::new(asked, include_str!("areas.sql"));
    let (comparators, areas) =
        tokio::try_join!(comparators.load::<Comparator>(&mut connection), areas.load::<AreaColumns>(&mut other))?;
    let mut loaded: Vec<Loaded> = areas.into_iter().map(Loaded::from).collect();
    for comparator in comparators {
        // Positions count from 1; every one that was asked has a row of areas.
        let at = usize::try_from(comparator.position - 1).unwrap_or_default();
        if let Some(place) = loaded.get_mut(at) {
            place.comparators.push(comparator);
        }
    }
    Ok(loaded)
}

impl<S> Over<S> {
    fn new(asked: &Asked, sql: &'static str) -> Self {
        Self { asked: asked.clone(), sql, row: PhantomData }
    }
}

impl From<AreaColumns> for Loaded {
    fn from(columns: AreaColumns) -> Self {
        let each = columns.codes.into_iter().zip(columns.kinds).zip(columns.values).zip(columns.release_dates);
        let area = |(((code, kind), value), release_date)| AreaValue { code, kind, value, release_date };
        let areas = each.map(area).collect();
        Self { comparators: Vec::new(), areas }
    }
}
