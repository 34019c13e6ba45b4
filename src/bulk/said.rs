//! What rows of an import said before about the same submissions: the same again changes nothing, something else is a contradiction.

use std::collections::HashMap;

use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::prelude::*;
use diesel::serialize::{Output, ToSql};
use diesel::sql_types::{Array, BigInt, Binary, Integer, Nullable, Text};
use diesel::{deserialize, serialize};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

use super::row::Draft;
use crate::db::DbError;
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::quarterly_submissions::batch::Key;

/// The first 16 bytes of SHA-256 of what a row says: two rows that differ do not have the same by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Said([u8; 16]);

impl Said {
    /// That of a row, whichever way its fields are ordered and its text is spaced.
    pub fn by(draft: &Draft) -> Self {
        // The debug text names every field. Should it change with the service, a row that was read before would seem to differ, and
        // its repetition be refused: nothing is stored or lost by that.
        let hash: [u8; 32] = Sha256::digest(format!("{draft:?}")).into();
        let mut first = [0; 16];
        first.copy_from_slice(hash.split_at(16).0);
        Self(first)
    }
}

impl ToSql<Binary, Pg> for Said {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Binary, Pg>::to_sql(&self.0[..], out)
    }
}

impl FromSql<Binary, Pg> for Said {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Pg>>::from_sql(bytes)?;
        Ok(Self(bytes.try_into().map_err(|_| "what a row said has another length")?))
    }
}

/// A row that came before and was not refused.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// Its number, from 1.
    pub number: i32,
    /// Revision that it made, changed or found the same.
    pub revision: i32,
    /// What it said; none of a row that was kept before this was.
    pub said: Option<Said>,
}

impl Earlier {
    /// What is to be noted of a row about the same submission that says the same.
    ///
    /// # Errors
    /// `duplicate_row` where it says something else: which of the two counts would be a guess.
    pub fn again(&self, key: &Key, says: Said) -> Result<String, Problem> {
        if self.said == Some(says) {
            return Ok(format!("Says the same as row {}.", self.number));
        }
        let detail = format!(
            "Row {} is about measure {} in {} already, and says something else: send one of the two.",
            self.number, key.0, key.1
        );
        Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![Fault::new("", "duplicate_row", detail)]))
    }
}

// Of rows that said the same one after another, the first stands for all.
const EARLIER: &str = "
    SELECT DISTINCT ON (r.measure, r.quarter) r.measure, r.quarter, r.number, r.revision, r.said
    FROM unnest($2, $3) AS a (measure, quarter)
    JOIN import_rows r ON r.import = $1 AND r.measure = a.measure AND r.quarter = a.quarter AND r.outcome <> 'refused'
    ORDER BY r.measure, r.quarter, r.number";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    measure: Code,
    #[diesel(sql_type = Text)]
    quarter: Quarter,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Integer)]
    revision: i32,
    #[diesel(sql_type = Nullable<Binary>)]
    said: Option<Said>,
}

/// Rows of an import, so far, that are about these submissions and were not refused.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn earlier(
    connection: &mut AsyncPgConnection,
    import: i64,
    keys: &[&Key],
) -> Result<HashMap<Key, Earlier>, DbError> {
    let query = diesel::sql_query(EARLIER)
        .bind::<BigInt, _>(import)
        .bind::<Array<Text>, _>(keys.iter().map(|key| &key.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(keys.iter().map(|key| &key.1).collect::<Vec<_>>());
    let found: Vec<Found> = query.load(connection).await?;
    let earlier = |found: Found| {
        let earlier = Earlier { number: found.number, revision: found.revision, said: found.said };
        ((found.measure, found.quarter), earlier)
    };
    Ok(found.into_iter().map(earlier).collect())
}
