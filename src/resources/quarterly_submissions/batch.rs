//! Many submissions at once: what they are judged by is read, and what they come to is written, by a statement for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Integer, Nullable, Numeric, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::SubmissionBody;
use super::row::Submission;
use super::rules::{Asking, Judging};
use super::store::TURNS;
use super::transitions::Turn;
use crate::db::DbError;
use crate::db::schema::frameworks;
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;

/// A submission by its key.
pub type Key = (Code, Quarter);

/// Each turn alone, in one order for everybody.
const TAKE_TURNS: &str = "SELECT pg_advisory_xact_lock($1, turn) FROM (SELECT DISTINCT turn_of(m) AS turn FROM unnest($2) AS m ORDER BY turn) AS t";

/// By the definition that `version_in_force` names; asked as a function of each row it takes longer than all else here.
const KNOWN: &str = "
    SELECT a.measure AS asked_measure, a.quarter AS asked_quarter, v.unit, v.rate_base, v.decimal_places, v.frequency, v.calendar,
        v.accumulation, v.series, o.framework, c.locks_on
    FROM unnest($1, $2) AS a (measure, quarter)
    JOIN LATERAL (
        SELECT * FROM measure_versions WHERE measure = a.measure
        ORDER BY coalesce(effective_from <= a.quarter, true) DESC,
            CASE WHEN coalesce(effective_from <= a.quarter, true) THEN -version ELSE version END
        LIMIT 1
    ) v ON true
    JOIN outcomes o ON o.code = v.outcome
    LEFT JOIN collection_cycles c ON c.framework = o.framework AND c.quarter = a.quarter";

const NEWEST: &str = "
    SELECT s.* FROM unnest($1, $2) AS a (measure, quarter)
    JOIN LATERAL (
        SELECT * FROM quarterly_submissions s WHERE s.measure = a.measure AND s.quarter = a.quarter ORDER BY s.revision DESC LIMIT 1
    ) s ON true";

const INSERT: &str = "
    INSERT INTO quarterly_submissions (state, measure, quarter, revision, revision_reason, data_period, value, value_symbol, numerator,
        numerator_symbol, denominator, denominator_symbol, stage, narrative, quality_note, breakdowns, breakdown_note)
    SELECT 'draft', measure, quarter, revision, reason, data_period, value, value_symbol, numerator, numerator_symbol, denominator,
        denominator_symbol, stage, narrative::jsonb, quality_note, breakdowns::jsonb, breakdown_note
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS n (measure, quarter, revision, reason, data_period,
        value, value_symbol, numerator, numerator_symbol, denominator, denominator_symbol, stage, narrative, quality_note, breakdowns,
        breakdown_note)";

const UPDATE: &str = "
    UPDATE quarterly_submissions s SET data_period = n.data_period, value = n.value, value_symbol = n.value_symbol,
        numerator = n.numerator, numerator_symbol = n.numerator_symbol, denominator = n.denominator,
        denominator_symbol = n.denominator_symbol, stage = n.stage, narrative = n.narrative::jsonb, quality_note = n.quality_note,
        breakdowns = n.breakdowns::jsonb, breakdown_note = n.breakdown_note, revision_reason = coalesce(n.reason, s.revision_reason)
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS n (measure, quarter, revision, reason, data_period,
        value, value_symbol, numerator, numerator_symbol, denominator, denominator_symbol, stage, narrative, quality_note, breakdowns,
        breakdown_note)
    WHERE s.measure = n.measure AND s.quarter = n.quarter AND s.revision = n.revision";

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = Text)]
    asked_measure: Code,
    #[diesel(sql_type = Text)]
    asked_quarter: Quarter,
    #[diesel(embed)]
    judging: Judging,
    #[diesel(sql_type = Text)]
    framework: String,
    #[diesel(sql_type = Nullable<Date>)]
    locks_on: Option<NaiveDate>,
}

/// What is to be written of one submission.
#[derive(Debug)]
pub struct Write<'a> {
    /// Its key.
    pub key: &'a Key,
    /// Number of the revision that is made or changed.
    pub revision: i32,
    /// Why an approved figure is corrected; for a revision after the first. One that is there keeps its own where none is given.
    pub reason: Option<&'a str>,
    /// Its content.
    pub body: &'a SubmissionBody,
}

fn columns(keys: &[Key]) -> (Vec<&Code>, Vec<&Quarter>) {
    keys.iter().map(|(measure, quarter)| (measure, quarter)).unzip()
}

/// Takes the turn of every measure until the transaction ends. Whoever writes a single figure of one of them waits; nobody is
/// waited for but those who write one.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn take_turns(connection: &mut AsyncPgConnection, keys: &[Key]) -> Result<(), DbError> {
    let query = diesel::sql_query(TAKE_TURNS).bind::<Integer, _>(TURNS).bind::<Array<Text>, _>(columns(keys).0);
    query.execute(connection).await.map_err(|error| DbError::from(error).of_turn())?;
    Ok(())
}

