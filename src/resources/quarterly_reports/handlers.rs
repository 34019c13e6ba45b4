//! `/api/v1/quarterly-reports`: the reports as records. What they say is read in `reports::quarterly`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{ReportBody, ReportFilter, ReportPath};
use super::row::{Report, ReportVersions};
use super::{rules, store};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::listing;
use crate::retry::Retry;

type NewReport = New<ReportBody>;
type ReportPatch = Patch<ReportBody>;

/// List quarterly reports
///
/// One row for each version, without what it says.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "list_quarterly_reports", security(("api_key" = ["read"])),
    params(ReportFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of reports", body = Page<Report>))
)]
#[get("/quarterly-reports")]
pub async fn list(_: Caller<Read>, query: List<ReportFilter>, db: Db, request: HttpRequest) -> Answer {
    let connection = db.reading(query.moment.as_of()).await?;
    let rows = store::list(&connection, &query.filter, &query.page).await?;
    Ok(query.moment.echo(listing::answer(rows, &request, &query.page)?))
}

/// Begin a quarterly report
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "create_quarterly_report", security(("api_key" = ["configure"])),
    request_body(content = NewReport, example = json!({
        "framework": "PRACTICE-REPORTS", "quarter": "2025-26-Q3", "overview": "A quarter to practise on."
    })),
    responses((status = 201, description = "The new draft", body = Report))
)]
#[post("/quarterly-reports")]
pub async fn create(caller: Caller<Configure>, body: New<ReportBody>, retry: Retry, db: Db) -> Answer {
    let work = async |connection: &mut _| Reply::created(&store::insert(connection, &body.0).await?);
    retry.write(&db, caller.author(), work).await
}

/// Begin a quarterly report, or replace a draft
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "put_quarterly_report", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q2")),
    request_body(content = ReportBody, example = json!({"overview": "Demand rose again; the new team starts in January."})),
    responses(
        (status = 200, description = "The draft as replaced", body = Report),
        (status = 201, description = "The new draft", body = Report)
    )
)]
#[put("/quarterly-reports/{framework}/{quarter}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<ReportPath>,
    body: Valid<ReportBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    let mut body = body.0;
    fill(&mut body, &path.0)?;
    db.write(caller.author(), async |connection| {
        let current = store::lock(connection, &path.0).await?;
        when.allow_write(current.as_ref().map(Resource::version))?;
        match current {
            None => Reply::created(&store::insert(connection, &body).await?),
            Some(current) => {
                rules::allow_edit(&current)?;
                Reply::resource(&store::update(connection, &current, &body).await?)
            }
        }
    })
    .await
}

/// Change parts of a draft report
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "patch_quarterly_report", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2026-27-Q2")),
    request_body(content = ReportPatch, content_type = "application/merge-patch+json", example = json!({"overview": "Demand rose by a tenth."})),
    responses((status = 200, description = "The draft as changed", body = Report))
)]
#[patch("/quarterly-reports/{framework}/{quarter}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<ReportPath>,
    patch: Patch<ReportBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    db.write(caller.author(), async |connection| {
        let current = store::lock(connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
        when.allow_write(Some(current.version()))?;
        rules::allow_edit(&current)?;
        let mut body = patch.apply(&current)?;
        fill(&mut body, &path.0)?;
        Reply::resource(&store::update(connection, &current, &body).await?)
    })
    .await
}

/// Delete a draft report
///
/// Only the newest version, and only while it is being drafted; what was sealed stays.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "delete_quarterly_report", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"), ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2026-27-Q3")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/quarterly-reports/{framework}/{quarter}")]
pub async fn delete(caller: Caller<Configure>, path: Path<ReportPath>, when: Conditions, db: Db) -> Answer {
    db.write(caller.author(), async |connection| {
        let current = store::lock(connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
        when.allow_write(Some(current.version()))?;
        rules::allow_edit(&current)?;
        store::delete(connection, &current).await?;
        Ok(Reply::nothing())
    })
    .await
}

/// List the versions of a quarterly report
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "list_quarterly_report_versions", security(("api_key" = ["read"])),
    params(ReportPath, Moment),
    responses((status = 200, description = "Every version, oldest first", body = ReportVersions))
)]
#[get("/quarterly-reports/{framework}/{quarter}/versions")]
pub async fn versions(_: Caller<Read>, path: Path<ReportPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let items = store::versions(&connection, &path.0).await?;
    if items.is_empty() { Err(missing(&path.0)) } else { Ok(at.0.echo(Reply::json(&ReportVersions { items })?)) }
}

fn fill(body: &mut ReportBody, key: &ReportPath) -> Result<(), Problem> {
    body.framework.fill("framework", &key.framework)?;
    body.quarter.fill("quarter", &key.quarter.to_string())
}

/// `not_found` for this report.
pub fn missing(key: &ReportPath) -> Problem {
    Problem::not_found(format!("quarterly report of framework `{}` for `{}`", key.framework, key.quarter))
}
