//! `/api/v1/collection-cycles`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{CollectionCycle, CycleBody, CycleFilter, CyclePath, CyclesOn};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::clock;
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud::{self, Stored};
use crate::retry::Retry;

type NewCycle = New<CycleBody>;
type CyclePatch = Patch<CycleBody>;

/// List collection cycles
#[utoipa::path(
    tag = "collection-cycles", operation_id = "list_collection_cycles", security(("api_key" = ["read"])),
    params(CycleFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of collection cycles", body = Page<CollectionCycle>))
)]
#[get("/collection-cycles")]
pub async fn list(_: Caller<Read>, query: List<CycleFilter>, db: Db, request: HttpRequest) -> Answer {
    let List { filter, page, moment } = query;
    let asked = CyclesOn { filter, today: clock::day_of(moment.as_of()) };
    crud::list::<CollectionCycle>(&db, &List { filter: asked, page, moment }, &request).await
}

/// Create a collection cycle
///
/// For the four of a year at once, from a calendar: `POST /frameworks/{framework}/collection-cycles`.
#[utoipa::path(
    tag = "collection-cycles", operation_id = "create_collection_cycle", security(("api_key" = ["configure"])),
    request_body(content = NewCycle, example = json!({
        "framework": "PRACTICE", "quarter": "2026-27-Q1", "opens_on": "2026-07-01", "due_on": "2026-07-21", "locks_on": "2026-08-04",
        "note": "For practice only"
    })),
    responses((status = 201, description = "The new collection cycle", body = CollectionCycle))
)]
#[post("/collection-cycles")]
pub async fn create(caller: Caller<Configure>, body: New<CycleBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<CollectionCycle>(&db, caller.author(), &body.0, retry).await
}

/// Read a collection cycle
///
/// With its state today. `304` is answered only while the state has not moved since the cycle was last changed.
#[utoipa::path(
    tag = "collection-cycles", operation_id = "get_collection_cycle", security(("api_key" = ["read"])),
    params(CyclePath, Moment),
    responses((status = 200, description = "The collection cycle", body = CollectionCycle))
)]
#[get("/collection-cycles/{framework}/{quarter}")]
pub async fn get(_: Caller<Read>, path: Path<CyclePath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let key = path.0.on(clock::day_of(at.0.as_of()));
    let found = CollectionCycle::find(&connection, &key).await?;
    let cycle = found.ok_or_else(|| crud::missing::<CollectionCycle>(&key))?;
    let reply = if cycle.has_moved() { Reply::resource(&cycle) } else { Reply::unless_known(&cycle, &when) };
    Ok(at.0.echo(reply?))
}

/// Create or replace a collection cycle
#[utoipa::path(
    tag = "collection-cycles", operation_id = "put_collection_cycle", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q1")),
    request_body(content = CycleBody, example = json!({
        "opens_on": "2024-07-01", "due_on": "2024-07-25", "locks_on": "2024-08-08", "committee_on": "2024-09-23"
    })),
    responses(
        (status = 200, description = "The collection cycle as replaced", body = CollectionCycle),
        (status = 201, description = "The new collection cycle", body = CollectionCycle)
    )
)]
#[put("/collection-cycles/{framework}/{quarter}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<CyclePath>,
    body: Valid<CycleBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<CollectionCycle>(&db, caller.author(), &path.0.on(clock::today()), body.0, &when).await
}

/// Change parts of a collection cycle
#[utoipa::path(
    tag = "collection-cycles", operation_id = "patch_collection_cycle", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q1")),
    request_body(content = CyclePatch, content_type = "application/merge-patch+json", example = json!({"committee_on": "2024-09-23"})),
    responses((status = 200, description = "The collection cycle as changed", body = CollectionCycle))
)]
#[patch("/collection-cycles/{framework}/{quarter}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<CyclePath>,
    patch: Patch<CycleBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<CollectionCycle>(&db, caller.author(), &path.0.on(clock::today()), patch, &when).await
}

/// Delete a collection cycle
///
/// What is due in the quarter then follows from each measure's own lag.
#[utoipa::path(
    tag = "collection-cycles", operation_id = "delete_collection_cycle", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q4")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/collection-cycles/{framework}/{quarter}")]
pub async fn delete(caller: Caller<Configure>, path: Path<CyclePath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<CollectionCycle>(&db, caller.author(), &path.0.on(clock::today()), &when).await
}
