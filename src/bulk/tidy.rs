//! Published files in the tidy form: by a mapping, each row that is meant becomes rows about our measures.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::layout::{Cells, distinct, separators};
use super::split::unreadable;
use crate::domain::cell::{self, Cell};
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::tidy::authority::{self, Said};
use crate::domain::tidy::{self, TidyFault};
use crate::http::problem::{Fault, Problem};
use crate::resources::import_mappings::body::{Mapped, MappedMeasure};

/// Columns that every file of this form has.
const MANDATORY: [&str; 3] = ["time_period", "time_identifier", "geographic_level"];

/// The columns of a file of this form, and how they are mapped.
#[derive(Clone, Debug)]
pub struct Tidy {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
    mapping: Mapped,
}

impl Tidy {
    /// The layout that a line of names gives.
    ///
    /// # Errors
    /// `import_unreadable`: other separators, a name twice, a column that is missing.
    pub fn of(names: Vec<String>, mapping: Mapped) -> Result<Self, Problem> {
        separators(&names)?;
        distinct(&names)?;
        let places: BTreeMap<String, usize> =
            names.iter().enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect();
        let layout = Self { names, places, mapping };
        let missing: Vec<&str> = layout.needed().filter(|name| !layout.places.contains_key(*name)).collect();
        if missing.is_empty() {
            return Ok(layout);
        }
        let detail = format!(
            "The file lacks the column `{}`, which the tidy form or the mapping `{}` asks for.",
            missing.join("`, `"),
            layout.mapping.code
        );
        Err(unreadable("column_missing", detail))
    }

    /// Columns that the form and the mapping ask for.
    fn needed(&self) -> impl Iterator<Item = &str> {
        let of_measures = self.mapping.measures.0.iter().flat_map(numbers).map(|(column, ..)| column);
        let filters =
            std::iter::once(&self.mapping.filters).chain(self.mapping.measures.0.iter().map(|one| &one.filters));
        let of_filters = filters.flat_map(|filters| filters.0.keys().map(String::as_str));
        MANDATORY.into_iter().chain(of_filters).chain(of_measures)
    }

    /// The names, as they stand in the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Most rows of ours that come of one record.
    pub fn most(&self) -> usize {
        self.mapping.measures.0.len().max(1)
    }

