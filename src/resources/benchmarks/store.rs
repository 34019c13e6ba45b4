//! Benchmarks in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Benchmark, BenchmarkBody, BenchmarkFilter, BenchmarkPath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::benchmarks::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &BenchmarkFilter) -> benchmarks::BoxedQuery<'_, Pg> {
    let mut query = dsl::benchmarks.into_boxed();
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measure.eq(measure));
    }
    if let Some(comparator) = &filter.comparator {
        query = query.filter(dsl::comparator.eq(comparator));
    }
    if let Some(data_period) = filter.data_period {
        query = query.filter(dsl::data_period.eq(data_period));
    }
    query
}

impl Stored for Benchmark {
    type Key = BenchmarkPath;
    type Body = BenchmarkBody;
    type Filter = BenchmarkFilter;

    fn called(key: &BenchmarkPath) -> String {
        format!("benchmark of measure `{}` and comparator `{}` for `{}`", key.measure, key.comparator, key.data_period)
    }

    fn fill(body: &mut BenchmarkBody, key: &BenchmarkPath) -> Result<(), Problem> {
        body.measure.fill("measure", &key.measure)?;
        body.comparator.fill("comparator", &key.comparator)?;
        body.data_period.fill("data_period", &key.data_period.to_string())
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &BenchmarkFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &BenchmarkPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(
            dsl::benchmarks.find((&key.measure, &key.comparator, key.data_period)).select(Self::as_select()),
        );
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &BenchmarkPath) -> Result<Option<Self>, DbError> {
        let query = dsl::benchmarks
            .find((&key.measure, &key.comparator, key.data_period))
            .select(Self::as_select())
            .for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(connection: &mut AsyncPgConnection, body: &BenchmarkBody, _: Option<&Self>) -> Result<(), Problem> {
        rules::check(connection, body).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &BenchmarkBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::benchmarks).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &BenchmarkPath,
        body: &BenchmarkBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::benchmarks.find((&key.measure, &key.comparator, key.data_period))).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &BenchmarkPath) -> Result<(), DbError> {
        diesel::delete(dsl::benchmarks.find((&key.measure, &key.comparator, key.data_period)))
            .execute(connection)
            .await?;
        Ok(())
    }
}
