//! The version of what members and the public are shown: made of the shown rows' own versions, so that nothing hidden moves it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::bi::version::{DataVersion, Versions};
use crate::db::reach::Eyes;
use crate::db::{Db, DbError};

/// What the feed is made from.
const TABLES: [&str; 12] = [
    "frameworks",
    "outcomes",
    "measures",
    "measure_versions",
    "targets",
    "target_versions",
    "quarterly_submissions",
    "quarterly_reports",
    "benchmarks",
    "areas",
    "comparator_groups",
    "comparator_memberships",
];

/// A version of what is shown.
#[derive(Clone, Debug, Queryable)]
pub struct ShownVersion {
    /// As a text.
    pub text: String,
    /// When the newest of it changed.
    pub changed_at: Option<DateTime<Utc>>,
}

/// What the versions of shown rows do not tell: columns that are hidden because of other rows, such as what a report that is not shown
/// yet exempts from publication.
const LOOKED_AT: [(&str, &str); 3] = [
    (
        "quarterly_submissions",
        "measure, quarter, revision, value, value_symbol, breakdowns, breakdown_note, quality_note, narrative",
    ),
    ("measures", "code, baseline_value, baseline_reason"),
    ("measure_versions", "measure, version, baseline_value, baseline_reason"),
];

/// How many rows are shown, and the greatest and the sum of their versions, which are never given twice; and what is looked at besides.
#[derive(Debug, QueryId)]
struct Shown;

impl Query for Shown {
    type SqlType = (Text, Nullable<Timestamptz>);
}

impl QueryFragment<diesel::pg::Pg> for Shown {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql("SELECT coalesce(string_agg(version, ' ' ORDER BY place), ''), max(changed_at) FROM (");
        for (place, table) in TABLES.iter().enumerate() {
            let union = if place > 0 { " UNION ALL " } else { "" };
            out.push_sql(&format!(
                "{union}SELECT {place} AS place, concat_ws('.', count(*), max(row_version), sum(row_version)) AS version, \
                 max(updated_at) AS changed_at FROM {table}"
            ));
        }
        for (place, (table, columns)) in LOOKED_AT.iter().enumerate() {
            let looked_at = format!("sum(hashtextextended(ROW({columns})::text, 0))::text");
            out.push_sql(&format!(" UNION ALL SELECT {}, {looked_at}, NULL FROM {table}", TABLES.len() + place));
        }
        out.push_sql(") tables");
        Ok(())
    }
}

/// The version of what is shown, read when anything at all was written since the last time.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn version(db: &Db, versions: &Versions, of: DataVersion, eyes: Eyes) -> Result<ShownVersion, DbError> {
    if let Some(known) = versions.shown(of, eyes) {
        return Ok(known);
    }
    let reading = db.reading(None).await?;
    let mut connection: &AsyncPgConnection = &reading;
    let shown: ShownVersion = Shown.get_result(&mut connection).await?;
    versions.note_shown(of, eyes, shown.clone());
    Ok(shown)
}
