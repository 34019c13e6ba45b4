//! Meetings in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Meeting, MeetingBody, MeetingFilter, MeetingPath};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::meetings::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &MeetingFilter) -> meetings::BoxedQuery<'_, Pg> {
    let mut query = dsl::meetings.into_boxed();
    if let Some(committee) = &filter.committee {
        query = query.filter(dsl::committee.eq(committee));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(from) = filter.held_from {
        query = query.filter(dsl::held_on.ge(from));
    }
    if let Some(to) = filter.held_to {
        query = query.filter(dsl::held_on.le(to));
    }
    query
}

impl Stored for Meeting {
    type Key = MeetingPath;
    type Body = MeetingBody;
    type Filter = MeetingFilter;

    fn called(key: &MeetingPath) -> String {
        format!("meeting `{}`", key.meeting)
    }

    fn fill(body: &mut MeetingBody, key: &MeetingPath) -> Result<(), Problem> {
        body.code.fill("code", &key.meeting)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &MeetingFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &MeetingPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::meetings.find(&key.meeting).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &MeetingPath) -> Result<Option<Self>, DbError> {
        let query = dsl::meetings.find(&key.meeting).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &MeetingBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::meetings).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &MeetingPath,
        body: &MeetingBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::meetings.find(&key.meeting)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &MeetingPath) -> Result<(), DbError> {
        diesel::delete(dsl::meetings.find(&key.meeting)).execute(connection).await?;
        Ok(())
    }
}
