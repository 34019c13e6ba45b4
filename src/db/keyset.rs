//! Keyset pages in SQL: "after this row, in this order" as one row comparison that an index can answer.

use chrono::{DateTime, Datelike, NaiveDate};
use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::{Bool, Text, Untyped};
use uuid::Uuid;

use crate::fragment;

/// A column of a key, with the SQL type to which a cursor's text is cast.
pub type KeyColumn = (&'static str, &'static str);

/// The order of a list: its columns, each ascending or each descending.
#[derive(Clone, Debug)]
pub struct Order {
    columns: Vec<KeyColumn>,
    descending: bool,
}

impl Order {
    /// By last change first where asked, then by the key.
    pub fn new(by_update: bool, descending: bool, key: &[KeyColumn]) -> Self {
        let update = by_update.then_some(("updated_at", "timestamptz"));
        Self { columns: update.into_iter().chain(key.iter().copied()).collect(), descending }
    }

    /// Whether these can be the values of a row: one for each column, of its type.
    pub fn fits(&self, values: &[String]) -> bool {
        values.len() == self.columns.len() && values.iter().zip(&self.columns).all(|(text, (_, kind))| is_a(kind, text))
    }

    /// The condition "after the row with these values".
    pub fn after(&self, values: Vec<String>) -> After {
        After { order: self.clone(), values }
    }
}

/// Whether PostgreSQL can read the text as a value of the type.
fn is_a(kind: &str, text: &str) -> bool {
    match kind {
        "timestamptz" => DateTime::parse_from_rfc3339(text).is_ok_and(|time| time.year() > 0),
        "date" => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|date| date.year() > 0),
        "bigint" => text.parse::<i64>().is_ok(),
        "integer" => text.parse::<i32>().is_ok(),
        "uuid" => text.parse::<Uuid>().is_ok(),
        _ => !text.contains('\0'),
    }
}

fragment!(Order, Untyped);

/// As it stands after `ORDER BY`.
impl QueryFragment<Pg> for Order {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let direction = if self.descending { " DESC" } else { "" };
        let columns: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"{direction}")).collect();
        out.push_sql(&columns.join(", "));
        Ok(())
    }
}

/// A row comparison `(a, b) > ($1, $2)`.
#[derive(Clone, Debug)]
pub struct After {
    order: Order,
    values: Vec<String>,
}

fragment!(After, Bool);

impl QueryFragment<Pg> for After {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let names: Vec<String> = self.order.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        out.push_sql(&format!("({}) {} (", names.join(", "), if self.order.descending { "<" } else { ">" }));
        for (at, (value, (_, cast))) in self.values.iter().zip(&self.order.columns).enumerate() {
            if at > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<Text, _>(value)?;
            out.push_sql(&format!("::{cast}"));
        }
        out.push_sql(")");
        Ok(())
    }
}
