//! Actions on webhook endpoints: try one, let one go on, and give it another secret.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, post};
use diesel_async::AsyncPgConnection;

use super::body::{Enabling, SecretRotation, WebhookEndpoint, WebhookEndpointPath};
use super::deliveries::body::WebhookDelivery;
use super::{deliveries, secrets, store};
use crate::access::caller::Caller;
use crate::access::scope::Admin;
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::optional::Optional;
use crate::http::page;
use crate::http::params::Path;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::resources::crud::{self, act};
use crate::retry::Retry;

/// Test a webhook endpoint
///
/// Sends it a `ping`, whatever events it asked for, and answers the delivery, in which the outcome can be read a moment later. One
/// that is not enabled gets it once it is.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "test_webhook_endpoint", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    responses((status = 202, description = "The delivery, which is yet to be made", body = WebhookDelivery))
)]
#[post("/webhook-endpoints/{endpoint}/test")]
pub async fn test(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
    request: HttpRequest,
) -> Answer {
    let now = clock::now();
    let work = retry.write(&db, caller.author(), async |connection| {
        let endpoint = crud::locked::<WebhookEndpoint>(connection, &path.0).await?;
        when.allow_write(Some(endpoint.version()))?;
        let mut reply = Reply::json(&deliveries::store::ping(connection, &endpoint, page::base(&request), now).await?)?;
        reply.status = StatusCode::ACCEPTED;
        Ok(reply)
    });
    work.await
}

/// Enable a webhook endpoint
///
/// One that was paused, or that the service gave up, goes on where it stopped: what it missed is sent in order, unless that is to be
/// left out.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "enable_webhook_endpoint", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    request_body(content = Option<Enabling>, example = json!({"skip_missed": true})),
    responses((status = 200, description = "The endpoint as changed", body = WebhookEndpoint))
)]
#[post("/webhook-endpoints/{endpoint}/enable")]
pub async fn enable(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    body: Optional<Enabling>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let skip_missed = body.0.is_some_and(|body| body.skip_missed);
    let change = async |connection: &mut AsyncPgConnection, current: &WebhookEndpoint| {
        Ok(store::enable(connection, current, skip_missed).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Rotate the secret of a webhook endpoint
///
/// Makes a successor and shows it this once. What is sent is signed with both for the hours asked for, so that the receiver can
/// change over without a gap. An `Idempotency-Key` is taken as with making an endpoint.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "rotate_webhook_secret", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    request_body(content = SecretRotation, example = json!({"overlap_hours": 24})),
    responses((status = 200, description = "The endpoint, with its new secret", body = WebhookEndpoint))
)]
#[post("/webhook-endpoints/{endpoint}/rotate-secret")]
pub async fn rotate(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    body: Valid<SecretRotation>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let work = retry.sealed().write(&db, caller.author(), async |connection| {
        let current = crud::locked::<WebhookEndpoint>(connection, &path.0).await?;
        when.allow_write(Some(current.version()))?;
        Reply::resource(&secrets::rotate(connection, &current, body.0.overlap_hours, clock::now()).await?)
    });
    work.await
}
