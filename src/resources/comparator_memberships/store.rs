//! Memberships of comparator groups in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{
    ComparatorMembership, ComparatorMembershipBody, ComparatorMembershipFilter, ComparatorMembershipPath,
};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::comparator_memberships::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &ComparatorMembershipFilter) -> comparator_memberships::BoxedQuery<'_, Pg> {
    let mut query = dsl::comparator_memberships.into_boxed();
    if let Some(group) = &filter.group {
        query = query.filter(dsl::group.eq(group));
    }
    if let Some(area) = &filter.area {
        query = query.filter(dsl::area.eq(area));
    }
    if let Some(day) = filter.on {
        query = query.filter(dsl::valid_from.le(day));
        query = query.filter(dsl::valid_to.is_null().or(dsl::valid_to.ge(day)));
    }
    query
}

impl Stored for ComparatorMembership {
    type Key = ComparatorMembershipPath;
    type Body = ComparatorMembershipBody;
    type Filter = ComparatorMembershipFilter;

    fn called(key: &ComparatorMembershipPath) -> String {
        format!("membership of area `{}` in group `{}` from {}", key.area, key.group, key.valid_from)
    }

    fn fill(body: &mut ComparatorMembershipBody, key: &ComparatorMembershipPath) -> Result<(), Problem> {
        body.group.fill("group", &key.group)?;
        body.area.fill("area", &key.area)?;
        body.valid_from.fill("valid_from", &key.valid_from.to_string())
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &ComparatorMembershipFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &ComparatorMembershipPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(
            dsl::comparator_memberships.find((&key.group, &key.area, key.valid_from)).select(Self::as_select()),
        );
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &ComparatorMembershipPath) -> Result<Option<Self>, DbError> {
        let query = dsl::comparator_memberships
            .find((&key.group, &key.area, key.valid_from))
            .select(Self::as_select())
            .for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &ComparatorMembershipBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::comparator_memberships).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &ComparatorMembershipPath,
        body: &ComparatorMembershipBody,
    ) -> Result<Self, DbError> {
        let update =
            diesel::update(dsl::comparator_memberships.find((&key.group, &key.area, key.valid_from))).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &ComparatorMembershipPath) -> Result<(), DbError> {
        diesel::delete(dsl::comparator_memberships.find((&key.group, &key.area, key.valid_from)))
            .execute(connection)
            .await?;
        Ok(())
    }
}
