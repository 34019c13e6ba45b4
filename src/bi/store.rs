//! The feed in the database: one statement chooses rows and reads all that the rules need, in the caller's order.
//!
//! It has two steps. `chosen.sql` finds the figures that count, and filters, orders and limits them by what they are; only
//! then does `read.sql` look up target, earlier figures and benchmarks, for the chosen rows alone. Tables have the same
//! letters in both, so that a column's SQL can stand in either.

use chrono::{DateTime, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::bi::catalogue::place::{SEQUENCE, UPDATED_AT};
use crate::bi::catalogue::{Field, Source};
use crate::bi::filter::Filter;
use crate::bi::order::Order;
use crate::domain::breakdown::Part;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::terms::MeasureStatus;
use crate::json_column;
use crate::reports::scorecard::{COLUMNS, Row, RowSql};

/// The figures that count, of which a condition can follow.
pub(crate) const CHOSEN: &str = include_str!("chosen.sql");
const READ: &str = include_str!("read.sql");

/// Rows that are fetched from the database at a time.
const BLOCK: usize = 256;

type ExtraSql = (
    Text,
    Text,
    Text,
    Text,
    Text,
    Text,
    Nullable<Jsonb>,
    Nullable<Text>,
    Nullable<Timestamptz>,
    Nullable<Timestamptz>,
    Timestamptz,
    BigInt,
    Bool,
);

/// A part of a figure as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub(crate) struct StoredPart(pub(crate) Part);

json_column!(StoredPart);

/// A row of the feed as it is read.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct FeedRow {
    /// What the scorecard reads of a measure in a quarter.
    pub(crate) row: Row,
    /// What the feed tells besides.
    pub(crate) extra: ExtraColumns,
}

impl FeedRow {
    /// What must be read beside it to judge it: the comparators of its data period.
    pub(crate) fn needs(&self) -> Option<(String, DataPeriod)> {
        let relative = self.row.target.comparator.is_some();
        let period = self.row.figure.data_period.filter(|_| relative || self.extra.has_benchmarks);
        Some((self.row.measure.code.clone(), period?))
    }
}

/// What the feed tells besides.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct ExtraColumns {
    pub(crate) framework: String,
    pub(crate) framework_title: String,
    pub(crate) measure_status: MeasureStatus,
    pub(crate) quarter: Quarter,
    pub(crate) dimension: String,
    pub(crate) category: String,
    pub(crate) part: Option<StoredPart>,
    pub(crate) breakdown_note: Option<String>,
    pub(crate) approved_at: Option<DateTime<Utc>>,
    pub(crate) published_at: Option<DateTime<Utc>>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) sequence: i64,
    pub(crate) has_benchmarks: bool,
}

/// Which rows, in which order, at most how many.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Which rows; conditions on what rules decide are left to whoever runs the rules.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// At most so many; all where null.
    pub limit: Option<usize>,
    /// For a page: after so many others, which are passed over.
    pub offset: usize,
    /// Whether it is one of the few by which feeds are usually asked: its statement is prepared once and kept.
    pub usual: bool,
}

impl Choice {
    /// Every row that the filter lets through, in no order.
    pub fn all(filter: Filter) -> Self {
        Self { filter, order: Order::default(), limit: None, offset: 0, usual: false }
    }

    /// Whether the database can do all of it, so that the rows it gives are the answer's.
    pub fn is_stored(&self) -> bool {
        self.filter.is_stored() && self.order.is_stored()
    }

    /// Whether filter and order need no more than `chosen.sql` has.
    fn is_chosen(&self) -> bool {
        let chosen = |field: Field| matches!(field.column().source, Source::Chosen(_));
        self.filter.stored().fields().all(chosen) && (!self.order.is_stored() || self.order.fields().all(chosen))
    }

    /// The limit, where it may be applied by the database.
    fn limit(&self) -> Option<usize> {
        self.limit.filter(|_| self.is_stored())
    }

