//! `/api/v1/benchmarks`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Benchmark, BenchmarkBody, BenchmarkFilter, BenchmarkPath};
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

type NewBenchmark = New<BenchmarkBody>;
type BenchmarkPatch = Patch<BenchmarkBody>;

/// List benchmarks
#[utoipa::path(
    tag = "benchmarks", operation_id = "list_benchmarks", security(("api_key" = ["read"])),
    params(BenchmarkFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of benchmarks", body = Page<Benchmark>))
)]
#[get("/benchmarks")]
pub async fn list(_: Caller<Read>, query: List<BenchmarkFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Benchmark>(&db, &query, &request).await
}

/// Create a benchmark
#[utoipa::path(
    tag = "benchmarks", operation_id = "create_benchmark", security(("api_key" = ["configure"])),
    request_body(content = NewBenchmark, example = json!({
        "measure": "PRACTICE-01", "comparator": "E12000003", "data_period": "2025-26-Q2", "value": 71.4, "release_date": "2025-12-11",
        "source": "Invented, for practice only"
    })),
    responses((status = 201, description = "The new benchmark", body = Benchmark))
)]
#[post("/benchmarks")]
pub async fn create(caller: Caller<Configure>, body: New<BenchmarkBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Benchmark>(&db, caller.author(), &body.0, retry).await
}

/// Read a benchmark
#[utoipa::path(
    tag = "benchmarks", operation_id = "get_benchmark", security(("api_key" = ["read"])),
    params(BenchmarkPath, Moment),
    responses((status = 200, description = "The benchmark", body = Benchmark))
)]
#[get("/benchmarks/{measure}/{comparator}/{data_period}")]
pub async fn get(_: Caller<Read>, path: Path<BenchmarkPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Benchmark>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a benchmark
#[utoipa::path(
    tag = "benchmarks", operation_id = "put_benchmark", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"), ("comparator" = String, Path, description = "Code of the area or group.", format = "code", example = "E92000001"), ("data_period" = String, Path, description = "Period that the value describes.", format = "data-period", example = "2025-26-Q1")),
    request_body(content = BenchmarkBody, example = json!({
        "value": 72.8, "release_date": "2025-09-11", "stage": "final", "source": "Invented, for practice only"
    })),
    responses(
        (status = 200, description = "The benchmark as replaced", body = Benchmark),
        (status = 201, description = "The new benchmark", body = Benchmark)
    )
)]
#[put("/benchmarks/{measure}/{comparator}/{data_period}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<BenchmarkPath>,
    body: Valid<BenchmarkBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Benchmark>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a benchmark
#[utoipa::path(
    tag = "benchmarks", operation_id = "patch_benchmark", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"), ("comparator" = String, Path, description = "Code of the area or group.", format = "code", example = "E92000001"), ("data_period" = String, Path, description = "Period that the value describes.", format = "data-period", example = "2025-26-Q1")),
    request_body(content = BenchmarkPatch, content_type = "application/merge-patch+json", example = json!({"value": 72.9, "stage": "revised"})),
    responses((status = 200, description = "The benchmark as changed", body = Benchmark))
)]
#[patch("/benchmarks/{measure}/{comparator}/{data_period}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<BenchmarkPath>,
    patch: Patch<BenchmarkBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Benchmark>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a benchmark
///
/// To correct a value, replace it; what is deleted is compared with no more.
#[utoipa::path(
    tag = "benchmarks", operation_id = "delete_benchmark", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"), ("comparator" = String, Path, description = "Code of the area or group.", format = "code", example = "E92000001"), ("data_period" = String, Path, description = "Period that the value describes.", format = "data-period", example = "2025-26-Q1")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/benchmarks/{measure}/{comparator}/{data_period}")]
pub async fn delete(caller: Caller<Configure>, path: Path<BenchmarkPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Benchmark>(&db, caller.author(), &path.0, &when).await
}
