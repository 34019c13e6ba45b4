//! Secrets of webhook endpoints: made here, shown once, and read again only to sign. They stand in no log, history or answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::WebhookEndpoint;
use crate::db::DbError;
use crate::db::schema::{webhook_endpoints, webhook_secrets};
use crate::http::secrets::WEBHOOK;

/// Random bytes of a secret; the specification asks for 24 to 64.
const BYTES: usize = 32;

/// Makes a secret for an endpoint and puts it into the answer.
///
/// # Errors
/// [`DbError`] when the system has no randomness to give, or the database refuses.
pub async fn make(
    connection: &mut AsyncPgConnection,
    mut endpoint: WebhookEndpoint,
) -> Result<WebhookEndpoint, DbError> {
    let mut secret = [0u8; BYTES];
    getrandom::fill(&mut secret).map_err(|error| DbError::Other(error.to_string()))?;
    let row = (
        webhook_secrets::endpoint.eq(&endpoint.code),
        webhook_secrets::made_at.eq(endpoint.secret_made_at),
        webhook_secrets::secret.eq(secret.to_vec()),
    );
    diesel::insert_into(webhook_secrets::table).values(row).execute(connection).await?;
    endpoint.secret = Some(format!("{WEBHOOK}{}", STANDARD.encode(secret)));
    Ok(endpoint)
}

/// Makes a successor of the secret in use, which signs beside it for the hours asked for; what no longer signs is deleted.
///
/// # Errors
/// As [`make`].
pub async fn rotate(
    connection: &mut AsyncPgConnection,
    endpoint: &WebhookEndpoint,
    overlap_hours: u16,
    now: DateTime<Utc>,
) -> Result<WebhookEndpoint, DbError> {
    let until = now + TimeDelta::hours(i64::from(overlap_hours));
    let own = webhook_secrets::table.filter(webhook_secrets::endpoint.eq(&endpoint.code));
    diesel::update(own.filter(webhook_secrets::signs_until.is_null()))
        .set(webhook_secrets::signs_until.eq(until))
        .execute(connection)
        .await?;
    diesel::delete(own.filter(webhook_secrets::signs_until.le(now))).execute(connection).await?;
    let update = diesel::update(webhook_endpoints::table.find(&endpoint.code))
        .set((webhook_endpoints::secret_made_at.eq(now), webhook_endpoints::previous_secret_until.eq(until)));
    let rotated = update.returning(WebhookEndpoint::as_returning()).get_result(connection).await?;
    make(connection, rotated).await
}

/// The secrets that sign at `now`, the newest first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn signing(
    mut connection: &AsyncPgConnection,
    endpoint: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Vec<u8>>, DbError> {
    let own = webhook_secrets::table.filter(webhook_secrets::endpoint.eq(endpoint));
    let signing = own.filter(webhook_secrets::signs_until.is_null().or(webhook_secrets::signs_until.gt(now)));
    let query = signing.order(webhook_secrets::made_at.desc()).select(webhook_secrets::secret);
    Ok(query.load(&mut connection).await?)
}
