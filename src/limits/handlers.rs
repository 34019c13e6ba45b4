//! `GET /api/v1/limits`: every limit in force.

use actix_web::get;
use actix_web::web::Data;

use super::Limits;
use super::body::LimitsBody;
use crate::http::reply::{Answer, Reply};

/// Read the limits
///
/// How often callers may ask, how many requests are answered at one time, how large a request may be and how long it may
/// take: the limits in force, from the places that enforce them. No key is needed, so that a client can pace itself before it has one.
#[utoipa::path(tag = "limits", operation_id = "get_limits", responses((status = 200, description = "Every limit", body = LimitsBody)), security(()))]
#[get("/limits")]
pub async fn get(limits: Data<Limits>) -> Answer {
    Reply::json(&LimitsBody::of(&limits))
}
