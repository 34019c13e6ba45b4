//! Which earlier period a figure is compared with: the previous comparable one, and the same one last year.

use chrono::{Datelike, Days, NaiveDate};

use super::academic::{AcademicTerm, AcademicYear};
use super::data_period::DataPeriod;
use super::month::Month;
use super::period::{FinancialYear, Quarter};
use super::period_rule::PeriodRule;
use super::terms::{Accumulation, Calendar, Frequency};
use super::words::words;

/// The grain that a measure's figures stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodLine {
    /// Calendar months.
    Month,
    /// Quarters.
    Quarter,
    /// School terms.
    Term,
    /// Years of the measure's calendar.
    Year,
}

impl PeriodLine {
    /// Positions in one year.
    const fn in_a_year(self) -> i32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Term => 3,
            Self::Year => 1,
        }
    }
}

/// Where a figure stands among the figures of its own measure. Two periods with one key say the same thing: the day
/// 31 March and the fourth quarter, or the summer term and the whole school year that it completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodKey {
    /// The grain.
    pub line: PeriodLine,
    /// The position; the previous period is one less.
    pub ordinal: i32,
}

words! {
    /// What an earlier figure is, seen from the later one.
    ComparisonBasis {
        /// The month before.
        PreviousMonth,
        /// The quarter before.
        PreviousQuarter,
        /// The same month one year earlier.
        SameMonthLastYear,
        /// The same quarter one year earlier.
        SameQuarterLastYear,
        /// The same school term one year earlier.
        SameTermLastYear,
        /// The year before; a year further back does not count.
        PreviousYear,
    }
}

/// An earlier period to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparator {
    /// Where it stands.
    pub key: PeriodKey,
    /// What it is to the later one.
    pub basis: ComparisonBasis,
}

/// Both earlier periods (Havering's two arrows).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparators {
    /// The previous comparable period. Absent for what adds up over the year: the second quarter's total always
    /// exceeds the first's.
    pub short: Option<Comparator>,
    /// The same period last year.
    pub long: Comparator,
}

impl PeriodRule {
    /// Where `period` stands among the measure's figures; none where the measure does not take such a period.
    ///
    /// A day stands in the month, quarter, term or year that holds it, so that a census day may move.
    pub fn key(&self, period: &DataPeriod) -> Option<PeriodKey> {
        self.allows(period).ok()?;
        let line = match (self.line(), period) {
            // Only where terms add up is the whole year the same as its last term.
            (PeriodLine::Term, DataPeriod::AcademicYear(_)) if self.accumulation != Accumulation::Cumulative => {
                PeriodLine::Year
            }
            (line, _) => line,
        };
        let day = period.end();
        let ordinal = match line {
            PeriodLine::Month => Month::containing(day).ordinal(),
            PeriodLine::Quarter => Quarter::containing(day).ordinal(),
            PeriodLine::Term => AcademicTerm::containing(day).ordinal(),
            PeriodLine::Year => self.year_of(day),
        };
        Some(PeriodKey { line, ordinal })
    }

    /// The earlier periods that a figure for `period` is compared with; none where the measure does not take such a
    /// period.
    pub fn comparators(&self, period: &DataPeriod) -> Option<Comparators> {
        use ComparisonBasis::{
            PreviousMonth, PreviousQuarter, PreviousYear, SameMonthLastYear, SameQuarterLastYear, SameTermLastYear,
        };
        let key = self.key(period)?;
        let back = |steps, basis| {
            let key = PeriodKey { ordinal: key.ordinal - steps, ..key };
            Comparator { key, basis }
        };
        let last_year = |basis| back(key.line.in_a_year(), basis);
        let (short, long) = match key.line {
            PeriodLine::Month => (back(1, PreviousMonth), last_year(SameMonthLastYear)),
            PeriodLine::Quarter => (back(1, PreviousQuarter), last_year(SameQuarterLastYear)),
            // Terms are seasonal: autumn is compared with autumn.
            PeriodLine::Term => (last_year(SameTermLastYear), last_year(SameTermLastYear)),
            PeriodLine::Year => (last_year(PreviousYear), last_year(PreviousYear)),
        };
        let adds_up = self.accumulation == Accumulation::Cumulative && short.basis != long.basis;
        Some(Comparators { short: (!adds_up).then_some(short), long })
    }

