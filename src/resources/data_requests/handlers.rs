//! `/api/v1/data-requests`: reading them.

use actix_web::get;
use diesel_async::AsyncPgConnection;

use super::body::{DataRequest, DataRequestPath, DataRequestQuery, DataRequests, RequestCounts};
use super::store::{self, Row};
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::clock;
use crate::db::Db;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};

/// List the data requests of a quarter
///
/// One for each active measure of the framework, of every level: what is due and when, whether it was handed in, how late it
/// is, and what excuses it. Computed as they stand today. A quarter in which the framework does not report has none.
#[utoipa::path(
    tag = "data-requests", operation_id = "list_data_requests", security(("api_key" = ["read"])),
    params(DataRequestQuery),
    responses((status = 200, description = "The data requests", body = DataRequests))
)]
#[get("/data-requests")]
pub async fn list(_: Caller<Read>, query: Query<DataRequestQuery>, db: Db) -> Answer {
    let (query, at) = (&query.0, Moment::from(query.0.as_of));
    let as_of = clock::day_of(at.as_of());
    let connection = db.reading(at.as_of()).await?;
    let rows = store::of_framework(&connection, query.framework.as_ref(), &[query.quarter]).await?;
    let all = rows.into_iter().map(|row| DataRequest::on(row, as_of));
    let asked = |request: &DataRequest| {
        query.state.is_none_or(|state| request.state == state)
            && (query.provider.is_none() || request.provider == query.provider)
    };
    let items: Vec<DataRequest> = all.filter(asked).collect();
    let counts = RequestCounts::of(&items);
    let answer = DataRequests { framework: query.framework.clone(), quarter: query.quarter, as_of, counts, items };
    Ok(at.echo(Reply::json(&answer)?))
}

/// Read a data request
///
/// As it stands today: what is due and when, whether it was handed in, how late it is, and what excuses it. Only an active
/// measure has one, in the quarters in which its framework reports.
#[utoipa::path(
    tag = "data-requests", operation_id = "get_data_request", security(("api_key" = ["read"])),
    params(DataRequestPath, Moment),
    responses((status = 200, description = "The data request", body = DataRequest))
)]
#[get("/data-requests/{measure}/{quarter}")]
pub async fn get(_: Caller<Read>, path: Path<DataRequestPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let request = DataRequest::on(find(&connection, &path.0).await?, clock::day_of(at.0.as_of()));
    Ok(at.0.echo(Reply::json(&request)?))
}

/// What the request of this measure in this quarter is judged by.
///
/// # Errors
/// `not_found`.
pub async fn find(connection: &AsyncPgConnection, key: &DataRequestPath) -> Result<Row, Problem> {
    let missing = || Problem::not_found(format!("data request of measure `{}` for `{}`", key.measure, key.quarter));
    store::of_measure(connection, key).await?.ok_or_else(missing)
}
