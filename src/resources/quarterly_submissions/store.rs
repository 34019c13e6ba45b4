//! Quarterly submissions in the database. Writers of one submission take turns; those of others do not wait.

use std::sync::Arc;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{SubmissionBody, SubmissionFilter, SubmissionPath, Which};
use super::row::Submission;
use super::rules::{Asking, Judging};
use super::transitions::Turn;
use crate::db::DbError;
use crate::db::fragment::Fixed;
use crate::db::functions::{
    hashtextextended, pg_advisory_xact_lock, pg_advisory_xact_lock_shared, turn_of, version_in_force,
};
use crate::db::remembered::Remembered;
use crate::db::schema::quarterly_submissions::{self as submissions, dsl};
use crate::db::schema::{collection_cycles as cycles, frameworks, measure_versions as versions, measures, outcomes};
use crate::domain::period::Quarter;
use crate::domain::terms::SubmissionState;
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::rows_of_page;

/// No later revision of the same submission.
const LATEST: &str = "NOT EXISTS (SELECT FROM quarterly_submissions AS later WHERE later.measure = quarterly_submissions.measure \
    AND later.quarter = quarterly_submissions.quarter AND later.revision > quarterly_submissions.revision)";
/// Approved or published, and no later revision is.
const REPORTED: &str = "quarterly_submissions.state IN ('approved', 'published') AND NOT EXISTS (SELECT FROM quarterly_submissions AS later \
    WHERE later.measure = quarterly_submissions.measure AND later.quarter = quarterly_submissions.quarter \
    AND later.revision > quarterly_submissions.revision AND later.state IN ('approved', 'published'))";

fn filtered(filter: &SubmissionFilter) -> submissions::BoxedQuery<'_, Pg> {
    let mut query = dsl::quarterly_submissions.into_boxed();
    if let Some(framework) = &filter.framework {
        let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
        let its_measures = measures::table.filter(measures::outcome.eq_any(its_outcomes)).select(measures::code);
        query = query.filter(dsl::measure.eq_any(its_measures));
    }
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measure.eq(measure));
    }
    if let Some(quarter) = filter.quarter {
        query = query.filter(dsl::quarter.eq(quarter));
    }
    if let Some(first) = filter.from_quarter {
        query = query.filter(dsl::quarter.ge(first));
    }
    if let Some(last) = filter.to_quarter {
        query = query.filter(dsl::quarter.le(last));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(dsl::stage.eq(stage));
    }
    match filter.which.unwrap_or(if filter.state.is_some() { Which::All } else { Which::Latest }) {
        Which::Latest => query.filter(Fixed(LATEST)),
        Which::Reported => query.filter(Fixed(REPORTED)),
        Which::All => query,
    }
}

/// A page of revisions.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list(
    connection: &AsyncPgConnection,
    filter: &SubmissionFilter,
    page: &PageQuery,
) -> Result<Rows<Submission>, Problem> {
    rows_of_page!(connection, page, Submission, filtered(filter))
}

/// The newest revision, if there is one.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn newest(mut connection: &AsyncPgConnection, key: &SubmissionPath) -> Result<Option<Submission>, DbError> {
    let query = dsl::quarterly_submissions.filter(dsl::measure.eq(&key.measure)).filter(dsl::quarter.eq(key.quarter));
    let newest = Remembered(query.order(dsl::revision.desc()).limit(1).select(Submission::as_select()));
    Ok(newest.get_result(&mut connection).await.optional()?)
}

/// Every revision, oldest first.
///
/// # Errors
/// As [`newest`].
pub async fn revisions(mut connection: &AsyncPgConnection, key: &SubmissionPath) -> Result<Vec<Submission>, DbError> {
    let query = dsl::quarterly_submissions.filter(dsl::measure.eq(&key.measure)).filter(dsl::quarter.eq(key.quarter));
    Ok(query.order(dsl::revision).select(Submission::as_select()).load(&mut connection).await?)
}

/// Class of the locks by which single writers and those of many figures keep out of each other's way.
pub(super) const TURNS: i32 = 20563;

/// What a figure for this measure and quarter is judged by, and when it is locked; none without the measure. Also takes the turn of this submission until
/// the transaction ends.
///
/// # Errors
/// As [`newest`].
pub async fn take_turn(
    mut connection: &AsyncPgConnection,
    measure: &str,
    quarter: Quarter,
) -> Result<Option<Turn>, DbError> {
    let turn = pg_advisory_xact_lock(hashtextextended(format!("{measure}/{quarter}"), 0)).is_not_null();
    // Whoever writes many figures at once holds this alone: see `batch`.
    let beside_others = pg_advisory_xact_lock_shared(TURNS, turn_of(measure)).is_not_null();
    let its_cycle = cycles::framework.eq(frameworks::code).and(cycles::quarter.eq(quarter));
    let query = versions::table
        .inner_join(outcomes::table.inner_join(frameworks::table.left_join(cycles::table.on(its_cycle))))
        .filter(versions::measure.eq(measure))
        .filter(versions::version.eq(version_in_force(measure, quarter)));
    let known = (Judging::as_select(), Asking::as_select(), cycles::locks_on.nullable(), beside_others, turn);
    let found = Remembered(query.select(known));
    let found: Option<(Judging, Asking, Option<NaiveDate>, bool, bool)> =
        found.get_result(&mut connection).await.optional().map_err(|error| DbError::from(error).of_turn())?;
    Ok(found.map(|(measure, framework, locks_on, ..)| Turn { measure, framework: Arc::new(framework), locks_on }))
}

/// Stores a new revision as a draft.
///
/// # Errors
/// [`DbError`] when a constraint refuses, such as a measure that does not exist.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    revision: i32,
    reason: Option<&str>,
    body: &SubmissionBody,
) -> Result<Submission, DbError> {
    let values =
        (dsl::revision.eq(revision), dsl::state.eq(SubmissionState::Draft), dsl::revision_reason.eq(reason), body);
    let insert = diesel::insert_into(dsl::quarterly_submissions).values(values);
    Ok(insert.returning(Submission::as_returning()).get_result(connection).await?)
}

/// Stores other content in a revision.
///
/// # Errors
/// [`DbError`] when a constraint refuses.
pub async fn update(
    connection: &mut AsyncPgConnection,
    current: &Submission,
    body: &SubmissionBody,
) -> Result<Submission, DbError> {
    let update = diesel::update(dsl::quarterly_submissions.find((&current.measure, current.quarter, current.revision)))
        .set(body);
    Ok(update.returning(Submission::as_returning()).get_result(connection).await?)
}

/// Deletes a revision.
///
/// # Errors
/// [`DbError`] when a constraint refuses.
pub async fn delete(connection: &mut AsyncPgConnection, current: &Submission) -> Result<(), DbError> {
    diesel::delete(dsl::quarterly_submissions.find((&current.measure, current.quarter, current.revision)))
        .execute(connection)
        .await?;
    Ok(())
}
