//! Issues of concern in the database.

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::json;
use strum::VariantNames;

use super::body::{IssueOfConcernBody, IssueOfConcernFilter, IssueOfConcernPath};
use super::row::{IssueOfConcern, IssueRecord};
use super::rules;
use crate::clock;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::issues_of_concern::{self, dsl};
use crate::domain::concern;
use crate::domain::terms::ConcernState;
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

/// The states in which something holds.
fn states(holds: fn(ConcernState) -> bool) -> Vec<ConcernState> {
    let all = ConcernState::VARIANTS.iter().filter_map(|state| state.parse().ok());
    all.filter(|state| holds(*state)).collect()
}

fn filtered(filter: &IssueOfConcernFilter, today: NaiveDate) -> issues_of_concern::BoxedQuery<'_, Pg> {
    let mut query = dsl::issues_of_concern.into_boxed();
    if let Some(framework) = &filter.framework {
        query = query.filter(dsl::framework.eq(framework));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    if let Some(committee) = &filter.assigned_to {
        query = query.filter(dsl::assigned_to.eq(committee));
    }
    if let Some(committee) = &filter.raised_by {
        query = query.filter(dsl::raised_by.eq(committee));
    }
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measures.contains(json!([measure])));
    }
    if let Some(overdue) = filter.overdue {
        let waits = dsl::state.eq_any(states(concern::awaits_report));
        let late =
            dsl::report_wanted_by.is_not_null().and(dsl::report_wanted_by.assume_not_null().lt(today)).and(waits);
        query = if overdue { query.filter(late) } else { query.filter(not(late)) };
    }
    query
}

/// A page of issues as they are on the day `today`.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list_on(
    connection: &AsyncPgConnection,
    filter: &IssueOfConcernFilter,
    page: &PageQuery,
    today: NaiveDate,
) -> Result<Rows<IssueOfConcern>, Problem> {
    let Rows { rows, total } = rows_of_page!(connection, page, IssueRecord, filtered(filter, today))?;
    let rows = rows.into_iter().map(|kept| IssueOfConcern::on(kept, today)).collect();
    Ok(Rows { rows, total })
}

/// The issue with this key, if there is one, as it is on the day `today`.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn find_on(
    mut connection: &AsyncPgConnection,
    key: &IssueOfConcernPath,
    today: NaiveDate,
) -> Result<Option<IssueOfConcern>, DbError> {
    let query = Remembered(dsl::issues_of_concern.find(&key.issue).select(IssueRecord::as_select()));
    let found: Option<IssueRecord> = query.get_result(&mut connection).await.optional()?;
    Ok(found.map(|kept| IssueOfConcern::on(kept, today)))
}

/// The issues of a framework that are not over, each with its measures, as they are on the day `today`.
///
/// # Errors
/// As [`find_on`].
pub async fn open_of(
    mut connection: &AsyncPgConnection,
    framework: &str,
    today: NaiveDate,
) -> Result<Vec<IssueOfConcern>, DbError> {
    let open =
        dsl::issues_of_concern.filter(dsl::framework.eq(framework)).filter(dsl::state.eq_any(states(concern::open)));
    let rows: Vec<IssueRecord> = open.order(dsl::code).select(IssueRecord::as_select()).load(&mut connection).await?;
    Ok(rows.into_iter().map(|kept| IssueOfConcern::on(kept, today)).collect())
}

impl Stored for IssueOfConcern {
    type Key = IssueOfConcernPath;
    type Body = IssueOfConcernBody;
    type Filter = IssueOfConcernFilter;

    fn called(key: &IssueOfConcernPath) -> String {
        format!("issue of concern `{}`", key.issue)
    }

    fn fill(body: &mut IssueOfConcernBody, key: &IssueOfConcernPath) -> Result<(), Problem> {
        body.code.fill("code", &key.issue)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &IssueOfConcernFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        list_on(connection, filter, page, clock::today()).await
    }

    async fn find(connection: &AsyncPgConnection, key: &IssueOfConcernPath) -> Result<Option<Self>, DbError> {
        find_on(connection, key, clock::today()).await
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &IssueOfConcernPath) -> Result<Option<Self>, DbError> {
        let query = dsl::issues_of_concern.find(&key.issue).select(IssueRecord::as_select()).for_update();
        Ok(query.first(connection).await.optional()?.map(Self::today))
    }

    async fn check(
        connection: &mut AsyncPgConnection,
        body: &IssueOfConcernBody,
        current: Option<&Self>,
    ) -> Result<(), Problem> {
        rules::check(connection, body, current).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &IssueOfConcernBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::issues_of_concern).values(body);
        Ok(Self::today(insert.returning(IssueRecord::as_returning()).get_result(connection).await?))
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &IssueOfConcernPath,
        body: &IssueOfConcernBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::issues_of_concern.find(&key.issue)).set(body);
        Ok(Self::today(update.returning(IssueRecord::as_returning()).get_result(connection).await?))
    }

    async fn may_delete(_: &mut AsyncPgConnection, current: &Self) -> Result<(), Problem> {
        rules::may_delete(current)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &IssueOfConcernPath) -> Result<(), DbError> {
        diesel::delete(dsl::issues_of_concern.find(&key.issue)).execute(connection).await?;
        Ok(())
    }
}
