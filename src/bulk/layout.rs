//! Our own columns of CSV: the fields of a submission under their names, a text of the narrative under `narrative.` and its section.

use serde_json::{Map, Value, json};

use super::document::REASON;
use super::split::unreadable;
use crate::domain::cell::{self, Cell, ReadCell};
use crate::domain::quantity::Quantity;
use crate::http::problem::{Fault, Problem};
use crate::http::{json, schema};

/// Columns that the file of refused rows has beside its own; sent again they are passed over.
pub const ERROR_COLUMNS: [&str; 4] = ["error_code", "error_column", "error_value", "error_detail"];

/// Columns of words.
const WORDS: &[&str] = &[
    "measure",
    "quarter",
    "data_period",
    "value_symbol",
    "numerator_symbol",
    "denominator_symbol",
    "stage",
    "quality_note",
    "breakdown_note",
    REASON,
];
/// Columns of numbers, each with the field of its symbol.
const NUMBERS: &[(&str, &str)] =
    &[("value", "value_symbol"), ("numerator", "numerator_symbol"), ("denominator", "denominator_symbol")];
/// Columns of JSON: the parts as a list, and the narrative as an object, for rows that come from JSON.
const JSON: &[&str] = &["breakdowns", "narrative"];
/// What begins the name of a narrative section's column.
const NARRATIVE: &str = "narrative.";

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Words(&'static str),
    Number(&'static str, &'static str),
    Json(&'static str),
    Section(String),
    /// Left by a spreadsheet: no name, and no cells either.
    Unnamed,
    /// Left by the file of refused rows.
    Passed,
}

/// The columns of a file, in their order.
#[derive(Clone, Debug)]
pub struct Layout {
    names: Vec<String>,
    columns: Vec<Column>,
}

/// What the cells of a row come to.
#[derive(Debug, Default)]
pub struct Cells {
    /// The row's document.
    pub document: Value,
    /// What is wrong with cells, by JSON Pointer within the document.
    pub faults: Vec<Fault>,
    /// How cells were read where that was not as they stand.
    pub notes: Vec<String>,
}

impl Layout {
    /// The layout that a line of names gives.
    ///
    /// # Errors
    /// `import_unreadable`: other separators, a name twice, a name that is not known, a column that is missing.
    pub fn of(names: Vec<String>) -> Result<Self, Problem> {
        separators(&names)?;
        distinct(&names)?;
        let columns: Vec<Option<Column>> = names.iter().map(|name| column(name)).collect();
        let unknown: Vec<&str> =
            names.iter().zip(&columns).filter(|(_, column)| column.is_none()).map(|(name, _)| name.as_str()).collect();
        if !unknown.is_empty() {
            let detail = format!(
                "There is no column `{}`. A misspelt column that was passed over would lose figures: correct the name, or take the \
                 column out. There are {} and `{NARRATIVE}` followed by a section.",
                unknown.join("`, `"),
                known().join(", ")
            );
            return Err(unreadable("unknown_column", detail));
        }
        for needed in ["measure", "quarter", "data_period"] {
            if !columns
                .contains(&Some(Column::Words(WORDS.iter().find(|one| **one == needed).copied().unwrap_or_default())))
            {
                return Err(unreadable("column_missing", format!("The column `{needed}` is missing.")));
            }
        }
        Ok(Self { names, columns: columns.into_iter().flatten().collect() })
    }

    /// The names, as they stand in the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The column in which a place of the document stands.
    pub fn column_of(&self, pointer: &str) -> Option<usize> {
        let field = pointer.trim_start_matches('/');
        let holds = |column: &Column| match column {
            Column::Words(name) => *name == field,
            Column::Number(name, symbol) => *name == field || *symbol == field,
            Column::Json(name) => field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Column::Section(name) => {
                field.strip_prefix("narrative/").is_some_and(|section| section == schema::escape(name))
            }
            Column::Unnamed | Column::Passed => false,
        };
        let exact = |column: &Column| matches!(column, Column::Words(name) if *name == field);
        self.columns.iter().position(exact).or_else(|| self.columns.iter().position(holds))
    }

    /// The document of a row with these cells. A cell that is left empty says nothing.
    pub fn read(&self, cells: &[String]) -> Cells {
        let mut read = Cells::default();
        if cells.len() != self.columns.len() {
            let detail = format!(
                "The row has {} cells, and there are {} columns: a comma or a quotation mark may be missing, or one too many.",
                cells.len(),
                self.columns.len()
            );
            read.faults.push(Fault::new("", "wrong_number_of_cells", detail));
        }
        let (mut fields, mut narrative) = (Map::new(), Map::new());
        for (at, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            let text = cell.trim();
            match column {
                _ if text.is_empty() => {}
                Column::Passed => {}
                Column::Unnamed => read.faults.push(unnamed(at, text)),
                Column::Words(name) => twice(&mut fields, name, json!(text), &mut read.faults),
                Column::Section(name) => drop(narrative.insert(name.clone(), json!(text))),
                Column::Json(name) => match json::read(text.as_bytes()) {
                    Ok(Value::Object(sections)) if *name == "narrative" => narrative.extend(sections),
                    Ok(value) => drop(fields.insert((*name).to_owned(), value)),
                    Err(problem) => {
                        let detail = problem.detail().replacen("The body", "The cell", 1);
                        read.faults.push(Fault::new(format!("/{name}"), problem.kind().code, detail));
                    }
                },
                Column::Number(name, symbol) => number(name, symbol, text, &mut fields, &mut read),
            }
        }
        fields.entry("narrative").or_insert(Value::Object(narrative));
        read.document = Value::Object(fields);
        read
    }
}

/// A cell that has no column: it may be a figure whose name was deleted.
fn unnamed(at: usize, text: &str) -> Fault {
    let detail = format!(
        "Column {} has no name, and its cell has `{}`: give the column its name, or take it out.",
        at + 1,
        schema::shorten(text)
    );
    Fault::new("", "unnamed_column", detail)
}

/// Reads a cell of a number into its field, or into that of its symbol.
fn number(name: &str, symbol_field: &str, text: &str, fields: &mut Map<String, Value>, read: &mut Cells) {
    match cell::read(text) {
        Ok(found) => {
            read.notes.extend(found.note.map(|note| format!("{name}: {note}")));
            match found.cell {
                Cell::Empty => {}
                Cell::Number(number) => {
                    fields.insert(name.to_owned(), serde_json::to_value(Quantity(number)).unwrap_or_default());
                }
                Cell::Symbol(symbol) => twice(fields, symbol_field, json!(symbol.as_ref()), &mut read.faults),
            }
        }
        Err(fault) => read.faults.push(Fault::new(format!("/{name}"), fault.code, fault.detail)),
    }
}

/// Sets a field, which a symbol in the number's place may have set before.
fn twice(fields: &mut Map<String, Value>, name: &str, value: Value, faults: &mut Vec<Fault>) {
    if let Some(other) = fields.get(name).filter(|other| **other != value) {
        let detail = format!("The number's cell and `{name}` name two symbols, {other} and {value}: send one.");
        faults.push(Fault::new(format!("/{name}"), "two_symbols", detail));
    }
    fields.insert(name.to_owned(), value);
}

/// Takes the digits of a binary float off the figures of a row of JSON, as off cells; the notes that say so.
pub fn without_noise(document: &mut Value) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, _) in NUMBERS {
        let Some(number) = document.get_mut(*name).filter(|value| value.is_number()) else { continue };
        if let Ok(ReadCell { cell: Cell::Number(meant), note: Some(note) }) = cell::read(&number.to_string()) {
            *number = serde_json::to_value(Quantity(meant)).unwrap_or_default();
            notes.push(format!("{name}: {note}"));
        }
    }
    notes
}

