//! Refused rows as CSV: in their original form, with columns that say what is wrong. Mended, the file can be sent again as it is.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::Bytes;
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde_json::Value;

use super::body::Kept;
use super::layout::{self, ERROR_COLUMNS};
use super::query::RowsQuery;
use super::quoting;
use super::receipt::RowReceipt;
use super::row::RowFault;
use super::store;
use crate::db::{Author, Db};
use crate::domain::import::RowOutcome;
use crate::http::json;
use crate::http::problem::Problem;
use crate::http::spreadsheet;

/// The columns of the file: the content's own, without errors that it brought, and those of errors.
#[derive(Clone, Debug)]
pub struct Columns {
    names: Vec<String>,
    /// Whether the rows came as CSV.
    csv: bool,
}

impl Columns {
    /// Of an import whose content had these columns; or none, for JSON.
    pub fn of(layout: Option<&Value>) -> Self {
        let own: Option<Vec<String>> = layout.and_then(|names| serde_json::from_value(names.clone()).ok());
        match own {
            Some(names) => Self { names, csv: true },
            None => Self { names: layout::all_names(), csv: false },
        }
    }

    fn kept(&self) -> impl Iterator<Item = (usize, &String)> {
        self.names.iter().enumerate().filter(|(_, name)| !ERROR_COLUMNS.contains(&name.trim().to_lowercase().as_str()))
    }

    /// A record of CSV begins on a line of its own; a line of JSON may have several rows.
    fn same_record(&self, a: &RowReceipt, b: &RowReceipt) -> bool {
        self.csv && a.line == b.line
    }

    fn record(&self, rows: &[RowReceipt]) -> Result<Vec<u8>, Problem> {
        let original = rows.iter().find_map(|row| row.original.as_deref()).unwrap_or_default();
        let told_apart = || quoting::text_after(original).is_none();
        let cells = if self.csv {
            super::reading::cells(original).ok().filter(|_| told_apart())
        } else {
            flattened(&self.names, original)
        };
        // What does not fit into the columns stands in the first as it came: sent again unmended, it is refused again.
        let fitting = cells.filter(|cells| cells.len() == self.names.len());
        let first = self.kept().next().map_or(0, |(at, _)| at);
        let cells = fitting.unwrap_or_else(|| {
            let cell = |at| if at == first { original.to_owned() } else { String::new() };
            (0..self.names.len()).map(cell).collect()
        });
        let own = self.kept().map(|(at, _)| cells.get(at).map_or("", String::as_str));
        let mut faults: Vec<&RowFault> = Vec::new();
        for fault in rows.iter().flat_map(|row| &row.errors) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        let join = |part: fn(&RowFault) -> Option<&str>| {
            faults.iter().map(|fault| part(fault).unwrap_or_default()).collect::<Vec<_>>().join("; ")
        };
        let errors = [
            join(|fault| Some(&fault.code)),
            join(|fault| fault.column.as_deref().or(fault.pointer.as_deref())),
            join(|fault| fault.value.as_deref()),
            join(|fault| Some(&fault.detail)),
        ];
        line(own.chain(errors.iter().map(String::as_str)))
    }
}

impl Lines for Columns {
    fn head(&self) -> Result<Vec<u8>, Problem> {
        let names = self.kept().map(|(_, name)| name.as_str());
        line(names.chain(ERROR_COLUMNS))
    }

    /// Several rows of ours can come of one record of a published file: it stands there once, with all that is wrong with it, for sent
    /// again twice it would be about the same figures twice.
    fn lines(&self, rows: &[RowReceipt]) -> Result<Vec<u8>, Problem> {
        let mut lines = Vec::new();
        for of_one_record in rows.chunk_by(|a, b| self.same_record(a, b)) {
            lines.extend(self.record(of_one_record)?);
        }
        Ok(lines)
    }

    fn whole(&self, rows: &[RowReceipt]) -> usize {
        let Some(last) = rows.last() else { return 0 };
        rows.iter().rposition(|row| !self.same_record(row, last)).map_or(0, |at| at + 1)
    }
}

/// How rows of an import are written as lines of CSV.
pub trait Lines: Clone + 'static {
    /// The line of names.
    ///
    /// # Errors
    /// `internal_error` if it cannot be written.
    fn head(&self) -> Result<Vec<u8>, Problem>;

    /// The lines of these rows, in their order.
    ///
    /// # Errors
    /// As [`Lines::head`].
    fn lines(&self, rows: &[RowReceipt]) -> Result<Vec<u8>, Problem>;

    /// How many of these rows are of records of which no further row can follow.
    fn whole(&self, rows: &[RowReceipt]) -> usize;
}

/// Rows that are read at a time; more than a record can have.
const PAGE: i64 = 500;

/// The file of refused rows.
pub fn answer(db: Db, author: Author, kept: Kept) -> HttpResponse {
    let columns = Columns::of(kept.layout.as_ref());
    let name = format!("import-{}-refused.csv", kept.number);
    let refused = RowsQuery { outcome: Some(RowOutcome::Refused), ..RowsQuery::default() };
    stream(db, author, kept, refused, &name, columns)
}

/// A file of the rows that are asked for, written as it is read: however many rows there are, few are held.
pub fn stream(db: Db, author: Author, kept: Kept, asked: RowsQuery, name: &str, columns: impl Lines) -> HttpResponse {
    // The number of the last row that was written; none before the line of names.
    let parts = futures_util::stream::try_unfold(Some(None::<i32>), move |state| {
        let (db, author, kept) = (db.clone(), author.clone(), kept.clone());
        let (columns, asked) = (columns.clone(), asked.clone());
        async move {
            let Some(after) = state else { return Ok(None) };
            let read = async |connection: &mut AsyncPgConnection| {
                store::rows(connection, &kept, &asked, after.unwrap_or(0), PAGE).await
            };
            let mut rows = db.write(&author, read).await.map_err(Problem::from)?;
            let (full, whole) = (i64::try_from(rows.len()) == Ok(PAGE), columns.whole(&rows));
            if full && whole > 0 {
                // The last record may go on in the next page.
                rows.truncate(whole);
            }
            let mut part = if after.is_none() { columns.head()? } else { Vec::new() };
            part.extend(columns.lines(&rows)?);
            Ok::<_, Problem>(Some((Bytes::from(part), rows.last().map(|last| Some(last.row)))))
        }
    });
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(parts)
}

/// The cells of a row that came as JSON; none where it says something that has no column.
fn flattened(names: &[String], original: &str) -> Option<Vec<String>> {
    let document = json::read(original.as_bytes()).ok()?;
    if !document.as_object()?.keys().all(|field| names.contains(field)) {
        return None;
    }
    let cell = |name: &String| {
        let pointer = format!("/{}", name.replacen("narrative.", "narrative/", 1));
        match document.pointer(&pointer) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    };
    Some(names.iter().map(cell).collect())
}

/// A line of CSV that a spreadsheet runs nothing of.
///
/// # Errors
/// `internal_error` if it cannot be written.
pub fn line<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Who opens the file is seldom who sent the rows.
    let safe =
        |cell: &'a str| if Decimal::from_str_exact(cell).is_ok() { cell.into() } else { spreadsheet::safe(cell) };
    writer.write_record(cells.map(|cell| safe(cell).into_owned())).map_err(Problem::internal)?;
    writer.into_inner().map_err(Problem::internal)
}
