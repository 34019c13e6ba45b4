//! From the records of a content to its rows.

use std::sync::Arc;

use super::charset;
use super::document;
use super::layout::Layout;
use super::row::{Row, RowPlaces};
use super::split::{Record, unreadable};
use crate::domain::import::{Charset, ContentForm};
use crate::http::json;
use crate::http::problem::{Fault, Problem};

/// How the records of one content are read.
#[derive(Clone, Debug)]
pub struct Reading {
    form: ContentForm,
    charset: Charset,
    layout: Option<Arc<Layout>>,
}

impl Reading {
    /// By its form and charset.
    ///
    /// # Errors
    /// `import_unreadable` for JSON that is not UTF-8.
    pub fn new(form: ContentForm, charset: Charset) -> Result<Self, Problem> {
        if form != ContentForm::Csv && charset != Charset::Utf8 {
            return Err(unreadable("wrong_charset", "JSON is written in UTF-8, and the content is not: save it so."));
        }
        Ok(Self { form, charset, layout: None })
    }

    /// The layout of a CSV content, once its first line was read.
    pub fn layout(&self) -> Option<&Arc<Layout>> {
        self.layout.as_ref()
    }

    /// The row of a record; none where it is a line of names, or has nothing but empty cells.
    ///
    /// # Errors
    /// `import_unreadable` for a line of names that is none.
    pub fn row(&mut self, record: &Record) -> Result<Option<Row>, Problem> {
        let text = charset::decode(&record.bytes, self.charset).into_owned();
        if self.form != ContentForm::Csv {
            return Ok(Some(self.of_json(record, text)));
        }
        let cells = cells(&text)?;
        let Some(layout) = &self.layout else {
            self.layout = Some(Arc::new(Layout::of(cells)?));
            return Ok(None);
        };
        let empty = cells.iter().all(|cell| cell.trim().is_empty());
        Ok((!empty).then(|| of_csv(record, text, cells, Arc::clone(layout))))
    }

    /// Whether a content could end here.
    ///
    /// # Errors
    /// `import_unreadable` for CSV without a line of names.
    pub fn ended(&self) -> Result<(), Problem> {
        if self.form == ContentForm::Csv && self.layout.is_none() {
            return Err(unreadable("empty", "The content is empty: it begins with a line of the columns' names."));
        }
        Ok(())
    }

    fn of_json(&self, record: &Record, text: String) -> Row {
        // A line of NDJSON is named by its number, an element of a list by its place.
        let above = if self.form == ContentForm::Json { format!("/{}", record.number) } else { String::new() };
        let read = json::read(text.as_bytes());
        let document = read.as_ref().ok().cloned().unwrap_or_default();
        let (about, places) = (document::about(&document), RowPlaces::Json(above, document));
        let draft = read
            .map_err(|problem| vec![Fault::new("", problem.kind().code, problem.detail())])
            .and_then(|document| document::draft(document, Vec::new()))
            .map_err(|faults| document::placed(&faults, &places));
        Row { number: record.number + 1, line: record.line, original: text, draft, about, notes: Vec::new(), places }
    }
}

fn of_csv(record: &Record, original: String, cells: Vec<String>, layout: Arc<Layout>) -> Row {
    let read = layout.read(&cells);
    let (about, places) = (document::about(&read.document), RowPlaces::Csv(layout, cells));
    let whole = read.faults.iter().any(|fault| fault.pointer.is_empty());
    // Of a row whose cells are shifted, nothing more is to be told.
    let draft = if whole { Err(read.faults) } else { document::draft(read.document, read.faults) };
    let draft = draft.map_err(|faults| document::placed(&faults, &places));
    Row { number: record.number, line: record.line, original, draft, about, notes: read.notes, places }
}

/// The cells of one record.
///
/// # Errors
/// `import_unreadable` where they cannot be told apart.
pub fn cells(text: &str) -> Result<Vec<String>, Problem> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1024).from_reader(text.as_bytes());
    let record = reader.records().next().transpose();
    let record = record.map_err(|error| unreadable("malformed_csv", format!("A row cannot be read: {error}.")))?;
    Ok(record.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default())
}
