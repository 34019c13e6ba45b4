//! Who logs in: at start, that the login may take the service's role, and in the private PostgreSQL that there is such a login.

use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use super::error::DbError;
use super::session::{AUDIENCE_ROLE, LIMITED_ROLE, ROLE};

/// The login that serves from the private PostgreSQL.
pub const PRIVATE_LOGIN: &str = "performance_framework_server";

/// What a login that is to serve may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may take the service's role, and little else.
    Confined,
    /// It may take the role, but is a superuser: whoever got hold of its session could leave the role again.
    Superuser,
    /// It may not take the role, or those of limited callers, members and the public, or there is none.
    Refused,
}

/// What the login of this URL may do.
///
/// # Errors
/// [`DbError::Unavailable`] when the database cannot be reached.
pub async fn standing(url: &str) -> Result<Standing, DbError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    if connection
        .batch_execute(&format!("SET ROLE {LIMITED_ROLE}; SET ROLE {AUDIENCE_ROLE}; SET ROLE {ROLE}"))
        .await
        .is_err()
    {
        return Ok(Standing::Refused);
    }
    let superuser = diesel::dsl::sql::<Bool>("(SELECT rolsuper FROM pg_roles WHERE rolname = session_user)");
    let superuser: bool = diesel::select(superuser).get_result(&mut connection).await?;
    Ok(if superuser { Standing::Superuser } else { Standing::Confined })
}

/// Makes the login that serves from the private PostgreSQL, if it is missing. The socket's folder lets in its owner alone, so it
/// needs no password.
///
/// # Errors
/// [`DbError`] when the database cannot be reached, or refuses.
pub async fn make_private_login(owner_url: &str) -> Result<(), DbError> {
    let mut connection = AsyncPgConnection::establish(owner_url).await?;
    // Services that share the cluster may start together.
    let make = format!(
        "DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{PRIVATE_LOGIN}') THEN
                CREATE ROLE {PRIVATE_LOGIN} LOGIN IN ROLE {ROLE};
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$"
    );
    Ok(connection.batch_execute(&make).await?)
}
