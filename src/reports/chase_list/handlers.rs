//! `/api/v1/frameworks/{framework}/chase-list`.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::ChaseList;
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::clock;
use crate::db::Db;
use crate::domain::period::Quarter;
use crate::http::moment::{Instant, Moment};
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::collection_cycles::body::{CollectionCycle, CyclePath};
use crate::resources::crud::{self, Stored};
use crate::resources::data_requests::body::DataRequest;
use crate::resources::data_requests::store;
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// Which chase list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChaseListQuery {
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2025-26-Q1")]
    quarter: Quarter,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<Instant>,
}

/// Read a chase list
///
/// Who owes which figure of the quarter, by provider and owner, with the days by which it is late; and what is excused, and
/// why. Of every active measure, of every level. Computed as it stands today.
#[utoipa::path(
    tag = "data-requests", operation_id = "get_chase_list", security(("api_key" = ["read"])),
    params(FrameworkPath, ChaseListQuery),
    responses((status = 200, description = "The chase list", body = ChaseList))
)]
#[get("/frameworks/{framework}/chase-list")]
pub async fn get(_: Caller<Read>, path: Path<FrameworkPath>, query: Query<ChaseListQuery>, db: Db) -> Answer {
    let (quarter, at) = (query.0.quarter, Moment::from(query.0.as_of));
    let today = clock::day_of(at.as_of());
    let connection = db.reading(at.as_of()).await?;
    let quarters = [quarter];
    let cycle = CyclePath { framework: path.0.framework.clone(), quarter }.on(today);
    let (framework, cycle, rows) = tokio::try_join!(
        Framework::find(&connection, &path.0),
        CollectionCycle::find(&connection, &cycle),
        store::of_framework(&connection, &path.0.framework, &quarters)
    )?;
    let framework = framework.ok_or_else(|| crud::missing::<Framework>(&path.0))?;
    let requests = rows.into_iter().map(|row| DataRequest::on(row, today)).collect();
    Ok(at.echo(Reply::json(&ChaseList::new(framework, quarter, today, cycle, requests))?))
}
