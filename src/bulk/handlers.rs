//! `/api/v1/imports`.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::at_once::{self, Content};
use super::body::{Import, Kept, Receipt};
use super::document::{ImportFile, ImportRows};
use super::incoming::Incoming;
use super::query::{ImportFilter, ImportPath, ImportQuery, Options, RowsForm, RowsQuery};
use super::reading::Reading;
use super::receipt::RowReceipt;
use super::{download, events, jobs, queue, receipt_file, store};
use crate::access::caller::Caller;
use crate::access::scope::{Read, Scope, Submit};
use crate::audit::waiting::Waiting;
use crate::clock;
use crate::db::{Author, Db};
use crate::domain::caller_name;
use crate::domain::import::RowOutcome;
use crate::http::page::{self, Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::http::slot::Slot;
use crate::listing;
use crate::resources::crud::Stored;
use crate::resources::import_mappings::body::{ImportMapping, ImportMappingPath};
use crate::retry::Retry;

/// Import figures
///
/// Many figures in one request: a JSON list of rows, a row on each line, or CSV with the same names as columns. Every row goes through
/// the rules of a single push, and the receipt says what became of it. What is sent again is `unchanged` and writes nothing. More than
/// 1,000 rows are worked after the answer, which says where.
#[utoipa::path(
    tag = "imports", operation_id = "create_import", security(("api_key" = ["submit"])),
    params(ImportQuery),
    request_body(content(
        (ImportRows = "application/json", example = json!({"rows": [
            {"measure": "PRACTICE-01", "quarter": "2025-26-Q1", "data_period": "2025-26-Q1", "numerator": 88, "denominator": 120, "stage": "provisional"}
        ]})),
        (ImportFile = "application/x-ndjson"), (ImportFile = "text/csv")
    )),
    responses(
        (status = 200, description = "The receipt of every row", body = Receipt),
        (status = 202, description = "Too many rows to be answered for at once: the import that will be worked", body = Import)
    )
)]
#[post("/imports")]
pub async fn create(
    caller: Caller<Submit>,
    query: Query<ImportQuery>,
    content: Incoming,
    retry: Retry,
    db: Db,
) -> Answer {
    let options = options(query.0, &db).await?;
    let charset = content.charset()?;
    let reading = Reading::new(content.form, charset, options.mapping.clone())?;
    match Content::read(&content, reading, charset)? {
        Some(content) => at_once::take(&db, caller.author(), &options, content, retry).await,
        None => jobs::accept(&db, caller.author(), &options, content, retry).await,
    }
}

/// List imports
///
/// Newest first with `sort=-key`. Who has limited grants sees their own.
#[utoipa::path(
    tag = "imports", operation_id = "list_imports", security(("api_key" = ["read"])),
    params(ImportFilter, PageQuery),
    responses((status = 200, description = "A page of imports", body = Page<Import>))
)]
#[get("/imports")]
pub async fn list(caller: Caller<Read>, query: List<ImportFilter>, db: Db, request: HttpRequest) -> Answer {
    if query.moment.as_of().is_some() {
        let detail = "There is no parameter `as_of`: imports are working papers, and are not remembered.";
        return Err(Problem::new(problems::UNKNOWN_PARAMETER, detail));
    }
    let List { filter, page, .. } = query;
    let rows = db.write(caller.author(), async |connection| store::list(connection, &filter, &page).await).await?;
    listing::answer(rows, &request, &page)
}

/// Read an import
///
/// Where it stands, how far it is, and its rows by what became of them.
#[utoipa::path(
    tag = "imports", operation_id = "get_import", security(("api_key" = ["read"])),
    params(ImportPath),
    responses((status = 200, description = "The import", body = Import))
)]
#[get("/imports/{import}")]
pub async fn get(caller: Caller<Read>, path: Path<ImportPath>, db: Db) -> Answer {
    let kept = find(&db, caller.author(), path.0).await?;
    Reply::json(&Import::of(kept, clock::now())?)
}

/// List the rows of an import
///
/// What became of each row, in their order. As CSV the refused rows come in their original form, with columns that say what is wrong:
/// mended, the file can be sent again as it is. Of other rows, and as `csv_receipts` of all, a line says what became of each.
#[utoipa::path(
    tag = "imports", operation_id = "list_import_rows", security(("api_key" = ["read"])),
    params(ImportPath, RowsQuery),
    responses((status = 200, description = "A page of receipts", content((Page<RowReceipt> = "application/json"), (String = "text/csv"))))
)]
#[get("/imports/{import}/rows")]
pub async fn list_rows(
    caller: Caller<Read>,
    path: Path<ImportPath>,
    query: Query<RowsQuery>,
    db: Db,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let kept = find(&db, caller.author(), path.0).await?;
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let csv = accepts.is_some_and(|accepted| accepted.contains("text/csv"));
    match query.0.format.unwrap_or(if csv { RowsForm::Csv } else { RowsForm::Json }) {
        RowsForm::Json => receipts(&db, caller.author(), &kept, &query.0, &request).await,
        RowsForm::Csv if mends(&query.0) => Ok(download::answer(db, caller.author().clone(), kept)),
        RowsForm::Csv | RowsForm::CsvReceipts => Ok(receipt_file::answer(db, caller.author().clone(), kept, query.0)),
    }
}

