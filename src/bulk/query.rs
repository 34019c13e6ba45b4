//! How an import is to be taken, as its parameters say; and which receipts are asked for.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::domain::code::Code;
use crate::domain::import::{ApprovedRows, ImportMode, ImportState, ImportStrategy, RowOutcome};
use crate::domain::text::Prose;
use crate::resources::import_mappings::body::Mapped;

/// Parameters of an import.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Whether one refused row refuses all; so it is unless `row_by_row`.
    #[param(inline)]
    mode: Option<ImportMode>,
    /// What rows may do: create, change, or both (`upsert`); both unless said otherwise.
    #[param(inline)]
    strategy: Option<ImportStrategy>,
    /// Do everything but store, and tell what it would do to the scorecards.
    #[param(default = false)]
    dry_run: Option<bool>,
    /// What becomes of a row that differs from an approved or published figure: it is refused, unless
    /// `revise` makes it the proposal of a revision, which needs a reason.
    #[param(inline)]
    approved: Option<ApprovedRows>,
    /// Why approved figures are corrected; a row may give its own in `reason`.
    #[param(value_type = Option<Prose<2000>>, inline)]
    reason: Option<Prose<2000>>,
    /// Mapping by which a published file in the tidy form is read; without it the columns are ours.
    #[param(value_type = Option<String>, format = "code")]
    mapping: Option<Code>,
}

/// How an import is taken.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether one refused row refuses all.
    pub mode: ImportMode,
    /// What rows may do.
    pub strategy: ImportStrategy,
    /// Whether nothing is to be stored.
    pub dry_run: bool,
    /// What becomes of rows that differ from approved figures.
    pub approved: ApprovedRows,
    /// Why approved figures are corrected.
    pub reason: Option<Prose<2000>>,
    /// Mapping of a published file.
    pub mapping: Option<Mapped>,
}

impl ImportQuery {
    /// Code of the mapping.
    pub fn mapping(&self) -> Option<&Code> {
        self.mapping.as_ref()
    }

    /// How the import is taken, by this mapping.
    pub fn options(self, mapping: Option<Mapped>) -> Options {
        let query = self;
        Options {
            mode: query.mode.unwrap_or(ImportMode::AllOrNothing),
            strategy: query.strategy.unwrap_or(ImportStrategy::Upsert),
            dry_run: query.dry_run.unwrap_or(false),
            approved: query.approved.unwrap_or(ApprovedRows::Refuse),
            reason: query.reason,
            mapping,
        }
    }
}

/// Address of an import.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ImportPath {
    /// Number of the import.
    #[param(minimum = 1, example = 1)]
    pub import: i64,
}

/// Filters of the list of imports.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportFilter {
    /// Only those in this state.
    pub state: Option<ImportState>,
    /// Only those of this caller.
    pub caller: Option<String>,
}

/// Form of a list of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowsForm {
    /// A page of receipts.
    Json,
    /// The refused rows in their original form, with the columns of their errors; all of them. With another `outcome`, or with `warned`,
    /// as `csv_receipts`.
    Csv,
    /// A line for the receipt of each row; all of them.
    CsvReceipts,
}

/// Which rows of an import.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// Only rows of which this became.
    pub outcome: Option<RowOutcome>,
    /// Only rows with warnings.
    pub warned: Option<bool>,
    /// Rows in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u16>,
    /// Where to go on: taken from `next` of the page before. Empty for the first page.
    #[param(format = "cursor")]
    pub cursor: Option<String>,
    /// Form of the answer; by default as `Accept` says, else JSON. As `csv` the refused rows come, in their original form, or the
    /// receipts of those that `outcome` or `warned` ask for; as `csv_receipts` those of all rows.
    #[param(inline)]
    pub format: Option<RowsForm>,
}
