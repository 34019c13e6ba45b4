//! A row of an import, as far as it could be read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::layout::Layout;
use super::tidy::Tidy;
use crate::domain::text::Prose;
use crate::http::problem::Fault;
use crate::http::schema::shorten;
use crate::resources::quarterly_submissions::batch::Key;
use crate::resources::quarterly_submissions::body::SubmissionBody;
use crate::resources::quarterly_submissions::row::Submission;

/// One thing wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowFault {
    /// JSON Pointer to the faulty place: in the list of rows, or in the row on its line. Null for CSV.
    #[schema(example = "/3/value")]
    pub pointer: Option<String>,
    /// Name of the faulty column of CSV; null for JSON, and where it is the row as a whole.
    pub column: Option<String>,
    /// Stable code of the fault.
    #[schema(example = "out_of_range")]
    pub code: String,
    /// What is wrong, with which value, and what would be right.
    pub detail: String,
    /// The value refused, as it was sent; null where nothing was, or it is the row as a whole.
    #[schema(example = "104")]
    pub value: Option<String>,
}

/// What a row says, in good form: whether it can be true is still to be judged.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Submission that it is about.
    pub key: Key,
    /// Its content.
    pub body: SubmissionBody,
    /// Why an approved figure is corrected.
    pub reason: Option<Prose<2000>>,
    /// What it does not say, by the names of the fields; the whole figure is [`FIGURE`].
    pub unsaid: Vec<&'static str>,
}

/// What stands beside the figure and its period: texts, parts, and how settled it is.
pub const BESIDE: [&str; 5] = ["stage", "narrative", "quality_note", "breakdowns", "breakdown_note"];

/// Stands for the figure among what a row does not say.
pub const FIGURE: &str = "figure";

/// The fields of the figure. A row that says one of them says all.
pub const OF_FIGURE: [&str; 6] =
    ["value", "value_symbol", "numerator", "numerator_symbol", "denominator", "denominator_symbol"];

impl Draft {
    /// Takes what the row does not say from what is there: a file of figures empties no text that somebody wrote, and a file of texts
    /// no figure.
    pub fn keep(&mut self, current: &Submission) {
        let told = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        for field in &self.unsaid {
            match *field {
                FIGURE => keep_figure(&mut self.body, current),
                "stage" => self.body.stage = current.stage,
                "quality_note" => self.body.quality_note = told(&current.quality_note),
                "breakdowns" => self.body.breakdowns = current.breakdowns.clone(),
                "breakdown_note" => self.body.breakdown_note = told(&current.breakdown_note),
                _ => {}
            }
        }
        // Sections that it does not name stay, too.
        for (section, text) in &current.narrative.0 {
            self.body.narrative.0.entry(section.clone()).or_insert_with(|| text.clone());
        }
    }
}

fn keep_figure(body: &mut SubmissionBody, current: &Submission) {
    (body.value, body.value_symbol) = (current.value, current.value_symbol);
    (body.numerator, body.numerator_symbol) = (current.numerator, current.numerator_symbol);
    (body.denominator, body.denominator_symbol) = (current.denominator, current.denominator_symbol);
}

/// A row as it was read.
#[derive(Debug)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Line on which it begins, from 1.
    pub line: u32,
    /// The row as it was sent.
    pub original: String,
    /// What it says, or every fault of its form.
    pub draft: Result<Draft, Vec<RowFault>>,
    /// What it is about, as text, as far as that could be read.
    pub about: (Option<String>, Option<String>),
    /// How its cells were read where that was not as they stand.
    pub notes: Vec<String>,
    /// Where its fields stand.
    pub places: RowPlaces,
}

/// Where the fields of this row stand.
#[derive(Clone, Debug)]
pub enum RowPlaces {
    /// In JSON, below this pointer, with the document itself.
    Json(String, serde_json::Value),
    /// In columns of this layout, with the cells themselves.
    Csv(Arc<Layout>, Vec<String>),
    /// In columns of a published file, for the measure at this place of its mapping.
    Tidy(Arc<Tidy>, Vec<String>, usize),
}

impl RowPlaces {
    /// Whether they are those of a published file.
    pub fn is_tidy(&self) -> bool {
        matches!(self, Self::Tidy(..))
    }

    /// A fault of the row's document as one of the row as it was sent.
    pub fn place(&self, fault: &Fault) -> RowFault {
        let (pointer, column, value) = match self {
            Self::Json(above, document) => {
                let value = document.pointer(&fault.pointer).filter(|value| !value.is_object());
                (Some(format!("{above}{}", fault.pointer)), None, value.map(told))
            }
            Self::Csv(layout, cells) => in_column(layout.column_of(&fault.pointer), layout.names(), cells),
            Self::Tidy(tidy, cells, measure) => {
                in_column(tidy.column_of(*measure, &fault.pointer), tidy.names(), cells)
            }
        };
        RowFault { pointer, column, code: fault.code.clone(), detail: fault.detail.clone(), value }
    }
}

type Place = (Option<String>, Option<String>, Option<String>);

fn in_column(at: Option<usize>, names: &[String], cells: &[String]) -> Place {
    let name = at.and_then(|at| names.get(at)).map(|name| name.trim().to_owned());
    (None, name, at.and_then(|at| cells.get(at)).map(|cell| shorten(cell)))
}

fn told(value: &serde_json::Value) -> String {
    shorten(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
