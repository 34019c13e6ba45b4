//! `/api/v1/frameworks/{framework}/scorecard`.

use actix_web::http::header::{ACCEPT, HeaderValue, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::body::Scorecard;
use super::{build, csv, store};
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::clock;
use crate::db::Db;
use crate::domain::period::Quarter;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// Form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
}

/// Which scorecard, in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScorecardQuery {
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q4")]
    quarter: Quarter,
    /// Form of the answer; by default as `Accept` says, else JSON.
    #[param(inline)]
    format: Option<Format>,
}

/// Read a scorecard
///
/// Every active outcome and committee measure of the framework, absence included, grouped by outcome: colour with its
/// reason and inputs, direction of travel, distance travelled, narrative, and counts with both denominators. Computed live
/// from approved and published figures. As CSV with `Accept: text/csv` or `format=csv`.
#[utoipa::path(
    tag = "scorecards", operation_id = "get_scorecard", security(("api_key" = ["read"])),
    params(FrameworkPath, ScorecardQuery),
    responses((status = 200, description = "The scorecard", content((Scorecard = "application/json"), (String = "text/csv"))))
)]
#[get("/frameworks/{framework}/scorecard")]
pub async fn get(
    _: Caller<Read>,
    path: Path<FrameworkPath>,
    query: Query<ScorecardQuery>,
    db: Data<Db>,
    request: HttpRequest,
) -> Answer {
    let connection = db.reader().await?;
    let quarter = query.0.quarter;
    let (framework, rows) =
        tokio::try_join!(Framework::find(&connection, &path.0), store::rows(&connection, &path.0.framework, quarter))?;
    let framework = framework.ok_or_else(|| crud::missing::<Framework>(&path.0))?;
    let card = build::scorecard(&framework, quarter, clock::today(), rows);
    let reply = match query.0.format.unwrap_or_else(|| accepted(&request)) {
        Format::Json => Reply::json(&card)?,
        Format::Csv => Reply::bytes("text/csv; charset=utf-8", csv::write(&card)?),
    };
    Ok(reply.with((VARY, HeaderValue::from_static("Accept"))))
}

fn accepted(request: &HttpRequest) -> Format {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/csv") { Format::Csv } else { Format::Json }
}
