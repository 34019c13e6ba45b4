//! Measures in the database.

use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::json;

use super::body::{Measure, MeasureBody, MeasureFilter, MeasurePath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::measures::{self, dsl};
use crate::db::schema::{annual_target_reviews as reviews, outcomes};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &MeasureFilter) -> measures::BoxedQuery<'_, Pg> {
    let mut query = dsl::measures.into_boxed();
    if let Some(framework) = &filter.framework {
        let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
        query = query.filter(dsl::outcome.eq_any(its_outcomes));
    }
    if let Some(outcome) = &filter.outcome {
        query = query.filter(dsl::outcome.eq(outcome));
    }
    if let Some(level) = filter.level {
        query = query.filter(dsl::level.eq(level));
    }
    if let Some(polarity) = filter.polarity {
        query = query.filter(dsl::polarity.eq(polarity));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(frequency) = filter.frequency {
        query = query.filter(dsl::frequency.eq(frequency));
    }
    if let Some(status) = filter.status {
        query = query.filter(dsl::status.eq(status));
    }
    query
}

impl Stored for Measure {
    type Key = MeasurePath;
    type Body = MeasureBody;
    type Filter = MeasureFilter;

    fn called(key: &MeasurePath) -> String {
        format!("measure `{}`", key.measure)
    }

    fn fill(body: &mut MeasureBody, key: &MeasurePath) -> Result<(), Problem> {
        body.code.fill("code", &key.measure)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &MeasureFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &MeasurePath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::measures.find(&key.measure).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &MeasurePath) -> Result<Option<Self>, DbError> {
        let query = dsl::measures.find(&key.measure).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(_: &mut AsyncPgConnection, body: &MeasureBody, _: Option<&Self>) -> Result<(), Problem> {
        rules::numbers_fit(body)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &MeasureBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::measures).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &MeasurePath,
        body: &MeasureBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::measures.find(&key.measure))
            .set((body, body.series.map(|series| dsl::series.eq(series))));
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn may_delete(connection: &mut AsyncPgConnection, current: &Self) -> Result<(), Problem> {
        let named = reviews::proposals.contains(json!([{"measure": current.code}]));
        let proposed: bool =
            diesel::select(exists(reviews::table.filter(named))).get_result(connection).await.map_err(DbError::from)?;
        if proposed { Err(rules::proposed()) } else { Ok(()) }
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &MeasurePath) -> Result<(), DbError> {
        diesel::delete(dsl::measures.find(&key.measure)).execute(connection).await?;
        Ok(())
    }
}
