//! What changed since a caller last asked: rows that may tell something else, and the keys of those that are gone.
//!
//! The change log says what was written, in an order in which nothing that commits late is passed over. Rows are of measures, so
//! all rows of a measure that a change touches are told again; to tell one that is the same is no harm.

use std::collections::BTreeSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::audit::store::Place;
use crate::bi::catalogue::{self, Field};
use crate::bi::cell::Cell;
use crate::bi::feed::{Cells, Feed};
use crate::bi::filter::Filter;
use crate::bi::store::Choice;
use crate::db::{Connections, DbError};

/// The key of a row: measure, quarter, dimension, category.
pub type Key = [String; 4];

/// What was touched after a place of the log, settled or not.
#[derive(Debug, Queryable)]
pub struct Touched {
    /// Measures any of whose rows may tell something else.
    pub measures: Vec<String>,
    measures_gone: Vec<String>,
    quarters_gone: Vec<String>,
    dimensions_gone: Vec<String>,
    categories_gone: Vec<String>,
}

#[derive(Debug, QueryId)]
struct After(Place);

impl Query for After {
    type SqlType = (Array<Text>, Array<Text>, Array<Text>, Array<Text>, Array<Text>);
}

impl QueryFragment<Pg> for After {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "WITH since AS (SELECT resource, resource_key, before, after FROM changes WHERE (transaction_number, sequence) > (",
        );
        out.push_bind_param::<BigInt, _>(&self.0.transaction_number)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.0.sequence)?;
        out.push_sql("))");
        out.push_sql(include_str!("changed.sql"));
        Ok(())
    }
}

impl Touched {
    /// Reads the log after a place.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn after(connections: &Connections, place: Place) -> Result<Self, DbError> {
        let reader = connections.reader().await?;
        let mut connection: &AsyncPgConnection = &reader;
        Ok(After(place).get_result(&mut connection).await?)
    }

    /// That a row is of one of the measures.
    pub fn filter(&self) -> Filter {
        let [measure, ..] = catalogue::key();
        Filter::In(measure, self.measures.iter().map(|code| Cell::from(code.as_str())).collect())
    }

    /// The keys of rows that were there once and are not now. Those of measures that the caller does not reach are told to nobody.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn gone(&self, feed: &Feed) -> Result<BTreeSet<Key>, DbError> {
        let once =
            self.measures_gone.iter().zip(&self.quarters_gone).zip(&self.dimensions_gone).zip(&self.categories_gone);
        let once = once.map(|(((measure, quarter), dimension), category)| {
            [measure, quarter, dimension, category].map(Clone::clone)
        });
        let mut gone: BTreeSet<Key> = once.collect();
        if gone.is_empty() {
            return Ok(gone);
        }
        let reached = feed.measures(&self.measures_gone).await?;
        gone.retain(|[measure, ..]| reached.contains(measure));
        let measure = Field::named(catalogue::KEY[0]);
        let of = measure.map_or(Filter::EVERYTHING, |field| {
            Filter::In(field, gone.iter().map(|[measure, ..]| Cell::from(measure.as_str())).collect())
        });
        let there = |rows: &[Cells]| {
            for row in rows {
                gone.remove(&key_of(row));
            }
        };
        feed.each(&Choice::all(of), there).await?;
        Ok(gone)
    }
}

/// The key of a row.
pub fn key_of(row: &[Cell]) -> Key {
    catalogue::key().map(|field| row[field.0].plain())
}