    /// What stands in this column.
    pub fn cell<'a>(&self, cells: &'a [String], column: &str) -> &'a str {
        self.places.get(column).and_then(|at| cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// The column in which a place of the document of this measure stands.
    pub fn column_of(&self, measure: usize, pointer: &str) -> Option<usize> {
        let field = pointer.trim_start_matches('/');
        let mapped = self.mapping.measures.0.get(measure);
        let of_number =
            mapped.and_then(|one| numbers(one).find(|(_, name, symbol)| *name == field || *symbol == field));
        let column = match field {
            "data_period" | "quarter" | "time_period" => "time_period",
            "time_identifier" | "geographic_level" | "old_la_code" | "new_la_code" | "la_name" => field,
            _ => of_number?.0,
        };
        self.places.get(column).copied()
    }

    /// What the cells of a record come to: the document of each measure that it is about, with the measure's place in the mapping.
    pub fn read(&self, cells: &[String]) -> Vec<(usize, Cells)> {
        let whole = |fault: Fault| vec![(0, Cells { document: json!({}), faults: vec![fault], notes: Vec::new() })];
        if cells.len() != self.names.len() {
            let detail = format!("The row has {} cells, and there are {} columns.", cells.len(), self.names.len());
            return whole(Fault::new("", "wrong_number_of_cells", detail));
        }
        // A row that cannot be placed may be one that is meant: it is not passed over.
        let told = |fault: TidyFault| Fault::new(format!("/{}", fault.column), fault.code, fault.detail);
        if let Err(fault) = tidy::level(self.cell(cells, "geographic_level")) {
            return whole(told(fault));
        }
        let level = self.cell(cells, "geographic_level");
        let places = tidy::places_of(level);
        if !places.is_empty() && places.iter().all(|column| self.cell(cells, column).is_empty()) {
            return whole(told(tidy::nowhere(level)));
        }
        let (text, named) = (self.cell(cells, "time_period"), self.cell(cells, "time_identifier"));
        if let Err(fault) = tidy::period(text, named, tidy::YearType::Named) {
            return whole(told(fault));
        }
        let mut read = Vec::new();
        for (at, one) in self.mapping.measures.0.iter().enumerate() {
            match self.meant(one, cells) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(fault) => return whole(told(fault)),
            }
            read.push(match tidy::period(text, named, one.years) {
                Ok(period) => (at, self.of_measure(one, period, cells)),
                Err(fault) => {
                    let document = json!({"measure": one.measure});
                    (at, Cells { document, faults: vec![told(fault)], notes: Vec::new() })
                }
            });
        }
        read
    }

    /// What is to stand in which column of a row that is about a measure.
    pub fn wanted<'a>(&'a self, one: &'a MappedMeasure) -> impl Iterator<Item = (&'a str, &'a str)> {
        let filters = self.mapping.filters.0.iter().chain(&one.filters.0);
        filters.map(|(column, wanted)| (column.as_str(), wanted.trim()))
    }

    /// Whether a row is about this measure. An authority is known by any of its codes and its name.
    fn meant(&self, one: &MappedMeasure, cells: &[String]) -> Result<bool, TidyFault> {
        let of_authority = self.cell(cells, "geographic_level") == "Local authority";
        let of_place = |column: &str| of_authority && authority::COLUMNS.contains(&column);
        let mut others = self.wanted(one).filter(|(column, _)| !of_place(column));
        if !others.all(|(column, wanted)| self.cell(cells, column) == wanted) {
            return Ok(false);
        }
        if !of_authority {
            return Ok(true);
        }
        let [old, new, name] = authority::COLUMNS.map(|column| self.cell(cells, column));
        authority::meant(Said { old, new, name }, self.wanted(one).filter(|(column, _)| of_place(column)))
    }

    /// The measures of the mapping.
    pub fn measures(&self) -> &[MappedMeasure] {
        &self.mapping.measures.0
    }

    /// Code of the mapping.
    pub fn mapping(&self) -> &str {
        self.mapping.code.as_str()
    }

    fn of_measure(&self, one: &MappedMeasure, period: DataPeriod, cells: &[String]) -> Cells {
        let mut read = Cells::default();
        let mut fields = Map::new();
        fields.insert("measure".to_owned(), json!(one.measure));
        fields.insert("quarter".to_owned(), json!(tidy::reporting_quarter(&period)));
        fields.insert("data_period".to_owned(), json!(period));
        fields.insert("stage".to_owned(), json!(self.mapping.stage));
        if let Some(note) = &self.mapping.quality_note {
            fields.insert("quality_note".to_owned(), json!(note));
        }
        for (column, name, symbol) in numbers(one) {
            match cell::read(self.cell(cells, column)) {
                Ok(found) => {
                    read.notes.extend(found.note.map(|note| format!("{column}: {note}")));
                    self.take(found.cell, column, (name, symbol), &mut fields, &mut read);
                }
                Err(fault) => read.faults.push(Fault::new(format!("/{name}"), fault.code, fault.detail)),
            }
        }
        read.document = Value::Object(fields);
        read
    }

    fn take(
        &self,
        cell: Cell,
        column: &str,
        (name, symbol): (&str, &str),
        fields: &mut Map<String, Value>,
        read: &mut Cells,
    ) {
        match cell {
            Cell::Empty => {
                let detail = format!(
                    "The cell of `{column}` is empty: a published file says by a symbol why there is no number."
                );
                read.faults.push(Fault::new(format!("/{name}"), "blank", detail));
            }
            Cell::Symbol(found) => drop(fields.insert(symbol.to_owned(), json!(found.as_ref()))),
            Cell::Number(number) => {
                let rounded = self.rounded(number);
                if rounded != number {
                    read.notes.push(format!("{column}: {number} was rounded to {rounded}, as the mapping says"));
                }
                fields.insert(name.to_owned(), serde_json::to_value(Quantity(rounded)).unwrap_or_default());
            }
        }
    }

    fn rounded(&self, number: Decimal) -> Decimal {
        let places = self.mapping.decimal_places.map(|places| u32::from(places.unsigned_abs()));
        places.filter(|places| number.scale() > *places).map_or(number, |places| round_to(number, places))
    }
}

/// The columns of a measure's numbers, each with its field and that of its symbol.
fn numbers(one: &MappedMeasure) -> impl Iterator<Item = (&str, &'static str, &'static str)> {
    let all = [
        (&one.value, "value", "value_symbol"),
        (&one.numerator, "numerator", "numerator_symbol"),
        (&one.denominator, "denominator", "denominator_symbol"),
    ];
    all.into_iter().filter_map(|(column, name, symbol)| Some((column.as_deref()?, name, symbol)))
}
