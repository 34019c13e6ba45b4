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

/// What is read of a measure, its target, its figure and those before, in the order of [`RowSql`]; tables by the aliases of
/// `scorecard.sql`.
pub(crate) const COLUMNS: &str = include_str!("columns.sql");

// Types of the columns of columns.sql, in its order. Read by position: looking 50 columns up by name for each row costs
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

/// Types of [`COLUMNS`].
pub(crate) type RowSql = (OutcomeSql, MeasureSql, TargetSql, FigureSql, HistorySql);

/// A measure with its target, its figure of the quarter and the figures before.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct Row {
    pub(crate) outcome: OutcomeColumns,
    pub(crate) measure: MeasureColumns,
    pub(crate) target: TargetColumns,
    pub(crate) figure: FigureColumns,
    pub(crate) history: HistoryColumns,
}

/// The outcome of a row.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct OutcomeColumns {
    pub(crate) outcome: String,
    pub(crate) outcome_title: String,
    pub(crate) priority: Option<String>,
}

/// The measure of a row.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct MeasureColumns {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) level: Level,
    pub(crate) unit: Unit,
    pub(crate) rate_base: Option<i32>,
    pub(crate) decimal_places: i16,
    pub(crate) polarity: Polarity,
    pub(crate) kind: Kind,
    pub(crate) frequency: Frequency,
    pub(crate) calendar: Calendar,
    pub(crate) accumulation: Accumulation,
    pub(crate) owner: Option<String>,
    pub(crate) expected_lag_days: i32,
    pub(crate) stable_band: Quantity,
    pub(crate) expected_lower: Option<Quantity>,
    pub(crate) expected_upper: Option<Quantity>,
    pub(crate) baseline_period: Option<DataPeriod>,
    pub(crate) baseline_value: Option<Quantity>,
    pub(crate) version: i32,
    pub(crate) series: i32,
    pub(crate) baseline_series: i32,
    pub(crate) series_starts: Vec<Quarter>,
}

/// The target of a row; all null without one.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct TargetColumns {
    pub(crate) target_kind: Option<TargetKind>,
    pub(crate) target_value: Option<Quantity>,
    pub(crate) target_lower: Option<Quantity>,
    pub(crate) target_upper: Option<Quantity>,
    pub(crate) tolerance_kind: Option<ToleranceKind>,
    pub(crate) tolerance: Option<Quantity>,
    pub(crate) tolerance_below: Option<Quantity>,
    pub(crate) tolerance_above: Option<Quantity>,
    pub(crate) profile_q1: Option<Quantity>,
    pub(crate) profile_q2: Option<Quantity>,
    pub(crate) profile_q3: Option<Quantity>,
    pub(crate) profile_q4: Option<Quantity>,
    pub(crate) target_source: Option<TargetSource>,
    pub(crate) target_version: Option<i32>,
    pub(crate) target_decision: Option<String>,
    pub(crate) set_in_arrears: Option<bool>,
    pub(crate) comparator: Option<Code>,
    pub(crate) comparator_statistic: Option<ComparatorStatistic>,
    pub(crate) comparator_margin: Option<Quantity>,
}

/// The figure of the quarter; all null without one.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct FigureColumns {
    pub(crate) revision: Option<i32>,
    pub(crate) data_period: Option<DataPeriod>,
    pub(crate) value: Option<Quantity>,
    pub(crate) value_symbol: Option<Symbol>,
    pub(crate) numerator: Option<Quantity>,
    pub(crate) numerator_symbol: Option<Symbol>,
    pub(crate) denominator: Option<Quantity>,
    pub(crate) denominator_symbol: Option<Symbol>,
    pub(crate) stage: Option<Stage>,
    pub(crate) state: Option<SubmissionState>,
    pub(crate) narrative: Option<Narrative>,
    pub(crate) quality_note: Option<String>,
    pub(crate) approved_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The newest figures that count, newest first, a list for each column.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct HistoryColumns {
    pub(crate) past_quarters: Vec<Quarter>,
    pub(crate) past_periods: Vec<DataPeriod>,
    pub(crate) past_values: Vec<Option<Quantity>>,
    pub(crate) past_symbols: Vec<Option<Symbol>>,
    pub(crate) past_stages: Vec<Stage>,
}

/// The statement with its parameters; its text never changes, so that it is prepared once per connection.
#[derive(Debug, QueryId)]
struct Scorecard {
    framework: String,
    quarter: Quarter,
    year: FinancialYear,
}

impl Query for Scorecard {
    type SqlType = RowSql;
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
        out.push_sql("::text) SELECT ");
        out.push_sql(COLUMNS);
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
