//! Imports: how a batch of figures may be taken, and what can become of it and of each row.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::words;

words! {
    /// Whether one refused row refuses all.
    ImportMode {
        /// Every row is stored, or none.
        AllOrNothing,
        /// Each row is stored or refused by itself.
        RowByRow,
    }

    /// What rows may do.
    ImportStrategy {
        /// Create submissions, and change those that are there.
        Upsert,
        /// Create only.
        Create,
        /// Change only.
        Update,
    }

    /// What becomes of a row that differs from an approved or published figure: it is never overwritten.
    ApprovedRows {
        /// The row is refused.
        Refuse,
        /// A revision is proposed, with a reason.
        Revise,
    }

    /// Where an import stands.
    ImportState {
        /// Its content is arriving.
        Receiving,
        /// It waits for its turn.
        Waiting,
        /// It is being worked.
        Working,
        /// All rows were answered for, and what could be stored is.
        Done,
        /// A row was refused, or the content could not be read: nothing was stored.
        Refused,
        /// The work broke off.
        Failed,
        /// Somebody stopped it.
        Cancelled,
    }

    /// What became of a row.
    RowOutcome {
        /// A first draft was made.
        Created,
        /// A draft or returned revision was changed.
        Updated,
        /// A revision of an approved figure was begun; the figure that counts stays until it is approved.
        Proposed,
        /// The submission says the same already: nothing was written.
        Unchanged,
        /// Nothing is wrong with it, and nothing was stored of it: another row of an import that is all or nothing is refused, or that
        /// import has not come to its end.
        NotStored,
        /// Nothing was stored of it.
        Refused,
    }

    /// The form of a content.
    ContentForm {
        /// A list of rows.
        Json,
        /// A row on each line.
        Ndjson,
        /// Comma-separated values under a line of names.
        Csv,
    }
}

/// How a content writes characters.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    strum::AsRefStr,
    strum::Display,
    strum::EnumString,
    strum::VariantNames,
)]
pub enum Charset {
    /// Unicode.
    #[serde(rename = "utf-8")]
    #[strum(serialize = "utf-8")]
    Utf8,
    /// What spreadsheets on Windows write as "CSV" without saying so.
    #[serde(rename = "windows-1252")]
    #[strum(serialize = "windows-1252")]
    Windows1252,
}

impl ImportState {
    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Failed | Self::Cancelled)
    }
}

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowCounts {
    /// Rows read.
    #[schema(example = 54)]
    pub read: u32,
    /// Rows that nothing is wrong with.
    #[schema(example = 52)]
    pub valid: u32,
    /// Rows whose content was written: created, updated or proposed.
    #[schema(example = 12)]
    pub stored: u32,
    /// First drafts.
    #[schema(example = 8)]
    pub created: u32,
    /// Drafts and returned revisions that were changed.
    #[schema(example = 3)]
    pub updated: u32,
    /// Revisions of approved figures that were begun.
    #[schema(example = 1)]
    pub proposed: u32,
    /// Rows that say what is there already.
    #[schema(example = 40)]
    pub unchanged: u32,
    /// Rows that nothing is wrong with, of an import that is all or nothing and stored nothing, or not yet.
    #[serde(default)]
    #[schema(example = 0)]
    pub not_stored: u32,
    /// Rows that were refused.
    #[schema(example = 2)]
    pub refused: u32,
    /// Rows with warnings.
    #[schema(example = 1)]
    pub warned: u32,
}

impl RowCounts {
    /// Counts a row.
    pub fn count(&mut self, outcome: RowOutcome, warned: bool) {
        self.read += 1;
        self.warned += u32::from(warned);
        if outcome == RowOutcome::Refused {
            self.refused += 1;
            return;
        }
        self.valid += 1;
        let of_outcome = match outcome {
            RowOutcome::Created => &mut self.created,
            RowOutcome::Updated => &mut self.updated,
            RowOutcome::Proposed => &mut self.proposed,
            RowOutcome::NotStored => &mut self.not_stored,
            RowOutcome::Unchanged | RowOutcome::Refused => &mut self.unchanged,
        };
        *of_outcome += 1;
        self.stored = self.created + self.updated + self.proposed;
    }

    /// The same rows where nothing of them was stored after all.
    #[must_use]
    pub const fn undone(self) -> Self {
        let not_stored = self.not_stored + self.created + self.updated + self.proposed;
        Self { stored: 0, created: 0, updated: 0, proposed: 0, not_stored, ..self }
    }

    /// The same rows of a dry run: what would become of them, and nothing stored.
    #[must_use]
    pub const fn foreseen(self) -> Self {
        Self { stored: 0, ..self }
    }
}

impl RowOutcome {
    /// The outcome where nothing was stored after all.
    #[must_use]
    pub const fn undone(self) -> Self {
        match self {
            Self::Created | Self::Updated | Self::Proposed => Self::NotStored,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_stored_is_neither_created_nor_changed() {
        use RowOutcome::{Created, NotStored, Proposed, Refused, Unchanged, Updated};
        for (outcome, undone) in [
            (Created, NotStored),
            (Updated, NotStored),
            (Proposed, NotStored),
            (Unchanged, Unchanged),
            (NotStored, NotStored),
            (Refused, Refused),
        ] {
            assert_eq!(outcome.undone(), undone);
        }
    }

    #[test]
    fn every_row_is_counted_once_by_its_outcome() {
        let mut counts = RowCounts::default();
        for (outcome, times) in [
            (RowOutcome::Created, 3),
            (RowOutcome::Updated, 2),
            (RowOutcome::Proposed, 1),
            (RowOutcome::Unchanged, 5),
            (RowOutcome::Refused, 4),
        ] {
            (0..times).for_each(|n| counts.count(outcome, n == 0));
        }
        assert_eq!((counts.read, counts.valid, counts.stored, counts.warned), (15, 11, 6, 5));
        assert_eq!(
            (counts.created, counts.updated, counts.proposed, counts.unchanged, counts.refused),
            (3, 2, 1, 5, 4)
        );
        assert_eq!((counts.foreseen().stored, counts.foreseen().created), (0, 3));
        let undone = counts.undone();
        assert_eq!((undone.stored, undone.created, undone.updated, undone.proposed), (0, 0, 0, 0));
        assert_eq!((undone.not_stored, undone.valid, undone.unchanged, undone.refused), (6, 11, 5, 4));
        assert_eq!(undone.undone(), undone);
    }
}
