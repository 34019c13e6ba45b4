//! What became of a row, and of all rows of an import.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::row::RowFault;
use super::said::Said;
use crate::domain::fault;
use crate::domain::import::{RowCounts, RowOutcome};
use crate::http::problem::Fault;

/// Most faults that a refusal names itself; the receipt has all.
pub const TOLD: usize = 100;

/// What is unlikely of a figure, though it can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowWarning {
    /// Field that it is about.
    #[schema(example = "value")]
    pub field: String,
    /// Stable code.
    #[schema(example = "unlike_history")]
    pub code: String,
    /// What is unlikely, and by what it is measured.
    pub detail: String,
}

impl From<fault::Fault> for RowWarning {
    fn from(doubt: fault::Fault) -> Self {
        Self { field: doubt.field.to_owned(), code: doubt.code.to_owned(), detail: doubt.detail }
    }
}

/// What became of a row.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RowReceipt {
    /// Number of the row, from 1.
    #[schema(example = 4)]
    pub row: i32,
    /// Line of the content on which it begins, from 1.
    #[schema(example = 5)]
    pub line: i32,
    /// What became of it.
    pub outcome: RowOutcome,
    /// Measure, as far as it could be read.
    #[schema(example = "EDU-01")]
    pub measure: Option<String>,
    /// Reporting quarter, as far as it could be read.
    #[schema(example = "2024-25-Q4")]
    pub quarter: Option<String>,
    /// Revision that it made, changed or found the same; null where it was refused or not stored.
    pub revision: Option<i32>,
    /// Why it was refused.
    pub errors: Vec<RowFault>,
    /// What is unlikely of its figure.
    pub warnings: Vec<RowWarning>,
    /// How its cells were read where that was not as they stand.
    pub notes: Vec<String>,
    /// The row as it was sent, where it was refused.
    #[serde(skip)]
    pub original: Option<String>,
    /// What it says, as far as it could be read.
    #[serde(skip)]
    pub said: Option<Said>,
}

impl RowReceipt {
    /// The same row where nothing was stored after all.
    #[must_use]
    pub fn undone(self) -> Self {
        let outcome = self.outcome.undone();
        let revision = self.revision.filter(|_| outcome != RowOutcome::NotStored);
        Self { outcome, revision, ..self }
    }
}

/// Rows by what became of them.
pub fn counts(rows: &[RowReceipt]) -> RowCounts {
    let mut counts = RowCounts::default();
    count(&mut counts, rows);
    counts
}

/// Counts further rows.
pub fn count(counts: &mut RowCounts, rows: &[RowReceipt]) {
    rows.iter().for_each(|row| counts.count(row.outcome, !row.warnings.is_empty()));
}

/// The faults of refused rows, as a refusal of the whole names them: by JSON Pointer into the list of rows.
pub fn faults(rows: &[RowReceipt]) -> Vec<Fault> {
    let of_row = |row: &RowReceipt| {
        let (above, place) = (format!("/{}", row.row - 1), format!("Row {}, line {}", row.row, row.line));
        let told = |fault: &RowFault| {
            let pointer = match (&fault.pointer, &fault.column) {
                (Some(pointer), _) if pointer.starts_with(&above) => pointer.clone(),
                (Some(pointer), _) => format!("{above}{pointer}"),
                (None, Some(column)) => format!("{above}/{}", crate::http::schema::escape(column)),
                (None, None) => above.clone(),
            };
            Fault::new(pointer, fault.code.clone(), format!("{place}: {}", fault.detail))
        };
        row.errors.iter().map(told).collect::<Vec<_>>()
    };
    rows.iter().filter(|row| row.outcome == RowOutcome::Refused).flat_map(of_row).take(TOLD).collect()
}
