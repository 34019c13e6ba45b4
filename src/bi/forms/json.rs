//! Rows as JSON objects, and a page of them. Numbers have the digits that they were pushed with; nulls are written.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use crate::bi::catalogue::{Head, KEY, heads};
use crate::bi::cell::Cell;
use crate::bi::changed::Key;
use crate::bi::feed::Cells;
use crate::http::problem::Problem;

/// The feed's names as they stand in an object.
pub static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names(&heads()));

/// Names as they stand in an object: quoted, with their colons.
pub fn names(heads: &[Head]) -> Vec<String> {
    heads.iter().map(|head| format!("\"{}\":", head.name)).collect()
}

/// Writes a row as one object.
///
/// # Errors
/// `internal_error` if it cannot be written.
pub fn object(names: &[String], row: &Cells, out: &mut Vec<u8>) -> Result<(), Problem> {
    for (at, (cell, name)) in row.iter().zip(names).enumerate() {
        out.push(if at == 0 { b'{' } else { b',' });
        out.extend_from_slice(name.as_bytes());
        value(cell, out)?;
    }
    out.push(b'}');
    Ok(())
}

/// Writes rows as a list.
fn list(names: &[String], rows: &[Cells], out: &mut Vec<u8>) -> Result<(), Problem> {
    out.push(b'[');
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        object(names, row, out)?;
    }
    out.push(b']');
    Ok(())
}

/// A whole table as `{"items": […]}`.
///
/// # Errors
/// As [`object`].
pub fn items(heads: &[Head], rows: &[Cells]) -> Result<Vec<u8>, Problem> {
    let mut out = b"{\"items\":".to_vec();
    list(&names(heads), rows, &mut out)?;
    out.push(b'}');
    Ok(out)
}

/// Writes a value.
///
/// # Errors
/// As [`object`].
pub fn value(cell: &Cell, out: &mut Vec<u8>) -> Result<(), Problem> {
    match cell {
        Cell::Null => out.extend_from_slice(b"null"),
        Cell::Text(text) => serde_json::to_writer(out, text).map_err(Problem::internal)?,
        Cell::Date(_) | Cell::Instant(_) => write!(out, "\"{}\"", cell.plain()).map_err(Problem::internal)?,
        Cell::Decimal(number) => write!(out, "{number}").map_err(Problem::internal)?,
        Cell::Integer(number) => write!(out, "{number}").map_err(Problem::internal)?,
        Cell::Boolean(flag) => write!(out, "{flag}").map_err(Problem::internal)?,
    }
    Ok(())
}

/// What a page tells beside its rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// Address of the next page.
    pub next: Option<&'a str>,
    /// How many rows there are in all, where that was asked.
    pub total: Option<usize>,
    /// By what what changes from now on can be asked for.
    pub changed_since: Option<&'a str>,
    /// Keys of rows that are gone, where that was asked.
    pub removed: Option<&'a [Key]>,
}

/// A page.
///
/// # Errors
/// As [`object`].
pub fn page(rows: &[Cells], told: &Told<'_>) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::with_capacity(256 + rows.len() * 3000);
    out.extend_from_slice(b"{\"items\":");
    list(&NAMES, rows, &mut out)?;
    out.extend_from_slice(b",\"next\":");
    serde_json::to_writer(&mut out, &told.next).map_err(Problem::internal)?;
    out.extend_from_slice(b",\"changed_since\":");
    serde_json::to_writer(&mut out, &told.changed_since).map_err(Problem::internal)?;
    if let Some(removed) = told.removed {
        let keys = removed.iter().map(|key| KEY.into_iter().zip(key).collect::<BTreeMap<_, _>>());
        out.extend_from_slice(b",\"removed\":");
        serde_json::to_writer(&mut out, &keys.collect::<Vec<_>>()).map_err(Problem::internal)?;
    }
    if let Some(total) = told.total {
        write!(out, ",\"total\":{total}").map_err(Problem::internal)?;
    }
    out.push(b'}');
    Ok(out)
}