    /// Filter, order and limit as they stand in the statement.
    fn write<'b>(&'b self, stored: &'b Filter, conjunction: &str, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !stored.is_everything() {
            out.push_sql(conjunction);
            stored.write(out)?;
        }
        if self.order.is_stored() {
            self.order.write(out);
        }
        if let Some(limit) = self.limit() {
            out.push_sql(&format!(" LIMIT {limit}"));
        }
        if self.offset > 0 && self.is_stored() {
            out.push_sql(&format!(" OFFSET {}", self.offset));
        }
        Ok(())
    }
}

/// The statement: opens a cursor, or counts.
#[derive(Debug)]
pub struct Statement {
    choice: Choice,
    stored: Filter,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Rows,
    Cursor,
    Count,
}

impl Statement {
    /// Reads the rows themselves.
    pub fn rows(choice: Choice) -> RowsOf {
        RowsOf(Self { stored: choice.filter.stored(), choice, what: What::Rows })
    }

    /// Opens the cursor `feed` over the rows.
    pub fn cursor(choice: Choice) -> Self {
        Self { stored: choice.filter.stored(), choice, what: What::Cursor }
    }

    /// Counts the rows, of which the database must be able to tell.
    pub fn count(filter: Filter) -> CountOf {
        let choice = Choice::all(filter);
        CountOf(Self { stored: choice.filter.stored(), choice, what: What::Count })
    }
}

impl QueryId for Statement {
    // No static id, here and below: diesel then keeps the statement by its text, and not by its type.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.choice.usual {
            // Any number of filters can be asked; statements are kept for the usual ones alone.
            out.unsafe_to_cache_prepared();
        }
        match self.what {
            What::Cursor => out.push_sql("DECLARE feed NO SCROLL CURSOR FOR "),
            What::Count => out.push_sql("SELECT count(*) FROM ("),
            What::Rows => {}
        }
        if self.what == What::Count && self.choice.is_chosen() {
            out.push_sql("SELECT 1");
            out.push_sql(CHOSEN);
            self.choice.write(&self.stored, " AND ", &mut out)?;
        } else {
            self.write(&mut out)?;
        }
        if self.what == What::Count {
            out.push_sql(") counted");
        }
        Ok(())
    }
}

impl Statement {
    /// The whole: chosen first where that is possible; else all that could be are read, and then chosen.
    fn write<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let chosen = self.choice.is_chosen();
        out.push_sql("SELECT ");
        out.push_sql(COLUMNS);
        out.push_sql(&format!(
            ", w.code, w.title, v.status, f.quarter, p.dimension, p.category, p.part, f.breakdown_note, f.approved_at, \
             f.published_at, {UPDATED_AT}, {SEQUENCE}, c.row_version IS NOT NULL\nFROM (\n    SELECT f, m, v, o, w, p.dimension, \
             p.category, p.part"
        ));
        let ordered = chosen && self.choice.order.is_stored();
        if ordered {
            self.choice.order.write_given(out);
        }
        out.push_sql("\n");
        out.push_sql(CHOSEN);
        if chosen {
            self.choice.write(&self.stored, " AND ", out)?;
        }
        out.push_sql("\n) k\n");
        out.push_sql(READ);
        if ordered {
            self.choice.order.write_around("k", out);
        }
        if chosen { Ok(()) } else { self.choice.write(&self.stored, " WHERE ", out) }
    }
}

/// The statement that reads rows.
#[derive(Debug)]
pub struct RowsOf(Statement);

impl QueryId for RowsOf {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for RowsOf {
    type SqlType = (RowSql, ExtraSql);
}

impl QueryFragment<Pg> for RowsOf {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

/// The statement that counts.
#[derive(Debug)]
pub struct CountOf(Statement);

impl QueryId for CountOf {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for CountOf {
    type SqlType = BigInt;
}

impl QueryFragment<Pg> for CountOf {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

/// The next rows of the cursor.
#[derive(Debug)]
pub struct Fetch;

impl QueryId for Fetch {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Fetch {
    type SqlType = (RowSql, ExtraSql);
}

impl QueryFragment<Pg> for Fetch {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(&format!("FETCH {BLOCK} FROM feed"));
        Ok(())
    }
}
