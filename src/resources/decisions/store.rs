//! Decisions in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::json;

use super::body::{Decision, DecisionBody, DecisionFilter, DecisionPath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::decisions::{self, dsl};
use crate::db::schema::meetings;
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &DecisionFilter) -> decisions::BoxedQuery<'_, Pg> {
    let mut query = dsl::decisions.into_boxed();
    if let Some(meeting) = &filter.meeting {
        query = query.filter(dsl::meeting.eq(meeting));
    }
    if let Some(committee) = &filter.committee {
        let its_meetings = meetings::table.filter(meetings::committee.eq(committee)).select(meetings::code);
        query = query.filter(dsl::meeting.eq_any(its_meetings));
    }
    if let Some(key_decision) = filter.key_decision {
        query = query.filter(dsl::key_decision.eq(key_decision));
    }
    if let Some(verb) = filter.verb {
        query = query.filter(dsl::clauses.contains(json!([{"verb": verb}])));
    }
    query
}

impl Stored for Decision {
    type Key = DecisionPath;
    type Body = DecisionBody;
    type Filter = DecisionFilter;

    fn called(key: &DecisionPath) -> String {
        format!("decision `{}`", key.decision)
    }

    fn fill(body: &mut DecisionBody, key: &DecisionPath) -> Result<(), Problem> {
        body.code.fill("code", &key.decision)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &DecisionFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &DecisionPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::decisions.find(&key.decision).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &DecisionPath) -> Result<Option<Self>, DbError> {
        let query = dsl::decisions.find(&key.decision).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(_: &mut AsyncPgConnection, body: &DecisionBody, _: Option<&Self>) -> Result<(), Problem> {
        rules::check(body)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &DecisionBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::decisions).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &DecisionPath,
        body: &DecisionBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::decisions.find(&key.decision)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &DecisionPath) -> Result<(), DbError> {
        diesel::delete(dsl::decisions.find(&key.decision)).execute(connection).await?;
        Ok(())
    }
}
