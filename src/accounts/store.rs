//! Accounts in the database.

use chrono::{DateTime, Utc};
use diesel::define_sql_function;
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Account, AccountFilter, Held};
use crate::db::DbError;
use crate::db::schema::accounts::{self, dsl};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::rows_of_page;

define_sql_function! {
    /// The names of an account, newest first.
    fn account_names(of_account: BigInt) -> Array<Text>;
}

define_sql_function! {
    /// Version of an account.
    fn account_version(of_account: BigInt) -> BigInt;
}

define_sql_function! {
    /// Erases an account wherever it is named; answers how many names it had.
    fn erase_account(erased: BigInt, reason: Text) -> Integer;
}

/// Where a page of what is held goes on: after the place with these values.
pub type After = (DateTime<Utc>, String, String, String, String, i64);

impl From<&Held> for After {
    fn from(held: &Held) -> Self {
        let Held { place, resource, resource_key, field, known_from, change, .. } = held.clone();
        (known_from, place, resource, resource_key, field, change)
    }
}

const HELD: &str = "SELECT * FROM held_of_account($1) WHERE $2 IS NULL \
    OR (known_from, place, resource, resource_key, field, change) > ($2, $3, $4, $5, $6, $7) \
    ORDER BY known_from, place, resource, resource_key, field, change LIMIT $8";

fn filtered(filter: &AccountFilter) -> accounts::BoxedQuery<'_, Pg> {
    // The first name stands for the account.
    let query = dsl::accounts.filter(dsl::number.eq(dsl::account)).into_boxed();
    match &filter.name {
        None => query,
        Some(name) => {
            let named = sql::<Bool>(
                "account IN (SELECT a.account FROM accounts a WHERE a.number = ANY (ARRAY(SELECT unnest(account_numbers(",
            );
            query.filter(named.bind::<Text, _>(name).sql(")))))"))
        }
    }
}

/// A page of accounts.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list(
    connection: &AsyncPgConnection,
    filter: &AccountFilter,
    page: &PageQuery,
) -> Result<Rows<Account>, Problem> {
    rows_of_page!(connection, page, Account, filtered(filter))
}

/// Every account, by number.
///
/// # Errors
/// [`Problem`] when the database cannot be reached.
pub async fn all(mut connection: &AsyncPgConnection, filter: &AccountFilter) -> Result<Vec<Account>, Problem> {
    let query = filtered(filter).select(Account::as_select()).order(dsl::account);
    Ok(query.load(&mut connection).await.map_err(DbError::from)?)
}

/// The account with this number, if there is one.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn find(mut connection: &AsyncPgConnection, account: i64) -> Result<Option<Account>, DbError> {
    let query = dsl::accounts.filter(dsl::number.eq(account)).filter(dsl::account.eq(account));
    Ok(query.select(Account::as_select()).first(&mut connection).await.optional()?)
}

/// Places where the account is named and changes that it made, oldest first.
///
/// # Errors
/// As [`find`].
pub async fn held(
    mut connection: &AsyncPgConnection,
    account: i64,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Held>, DbError> {
    let query = diesel::sql_query(HELD)
        .bind::<BigInt, _>(account)
        .bind::<Nullable<Timestamptz>, _>(after.map(|after| after.0))
        .bind::<Nullable<Text>, _>(after.map(|after| &after.1))
        .bind::<Nullable<Text>, _>(after.map(|after| &after.2))
        .bind::<Nullable<Text>, _>(after.map(|after| &after.3))
        .bind::<Nullable<Text>, _>(after.map(|after| &after.4))
        .bind::<Nullable<BigInt>, _>(after.map(|after| after.5))
        .bind::<BigInt, _>(limit);
    Ok(query.load(&mut connection).await?)
}

/// Erases the names of an account; one that was erased before stays as it was.
///
/// # Errors
/// [`DbError`] when a rule refuses, or the tables are not free in time.
pub async fn erase(connection: &mut AsyncPgConnection, account: i64, reason: &str) -> Result<(), DbError> {
    diesel::select(erase_account(account, reason)).execute(connection).await?;
    Ok(())
}
