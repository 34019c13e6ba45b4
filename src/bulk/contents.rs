//! The content of an import that waits, kept in parts.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::db::schema::import_contents;

/// Keeps a part of a content.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn keep(connection: &mut AsyncPgConnection, import: i64, first: u64, bytes: &[u8]) -> Result<(), DbError> {
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let values =
        (import_contents::import.eq(import), import_contents::first_byte.eq(first), import_contents::bytes.eq(bytes));
    diesel::insert_into(import_contents::table).values(values).execute(connection).await?;
    Ok(())
}

/// The bytes of a content from this one on, to the end of their part.
///
/// # Errors
/// As [`keep`].
pub async fn from(connection: &mut AsyncPgConnection, import: i64, byte: u64) -> Result<Vec<u8>, DbError> {
    let byte = i64::try_from(byte).unwrap_or(i64::MAX);
    let part =
        import_contents::table.filter(import_contents::import.eq(import)).filter(import_contents::first_byte.le(byte));
    let part =
        part.order(import_contents::first_byte.desc()).select((import_contents::first_byte, import_contents::bytes));
    let (first, mut bytes): (i64, Vec<u8>) = part.first(connection).await?;
    let passed = usize::try_from(byte - first).unwrap_or(usize::MAX).min(bytes.len());
    Ok(bytes.split_off(passed))
}
