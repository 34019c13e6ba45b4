//! Collection cycles in the database. Their states are not stored: each reading says on which day it is made.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;

use super::body::{CollectionCycle, CycleBody, CycleFilter, CycleOn, CyclesOn};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::collection_cycles::{self, dsl};
use crate::domain::code::Code;
use crate::domain::cycle::CycleDates;
use crate::domain::london;
use crate::domain::period::{FinancialYear, Quarter};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::{resource, rows_of_page};

/// A cycle as it is stored: without its state.
#[derive(Debug, Serialize, Queryable, Selectable)]
#[diesel(table_name = collection_cycles)]
struct Row {
    framework: Code,
    quarter: Quarter,
    opens_on: NaiveDate,
    due_on: NaiveDate,
    locks_on: NaiveDate,
    committee_on: Option<NaiveDate>,
    note: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    row_version: i64,
}

resource!(Row, "collection-cycles", framework: "text", quarter: "text");

impl Row {
    fn on(self, today: NaiveDate) -> CollectionCycle {
        let Self { opens_on, due_on, locks_on, committee_on, .. } = self;
        CollectionCycle {
            state: CycleDates { opens_on, due_on, locks_on, committee_on }.state(today),
            framework: self.framework,
            quarter: self.quarter,
            opens_on,
            due_on,
            locks_on,
            committee_on,
            note: self.note,
            created_at: self.created_at,
            updated_at: self.updated_at,
            row_version: self.row_version,
        }
    }
}

fn filtered(filter: &CycleFilter) -> collection_cycles::BoxedQuery<'_, Pg> {
    let mut query = dsl::collection_cycles.into_boxed();
    if let Some(framework) = &filter.framework {
        query = query.filter(dsl::framework.eq(framework));
    }
    if let Some(quarter) = filter.quarter {
        query = query.filter(dsl::quarter.eq(quarter));
    }
    query
}

impl Stored for CollectionCycle {
    type Key = CycleOn;
    type Body = CycleBody;
    type Filter = CyclesOn;

    fn called(key: &CycleOn) -> String {
        format!("collection cycle of framework `{}` for `{}`", key.path.framework, key.path.quarter)
    }

    fn fill(body: &mut CycleBody, key: &CycleOn) -> Result<(), Problem> {
        body.framework.fill("framework", &key.path.framework)?;
        body.quarter.fill("quarter", &key.path.quarter.to_string())
    }

    async fn list(connection: &AsyncPgConnection, asked: &CyclesOn, page: &PageQuery) -> Result<Rows<Self>, Problem> {
        let found = rows_of_page!(connection, page, Row, filtered(&asked.filter))?;
        Ok(Rows { rows: found.rows.into_iter().map(|row| row.on(asked.today)).collect(), total: found.total })
    }

    async fn find(mut connection: &AsyncPgConnection, key: &CycleOn) -> Result<Option<Self>, DbError> {
        let row = dsl::collection_cycles.find((&key.path.framework, key.path.quarter));
        let found = Remembered(row.select(Row::as_select())).get_result::<Row>(&mut connection).await.optional()?;
        Ok(found.map(|row| row.on(key.today)))
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &CycleOn) -> Result<Option<Self>, DbError> {
        let row = dsl::collection_cycles.find((&key.path.framework, key.path.quarter));
        let found = row.select(Row::as_select()).for_update().first(connection).await.optional()?;
        Ok(found.map(|row| row.on(key.today)))
    }

    async fn check(connection: &mut AsyncPgConnection, body: &CycleBody, _: Option<&Self>) -> Result<(), Problem> {
        rules::check(connection, body).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &CycleBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::collection_cycles).values(body);
        let row: Row = insert.returning(Row::as_returning()).get_result(connection).await?;
        // Made just now, so the day on which it was made is today.
        let today = london::date(row.created_at);
        Ok(row.on(today))
    }

    async fn replace(connection: &mut AsyncPgConnection, key: &CycleOn, body: &CycleBody) -> Result<Self, DbError> {
        let row = dsl::collection_cycles.find((&key.path.framework, key.path.quarter));
        let row: Row = diesel::update(row).set(body).returning(Row::as_returning()).get_result(connection).await?;
        Ok(row.on(key.today))
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &CycleOn) -> Result<(), DbError> {
        let row = dsl::collection_cycles.find((&key.path.framework, key.path.quarter));
        diesel::delete(row).execute(connection).await?;
        Ok(())
    }
}

/// Every cycle of a framework in the order of the quarters, as it stands on the day `today`; of one year if it is named.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn of_framework(
    mut connection: &AsyncPgConnection,
    framework: &str,
    year: Option<FinancialYear>,
    today: NaiveDate,
) -> Result<Vec<CollectionCycle>, DbError> {
    let mut query = dsl::collection_cycles.filter(dsl::framework.eq(framework)).into_boxed();
    if let Some(year) = year {
        query = query.filter(dsl::quarter.between(year.first_quarter(), year.last_quarter()));
    }
    let rows: Vec<Row> = query.order(dsl::quarter).select(Row::as_select()).load(&mut connection).await?;
    Ok(rows.into_iter().map(|row| row.on(today)).collect())
}

/// Stores the cycles that are not there yet, and tells of which quarters those are.
///
/// # Errors
/// [`DbError`] when a constraint refuses.
pub async fn insert_missing(
    connection: &mut AsyncPgConnection,
    framework: &Code,
    cycles: &[(Quarter, CycleDates)],
) -> Result<Vec<Quarter>, DbError> {
    let values = cycles.iter().map(|(quarter, dates)| {
        (
            dsl::framework.eq(framework),
            dsl::quarter.eq(quarter),
            dsl::opens_on.eq(dates.opens_on),
            dsl::due_on.eq(dates.due_on),
            dsl::locks_on.eq(dates.locks_on),
            dsl::committee_on.eq(dates.committee_on),
        )
    });
    let insert = diesel::insert_into(dsl::collection_cycles).values(values.collect::<Vec<_>>());
    Ok(insert.on_conflict_do_nothing().returning(dsl::quarter).get_results(connection).await?)
}
