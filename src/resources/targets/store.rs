//! Targets in the database.

use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Target, TargetBody, TargetFilter, TargetPath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::targets::{self, dsl};
use crate::db::schema::{measures, outcomes, quarterly_submissions as submissions};
use crate::domain::terms::SubmissionState;
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &TargetFilter) -> targets::BoxedQuery<'_, Pg> {
    let mut query = dsl::targets.into_boxed();
    if let Some(framework) = &filter.framework {
        let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
        let its_measures = measures::table.filter(measures::outcome.eq_any(its_outcomes)).select(measures::code);
        query = query.filter(dsl::measure.eq_any(its_measures));
    }
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measure.eq(measure));
    }
    if let Some(year) = filter.year {
        query = query.filter(dsl::year.eq(year));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(source) = filter.source {
        query = query.filter(dsl::source.eq(source));
    }
    query
}

impl Stored for Target {
    type Key = TargetPath;
    type Body = TargetBody;
    type Filter = TargetFilter;

    fn called(key: &TargetPath) -> String {
        format!("target of measure `{}` for `{}`", key.measure, key.year)
    }

    fn fill(body: &mut TargetBody, key: &TargetPath) -> Result<(), Problem> {
        body.measure.fill("measure", &key.measure)?;
        body.year.fill("year", &key.year.to_string())
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &TargetFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &TargetPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::targets.find((&key.measure, key.year)).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &TargetPath) -> Result<Option<Self>, DbError> {
        let query = dsl::targets.find((&key.measure, key.year)).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(connection: &mut AsyncPgConnection, body: &TargetBody, _: Option<&Self>) -> Result<(), Problem> {
        rules::check(connection, body).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &TargetBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::targets).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(connection: &mut AsyncPgConnection, key: &TargetPath, body: &TargetBody) -> Result<Self, DbError> {
        let update = diesel::update(dsl::targets.find((&key.measure, key.year))).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn may_delete(connection: &mut AsyncPgConnection, current: &Self) -> Result<(), Problem> {
        let judged = submissions::table
            .filter(submissions::measure.eq(&current.measure))
            .filter(submissions::quarter.between(current.year.first_quarter(), current.year.last_quarter()))
            .filter(submissions::state.eq_any([SubmissionState::Approved, SubmissionState::Published]));
        let judged: bool = diesel::select(exists(judged)).get_result(connection).await.map_err(DbError::from)?;
        if judged { Err(rules::judged(current)) } else { Ok(()) }
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &TargetPath) -> Result<(), DbError> {
        diesel::delete(dsl::targets.find((&key.measure, key.year))).execute(connection).await?;
        Ok(())
    }
}
