//! Import mappings in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{ImportMapping, ImportMappingBody, ImportMappingFilter, ImportMappingPath};
use serde_json::json;

use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::import_mappings::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &ImportMappingFilter) -> import_mappings::BoxedQuery<'_, Pg> {
    let mut query = dsl::import_mappings.into_boxed();
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measures.contains(json!([{"measure": measure}])));
    }
    query
}

impl Stored for ImportMapping {
    type Key = ImportMappingPath;
    type Body = ImportMappingBody;
    type Filter = ImportMappingFilter;

    fn called(key: &ImportMappingPath) -> String {
        format!("import mapping `{}`", key.mapping)
    }

    fn fill(body: &mut ImportMappingBody, key: &ImportMappingPath) -> Result<(), Problem> {
        body.code.fill("code", &key.mapping)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &ImportMappingFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &ImportMappingPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::import_mappings.find(&key.mapping).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &ImportMappingPath) -> Result<Option<Self>, DbError> {
        let query = dsl::import_mappings.find(&key.mapping).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(
        connection: &mut AsyncPgConnection,
        body: &ImportMappingBody,
        _current: Option<&Self>,
    ) -> Result<(), Problem> {
        rules::check(connection, body).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &ImportMappingBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::import_mappings).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &ImportMappingPath,
        body: &ImportMappingBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::import_mappings.find(&key.mapping)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &ImportMappingPath) -> Result<(), DbError> {
        diesel::delete(dsl::import_mappings.find(&key.mapping)).execute(connection).await?;
        Ok(())
    }
}
