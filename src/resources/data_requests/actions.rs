//! Actions on data requests: an officer waives one, or reinstates it.

use actix_web::post;
use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use super::body::{DataRequest, DataRequestPath};
use super::{handlers, store};
use crate::access::caller::Caller;
use crate::access::scope::Approve;
use crate::clock;
use crate::db::{Author, Db};
use crate::domain::data_request::{self, Asked, DataRequestAction};
use crate::http::body::Valid;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::resources::quarterly_submissions::body::ReasonBody;
use crate::resources::quarterly_submissions::store::take_turn;
use crate::retry::Retry;

/// One action: its turn, before or after whoever hands in or approves the figure; whether it is allowed; its change; and the
/// request as it stands then.
async fn act<W>(
    db: &Db,
    author: &Author,
    key: &DataRequestPath,
    retry: Retry,
    action: DataRequestAction,
    change: W,
) -> Answer
where
    W: AsyncFnOnce(&mut AsyncPgConnection) -> Result<(), Problem>,
{
    let today = clock::today();
    retry
        .write(db, author, async |connection| {
            take_turn(connection, &key.measure, key.quarter).await?;
            allow(&handlers::find(connection, key).await?.asked(), action, today)?;
            change(connection).await?;
            Reply::json(&DataRequest::on(handlers::find(connection, key).await?, today))
        })
        .await
}

/// Whether the action is allowed as the request stands.
fn allow(asked: &Asked, action: DataRequestAction, today: NaiveDate) -> Result<(), Problem> {
    data_request::allow(action, asked.standing(today).state, asked.waived).map_err(|refused| {
        let allowed: Vec<&str> = refused.allowed.iter().map(AsRef::as_ref).collect();
        Problem::new(problems::TRANSITION_NOT_ALLOWED, refused.to_string())
            .with("state", refused.state.as_ref())
            .with("allowed", allowed)
    })
}

/// Waive a data request
///
/// No figure is asked for, with the reason. Not possible once a figure is handed in or accepted.
#[utoipa::path(
    tag = "data-requests", operation_id = "waive_data_request", security(("api_key" = ["approve"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-02"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q2")
    ),
    request_body(content = ReasonBody, example = json!({"reason": "The provider moves to another case system this quarter."})),
    responses((status = 200, description = "The data request as it stands now", body = DataRequest))
)]
#[post("/data-requests/{measure}/{quarter}/waive")]
pub async fn waive(
    caller: Caller<Approve>,
    path: Path<DataRequestPath>,
    body: Valid<ReasonBody>,
    retry: Retry,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection| {
        Ok(store::waive(connection, &path.0, body.0.reason.as_ref(), caller.name()).await?)
    };
    act(&db, caller.author(), &path.0, retry, DataRequestAction::Waive, change).await
}

/// Reinstate a data request
///
/// The figure is asked for again. The change log keeps the waiver.
#[utoipa::path(
    tag = "data-requests", operation_id = "reinstate_data_request", security(("api_key" = ["approve"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-03"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    responses((status = 200, description = "The data request as it stands now", body = DataRequest))
)]
#[post("/data-requests/{measure}/{quarter}/reinstate")]
pub async fn reinstate(caller: Caller<Approve>, path: Path<DataRequestPath>, retry: Retry, db: Db) -> Answer {
    let change = async |connection: &mut AsyncPgConnection| Ok(store::reinstate(connection, &path.0).await?);
    act(&db, caller.author(), &path.0, retry, DataRequestAction::Reinstate, change).await
}
