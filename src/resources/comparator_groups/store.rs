//! Comparator groups in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{ComparatorGroup, ComparatorGroupBody, ComparatorGroupFilter, ComparatorGroupPath};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::comparator_groups::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &ComparatorGroupFilter) -> comparator_groups::BoxedQuery<'_, Pg> {
    let mut query = dsl::comparator_groups.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(home_area) = &filter.home_area {
        query = query.filter(dsl::home_area.eq(home_area));
    }
    query
}

impl Stored for ComparatorGroup {
    type Key = ComparatorGroupPath;
    type Body = ComparatorGroupBody;
    type Filter = ComparatorGroupFilter;

    fn called(key: &ComparatorGroupPath) -> String {
        format!("comparator group `{}`", key.group)
    }

    fn fill(body: &mut ComparatorGroupBody, key: &ComparatorGroupPath) -> Result<(), Problem> {
        body.code.fill("code", &key.group)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &ComparatorGroupFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &ComparatorGroupPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::comparator_groups.find(&key.group).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &ComparatorGroupPath) -> Result<Option<Self>, DbError> {
        let query = dsl::comparator_groups.find(&key.group).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &ComparatorGroupBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::comparator_groups).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &ComparatorGroupPath,
        body: &ComparatorGroupBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::comparator_groups.find(&key.group)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &ComparatorGroupPath) -> Result<(), DbError> {
        diesel::delete(dsl::comparator_groups.find(&key.group)).execute(connection).await?;
        Ok(())
    }
}
