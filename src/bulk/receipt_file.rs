//! Receipts of rows as CSV: a line for each row, whatever became of it.

use super::body::Kept;
use super::download::{self, line};
use super::query::RowsQuery;
use super::receipt::RowReceipt;
use super::row::RowFault;
use crate::db::{Author, Db};
use crate::http::problem::Problem;

/// The columns of the file.
const NAMES: [&str; 12] = [
    "row",
    "line",
    "outcome",
    "measure",
    "quarter",
    "revision",
    "error_code",
    "error_place",
    "error_value",
    "error_detail",
    "warnings",
    "notes",
];

/// The file of the rows that are asked for.
pub fn answer(db: Db, author: Author, kept: Kept, asked: RowsQuery) -> actix_web::HttpResponse {
    let name = format!("import-{}-receipts.csv", kept.number);
    download::stream(db, author, kept, asked, &name, Receipts)
}

/// Writes receipts.
#[derive(Clone, Copy, Debug)]
struct Receipts;

impl download::Lines for Receipts {
    fn head(&self) -> Result<Vec<u8>, Problem> {
        line(NAMES.into_iter())
    }

    fn lines(&self, rows: &[RowReceipt]) -> Result<Vec<u8>, Problem> {
        Ok(rows.iter().map(record).collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn whole(&self, rows: &[RowReceipt]) -> usize {
        rows.len()
    }
}

fn record(row: &RowReceipt) -> Result<Vec<u8>, Problem> {
    let errors = |part: fn(&RowFault) -> Option<&str>| {
        row.errors.iter().map(|fault| part(fault).unwrap_or_default()).collect::<Vec<_>>().join("; ")
    };
    let warnings: Vec<String> =
        row.warnings.iter().map(|warning| format!("{}: {}", warning.code, warning.detail)).collect();
    let cells = [
        row.row.to_string(),
        row.line.to_string(),
        row.outcome.to_string(),
        row.measure.clone().unwrap_or_default(),
        row.quarter.clone().unwrap_or_default(),
        row.revision.map(|revision| revision.to_string()).unwrap_or_default(),
        errors(|fault| Some(&fault.code)),
        errors(|fault| fault.column.as_deref().or(fault.pointer.as_deref())),
        errors(|fault| fault.value.as_deref()),
        errors(|fault| Some(&fault.detail)),
        warnings.join("; "),
        row.notes.join("; "),
    ];
    line(cells.iter().map(String::as_str))
}
