//! Annual target reviews in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{AnnualTargetReview, AnnualTargetReviewBody, AnnualTargetReviewFilter, AnnualTargetReviewPath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::annual_target_reviews::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &AnnualTargetReviewFilter) -> annual_target_reviews::BoxedQuery<'_, Pg> {
    let mut query = dsl::annual_target_reviews.into_boxed();
    if let Some(framework) = &filter.framework {
        query = query.filter(dsl::framework.eq(framework));
    }
    if let Some(year) = filter.year {
        query = query.filter(dsl::year.eq(year));
    }
    if let Some(status) = filter.status {
        query = query.filter(dsl::status.eq(status));
    }
    query
}

impl Stored for AnnualTargetReview {
    type Key = AnnualTargetReviewPath;
    type Body = AnnualTargetReviewBody;
    type Filter = AnnualTargetReviewFilter;

    fn called(key: &AnnualTargetReviewPath) -> String {
        format!("review of framework `{}` in `{}`", key.framework, key.year)
    }

    fn fill(body: &mut AnnualTargetReviewBody, key: &AnnualTargetReviewPath) -> Result<(), Problem> {
        body.framework.fill("framework", &key.framework)?;
        body.year.fill("year", &key.year.to_string())
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &AnnualTargetReviewFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &AnnualTargetReviewPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::annual_target_reviews.find((&key.framework, key.year)).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &AnnualTargetReviewPath) -> Result<Option<Self>, DbError> {
        let query = dsl::annual_target_reviews.find((&key.framework, key.year)).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(
        connection: &mut AsyncPgConnection,
        body: &AnnualTargetReviewBody,
        current: Option<&Self>,
    ) -> Result<(), Problem> {
        rules::check(connection, body, current).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &AnnualTargetReviewBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::annual_target_reviews).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &AnnualTargetReviewPath,
        body: &AnnualTargetReviewBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::annual_target_reviews.find((&key.framework, key.year))).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn may_delete(_: &mut AsyncPgConnection, current: &Self) -> Result<(), Problem> {
        rules::may_delete(current)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &AnnualTargetReviewPath) -> Result<(), DbError> {
        diesel::delete(dsl::annual_target_reviews.find((&key.framework, key.year))).execute(connection).await?;
        Ok(())
    }
}
