//! `/api/v1/webhook-endpoints`.

use actix_web::web::Data;
use actix_web::{HttpRequest, delete, get, patch, post, put};
use diesel_async::AsyncPgConnection;

use super::body::{WebhookEndpoint, WebhookEndpointBody, WebhookEndpointFilter, WebhookEndpointPath};
use super::url;
use crate::access::caller::Caller;
use crate::access::scope::{Admin, Audit};
use crate::db::Db;
use crate::domain::outside::Outside;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud::{self, Stored};
use crate::retry::Retry;

type NewWebhookEndpoint = New<WebhookEndpointBody>;
type WebhookEndpointPatch = Patch<WebhookEndpointBody>;

/// List webhook endpoints
///
/// Without their secrets. Those that the service gave up tell when and why.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "list_webhook_endpoints", security(("api_key" = ["audit"])),
    params(WebhookEndpointFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of webhook endpoints", body = Page<WebhookEndpoint>))
)]
#[get("/webhook-endpoints")]
pub async fn list(_: Caller<Audit>, query: List<WebhookEndpointFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<WebhookEndpoint>(&db, &query, &request).await
}

/// Create a webhook endpoint
///
/// It is told of what happens from now on. The answer shows its secret this once. Where it was lost, the same request with the same
/// `Idempotency-Key` and credential is answered alike for 24 hours; else rotate the secret.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "create_webhook_endpoint", security(("api_key" = ["admin"])),
    request_body(content = NewWebhookEndpoint, example = json!({
        "code": "COMMITTEE-PAPERS", "url": "https://hooks.example.gov.uk/performance", "description": "Committee papers; ask Democratic Services.",
        "events": ["report.published", "report.considered"], "framework": "PRACTICE", "enabled": false
    })),
    responses((status = 201, description = "The new endpoint, with its secret", body = WebhookEndpoint))
)]
#[post("/webhook-endpoints")]
pub async fn create(
    caller: Caller<Admin>,
    body: New<WebhookEndpointBody>,
    retry: Retry,
    db: Db,
    outside: Data<Outside>,
) -> Answer {
    url::allow(&outside, &body.0.url)?;
    let make =
        async |connection: &mut AsyncPgConnection| Reply::created(&WebhookEndpoint::insert(connection, &body.0).await?);
    retry.sealed().write(&db, caller.author(), make).await
}

/// Read a webhook endpoint
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "get_webhook_endpoint", security(("api_key" = ["audit"])),
    params(WebhookEndpointPath, Moment),
    responses((status = 200, description = "The endpoint", body = WebhookEndpoint))
)]
#[get("/webhook-endpoints/{endpoint}")]
pub async fn get(
    _: Caller<Audit>,
    path: Path<WebhookEndpointPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::get::<WebhookEndpoint>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a webhook endpoint
///
/// One that is made shows its secret in this answer. One that was not enabled and now is goes on where it stopped.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "put_webhook_endpoint", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    request_body(content = WebhookEndpointBody, example = json!({
        "url": "https://hooks.example.gov.uk/practice", "events": ["submission.approved", "submission.published"], "enabled": false
    })),
    responses(
        (status = 200, description = "The endpoint as replaced", body = WebhookEndpoint),
        (status = 201, description = "The new endpoint, with its secret", body = WebhookEndpoint)
    )
)]
#[put("/webhook-endpoints/{endpoint}")]
pub async fn put(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    body: Valid<WebhookEndpointBody>,
    when: Conditions,
    db: Db,
    outside: Data<Outside>,
) -> Answer {
    url::allow(&outside, &body.0.url)?;
    crud::put::<WebhookEndpoint>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a webhook endpoint
///
/// `{"enabled": false}` pauses it: what happens meanwhile is sent once it is enabled again.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "patch_webhook_endpoint", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    request_body(content = WebhookEndpointPatch, content_type = "application/merge-patch+json", example = json!({"measure": "PRACTICE-01"})),
    responses((status = 200, description = "The endpoint as changed", body = WebhookEndpoint))
)]
#[patch("/webhook-endpoints/{endpoint}")]
pub async fn patch(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    patch: Patch<WebhookEndpointBody>,
    when: Conditions,
    db: Db,
    outside: Data<Outside>,
) -> Answer {
    let allow = |body: &WebhookEndpointBody| url::allow(&outside, &body.url);
    crud::patch_if::<WebhookEndpoint>(&db, caller.author(), &path.0, patch, &when, allow).await
}

/// Delete a webhook endpoint
///
/// With its deliveries and its secrets. To stop it for a while, pause it.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "delete_webhook_endpoint", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/webhook-endpoints/{endpoint}")]
pub async fn delete(caller: Caller<Admin>, path: Path<WebhookEndpointPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<WebhookEndpoint>(&db, caller.author(), &path.0, &when).await
}
