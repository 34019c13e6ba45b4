//! Reads all that a report says, as at one instant.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::try_join_all;

use super::content::ReportDecision;
use crate::db::DbError;
use crate::db::functions::{clock_timestamp, pg_advisory_xact_lock};
use crate::db::schema::{decisions, issues_of_concern, measure_versions, meetings, outcomes, target_versions};
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::london;
use crate::http::problem::Problem;
use crate::reports::comparators::store::{self as comparators, Asked, Loaded};
use crate::reports::scorecard::body::Scorecard;
use crate::reports::scorecard::quarter;
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};
use crate::resources::issues_of_concern::row::IssueOfConcern;
use crate::resources::issues_of_concern::store as issues;
use crate::resources::quarterly_reports::body::ReportPath;
use crate::resources::quarterly_reports::store as reports;
use crate::resources::recovery_plans::progress::{self, Tracked};

/// Everything that a report is made of.
pub(super) struct Material {
    pub(super) framework: Framework,
    /// The quarter reported on.
    pub(super) card: Scorecard,
    /// The four quarters before, the newest first.
    pub(super) earlier: Vec<Scorecard>,
    /// What each measure's figure is put beside.
    pub(super) comparators: HashMap<String, Loaded>,
    pub(super) plans: Vec<Tracked>,
    pub(super) issues: Vec<IssueOfConcern>,
    pub(super) decisions: Vec<ReportDecision>,
}

/// The database's own time: an instant as at which it can be asked.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn now(mut connection: &AsyncPgConnection) -> Result<DateTime<Utc>, DbError> {
    Ok(diesel::select(clock_timestamp()).get_result(&mut connection).await?)
}

/// Number of the lock between sealing a report and changing what it is judged by; triggers of measures and targets share it.
const SEAL: i64 = 20562;

/// Waits for changes under way of definitions and targets, and holds others off until the transaction ends.
///
/// # Errors
/// [`DbError`] when the database cannot be reached, or they take long.
pub(super) async fn take_seal(connection: &mut AsyncPgConnection) -> Result<(), DbError> {
    diesel::select(pg_advisory_xact_lock(SEAL).is_not_null()).get_result::<bool>(connection).await?;
    Ok(())
}

/// Reads the material; `day` is that of the connection's instant, in London.
///
/// # Errors
/// `not_found` without the framework; when the database cannot be reached.
pub(super) async fn material(
    connection: &AsyncPgConnection,
    key: &ReportPath,
    day: NaiveDate,
) -> Result<Material, Problem> {
    let path = FrameworkPath { framework: key.framework.clone() };
    let framework = Framework::find(connection, &path).await?.ok_or_else(|| crud::missing::<Framework>(&path))?;
    let mut quarter = key.quarter;
    let before = [(); 4].map(|()| {
        quarter = quarter.previous();
        quarter
    });
    // Side by side: the statements of one connection are pipelined.
    let (card, earlier) = tokio::try_join!(
        quarter::scorecard(connection, &framework, key.quarter, day),
        try_join_all(before.map(|quarter| quarter::scorecard(connection, &framework, quarter, day)))
    )?;
    let cards = || card.outcomes.iter().flat_map(|outcome| &outcome.measures);
    let figures: Vec<(String, DataPeriod)> =
        cards().filter_map(|card| Some((card.code.clone(), card.figure.as_ref()?.data_period))).collect();
    let codes: Vec<Code> = cards().filter_map(|card| card.code.parse().ok()).collect();
    let names = figures.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
    let loaded = comparators::load(connection, &figures.into_iter().collect::<Asked>()).await?;
    let last = reports::sealed_before(connection, key).await?;
    let since = last.and_then(|last| last.as_of);
    Ok(Material {
        comparators: names.into_iter().zip(loaded).collect(),
        plans: progress::open_of(connection, &codes, day).await?,
        issues: issues::open_of(connection, framework.code.as_ref(), day).await?,
        decisions: decisions_of(connection, &framework, since, day).await?,
        framework,
        card,
        earlier,
    })
}

/// Codes of the measures whose figure the connection shows; none where it does not show the framework.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn figures(
    connection: &AsyncPgConnection,
    key: &ReportPath,
    day: NaiveDate,
) -> Result<Option<BTreeSet<String>>, DbError> {
    let path = FrameworkPath { framework: key.framework.clone() };
    let Some(framework) = Framework::find(connection, &path).await? else { return Ok(None) };
    let card = quarter::scorecard(connection, &framework, key.quarter, day).await?;
    let measures = card.outcomes.into_iter().flat_map(|outcome| outcome.measures);
    Ok(Some(measures.filter(|card| card.figure.is_some()).map(|card| card.code).collect()))
}

/// Decisions of the framework's committee, and those that changed it or raised an issue of it: taken or recorded since an
/// instant, and up to a day.
async fn decisions_of(
    mut connection: &AsyncPgConnection,
    framework: &Framework,
    since: Option<DateTime<Utc>>,
    to: NaiveDate,
) -> Result<Vec<ReportDecision>, DbError> {
    let since = since.unwrap_or(DateTime::UNIX_EPOCH);
    let its_outcomes = || outcomes::table.filter(outcomes::framework.eq(&framework.code)).select(outcomes::code);
    let its_measures = || {
        measure_versions::table
            .filter(measure_versions::outcome.eq_any(its_outcomes()))
            .select(measure_versions::measure)
    };
    let code = decisions::code.nullable();
    let of_definitions = measure_versions::table
        .filter(measure_versions::outcome.eq_any(its_outcomes()))
        .select(measure_versions::decision);
    let of_targets = target_versions::table
        .filter(target_versions::measure.eq_any(its_measures()))
        .select(target_versions::decision);
    let of_issues = issues_of_concern::table
        .filter(issues_of_concern::framework.eq(&framework.code))
        .select(issues_of_concern::decision);
    let concerned = meetings::committee
        .nullable()
        .eq(&framework.committee)
        .or(code.eq(framework.adopted_by.as_ref()))
        .or(code.eq_any(of_definitions))
        .or(code.eq_any(of_targets))
        .or(code.eq_any(of_issues));
    let query = decisions::table
        .inner_join(meetings::table)
        .filter(meetings::held_on.gt(london::date(since)).or(decisions::created_at.gt(since)))
        .filter(meetings::held_on.le(to))
        .filter(concerned)
        .order((meetings::held_on, decisions::code))
        .select((
            decisions::code,
            meetings::committee,
            meetings::held_on,
            decisions::minute_reference,
            decisions::title,
            decisions::clauses,
        ));
    Ok(query.load(&mut connection).await?)
}
