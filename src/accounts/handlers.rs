//! `/api/v1/accounts`.

use actix_web::{HttpRequest, get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::body::{Account, AccountFilter, AccountPath, ErasureBody, Held, HeldPage, HeldQuery};
use super::store::{self, After};
use crate::access::caller::Caller;
use crate::access::scope::{Admin, Audit};
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::page::{self, Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::listing;
use crate::retry::Retry;

/// List accounts
///
/// Everybody whose name stands in the records: callers by key or sign-in, and who is named as an owner or provider.
#[utoipa::path(
    tag = "accounts", operation_id = "list_accounts", security(("api_key" = ["audit"])),
    params(AccountFilter, PageQuery),
    responses((status = 200, description = "A page of accounts", body = Page<Account>))
)]
#[get("/accounts")]
pub async fn list(_: Caller<Audit>, query: List<AccountFilter>, db: Db, request: HttpRequest) -> Answer {
    if query.moment.as_of().is_some() {
        return Err(Problem::new(
            problems::UNKNOWN_PARAMETER,
            "There is no parameter `as_of` here: the register has no past.",
        ));
    }
    let connection = db.reading(None).await?;
    listing::answer(store::list(&connection, &query.filter, &query.page).await?, &request, &query.page)
}

/// Read an account
#[utoipa::path(
    tag = "accounts", operation_id = "get_account", security(("api_key" = ["audit"])),
    params(AccountPath),
    responses((status = 200, description = "The account", body = Account))
)]
#[get("/accounts/{account}")]
pub async fn get(_: Caller<Audit>, path: Path<AccountPath>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(None).await?;
    let account = store::find(&connection, path.0.account).await?.ok_or_else(|| missing(&path.0))?;
    Reply::unless_known(&account, &when)
}

/// Export what is held of an account
///
/// Everything, for whoever asks what the service holds of them: each place where a name of the account stands, now or in an earlier
/// version, and each change that it made. Follow `next` to the end.
#[utoipa::path(
    tag = "accounts", operation_id = "export_account", security(("api_key" = ["admin"])),
    params(AccountPath, HeldQuery),
    responses((status = 200, description = "A page of what is held", body = HeldPage))
)]
#[get("/accounts/{account}/export")]
pub async fn export(
    _: Caller<Admin>,
    path: Path<AccountPath>,
    query: Query<HeldQuery>,
    db: Db,
    request: HttpRequest,
) -> Answer {
    let limit = page::limit(query.0.limit)?;
    let after = query.0.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read).transpose()?;
    let connection = db.reading(None).await?;
    let account = store::find(&connection, path.0.account).await?.ok_or_else(|| missing(&path.0))?;
    let mut items = store::held(&connection, path.0.account, after.as_ref(), page::one_more(limit)?).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let cursor = items.last().filter(|_| more).map(write).transpose()?;
    let next = cursor.map(|cursor| page::next_address(&request, &cursor));
    Reply::json(&HeldPage { account, items, next })
}

/// Erase an account
///
/// For good: wherever its names stand, `erased person` and its number stand instead, in earlier versions too. Figures, decisions and
/// the proof of the change log stay. Refused (`409 account_in_use`) while one of its keys is not revoked or was a moment ago, while a
/// figure that it handed in waits for approval or an import of it is in hand, and for the caller's own account. Erasing again changes nothing.
#[utoipa::path(
    tag = "accounts", operation_id = "erase_account", security(("api_key" = ["admin"])),
    params(AccountPath),
    request_body(content = ErasureBody, example = json!({"reason": "Left the council; the retention period has ended."})),
    responses((status = 200, description = "The account, without its names", body = Account))
)]
#[post("/accounts/{account}/erase")]
pub async fn erase(
    caller: Caller<Admin>,
    path: Path<AccountPath>,
    body: Valid<ErasureBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let number = path.0.account;
    let work = retry.write(&db, caller.author(), async |connection| {
        let account = store::find(connection, number).await?.ok_or_else(|| missing(&path.0))?;
        when.allow_write(Some(account.version()))?;
        store::erase(connection, number, &body.0.reason).await?;
        Reply::resource(&store::find(connection, number).await?.ok_or_else(|| missing(&path.0))?)
    });
    work.await
}

fn missing(path: &AccountPath) -> Problem {
    Problem::not_found(format!("account `{}`", path.account))
}

fn write(last: &Held) -> Result<String, Problem> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&After::from(last)).map_err(Problem::internal)?))
}

fn read(cursor: &str) -> Result<After, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let after = bytes.and_then(|bytes| serde_json::from_slice::<After>(&bytes).ok());
    let wrong = || Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by this export.");
    after
        .filter(|after| [&after.1, &after.2, &after.3, &after.4].iter().all(|text| !text.contains('\0')))
        .ok_or_else(wrong)
}
