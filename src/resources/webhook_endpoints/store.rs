//! Webhook endpoints in the database.

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{WebhookEndpoint, WebhookEndpointBody, WebhookEndpointFilter, WebhookEndpointPath};
use super::{deliveries, secrets};
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::webhook_endpoints::{self, dsl};
use crate::db::schema::webhook_standings;
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &WebhookEndpointFilter) -> webhook_endpoints::BoxedQuery<'_, Pg> {
    let mut query = dsl::webhook_endpoints.into_boxed();
    if let Some(enabled) = filter.enabled {
        query = query.filter(dsl::enabled.eq(enabled));
    }
    match filter.disabled {
        Some(true) => query.filter(dsl::disabled_at.is_not_null()),
        Some(false) => query.filter(dsl::disabled_at.is_null()),
        None => query,
    }
}

impl Stored for WebhookEndpoint {
    type Key = WebhookEndpointPath;
    type Body = WebhookEndpointBody;
    type Filter = WebhookEndpointFilter;

    fn called(key: &WebhookEndpointPath) -> String {
        format!("webhook endpoint `{}`", key.endpoint)
    }

    fn fill(body: &mut WebhookEndpointBody, key: &WebhookEndpointPath) -> Result<(), Problem> {
        body.code.fill("code", &key.endpoint)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &WebhookEndpointFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &WebhookEndpointPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::webhook_endpoints.find(&key.endpoint).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &WebhookEndpointPath) -> Result<Option<Self>, DbError> {
        let query = dsl::webhook_endpoints.find(&key.endpoint).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    /// Its secret is made with it, and in this answer alone.
    async fn insert(connection: &mut AsyncPgConnection, body: &WebhookEndpointBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::webhook_endpoints).values(body);
        let made = insert.returning(Self::as_returning()).get_result(connection).await?;
        secrets::make(connection, made).await
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &WebhookEndpointPath,
        body: &WebhookEndpointBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::webhook_endpoints.find(&key.endpoint)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &WebhookEndpointPath) -> Result<(), DbError> {
        diesel::delete(dsl::webhook_endpoints.find(&key.endpoint)).execute(connection).await?;
        Ok(())
    }
}

/// Enables an endpoint. What it begins with is set by trigger; here only what it missed is left out, where that is wanted.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn enable(
    connection: &mut AsyncPgConnection,
    endpoint: &WebhookEndpoint,
    skip_missed: bool,
) -> Result<WebhookEndpoint, DbError> {
    let update = diesel::update(dsl::webhook_endpoints.find(&endpoint.code)).set(dsl::enabled.eq(true));
    let enabled = update.returning(WebhookEndpoint::as_returning()).get_result(connection).await?;
    if skip_missed {
        let end = sql::<BigInt>("end_of_changes()");
        diesel::update(webhook_standings::table.find(&endpoint.code))
            .set((webhook_standings::transaction_number.eq(end), webhook_standings::sequence.eq(0)))
            .execute(connection)
            .await?;
        deliveries::store::give_up_pending(connection, endpoint.code.as_str()).await?;
    }
    Ok(enabled)
}