fn column(name: &str) -> Option<Column> {
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        return Some(Column::Unnamed);
    }
    if ERROR_COLUMNS.contains(&name.as_str()) {
        return Some(Column::Passed);
    }
    if let Some(known) = JSON.iter().find(|known| **known == name) {
        return Some(Column::Json(known));
    }
    if let Some(section) = name.strip_prefix(NARRATIVE).filter(|section| !section.is_empty()) {
        return Some(Column::Section(section.to_owned()));
    }
    let words = WORDS.iter().find(|known| **known == name).map(|known| Column::Words(known));
    words.or_else(|| {
        NUMBERS.iter().find(|(known, _)| *known == name).map(|(number, symbol)| Column::Number(number, symbol))
    })
}

fn known() -> Vec<String> {
    all_names().iter().map(|name| format!("`{name}`")).collect()
}

/// Every column that there can be but those of single sections: what rows have that came in another form.
pub fn all_names() -> Vec<String> {
    let numbers = NUMBERS.iter().map(|(name, _)| *name);
    WORDS.iter().copied().chain(numbers).chain(JSON.iter().copied()).map(str::to_owned).collect()
}

/// Refuses names that stand twice: which of two columns counts would be a guess.
pub fn distinct(names: &[String]) -> Result<(), Problem> {
    let tidy: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
    for (at, name) in tidy.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(before) = tidy[..at].iter().position(|other| other == name) {
            let detail = format!("The name `{name}` stands over columns {} and {}: take one out.", before + 1, at + 1);
            return Err(unreadable("duplicate_column", detail));
        }
    }
    Ok(())
}

/// Refuses a file whose lines end in CR alone, or whose cells are separated by something else than commas.
pub fn separators(names: &[String]) -> Result<(), Problem> {
    if names.iter().any(|name| name.replace("\r\n", "").contains('\r')) {
        let detail = "The lines end in CR alone, so that all of the file is one line: save it with lines that end in LF or CRLF, as the \
                      form `CSV UTF-8` has them.";
        return Err(unreadable("wrong_line_ends", detail));
    }
    let [only] = names else { return Ok(()) };
    let other = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")].into_iter().find(|(mark, _)| only.contains(*mark));
    match other {
        Some((_, called)) => {
            let detail = format!("The columns are separated by {called}: save the file with commas between them.");
            Err(unreadable("wrong_separator", detail))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
