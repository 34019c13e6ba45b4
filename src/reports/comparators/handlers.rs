//! `/api/v1/measures/{measure}/comparators`.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::MeasureComparators;
use super::store::Asked;
use super::{build, store, subject};
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::db::Db;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::http::moment::{Instant, Moment};
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::measures::body::MeasurePath;

/// Which comparators.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparatorsQuery {
    /// Data period, of the measure's own kind; values of no other are shown.
    #[param(value_type = String, format = "data-period", example = "CY2024")]
    pub data_period: DataPeriod,
    /// Area that is compared: by default the home area of the group, or of all groups.
    #[param(value_type = Option<String>, format = "code", example = "E08000019")]
    pub area: Option<Code>,
    /// The one group to compare with: by default every group of the area, and those that are nobody's own.
    #[param(value_type = Option<String>, format = "code", example = "SN-SHEFFIELD")]
    pub group: Option<Code>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    pub as_of: Option<Instant>,
}

/// Read the comparators of a measure
///
/// The area's own value beside what is published for exactly the same data period: nations and regions; for each group the
/// mean and the median of those members of the period's last day that have a value, with how many they are and who is
/// missing; rank and quartile among all local authorities that have a value; and how long after the period each was
/// published. Neutral measures have no rank. Whatever is missing says why.
#[utoipa::path(
    tag = "comparators", operation_id = "get_measure_comparators", security(("api_key" = ["read"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "EDU-01-CY"), ComparatorsQuery),
    responses(
        (status = 200, description = "The comparators", body = MeasureComparators),
        (status = 422, description = "The data period is not of the measure's kind")
    )
)]
#[get("/measures/{measure}/comparators")]
pub async fn get(_: Caller<Read>, path: Path<MeasurePath>, query: Query<ComparatorsQuery>, db: Db) -> Answer {
    let at = Moment::from(query.0.as_of);
    let connection = db.reading(at.as_of()).await?;
    let subject = subject::find(&connection, &path.0, &query.0).await?;
    let asked = Asked::from_iter([(path.0.measure, subject.data_period)]);
    let loaded = store::load(&connection, &asked).await?.pop().unwrap_or_default();
    Ok(at.echo(Reply::json(&build::comparators(&subject, &loaded))?))
}
