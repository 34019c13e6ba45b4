//! Health: whether the process lives, and whether it can do its work.

use actix_web::get;
use actix_web::web::Data;
use diesel::dsl::sql;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{Connections, DbError};
use crate::http::reply::{Answer, Reply};

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`; any other state is a problem.
    #[schema(example = "ok")]
    status: &'static str,
    /// Version of the service.
    #[schema(example = "0.1.0")]
    version: &'static str,
}

const OK: Health = Health { status: "ok", version: env!("CARGO_PKG_VERSION") };

/// Whether the process lives
///
/// Says nothing of the database: restarting the service would not mend that.
#[utoipa::path(tag = "health", operation_id = "health_live", responses((status = 200, description = "It lives", body = Health)), security(()))]
#[get("/health/live")]
pub async fn live() -> Answer {
    Reply::json(&OK)
}

/// Whether the service can do its work
///
/// Asks the database. Answers `503` with `Retry-After` while that is away.
#[utoipa::path(tag = "health", operation_id = "health_ready", responses((status = 200, description = "It is ready", body = Health)), security(()))]
#[get("/health/ready")]
pub async fn ready(connections: Data<Connections>) -> Answer {
    let connection = connections.reader().await?;
    let _: bool = diesel::select(sql::<Bool>("true")).get_result(&mut &*connection).await.map_err(DbError::from)?;
    Reply::json(&OK)
}
