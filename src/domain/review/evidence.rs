//! What a year shows of a measure, and that in a sentence for members.

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::quantity::exact;
use crate::domain::rag::RagStatus;

/// How often the target was met in the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TargetRecord {
    /// Quarters in which it was met.
    pub met: u32,
    /// Quarters that were rated.
    pub rated: u32,
}

impl TargetRecord {
    /// Counts the statuses of a measure's quarters.
    pub fn of(statuses: impl IntoIterator<Item = RagStatus>) -> Self {
        statuses.into_iter().fold(Self::default(), |record, status| match status {
            RagStatus::Green => Self { met: record.met + 1, rated: record.rated + 1 },
            RagStatus::Amber | RagStatus::Red => Self { rated: record.rated + 1, ..record },
            RagStatus::NotRated | RagStatus::NoData => record,
        })
    }
}

/// What is said of a measure for which nothing but to keep it is proposed.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// The year under review.
    pub year: FinancialYear,
    /// How often the target was met in it.
    pub record: TargetRecord,
    /// The newest figure, rounded, and the quarter in which it was reported.
    pub latest: Option<(Decimal, Quarter)>,
    /// Share of the gap between baseline and target that is closed.
    pub percent_of_gap_closed: Option<Decimal>,
}

impl Evidence {
    /// The evidence in a plain sentence.
    pub fn sentence(&self) -> String {
        let TargetRecord { met, rated } = self.record;
        let mut told = match rated {
            0 => format!("No quarter of {} could be rated.", self.year),
            1 => format!("The target was met in {met} of 1 rated quarter of {}.", self.year),
            _ => format!("The target was met in {met} of {rated} rated quarters of {}.", self.year),
        };
        match self.latest {
            Some((value, quarter)) => told.push_str(&format!(" The newest figure is {value}, of {quarter}.")),
            None => told.push_str(" There is no figure yet."),
        }
        if let Some(percent) = self.percent_of_gap_closed {
            let closed = format!(" Since the baseline {} % of the way to the target has been covered.", exact(percent));
            told.push_str(&closed);
        }
        told
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::super::fixtures::dec;
    use super::*;

    #[test]
    fn says_in_a_sentence_what_the_year_shows() {
        use RagStatus::{Amber, Green, NoData, NotRated, Red};
        for (statuses, latest, closed, sentence) in [
            (
                &[Green, Red, Amber, NoData][..],
                Some("74.1"),
                Some("30.0"),
                "The target was met in 1 of 3 rated quarters of 2024-25. The newest figure is 74.1, of 2024-25-Q4. Since the \
                 baseline 30 % of the way to the target has been covered.",
            ),
            (&[Red], None, None, "The target was met in 0 of 1 rated quarter of 2024-25. There is no figure yet."),
            (
                &[NotRated],
                Some("5"),
                None,
                "No quarter of 2024-25 could be rated. The newest figure is 5, of 2024-25-Q4.",
            ),
        ] {
            let evidence = Evidence {
                year: "2024-25".parse().unwrap(),
                record: TargetRecord::of(statuses.iter().copied()),
                latest: latest.map(|value| (dec(value), "2024-25-Q4".parse().unwrap())),
                percent_of_gap_closed: closed.map(dec),
            };
            assert_eq!(evidence.sentence(), sentence);
        }
    }
}
