//! Frameworks in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Framework, FrameworkBody, FrameworkFilter, FrameworkPath};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::frameworks::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &FrameworkFilter) -> frameworks::BoxedQuery<'_, Pg> {
    let mut query = dsl::frameworks.into_boxed();
    if let Some(status) = filter.status {
        query = query.filter(dsl::status.eq(status));
    }
    query
}

impl Stored for Framework {
    type Key = FrameworkPath;
    type Body = FrameworkBody;
    type Filter = FrameworkFilter;

    fn called(key: &FrameworkPath) -> String {
        format!("framework `{}`", key.framework)
    }

    fn fill(body: &mut FrameworkBody, key: &FrameworkPath) -> Result<(), Problem> {
        body.code.fill("code", &key.framework)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &FrameworkFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &FrameworkPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::frameworks.find(&key.framework).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &FrameworkPath) -> Result<Option<Self>, DbError> {
        let query = dsl::frameworks.find(&key.framework).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &FrameworkBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::frameworks).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &FrameworkPath,
        body: &FrameworkBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::frameworks.find(&key.framework)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &FrameworkPath) -> Result<(), DbError> {
        diesel::delete(dsl::frameworks.find(&key.framework)).execute(connection).await?;
        Ok(())
    }
}
