//! `/api/v1/import-mappings`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{ImportMapping, ImportMappingBody, ImportMappingFilter, ImportMappingPath};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::crud;
use crate::retry::Retry;

type NewImportMapping = New<ImportMappingBody>;
type ImportMappingPatch = Patch<ImportMappingBody>;

/// List import mappings
#[utoipa::path(
    tag = "import-mappings", operation_id = "list_import_mappings", security(("api_key" = ["read"])),
    params(ImportMappingFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of import mappings", body = Page<ImportMapping>))
)]
#[get("/import-mappings")]
pub async fn list(_: Caller<Read>, query: List<ImportMappingFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<ImportMapping>(&db, &query, &request).await
}

/// Create an import mapping
#[utoipa::path(
    tag = "import-mappings", operation_id = "create_import_mapping", security(("api_key" = ["configure"])),
    request_body(content = NewImportMapping, example = json!({
        "code": "EES-REFERRALS-OF-OTHERS", "title": "Re-referrals, Explore education statistics", "filters": {"geographic_level": "Local authority", "old_la_code": "373"},
        "measures": [{"measure": "PRACTICE-01", "years": "financial_year_ending", "numerator": "rereferral_count", "denominator": "referral_count"}]
    })),
    responses((status = 201, description = "The new import mapping", body = ImportMapping))
)]
#[post("/import-mappings")]
pub async fn create(caller: Caller<Configure>, body: New<ImportMappingBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<ImportMapping>(&db, caller.author(), &body.0, retry).await
}

/// Read an import mapping
#[utoipa::path(
    tag = "import-mappings", operation_id = "get_import_mapping", security(("api_key" = ["read"])),
    params(ImportMappingPath, Moment),
    responses((status = 200, description = "The import mapping", body = ImportMapping))
)]
#[get("/import-mappings/{mapping}")]
pub async fn get(
    _: Caller<Read>,
    path: Path<ImportMappingPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::get::<ImportMapping>(&db, &path.0, &at.0, &when).await
}

/// Create or replace an import mapping
#[utoipa::path(
    tag = "import-mappings", operation_id = "put_import_mapping", security(("api_key" = ["configure"])),
    params(("mapping" = String, Path, description = "Code of the mapping.", format = "code", example = "PRACTICE-TIDY")),
    request_body(content = ImportMappingBody, example = json!({
        "title": "For practice only", "measures": [{"measure": "PRACTICE-01", "value": "percent"}]
    })),
    responses(
        (status = 200, description = "The import mapping as replaced", body = ImportMapping),
        (status = 201, description = "The new import mapping", body = ImportMapping)
    )
)]
#[put("/import-mappings/{mapping}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<ImportMappingPath>,
    body: Valid<ImportMappingBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<ImportMapping>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of an import mapping
#[utoipa::path(
    tag = "import-mappings", operation_id = "patch_import_mapping", security(("api_key" = ["configure"])),
    params(("mapping" = String, Path, description = "Code of the mapping.", format = "code", example = "PRACTICE-TIDY")),
    request_body(content = ImportMappingPatch, content_type = "application/merge-patch+json", example = json!({"title": "For practice only, by another name"})),
    responses((status = 200, description = "The import mapping as changed", body = ImportMapping))
)]
#[patch("/import-mappings/{mapping}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<ImportMappingPath>,
    patch: Patch<ImportMappingBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<ImportMapping>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete an import mapping
///
/// What was imported by it stays.
#[utoipa::path(
    tag = "import-mappings", operation_id = "delete_import_mapping", security(("api_key" = ["configure"])),
    params(("mapping" = String, Path, description = "Code of the mapping.", format = "code", example = "PRACTICE-TIDY-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/import-mappings/{mapping}")]
pub async fn delete(caller: Caller<Configure>, path: Path<ImportMappingPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<ImportMapping>(&db, caller.author(), &path.0, &when).await
}
