//! `/api/v1/frameworks/{framework}/deadlines.ics`.

use actix_web::get;

use super::{events, icalendar};
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::clock;
use crate::db::Db;
use crate::domain::period::Quarter;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::collection_cycles::store as cycles;
use crate::resources::crud::{self, Stored};
use crate::resources::data_requests::body::DataRequest;
use crate::resources::data_requests::store as requests;
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// Read the deadlines as a calendar
///
/// An iCalendar feed (RFC 5545) of every collection cycle: the days on which it opens, is due, is locked and goes to
/// committee, and for each provider that is late now the day on which its figures were due. All are all-day events. A program
/// that cannot send the key in a header cannot subscribe: put a proxy that adds it in between.
#[utoipa::path(
    tag = "collection-cycles", operation_id = "get_deadlines", security(("api_key" = ["read"])),
    params(FrameworkPath, Moment),
    responses((status = 200, description = "The calendar", content_type = "text/calendar", body = String))
)]
#[get("/frameworks/{framework}/deadlines.ics")]
pub async fn get(_: Caller<Read>, path: Path<FrameworkPath>, at: Query<Moment>, db: Db) -> Answer {
    let today = clock::day_of(at.0.as_of());
    let connection = db.reading(at.0.as_of()).await?;
    let framework = Framework::find(&connection, &path.0).await?;
    let framework = framework.ok_or_else(|| crud::missing::<Framework>(&path.0))?;
    let cycles = cycles::of_framework(&connection, &path.0.framework, None, today).await?;
    let quarters: Vec<Quarter> = cycles.iter().map(|cycle| cycle.quarter).collect();
    let rows = requests::of_framework(&connection, &path.0.framework, &quarters).await?;
    let requests: Vec<DataRequest> = rows.into_iter().map(|row| DataRequest::on(row, today)).collect();
    let text = icalendar::write(&framework.title, &events::events(&cycles, &requests, today));
    Ok(at.0.echo(Reply::bytes("text/calendar; charset=utf-8", text.into_bytes())))
}
