//! One statement reads a whole scorecard, so that all of it is of one moment; only where targets are relative to a
//! comparator, what those are resolved by is read after it. Look-ups by measure are `LATERAL`: several
//! times faster than windows over all quarters.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Bool, Integer, Jsonb, Nullable, Numeric, SmallInt, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::quantity::Quantity;
use crate::domain::terms::{
    Accumulation, Calendar, ComparatorStatistic, Frequency, Kind, Level, Polarity, Stage, SubmissionState, Symbol,
    TargetKind, TargetSource, ToleranceKind, Unit,
};
use crate::reports::comparators::target::Benchmarks;
use crate::resources::quarterly_submissions::body::Narrative;

/// The figures that count: of the quarter itself, and the ten newest up to it, newest first, for comparison.
const SQL: &str = include_str!("scorecard.sql");

// Types of the columns of scorecard.sql, in its order. Read by position: looking 50 columns up by name for each row costs
// more than the rules.
type OutcomeSql = (Text, Text, Nullable<Text>);
type MeasureSql = (
    Text,
    Text,
    Text,
    Text,
    Nullable<Integer>,
    SmallInt,
    Text,
    Text,
    Text,
    Text,
    Text,
    Nullable<Text>,
    Integer,
    Numeric,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Numeric>,
    Integer,
    Integer,
    Integer,
    Array<Text>,
);
type TargetSql = (
    Nullable<Text>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Integer>,
    Nullable<Text>,
    Nullable<Bool>,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Numeric>,
);
type FigureSql = (
    Nullable<Integer>,
    Nullable<Text>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Numeric>,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Jsonb>,
    Nullable<Text>,
    Nullable<Timestamptz>,
);
type HistorySql = (Array<Text>, Array<Text>, Array<Nullable<Numeric>>, Array<Nullable<Text>>, Array<Text>);

/// A measure with its target, its figure of the quarter and the figures before.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Row {
    pub(super) outcome: OutcomeColumns,
    pub(super) measure: MeasureColumns,
    pub(super) target: TargetColumns,
    pub(super) figure: FigureColumns,
    pub(super) history: HistoryColumns,
}

/// The outcome of a row.
#[derive(Clone, Debug, Queryable)]
pub(super) struct OutcomeColumns {
    pub(super) outcome: String,
    pub(super) outcome_title: String,
    pub(super) priority: Option<String>,
}

/// The measure of a row.
#[derive(Clone, Debug, Queryable)]
pub(super) struct MeasureColumns {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) level: Level,
    pub(super) unit: Unit,
    pub(super) rate_base: Option<i32>,
    pub(super) decimal_places: i16,
    pub(super) polarity: Polarity,
    pub(super) kind: Kind,
    pub(super) frequency: Frequency,
    pub(super) calendar: Calendar,
    pub(super) accumulation: Accumulation,
    pub(super) owner: Option<String>,
    pub(super) expected_lag_days: i32,
    pub(super) stable_band: Quantity,
    pub(super) expected_lower: Option<Quantity>,
    pub(super) expected_upper: Option<Quantity>,
    pub(super) baseline_period: Option<DataPeriod>,
    pub(super) baseline_value: Option<Quantity>,
    pub(super) version: i32,
    pub(super) series: i32,
    pub(super) baseline_series: i32,
    pub(super) series_starts: Vec<Quarter>,
}

/// The target of a row; all null without one.
#[derive(Clone, Debug, Queryable)]
pub(super) struct TargetColumns {
    pub(super) target_kind: Option<TargetKind>,
    pub(super) target_value: Option<Quantity>,
    pub(super) target_lower: Option<Quantity>,
    pub(super) target_upper: Option<Quantity>,
    pub(super) tolerance_kind: Option<ToleranceKind>,
    pub(super) tolerance: Option<Quantity>,
    pub(super) tolerance_below: Option<Quantity>,
    pub(super) tolerance_above: Option<Quantity>,
    pub(super) profile_q1: Option<Quantity>,
    pub(super) profile_q2: Option<Quantity>,
    pub(super) profile_q3: Option<Quantity>,
    pub(super) profile_q4: Option<Quantity>,
    pub(super) target_source: Option<TargetSource>,
    pub(super) target_version: Option<i32>,
    pub(super) target_decision: Option<String>,
    pub(super) set_in_arrears: Option<bool>,
    pub(super) comparator: Option<Code>,
    pub(super) comparator_statistic: Option<ComparatorStatistic>,
    pub(super) comparator_margin: Option<Quantity>,
}

/// The figure of the quarter; all null without one.
#[derive(Clone, Debug, Queryable)]
pub(super) struct FigureColumns {
    pub(super) revision: Option<i32>,
    pub(super) data_period: Option<DataPeriod>,
    pub(super) value: Option<Quantity>,
    pub(super) value_symbol: Option<Symbol>,
    pub(super) numerator: Option<Quantity>,
    pub(super) numerator_symbol: Option<Symbol>,
    pub(super) denominator: Option<Quantity>,
    pub(super) denominator_symbol: Option<Symbol>,
    pub(super) stage: Option<Stage>,
    pub(super) state: Option<SubmissionState>,
    pub(super) narrative: Option<Narrative>,
    pub(super) quality_note: Option<String>,
    pub(super) approved_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The newest figures that count, newest first, a list for each column.
#[derive(Clone, Debug, Queryable)]
pub(super) struct HistoryColumns {
    pub(super) past_quarters: Vec<Quarter>,
    pub(super) past_periods: Vec<DataPeriod>,
    pub(super) past_values: Vec<Option<Quantity>>,
    pub(super) past_symbols: Vec<Option<Symbol>>,
    pub(super) past_stages: Vec<Stage>,
}

/// The statement with its parameters; its text never changes, so that it is prepared once per connection.
#[derive(Debug, QueryId)]
struct Scorecard {
    framework: String,
    quarter: Quarter,
    year: FinancialYear,
}

impl Query for Scorecard {
    type SqlType = (OutcomeSql, MeasureSql, TargetSql, FigureSql, HistorySql);
}

impl QueryFragment<Pg> for Scorecard {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // Parameters are numbered in the order in which they are pushed; the text repeats $1, $2 and $3.
        out.push_sql("WITH asked (framework, quarter, year) AS (SELECT ");
        out.push_bind_param::<Text, _>(&self.framework)?;
        out.push_sql("::text, ");
        out.push_bind_param::<Text, _>(&self.quarter)?;
        out.push_sql("::text, ");
        out.push_bind_param::<Text, _>(&self.year)?;
        out.push_sql("::text) ");
        out.push_sql(SQL);
        Ok(())
    }
}

/// The rows of a scorecard, in the order of outcomes and measures; and, where targets are relative, what resolves those.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn rows(
    mut connection: &AsyncPgConnection,
    framework: &str,
    quarter: Quarter,
) -> Result<(Vec<Row>, Benchmarks), DbError> {
    let query = Scorecard { framework: framework.to_owned(), quarter, year: quarter.year() };
    let rows: Vec<Row> = query.load(&mut connection).await?;
    let relative = rows.iter().filter(|row| row.target.comparator.is_some());
    let needed = relative.filter_map(|row| Some((row.measure.code.clone(), row.figure.data_period?)));
    let benchmarks = Benchmarks::load(connection, needed).await?;
    Ok((rows, benchmarks))
}