    /// The previous comparable period: `comparators(period).short`.
    pub fn previous(&self, period: &DataPeriod) -> Option<PeriodKey> {
        Some(self.comparators(period)?.short?.key)
    }

    /// The same period last year: `comparators(period).long`.
    pub fn last_year(&self, period: &DataPeriod) -> Option<PeriodKey> {
        Some(self.comparators(period)?.long.key)
    }

    /// Whether `period` is over when the measure's year is.
    pub(super) fn ends_year(&self, period: &DataPeriod) -> bool {
        let last = period.end();
        self.year_of(last) != self.year_of(last + Days::new(1))
    }

    /// Whether two periods stand at the same point of their years; none where they are not of one grain.
    pub(super) fn same_point_of_year(&self, one: &DataPeriod, other: &DataPeriod) -> Option<bool> {
        let (one, other) = (self.key(one)?, self.key(other)?);
        (one.line == other.line).then_some((one.ordinal - other.ordinal) % one.line.in_a_year() == 0)
    }

    /// The grain of the measure's figures.
    pub(super) const fn line(&self) -> PeriodLine {
        match (self.frequency, self.calendar) {
            (Frequency::Monthly, _) => PeriodLine::Month,
            (Frequency::Termly, Calendar::Academic) => PeriodLine::Term,
            (Frequency::Quarterly | Frequency::Termly, _) => PeriodLine::Quarter,
            (Frequency::Annual, _) => PeriodLine::Year,
        }
    }

    fn year_of(&self, day: NaiveDate) -> i32 {
        match self.calendar {
            Calendar::Financial => FinancialYear::containing(day).start_year(),
            Calendar::Academic => AcademicYear::containing(day).start_year(),
            Calendar::Calendar | Calendar::September | Calendar::JanuaryCensus => day.year(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{period, period_rule};

    #[test]
    fn each_measure_is_compared_with_its_own_past() {
        for (rule, now, previous, last_year) in [
            ("financial quarterly in_period", "2025-26-Q1", "2024-25-Q4", "2024-25-Q1"),
            ("financial quarterly rolling_12_months", "2025-26-Q1", "2024-25-Q4", "2024-25-Q1"),
            ("financial quarterly cumulative", "2025-26-Q2", "none", "2024-25-Q2"),
            ("financial monthly cumulative", "2025-03", "none", "2024-03"),
            ("financial monthly in_period", "2025-01", "2024-12", "2024-01"),
            ("academic termly cumulative", "AY2024-25-AUT", "AY2023-24-AUT", "AY2023-24-AUT"),
            ("academic termly cumulative", "AY2024-25", "AY2023-24-SUM", "AY2023-24"),
            ("academic termly in_period", "AY2024-25", "AY2023-24", "AY2023-24"),
            ("academic annual in_period", "AY2024-25", "AY2023-24", "AY2023-24"),
            ("financial annual cumulative", "2024-25", "2023-24", "2023-24"),
            ("calendar annual in_period", "CY2024", "CY2023", "CY2023"),
            ("september annual snapshot", "2024-09-30", "2023-09-30", "2023-09-30"),
            ("january_census annual snapshot", "2025-01-16", "2024-01-18", "2024-01-18"),
            // A day is the quarter, or the year, that holds it.
            ("financial quarterly snapshot", "2025-06-30", "2024-25-Q4", "2024-06-28"),
            ("financial annual snapshot", "2025-03-31", "2023-24", "2024-03-31"),
        ] {
            let (rule, now) = (period_rule(rule), period(now));
            let key = |text: &str| text.parse().ok().and_then(|period| rule.key(&period));
            assert_eq!(rule.previous(&now), key(previous), "{now}: previous");
            assert_eq!(rule.last_year(&now), key(last_year), "{now}: last year");
        }
    }

    #[test]
    fn a_school_year_and_its_summer_term_differ_unless_terms_add_up() {
        for (rule, same) in [("academic termly cumulative", true), ("academic termly in_period", false)] {
            let rule = period_rule(rule);
            assert_eq!(rule.key(&period("AY2024-25")) == rule.key(&period("AY2024-25-SUM")), same);
        }
    }

    #[test]
    fn a_period_of_another_kind_has_no_place() {
        let rule = period_rule("financial quarterly in_period");
        assert_eq!(rule.key(&period("CY2024")), None);
        assert_eq!(rule.comparators(&period("CY2024")), None);
    }
}
