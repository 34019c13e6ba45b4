//! One statement reads a whole scorecard, so that all of it is of one moment. Look-ups by measure are `LATERAL`: several
//! times faster than windows over all quarters.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Integer, Jsonb, Nullable, Numeric, SmallInt, Text, Timestamptz, Untyped};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use rust_decimal::Decimal;

use crate::db::DbError;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::terms::{
    Accumulation, Calendar, Frequency, Kind, Level, Polarity, Stage, SubmissionState, Symbol, TargetKind, TargetSource,
    ToleranceKind, Unit,
};
use crate::resources::quarterly_submissions::body::Narrative;

/// The figures that count: of the quarter itself, and the ten newest up to it, newest first, for comparison.
const SQL: &str = include_str!("scorecard.sql");

/// A measure with its target, its figure of the quarter and the figures before.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Row {
    #[diesel(embed)]
    pub(super) outcome: OutcomeColumns,
    #[diesel(embed)]
    pub(super) measure: MeasureColumns,
    #[diesel(embed)]
    pub(super) target: TargetColumns,
    #[diesel(embed)]
    pub(super) figure: FigureColumns,
    #[diesel(embed)]
    pub(super) history: HistoryColumns,
}

/// The outcome of a row.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct OutcomeColumns {
    #[diesel(sql_type = Text)]
    pub(super) outcome: String,
    #[diesel(sql_type = Text)]
    pub(super) outcome_title: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) priority: Option<String>,
}

/// The measure of a row.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct MeasureColumns {
    #[diesel(sql_type = Text)]
    pub(super) code: String,
    #[diesel(sql_type = Text)]
    pub(super) title: String,
    #[diesel(sql_type = Text)]
    pub(super) level: Level,
    #[diesel(sql_type = Text)]
    pub(super) unit: Unit,
    #[diesel(sql_type = Nullable<Integer>)]
    pub(super) rate_base: Option<i32>,
    #[diesel(sql_type = SmallInt)]
    pub(super) decimal_places: i16,
    #[diesel(sql_type = Text)]
    pub(super) polarity: Polarity,
    #[diesel(sql_type = Text)]
    pub(super) kind: Kind,
    #[diesel(sql_type = Text)]
    pub(super) frequency: Frequency,
    #[diesel(sql_type = Text)]
    pub(super) calendar: Calendar,
    #[diesel(sql_type = Text)]
    pub(super) accumulation: Accumulation,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) owner: Option<String>,
    #[diesel(sql_type = Integer)]
    pub(super) expected_lag_days: i32,
    #[diesel(sql_type = Numeric)]
    pub(super) stable_band: Decimal,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) expected_lower: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) expected_upper: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) baseline_period: Option<DataPeriod>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) baseline_value: Option<Decimal>,
}

/// The target of a row; all null without one.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct TargetColumns {
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) target_kind: Option<TargetKind>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) target_value: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) target_lower: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) target_upper: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) tolerance_kind: Option<ToleranceKind>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) tolerance: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) tolerance_below: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) tolerance_above: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) profile_q1: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) profile_q2: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) profile_q3: Option<Decimal>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) profile_q4: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) target_source: Option<TargetSource>,
}

/// The figure of the quarter; all null without one.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct FigureColumns {
    #[diesel(sql_type = Nullable<Integer>)]
    pub(super) revision: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) data_period: Option<DataPeriod>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) value: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) value_symbol: Option<Symbol>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) numerator: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) numerator_symbol: Option<Symbol>,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub(super) denominator: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) denominator_symbol: Option<Symbol>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) stage: Option<Stage>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) state: Option<SubmissionState>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub(super) narrative: Option<Narrative>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) quality_note: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(super) approved_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The newest figures that count, newest first, a list for each column.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct HistoryColumns {
    #[diesel(sql_type = Array<Text>)]
    pub(super) past_quarters: Vec<Quarter>,
    #[diesel(sql_type = Array<Text>)]
    pub(super) past_periods: Vec<DataPeriod>,
    #[diesel(sql_type = Array<Nullable<Numeric>>)]
    pub(super) past_values: Vec<Option<Decimal>>,
    #[diesel(sql_type = Array<Nullable<Text>>)]
    pub(super) past_symbols: Vec<Option<Symbol>>,
    #[diesel(sql_type = Array<Text>)]
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
    type SqlType = Untyped;
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

/// The rows of a scorecard, in the order of outcomes and measures.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn rows(
    mut connection: &AsyncPgConnection,
    framework: &str,
    quarter: Quarter,
) -> Result<Vec<Row>, DbError> {
    let query = Scorecard { framework: framework.to_owned(), quarter, year: quarter.year() };
    Ok(query.load(&mut connection).await?)
}
