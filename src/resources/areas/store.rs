//! Areas in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Area, AreaBody, AreaFilter, AreaPath};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::areas::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &AreaFilter) -> areas::BoxedQuery<'_, Pg> {
    let mut query = dsl::areas.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(old_code) = &filter.old_code {
        query = query.filter(dsl::old_code.eq(old_code));
    }
    if let Some(day) = filter.on {
        query = query.filter(dsl::valid_from.is_null().or(dsl::valid_from.le(day)));
        query = query.filter(dsl::valid_to.is_null().or(dsl::valid_to.ge(day)));
    }
    query
}

impl Stored for Area {
    type Key = AreaPath;
    type Body = AreaBody;
    type Filter = AreaFilter;

    fn called(key: &AreaPath) -> String {
        format!("area `{}`", key.area)
    }

    fn fill(body: &mut AreaBody, key: &AreaPath) -> Result<(), Problem> {
        body.code.fill("code", &key.area)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &AreaFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &AreaPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::areas.find(&key.area).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &AreaPath) -> Result<Option<Self>, DbError> {
        let query = dsl::areas.find(&key.area).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &AreaBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::areas).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(connection: &mut AsyncPgConnection, key: &AreaPath, body: &AreaBody) -> Result<Self, DbError> {
        let update = diesel::update(dsl::areas.find(&key.area)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &AreaPath) -> Result<(), DbError> {
        diesel::delete(dsl::areas.find(&key.area)).execute(connection).await?;
        Ok(())
    }
}
