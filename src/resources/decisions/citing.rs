//! What those who cite a decision ask of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::db::schema::{decisions, meetings};
use crate::domain::code::Code;

/// The day of the meeting at which the decision with this code was taken; nothing where there is no such decision.
///
/// # Errors
/// When the database cannot be reached.
pub async fn decided_on(connection: &mut AsyncPgConnection, code: &Code) -> Result<Option<NaiveDate>, DbError> {
    let decided = decisions::table.inner_join(meetings::table).filter(decisions::code.eq(code));
    Ok(decided.select(meetings::held_on).first(connection).await.optional()?)
}