/// Whether the refused rows are asked for, all of them, which can be mended.
fn mends(query: &RowsQuery) -> bool {
    matches!(query.outcome, None | Some(RowOutcome::Refused)) && query.warned.is_none()
}

/// Follow an import
///
/// Server-sent events: `progress` with the import whenever it went on, and `end` when it is over, after which the stream ends.
#[utoipa::path(
    tag = "imports", operation_id = "follow_import", security(("api_key" = ["read"])),
    params(ImportPath),
    responses((status = 200, description = "The events", content((Value = "text/event-stream"))))
)]
#[get("/imports/{import}/events")]
pub async fn follow(
    caller: Caller<Read>,
    path: Path<ImportPath>,
    db: Db,
    waiting: Data<Waiting>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let kept = find(&db, caller.author(), path.0).await?;
    let follower = waiting.stay()?;
    Slot::leave(&request);
    Ok(events::answer(db, caller.author().clone(), kept, follower))
}

/// Stop an import
///
/// One that waits ends at once, one that is worked before its next rows. All or nothing, nothing is stored then; row by row, what was
/// stored stays. One that is over stays as it is. Whoever sent it stops it, or an administrator.
#[utoipa::path(
    tag = "imports", operation_id = "cancel_import", security(("api_key" = ["submit"])),
    params(ImportPath),
    responses((status = 200, description = "The import", body = Import))
)]
#[post("/imports/{import}/cancel")]
pub async fn cancel(caller: Caller<Submit>, path: Path<ImportPath>, retry: Retry, db: Db) -> Answer {
    let number = path.0.import;
    retry
        .write(&db, caller.author(), async |connection| {
            let missing = || Problem::not_found(format!("import `{number}`"));
            let found = store::find(connection, number).await?.ok_or_else(missing)?;
            may_stop(&caller, &found)?;
            let kept = queue::cancel(connection, number).await?.ok_or_else(missing)?;
            Reply::json(&Import::of(kept, clock::now())?)
        })
        .await
}

/// Whether this caller may stop an import: it is their own, or they look after the service.
fn may_stop(caller: &Caller<Submit>, import: &Kept) -> Result<(), Problem> {
    let own = caller_name::identity(&import.caller) == caller_name::identity(caller.name());
    if own || caller.has(Scope::Admin) {
        return Ok(());
    }
    let detail =
        format!("Import {} was sent by `{}`, who can stop it; so can an administrator.", import.number, import.caller);
    Err(Problem::new(problems::FORBIDDEN, detail))
}

/// How an import is taken, with its mapping as it is now.
async fn options(query: ImportQuery, db: &Db) -> Result<Options, Problem> {
    let Some(code) = query.mapping() else { return Ok(query.options(None)) };
    let path = ImportMappingPath { mapping: code.to_string() };
    let found = ImportMapping::find(&*db.reading(None).await?, &path).await?;
    let mapping = found.ok_or_else(|| {
        Problem::new(problems::UNKNOWN_REFERENCE, format!("`mapping`: there is no import mapping `{code}`."))
    })?;
    Ok(query.options(Some(mapping.into())))
}

/// An import, read in the caller's name: who has limited grants sees their own.
async fn find(db: &Db, author: &Author, path: ImportPath) -> Result<Kept, Problem> {
    let found = db.write(author, async |connection| store::find(connection, path.import).await).await?;
    found.ok_or_else(|| Problem::not_found(format!("import `{}`", path.import)))
}

/// An answer with the address of its import.
///
/// # Errors
/// `internal_error` if that is no header.
pub fn located(reply: Reply, import: i64) -> Answer {
    let address = HeaderValue::from_str(&format!("/api/v1/imports/{import}")).map_err(Problem::internal)?;
    Ok(reply.with((header::LOCATION, address)))
}

/// A page of receipts.
async fn receipts(
    db: &Db,
    author: &Author,
    kept: &Kept,
    query: &RowsQuery,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let limit = page::limit(query.limit)?;
    let after = query.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read).transpose()?.unwrap_or(0);
    let most = page::one_more(limit)?;
    let read = async |connection: &mut diesel_async::AsyncPgConnection| {
        store::rows(connection, kept, query, after, most).await
    };
    let mut items = db.write(author, read).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(last.row.to_string()));
    let next = last.map(|cursor| page::next_address(request, &cursor));
    let reply = Reply::json(&Page { items, next: next.clone(), total: None })?;
    Ok(page::linked(reply, next.as_deref()).respond_to(request))
}

fn read(cursor: &str) -> Result<i32, Problem> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let number = text.and_then(|text| text.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by this list of rows."))
}
