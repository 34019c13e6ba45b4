//! The tables beside the feed: what its codes stand for. Each is small, flat and whole.

pub mod handlers;
mod periods;
mod tables;

pub use tables::{ALL, COMPARATORS, FRAMEWORKS, MEASURES, OUTCOMES, PERIODS};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::bi::catalogue::{Head, Kind};
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::db::DbError;

/// A column of such a table: its name, its type, whether it can be null, what it means, and its SQL.
#[derive(Debug)]
pub struct DimensionColumn {
    /// Name and type.
    pub head: Head,
    /// Whether it can be null.
    pub nullable: bool,
    /// What it means.
    pub about: &'static str,
    sql: &'static str,
}

/// Such a table.
#[derive(Debug)]
pub struct Dimension {
    /// Its name in the address.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns; the first is the key, by which rows are ordered.
    pub columns: &'static [DimensionColumn],
    /// Where rows come from; nothing for those that are reckoned.
    from: &'static str,
}

/// A column that always has a value.
const fn has(name: &'static str, kind: Kind, sql: &'static str, about: &'static str) -> DimensionColumn {
    DimensionColumn { head: Head { name, kind }, nullable: false, about, sql }
}

/// A column that can be null.
const fn may(name: &'static str, kind: Kind, sql: &'static str, about: &'static str) -> DimensionColumn {
    DimensionColumn { nullable: true, ..has(name, kind, sql, about) }
}

impl Dimension {
    /// Names and types of the columns.
    pub fn heads(&self) -> Vec<Head> {
        self.columns.iter().map(|column| column.head).collect()
    }

    /// All of its rows.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn rows(&'static self, mut connection: &AsyncPgConnection) -> Result<Vec<Cells>, DbError> {
        if self.from.is_empty() {
            return periods::rows(connection).await;
        }
        let rows: Vec<Vec<Option<String>>> = Rows(self).load(&mut connection).await?;
        let cell = |(text, column): (Option<String>, &DimensionColumn)| {
            text.and_then(|text| Cell::read(column.head.kind, &text)).unwrap_or(Cell::Null)
        };
        Ok(rows.into_iter().map(|row| row.into_iter().zip(self.columns).map(cell).collect()).collect())
    }
}

/// Reads a table with every value as text.
#[derive(Debug)]
struct Rows(&'static Dimension);

impl QueryId for Rows {
    // No static id: diesel then keeps the statement by its text, of which there are as many as tables.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Rows {
    type SqlType = Array<Nullable<Text>>;
}

impl QueryFragment<Pg> for Rows {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let text = |column: &DimensionColumn| match column.head.kind {
            Kind::Instant => format!("to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column.sql),
            _ => format!("({})::text", column.sql),
        };
        let texts: Vec<String> = self.0.columns.iter().map(text).collect();
        let key = self.0.columns.first().map_or("1", |column| column.sql);
        out.push_sql(&format!("SELECT ARRAY[{}] FROM {} ORDER BY {key}", texts.join(", "), self.0.from));
        Ok(())
    }
}
