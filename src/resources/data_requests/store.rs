//! One statement reads what data requests are judged by, so that all of it is of one moment; and waivers are kept.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Integer, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::DataRequestPath;
use crate::db::DbError;
use crate::db::schema::data_request_waivers::dsl;
use crate::domain::cycle::CycleDates;
use crate::domain::data_request::Asked;
use crate::domain::london;
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::terms::{Accumulation, Calendar, Frequency, Level, SubmissionState};

const SQL: &str = include_str!("data_requests.sql");

/// An active measure in a quarter, with the cycle, the submission and the waiver.
#[derive(Clone, Debug, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = Text)]
    pub(super) quarter: Quarter,
    #[diesel(sql_type = Text)]
    pub(super) framework: String,
    #[diesel(sql_type = Text)]
    pub(super) outcome: String,
    #[diesel(sql_type = Text)]
    pub(super) measure: String,
    #[diesel(sql_type = Text)]
    pub(super) title: String,
    #[diesel(sql_type = Text)]
    pub(super) level: Level,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) provider: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) owner: Option<String>,
    #[diesel(sql_type = Text)]
    calendar: Calendar,
    #[diesel(sql_type = Text)]
    frequency: Frequency,
    #[diesel(sql_type = Text)]
    accumulation: Accumulation,
    #[diesel(sql_type = Integer)]
    expected_lag_days: i32,
    #[diesel(sql_type = Nullable<Date>)]
    opens_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    locks_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    committee_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub(super) revision: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) state: Option<SubmissionState>,
    #[diesel(sql_type = Bool)]
    counts: bool,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) submitted_by: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(super) submitted_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) waiver_reason: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) waived_by: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(super) waived_at: Option<DateTime<Utc>>,
}

impl Row {
    /// The request as the rules read it.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            quarter: self.quarter,
            rule: PeriodRule { calendar: self.calendar, frequency: self.frequency, accumulation: self.accumulation },
            expected_lag_days: self.expected_lag_days,
            cycle: self.cycle(),
            newest: self.state,
            counts: self.counts,
            handed_in_on: self.submitted_at.map(london::date),
            waived: self.waiver_reason.is_some(),
        }
    }

    fn cycle(&self) -> Option<CycleDates> {
        Some(CycleDates {
            opens_on: self.opens_on?,
            due_on: self.due_on?,
            locks_on: self.locks_on?,
            committee_on: self.committee_on,
        })
    }
}

/// The rows of a framework's active measures in some quarters, by quarter and measure. Quarters in which the framework does
/// not report have none.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn of_framework(
    connection: &AsyncPgConnection,
    framework: &str,
    quarters: &[Quarter],
) -> Result<Vec<Row>, DbError> {
    rows(connection, Some(framework), quarters, None).await
}

/// The row of one measure in a quarter; none while the measure is not active.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn of_measure(connection: &AsyncPgConnection, key: &DataRequestPath) -> Result<Option<Row>, DbError> {
    Ok(rows(connection, None, &[key.quarter], Some(&key.measure)).await?.pop())
}

async fn rows(
    mut connection: &AsyncPgConnection,
    framework: Option<&str>,
    quarters: &[Quarter],
    measure: Option<&str>,
) -> Result<Vec<Row>, DbError> {
    let query = diesel::sql_query(SQL)
        .bind::<Nullable<Text>, _>(framework)
        .bind::<Array<Text>, _>(quarters)
        .bind::<Nullable<Text>, _>(measure);
    Ok(query.load(&mut connection).await?)
}

/// Stores a waiver.
///
/// # Errors
/// [`DbError`] when a constraint refuses.
pub async fn waive(
    connection: &mut AsyncPgConnection,
    key: &DataRequestPath,
    reason: &str,
    by: &str,
) -> Result<(), DbError> {
    let values =
        (dsl::measure.eq(&key.measure), dsl::quarter.eq(key.quarter), dsl::reason.eq(reason), dsl::waived_by.eq(by));
    diesel::insert_into(dsl::data_request_waivers).values(values).execute(connection).await?;
    Ok(())
}

/// Deletes a waiver.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn reinstate(connection: &mut AsyncPgConnection, key: &DataRequestPath) -> Result<(), DbError> {
    diesel::delete(dsl::data_request_waivers.find((&key.measure, key.quarter))).execute(connection).await?;
    Ok(())
}
