//! `/api/v1/measures`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Measure, MeasureBody, MeasureFilter, MeasurePath};
use super::consumers::{self, Consumers};
use super::retirement;
use super::versions::{self, MeasureVersions};
use crate::access::caller::Caller;
use crate::access::readings::Reads;
use crate::access::scope::{Configure, Read};
use crate::db::Db;
use crate::domain::terms::MeasureStatus;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{self, Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud::{self, Stored};
use crate::retry::Retry;

type NewMeasure = New<MeasureBody>;
type MeasurePatch = Patch<MeasureBody>;

/// List measures
#[utoipa::path(
    tag = "measures", operation_id = "list_measures", security(("api_key" = ["read"])),
    params(MeasureFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of measures", body = Page<Measure>))
)]
#[get("/measures")]
pub async fn list(_: Caller<Read>, query: List<MeasureFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Measure>(&db, &query, &request).await
}

/// Create a measure
#[utoipa::path(
    tag = "measures", operation_id = "create_measure", security(("api_key" = ["configure"])),
    request_body(content = NewMeasure, example = json!({
        "code": "PRACTICE-20", "outcome": "PRACTICE-01", "level": "service", "title": "Supervision held on time",
        "definition": "Social workers' supervision sessions held within the agreed interval, as a share of all that fell due in the quarter.",
        "numerator_label": "sessions held on time", "denominator_label": "sessions due",
        "unit": "percent", "decimal_places": 1, "polarity": "high", "frequency": "quarterly", "calendar": "financial", "accumulation": "in_period"
    })),
    responses((status = 201, description = "The new measure", body = Measure))
)]
#[post("/measures")]
pub async fn create(caller: Caller<Configure>, body: New<MeasureBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Measure>(&db, caller.author(), &body.0, retry).await
}

/// Read a measure
#[utoipa::path(
    tag = "measures", operation_id = "get_measure", security(("api_key" = ["read"])),
    params(MeasurePath, Moment),
    responses((status = 200, description = "The measure", body = Measure))
)]
#[get("/measures/{measure}")]
pub async fn get(
    caller: Caller<Read>,
    path: Path<MeasurePath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
    request: HttpRequest,
) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let found = Measure::find(&connection, &path.0).await?.ok_or_else(|| crud::missing::<Measure>(&path.0))?;
    Reads::of(caller.holder(), &request).note([path.0.measure.as_str()]);
    let reply = at.0.echo(Reply::unless_known(&found, &when)?);
    if found.status != MeasureStatus::Retired {
        return Ok(reply);
    }
    let retired = retirement::of(&connection, &path.0.measure).await?;
    Ok(retirement::headers(&retired, page::base(&request)).into_iter().fold(reply, Reply::with))
}

/// Create or replace a measure
#[utoipa::path(
    tag = "measures", operation_id = "put_measure", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01")),
    request_body(content = MeasureBody, example = json!({
        "outcome": "PRACTICE-01", "level": "committee", "title": "Return-home interviews offered within 72 hours",
        "definition": "Children who came back from a missing episode in the quarter and were offered an interview within 72 hours, as a share of all who came back.",
        "unit": "percent", "decimal_places": 1, "polarity": "high", "frequency": "quarterly", "calendar": "financial", "accumulation": "in_period"
    })),
    responses(
        (status = 200, description = "The measure as replaced", body = Measure),
        (status = 201, description = "The new measure", body = Measure)
    )
)]
#[put("/measures/{measure}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<MeasurePath>,
    body: Valid<MeasureBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Measure>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a measure
#[utoipa::path(
    tag = "measures", operation_id = "patch_measure", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01")),
    request_body(content = MeasurePatch, content_type = "application/merge-patch+json", example = json!({"owner": "Service Manager, Practice"})),
    responses((status = 200, description = "The measure as changed", body = Measure))
)]
#[patch("/measures/{measure}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<MeasurePath>,
    patch: Patch<MeasureBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Measure>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a measure
///
/// Only one that has no targets and no figures; any other is retired by the status `retired` and keeps its history.
#[utoipa::path(
    tag = "measures", operation_id = "delete_measure", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/measures/{measure}")]
pub async fn delete(caller: Caller<Configure>, path: Path<MeasurePath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Measure>(&db, caller.author(), &path.0, &when).await
}

/// List the versions of a measure
///
/// Every definition that the measure has had, with the quarters that each is in force for and the decision that authorised it.
#[utoipa::path(
    tag = "measures", operation_id = "list_measure_versions", security(("api_key" = ["read"])),
    params(MeasurePath, Moment),
    responses((status = 200, description = "Every version, oldest first", body = MeasureVersions))
)]
#[get("/measures/{measure}/versions")]
pub async fn list_versions(_: Caller<Read>, path: Path<MeasurePath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let items = versions::list(&connection, &path.0.measure).await?;
    if items.is_empty() {
        return Err(crud::missing::<Measure>(&path.0));
    }
    Ok(at.0.echo(Reply::json(&MeasureVersions { items })?))
}

/// List the consumers of a measure
///
/// The keys that have read its definition or its figures, with the first and the last day: whom to ask before it is retired. Written
/// within a minute of a read. People who sign in are not noted.
#[utoipa::path(
    tag = "measures", operation_id = "list_measure_consumers", security(("api_key" = ["configure"])),
    params(MeasurePath),
    responses((status = 200, description = "The keys, last reader first", body = Consumers))
)]
#[get("/measures/{measure}/consumers")]
pub async fn list_consumers(_: Caller<Configure>, path: Path<MeasurePath>, db: Db) -> Answer {
    let connection = db.reading(None).await?;
    let items = consumers::list(&connection, &path.0.measure).await?;
    if items.is_empty() && Measure::find(&connection, &path.0).await?.is_none() {
        return Err(crud::missing::<Measure>(&path.0));
    }
    Reply::json(&Consumers { items })
}
