//! `/api/v1/frameworks/{framework}/scorecard`.

use actix_web::http::header::{ACCEPT, HeaderValue, VARY};
use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::body::Scorecard;
use super::{build, csv, store};
use crate::access::caller::Caller;
use crate::access::readings::Reads;
use crate::access::scope::Read;
use crate::clock;
use crate::db::Db;
use crate::domain::period::Quarter;
use crate::http::moment::{Instant, Moment};
use crate::http::page;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};
use crate::resources::measures::retirement;

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
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<Instant>,
}

/// Read a scorecard
///
/// Every active outcome and committee measure of the framework, absence included, grouped by outcome: colour with its
/// reason and inputs, direction of travel, distance travelled, narrative, and counts with both denominators. Computed live
/// from approved and published figures. Retired measures of the framework announce themselves by `Deprecation`, `Sunset` and links. As CSV with `Accept: text/csv` or `format=csv`.
#[utoipa::path(
    tag = "scorecards", operation_id = "get_scorecard", security(("api_key" = ["read"])),
    params(FrameworkPath, ScorecardQuery),
    responses((status = 200, description = "The scorecard", content((Scorecard = "application/json"), (String = "text/csv"))))
)]
#[get("/frameworks/{framework}/scorecard")]
pub async fn get(
    caller: Caller<Read>,
    path: Path<FrameworkPath>,
    query: Query<ScorecardQuery>,
    db: Db,
    request: HttpRequest,
) -> Answer {
    let ScorecardQuery { quarter, format, as_of } = query.0;
    let at = Moment::from(as_of);
    let connection = db.reading(at.as_of()).await?;
    let code = &path.0.framework;
    let (framework, (rows, benchmarks), retired) = tokio::try_join!(
        Framework::find(&connection, &path.0),
        store::rows(&connection, code, quarter),
        retirement::in_framework(&connection, code)
    )?;
    let framework = framework.ok_or_else(|| crud::missing::<Framework>(&path.0))?;
    let card = build::scorecard(&framework, quarter, clock::day_of(at.as_of()), rows, &benchmarks);
    let measures = card.outcomes.iter().flat_map(|outcome| &outcome.measures);
    Reads::of(caller.holder(), &request).note(measures.map(|measure| measure.code.as_str()));
    let reply = match format.unwrap_or_else(|| accepted(&request)) {
        Format::Json => Reply::json(&card)?,
        Format::Csv => Reply::bytes("text/csv; charset=utf-8", csv::write(&card)?),
    };
    let reply = retirement::headers(&retired, page::base(&request)).into_iter().fold(reply, Reply::with);
    Ok(at.echo(reply.with((VARY, HeaderValue::from_static("Accept")))))
}

fn accepted(request: &HttpRequest) -> Format {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/csv") { Format::Csv } else { Format::Json }
}
