//! From the records of a content to its rows.

use std::sync::Arc;

use super::charset;
use super::document;
use super::layout::{self, Cells, Layout};
use super::passed::Passed;
use super::quoting;
use super::row::{Row, RowFault, RowPlaces};
use super::split::{Record, unreadable};
use super::tidy::Tidy;
use crate::domain::import::{Charset, ContentForm};
use crate::http::json;
use crate::http::problem::{Fault, Problem};
use crate::http::schema::shorten;
use crate::http::spreadsheet;
use crate::resources::import_mappings::body::Mapped;

/// How the records of one content are read.
#[derive(Clone, Debug)]
pub struct Reading {
    form: ContentForm,
    charset: Charset,
    mapping: Option<Mapped>,
    columns: Option<Columns>,
    passed: Passed,
}

/// The columns of a CSV content, once its line of names was read.
#[derive(Clone, Debug)]
enum Columns {
    Ours(Arc<Layout>),
    Tidy(Arc<Tidy>),
}

impl Reading {
    /// By its form, its charset, and a mapping for what has other columns than ours.
    ///
    /// # Errors
    /// `import_unreadable` for JSON that is not UTF-8, and for a mapping of what is no CSV.
    pub fn new(form: ContentForm, charset: Charset, mapping: Option<Mapped>) -> Result<Self, Problem> {
        if form != ContentForm::Csv && mapping.is_some() {
            return Err(unreadable(
                "no_csv",
                "A mapping reads the columns of CSV: send text/csv, or leave `mapping` out.",
            ));
        }
        if form != ContentForm::Csv && charset != Charset::Utf8 {
            return Err(unreadable("wrong_charset", "JSON is written in UTF-8, and the content is not: save it so."));
        }
        Ok(Self { form, charset, mapping, columns: None, passed: Passed::default() })
    }

    /// Names of the columns of a CSV content, once its first line was read.
    pub fn names(&self) -> Option<&[String]> {
        match self.columns.as_ref()? {
            Columns::Ours(layout) => Some(layout.names()),
            Columns::Tidy(tidy) => Some(tidy.names()),
        }
    }

    /// The rows of a record; none where it is a line of names, has nothing but empty cells, or is about something else.
    ///
    /// # Errors
    /// `import_unreadable` for a line of names that is none.
    pub fn rows(&mut self, record: &Record) -> Result<Vec<Row>, Problem> {
        let text = charset::decode(&record.bytes, self.charset).into_owned();
        if self.form != ContentForm::Csv {
            return Ok(vec![self.of_json(record, text)]);
        }
        let cells = cells(&text)?;
        let glued = quoting::text_after(&text);
        let Some(columns) = &self.columns else {
            self.columns = Some(match &self.mapping {
                None => Columns::Ours(Arc::new(Layout::of(cells)?)),
                Some(mapping) => Columns::Tidy(Arc::new(Tidy::of(cells, mapping.clone())?)),
            });
            return match glued {
                Some(glued) => Err(unreadable("text_after_quote", glued.fault(record, &[]).detail)),
                None => Ok(Vec::new()),
            };
        };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(Vec::new());
        }
        if let Some(glued) = glued {
            self.passed.take();
            return Ok(vec![columns.refused(record, text, cells, |names| glued.fault(record, names))]);
        }
        Ok(match columns {
            Columns::Ours(layout) => {
                let read = layout.read(&cells);
                vec![row(record, record.number, text, read, RowPlaces::Csv(Arc::clone(layout), cells))]
            }
            Columns::Tidy(tidy) => {
                let rows = of_tidy(record, &text, &cells, tidy);
                if rows.is_empty() {
                    self.passed.pass(tidy, &cells)
                } else {
                    self.passed.take()
                }
                rows
            }
        })
    }

    /// Notes that rows were taken before, when the work goes on after a break.
    pub fn goes_on(&mut self) {
        self.passed.take();
    }

    /// Whether a content could end here.
    ///
    /// # Errors
    /// `import_unreadable` for CSV without a line of names, and for a published file of which no row was taken.
    pub fn ended(&self) -> Result<(), Problem> {
        if self.form == ContentForm::Csv && self.columns.is_none() {
            return Err(unreadable("empty", "The content is empty: it begins with a line of the columns' names."));
        }
        match &self.columns {
            Some(Columns::Tidy(tidy)) => self.passed.ended(tidy),
            _ => Ok(()),
        }
    }

    fn of_json(&self, record: &Record, text: String) -> Row {
        // A line of NDJSON is named by its number, an element of a list by its place.
        let above = if self.form == ContentForm::Json { format!("/{}", record.number) } else { String::new() };
        let read = json::read_row(text.as_bytes(), record.line);
        let document = read.as_ref().ok().cloned().unwrap_or_default();
        let (about, places) = (document::about(&document), RowPlaces::Json(above.clone(), document));
        let mut notes = Vec::new();
        let malformed = |problem: Problem| RowFault {
            pointer: Some(above),
            column: None,
            code: problem.kind().code.to_owned(),
            detail: problem.detail().to_owned(),
            value: Some(shorten(&text)),
        };
        let draft = read.map_err(|problem| vec![malformed(problem)]).and_then(|mut document| {
            notes = layout::without_noise(&mut document);
            document::draft(document, Vec::new()).map_err(|faults| document::placed(&faults, &places))
        });
        Row { number: record.number + 1, line: record.line, original: text, draft, about, notes, places }
    }
}

