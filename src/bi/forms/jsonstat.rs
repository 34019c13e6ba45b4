//! JSON-stat 2.0: a sparse cube of measure, quarter, part and column. Its dimensions are said first, so rows are read twice, of one
//! moment; values follow as they come.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Map, Value, json};

use super::Writer;
use super::json::value;
use crate::bi::catalogue::{self, COLUMNS, KEY};
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::http::problem::Problem;

/// What stands between the dimension and the category of a part.
const BETWEEN: &str = ":";

/// What the dimensions hold, gathered from all rows before any is written.
#[derive(Debug, Default)]
pub struct Dimensions {
    measures: BTreeMap<String, String>,
    quarters: BTreeSet<String>,
    parts: BTreeSet<String>,
}

impl Dimensions {
    /// Takes rows in.
    pub fn gather(&mut self, rows: &[Cells]) {
        let title = catalogue::Field::named("measure_title");
        for row in rows {
            let [measure, quarter, part] = key(row);
            let title = title.map(|field| row[field.0].plain()).unwrap_or_default();
            self.measures.insert(measure, title);
            self.quarters.insert(quarter);
            self.parts.insert(part);
        }
    }
}

/// Measure, quarter and part of a row.
fn key(row: &Cells) -> [String; 3] {
    let [measure, quarter, dimension, category] = catalogue::key().map(|field| row[field.0].plain());
    let part = if dimension == "total" { dimension } else { format!("{dimension}{BETWEEN}{category}") };
    [measure, quarter, part]
}

/// The columns that are not part of the key.
fn told() -> impl Iterator<Item = (usize, &'static catalogue::Column)> {
    COLUMNS.iter().copied().enumerate().filter(|(_, column)| !KEY.contains(&column.name))
}

/// The writer.
pub struct JsonStat {
    sizes: [usize; 3],
    places: [BTreeMap<String, usize>; 3],
    labels: BTreeMap<String, String>,
    written: bool,
}

impl JsonStat {
    /// With these dimensions.
    pub fn new(dimensions: Dimensions) -> Self {
        let Dimensions { measures, quarters, parts } = dimensions;
        let placed = |names: Vec<String>| names.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        Self {
            sizes: [quarters.len(), parts.len(), told().count()],
            places: [
                placed(measures.keys().cloned().collect()),
                placed(quarters.into_iter().collect()),
                placed(parts.into_iter().collect()),
            ],
            labels: measures,
            written: false,
        }
    }

    fn dimension(&self) -> Value {
        let [measures, quarters, parts] = &self.places;
        let names = |places: &BTreeMap<String, usize>| places.keys().cloned().collect::<Vec<_>>();
        let described: Map<String, Value> =
            told().map(|(_, column)| (column.name.to_owned(), json!(column.about))).collect();
        let columns: Vec<&str> = told().map(|(_, column)| column.name).collect();
        json!({
            "measure": {"label": "Measure", "category": {"index": names(measures), "label": self.labels}},
            "quarter": {"label": "Reporting quarter", "category": {"index": names(quarters)}},
            "part": {"label": "Part of the figure: total, or dimension and category", "category": {"index": names(parts)}},
            "column": {"label": "What is told", "category": {"index": columns, "label": described}},
        })
    }
}

impl Writer for JsonStat {
    fn begin(&mut self) -> Result<Vec<u8>, Problem> {
        let [quarters, parts, columns] = self.sizes;
        let head = json!({
            "version": "2.0", "class": "dataset", "label": "Observations",
            "id": ["measure", "quarter", "part", "column"],
            "size": [self.labels.len(), quarters, parts, columns],
            "role": {"time": ["quarter"], "metric": ["column"]},
            "dimension": self.dimension(),
        });
        let mut out = serde_json::to_vec(&head).map_err(Problem::internal)?;
        out.pop();
        out.extend_from_slice(b",\"value\":{");
        Ok(out)
    }

    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem> {
        let mut out = Vec::with_capacity(rows.len() * 1000);
        let [quarters, parts, columns] = self.sizes;
        for row in rows {
            let [measure, quarter, part] = key(row);
            let place = |which: usize, name: &str| self.places[which].get(name).copied().unwrap_or_default();
            let begins = ((place(0, &measure) * quarters + place(1, &quarter)) * parts + place(2, &part)) * columns;
            for (offset, (at, _)) in told().enumerate().filter(|(_, (at, _))| !row[*at].is_null()) {
                let between = if self.written { "," } else { "" };
                self.written = true;
                write!(out, "{between}\"{}\":", begins + offset).map_err(Problem::internal)?;
                match &row[at] {
                    // A cube holds numbers and texts.
                    Cell::Boolean(flag) => write!(out, "\"{flag}\"").map_err(Problem::internal)?,
                    cell => value(cell, &mut out)?,
                }
            }
        }
        Ok(out)
    }

    fn end(&mut self) -> Result<Vec<u8>, Problem> {
        Ok(b"}}".to_vec())
    }
}
