//! Outcomes in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Outcome, OutcomeBody, OutcomeFilter, OutcomePath};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::outcomes::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &OutcomeFilter) -> outcomes::BoxedQuery<'_, Pg> {
    let mut query = dsl::outcomes.into_boxed();
    if let Some(framework) = &filter.framework {
        query = query.filter(dsl::framework.eq(framework));
    }
    if let Some(status) = filter.status {
        query = query.filter(dsl::status.eq(status));
    }
    query
}

impl Stored for Outcome {
    type Key = OutcomePath;
    type Body = OutcomeBody;
    type Filter = OutcomeFilter;

    fn called(key: &OutcomePath) -> String {
        format!("outcome `{}`", key.outcome)
    }

    fn fill(body: &mut OutcomeBody, key: &OutcomePath) -> Result<(), Problem> {
        body.code.fill("code", &key.outcome)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &OutcomeFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &OutcomePath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::outcomes.find(&key.outcome).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &OutcomePath) -> Result<Option<Self>, DbError> {
        let query = dsl::outcomes.find(&key.outcome).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &OutcomeBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::outcomes).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &OutcomePath,
        body: &OutcomeBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::outcomes.find(&key.outcome)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &OutcomePath) -> Result<(), DbError> {
        diesel::delete(dsl::outcomes.find(&key.outcome)).execute(connection).await?;
        Ok(())
    }
}
