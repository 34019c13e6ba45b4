//! Whether what grants are limited to is there: a key for a measure that somebody mistyped sees nothing, and one day, when a measure
//! of that code comes, what nobody meant. Whoever makes one on the command line is warned.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::grant::{Grant, Limit};
use crate::db::DbError;
use crate::db::schema::{frameworks, measures, outcomes};

/// What grants are limited to and does not exist: where it stands, and what it would be.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn unknown(mut connection: &AsyncPgConnection, grants: &[Grant]) -> Result<Vec<String>, DbError> {
    let mut unknown = Vec::new();
    for (place, grant) in grants.iter().enumerate() {
        let (kind, code, there): (_, _, bool) = match grant.limit() {
            Limit::Everywhere => continue,
            Limit::Framework(code) => {
                let known = diesel::select(exists(frameworks::table.find(code)));
                ("framework", code, known.get_result(&mut connection).await?)
            }
            Limit::Outcome(code) => {
                let known = diesel::select(exists(outcomes::table.find(code)));
                ("outcome", code, known.get_result(&mut connection).await?)
            }
            Limit::Measure(code) => {
                let known = diesel::select(exists(measures::table.find(code)));
                ("measure", code, known.get_result(&mut connection).await?)
            }
        };
        if !there {
            unknown.push(format!("/grants/{place}/{kind}: There is no {kind} `{code}`."));
        }
    }
    Ok(unknown)
}
