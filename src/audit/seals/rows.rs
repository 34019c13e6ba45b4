//! Whether the tables are as the log left them. Who owns the database can write a table past its triggers: then a row is not what
//! its last change says; and once it is written again, that change begins with what no change left.

use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::verdict::Wrong;
use crate::db::DbError;

/// Tables that the log knows of, or that write it, each with the parts of the comparison.
const LOGGED: &str = include_str!("logged.sql");
/// The comparisons of one table: its rows with their last changes, and each change with the one before.
const COMPARISONS: [&str; 2] = [include_str!("unlike.sql"), include_str!("apart.sql")];

/// A row that is not what the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its table.
    pub table: String,
    /// Its key, as the log writes it; none where the table itself is meant.
    pub key: Option<String>,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// The columns that differ, or more about it.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "table {}", self.table)?;
        if let Some(key) = &self.key {
            write!(to, ", row {key}")?;
        }
        write!(to, ": {}", self.wrong)?;
        if self.what.is_empty() { Ok(()) } else { write!(to, " ({})", self.what) }
    }
}

/// How one table is compared.
#[derive(QueryableByName)]
struct Logged {
    #[diesel(sql_type = Text)]
    name: String,
    /// The table and three expressions, quoted by the database; none where there is no table, or nothing logs its writes.
    #[diesel(sql_type = Nullable<Text>)]
    quoted: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    left_out: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    defaults: Option<String>,
}

/// A row that differs, and how many there are.
#[derive(QueryableByName)]
struct Unlike {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    wrong: String,
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = BigInt)]
    of: i64,
}

/// What was compared, and what differs.
#[derive(Debug, Default)]
pub struct Compared {
    /// Tables compared.
    pub tables: usize,
    /// Differences, by table and key; of each table the first hundred.
    pub differences: Vec<Difference>,
    /// Further differences that were only counted.
    pub untold: usize,
}

/// Compares every row of every logged table with its last change, and every change with the one before of the same row. What is written meanwhile is in both or in neither.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn compare(mut connection: &AsyncPgConnection) -> Result<Compared, DbError> {
    let logged: Vec<Logged> = diesel::sql_query(LOGGED).load(&mut connection).await?;
    let mut compared = Compared { tables: logged.len(), ..Compared::default() };
    for table in logged {
        let Some(comparisons) = table.comparisons() else {
            let what = "its writes are no longer logged".to_owned();
            compared.differences.push(Difference { table: table.name, key: None, wrong: Wrong::Altered, what });
            continue;
        };
        for comparison in comparisons {
            let unlike: Vec<Unlike> =
                diesel::sql_query(comparison).bind::<Text, _>(&table.name).load(&mut connection).await?;
            let all = unlike.as_slice().first().map_or(0, |first| usize::try_from(first.of).unwrap_or(usize::MAX));
            compared.untold += all.saturating_sub(unlike.len());
            compared.differences.extend(unlike.into_iter().map(|row| row.of(&table.name)));
        }
    }
    Ok(compared)
}

impl Logged {
    fn comparisons(&self) -> Option<[String; 2]> {
        let (quoted, key) = (self.quoted.as_ref()?, self.key.as_ref()?);
        let (left_out, defaults) = (self.left_out.as_ref()?, self.defaults.as_ref()?);
        let filled = |text: &str| text.replace("{table}", quoted).replace("{key}", key);
        Some(COMPARISONS.map(|text| filled(text).replace("{left_out}", left_out).replace("{defaults}", defaults)))
    }
}

impl Unlike {
    fn of(self, table: &str) -> Difference {
        let wrong = match self.wrong.as_str() {
            "missing" => Wrong::Missing,
            "inserted" => Wrong::Inserted,
            _ => Wrong::Altered,
        };
        Difference { table: table.to_owned(), key: Some(self.key), wrong, what: self.what }
    }
}