/// What figures for these keys are judged by, and when they are locked. A key whose measure is not there, or not reached, is left
/// out.
///
/// # Errors
/// As [`take_turns`].
pub async fn known(mut connection: &AsyncPgConnection, keys: &[Key]) -> Result<HashMap<Key, Turn>, DbError> {
    let (measures, quarters) = columns(keys);
    let query = diesel::sql_query(KNOWN).bind::<Array<Text>, _>(measures).bind::<Array<Text>, _>(quarters);
    let rows: Vec<Known> = query.load(&mut connection).await?;
    let mut codes: Vec<&str> = rows.iter().map(|row| row.framework.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let asking = frameworks::table.filter(frameworks::code.eq_any(codes));
    let asking: Vec<(String, Asking)> =
        asking.select((frameworks::code, Asking::as_select())).load(&mut connection).await?;
    let asking: HashMap<String, Arc<Asking>> = asking.into_iter().map(|(code, one)| (code, Arc::new(one))).collect();
    let turn = |row: Known| {
        let turn =
            Turn { measure: row.judging, framework: Arc::clone(asking.get(&row.framework)?), locks_on: row.locks_on };
        Some(((row.asked_measure, row.asked_quarter), turn))
    };
    Ok(rows.into_iter().filter_map(turn).collect())
}

/// The newest revision of each of these submissions that is there.
///
/// # Errors
/// As [`take_turns`].
pub async fn newest(mut connection: &AsyncPgConnection, keys: &[Key]) -> Result<HashMap<Key, Submission>, DbError> {
    let (measures, quarters) = columns(keys);
    let query = diesel::sql_query(NEWEST).bind::<Array<Text>, _>(measures).bind::<Array<Text>, _>(quarters);
    let rows: Vec<Submission> = query.load(&mut connection).await?;
    Ok(rows.into_iter().map(|row| ((row.measure.clone(), row.quarter), row)).collect())
}

/// Stores new revisions as drafts.
///
/// # Errors
/// [`DbError`] when a constraint refuses one: then none is stored.
pub async fn insert(connection: &mut AsyncPgConnection, writes: &[Write<'_>]) -> Result<(), DbError> {
    run(connection, INSERT, writes).await
}

/// Stores other content in revisions that are there.
///
/// # Errors
/// As [`insert`].
pub async fn update(connection: &mut AsyncPgConnection, writes: &[Write<'_>]) -> Result<(), DbError> {
    run(connection, UPDATE, writes).await
}

async fn run(connection: &mut AsyncPgConnection, sql: &str, writes: &[Write<'_>]) -> Result<(), DbError> {
    if writes.is_empty() {
        return Ok(());
    }
    type Number = Nullable<Numeric>;
    type Words = Nullable<Text>;
    let all = |column: fn(&SubmissionBody) -> Option<Quantity>| -> Vec<Option<Quantity>> {
        writes.iter().map(|write| column(write.body)).collect()
    };
    let bodies = || writes.iter().map(|write| write.body);
    let json = |text: Result<String, serde_json::Error>| text.map_err(|error| DbError::Other(error.to_string()));
    let narratives =
        bodies().map(|body| json(serde_json::to_string(&body.narrative))).collect::<Result<Vec<_>, _>>()?;
    let breakdowns =
        bodies().map(|body| json(serde_json::to_string(&body.breakdowns))).collect::<Result<Vec<_>, _>>()?;
    let query = diesel::sql_query(sql)
        .bind::<Array<Text>, _>(writes.iter().map(|write| &write.key.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(writes.iter().map(|write| &write.key.1).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(writes.iter().map(|write| write.revision).collect::<Vec<_>>())
        .bind::<Array<Words>, _>(writes.iter().map(|write| write.reason).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(bodies().map(|body| &body.data_period).collect::<Vec<_>>())
        .bind::<Array<Number>, _>(all(|body| body.value))
        .bind::<Array<Words>, _>(bodies().map(|body| body.value_symbol).collect::<Vec<_>>())
        .bind::<Array<Number>, _>(all(|body| body.numerator))
        .bind::<Array<Words>, _>(bodies().map(|body| body.numerator_symbol).collect::<Vec<_>>())
        .bind::<Array<Number>, _>(all(|body| body.denominator))
        .bind::<Array<Words>, _>(bodies().map(|body| body.denominator_symbol).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(bodies().map(|body| body.stage).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(narratives)
        .bind::<Array<Words>, _>(bodies().map(|body| body.quality_note.as_ref()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(breakdowns)
        .bind::<Array<Words>, _>(bodies().map(|body| body.breakdown_note.as_ref()).collect::<Vec<_>>());
    let stored = query.execute(connection).await?;
    // A row that was not met stands for a revision that went away, which its turn should have kept.
    if stored == writes.len() {
        return Ok(());
    }
    Err(DbError::Other(format!("{stored} of {} submissions were stored", writes.len())))
}

const APPROVE: &str = "
    UPDATE quarterly_submissions s SET state = 'approved', submitted_by = 'nobody', submitted_at = now(), approved_by = 'nobody else',
        approved_at = now()
    FROM unnest($1, $2) AS a (measure, quarter)
    WHERE s.measure = a.measure AND s.quarter = a.quarter AND s.state IN ('draft', 'returned') AND (s.value IS NOT NULL OR s.value_symbol IS NOT NULL)";

const GIVE_WAY: &str = "
    UPDATE quarterly_submissions s SET state = 'superseded' FROM unnest($1, $2) AS a (measure, quarter)
    WHERE s.measure = a.measure AND s.quarter = a.quarter AND s.state = 'approved'";

/// Approves what is in hand of these submissions, whoever handed it in: to look at what would come of it, in a transaction that is
/// taken back.
///
/// # Errors
/// As [`insert`].
pub async fn approve_to_look(connection: &mut AsyncPgConnection, keys: &[Key]) -> Result<(), DbError> {
    for sql in [GIVE_WAY, APPROVE] {
        let (measures, quarters) = columns(keys);
        let query = diesel::sql_query(sql).bind::<Array<Text>, _>(measures).bind::<Array<Text>, _>(quarters);
        query.execute(connection).await?;
    }
    Ok(())
}