impl Columns {
    /// A row of a record whose cells cannot be told, refused for this.
    fn refused(
        &self,
        record: &Record,
        original: String,
        cells: Vec<String>,
        fault: impl FnOnce(&[String]) -> RowFault,
    ) -> Row {
        let (number, fault, about, places) = match self {
            Self::Ours(layout) => {
                let about = document::about(&layout.read(&cells).document);
                (record.number, fault(layout.names()), about, RowPlaces::Csv(Arc::clone(layout), cells))
            }
            Self::Tidy(tidy) => {
                let places = RowPlaces::Tidy(Arc::clone(tidy), cells, 0);
                (first_of_tidy(record, tidy) + 1, fault(tidy.names()), (None, None), places)
            }
        };
        Row { number, line: record.line, original, draft: Err(vec![fault]), about, notes: Vec::new(), places }
    }
}

/// Rows before those of this record, had every one before as many as it could.
fn first_of_tidy(record: &Record, tidy: &Tidy) -> u32 {
    record.number.saturating_sub(1).saturating_mul(u32::try_from(tidy.most()).unwrap_or(1))
}

/// Several rows of ours can come of one record: their numbers leave room for all that could.
fn of_tidy(record: &Record, text: &str, cells: &[String], tidy: &Arc<Tidy>) -> Vec<Row> {
    let first = first_of_tidy(record, tidy);
    let rows = tidy.read(cells).into_iter().map(|(at, read)| {
        let number = first + u32::try_from(at).unwrap_or(0) + 1;
        row(record, number, text.to_owned(), read, RowPlaces::Tidy(Arc::clone(tidy), cells.to_vec(), at))
    });
    rows.collect()
}

fn row(record: &Record, number: u32, original: String, read: Cells, places: RowPlaces) -> Row {
    let about = document::about(&read.document);
    // Of cells that cannot be told apart, or placed, nothing more is to be told.
    let whole = |fault: &Fault| fault.pointer.is_empty() || read.document.get("quarter").is_none() && places.is_tidy();
    let alone = read.faults.iter().any(whole);
    let draft = if alone { Err(read.faults) } else { document::draft(read.document, read.faults) };
    let draft = draft.map_err(|faults| document::placed(&faults, &places));
    Row { number, line: record.line, original, draft, about, notes: read.notes, places }
}

/// The cells of one record; of one that the file of refused rows guarded, the text.
///
/// # Errors
/// `import_unreadable` where they cannot be told apart.
pub fn cells(text: &str) -> Result<Vec<String>, Problem> {
    // The record was cut at LF: a CR that is left in it ends nothing, or what follows it would be lost.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(csv::Terminator::Any(b'\n'))
        .buffer_capacity(1024)
        .from_reader(text.as_bytes());
    let record = reader.records().next().transpose();
    let record = record.map_err(|error| unreadable("malformed_csv", format!("A row cannot be read: {error}.")))?;
    Ok(record.map(|record| record.iter().map(|cell| spreadsheet::bare(cell).to_owned()).collect()).unwrap_or_default())
}
