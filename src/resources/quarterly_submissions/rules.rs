//! Whether a pushed figure can be true of its measure: period, number, parts and narrative, all faults at once.

use chrono::Datelike;
use diesel::prelude::{Queryable, QueryableByName, Selectable};
use rust_decimal::Decimal;

use super::body::SubmissionBody;
use crate::db::schema::{frameworks, measure_versions};
use crate::domain::breakdown::{self, PartFault};
use crate::domain::data_period::DataPeriod;
use crate::domain::fault;
use crate::domain::figure::{Figure, Scale};
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::plausibility::{self, Candidate, Earlier};
use crate::domain::quantity::Quantity;
use crate::domain::reading::Reading;
use crate::domain::terms::{Accumulation, Calendar, Frequency, Unit};
use crate::http::problem::{Fault, Problem};
use crate::http::{problems, schema};
use crate::resources::faults;
use crate::resources::frameworks::sections::NarrativeSections;

/// What must be known of a measure to judge a figure for it.
#[derive(Clone, Debug, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = measure_versions)]
pub struct Judging {
    unit: Unit,
    rate_base: Option<i32>,
    decimal_places: i16,
    frequency: Frequency,
    calendar: Calendar,
    accumulation: Accumulation,
    series: i32,
}

/// What must be known of its framework.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = frameworks)]
pub struct Asking {
    narrative_sections: NarrativeSections,
}

impl Judging {
    /// Whether its figures count up from one to the next, until the year ends.
    pub fn counts_up(&self) -> bool {
        self.accumulation == Accumulation::Cumulative
    }

    /// The year of the measure's own calendar in which a period ends, by the calendar year in which that begins.
    pub fn year_of(&self, period: DataPeriod) -> i32 {
        let end = period.end();
        let first_month = match self.calendar {
            Calendar::Financial => 4,
            Calendar::Academic => 9,
            Calendar::September => 10,
            Calendar::Calendar | Calendar::JanuaryCensus => 1,
        };
        if end.month() >= first_month { end.year() } else { end.year() - 1 }
    }

    /// How its values are counted and printed.
    pub fn scale(&self) -> Scale {
        Scale {
            unit: self.unit,
            rate_base: self.rate_base.map(Decimal::from),
            decimal_places: u32::from(self.decimal_places.unsigned_abs()),
        }
    }

    /// Number of its series: figures of others are not compared with those judged by this.
    pub fn series(&self) -> i32 {
        self.series
    }

    /// How many figures before another are read, so that as many as are looked at are comparable with it: of what counts up, one in
    /// four stands at the same point of its year.
    pub fn looks_back(&self) -> usize {
        plausibility::MOST_EARLIER * if self.counts_up() { 4 } else { 1 }
    }

    /// What is unlikely of a figure that can be true.
    pub fn doubts(&self, period: DataPeriod, figure: &Figure, earlier: &[Earlier]) -> Vec<fault::Fault> {
        Candidate { rule: self.period_rule(), scale: &self.scale(), period, figure }.doubts(earlier)
    }

    fn period_rule(&self) -> PeriodRule {
        PeriodRule { calendar: self.calendar, frequency: self.frequency, accumulation: self.accumulation }
    }
}

/// Refuses a body that breaks a rule, and completes its value where the parts give it.
///
/// # Errors
/// `period_kind_mismatch`, or `validation_failed` with every fault.
pub fn check(
    body: &mut SubmissionBody,
    quarter: Quarter,
    measure: &Judging,
    framework: &Asking,
) -> Result<(), Problem> {
    let accepted = measure.period_rule().accept(body.data_period);
    body.data_period = accepted.map_err(|mismatch| faults::period_kind_mismatch(&mismatch))?;
    let figure = body.figure();
    let mut found = faults::of_fields(figure.check(&measure.scale(), body.quality_note.is_some()));
    found.extend(period_fault(body, quarter));
    found.extend(narrative_faults(body, quarter, framework));
    body.breakdowns.0.iter_mut().for_each(|part| part.complete(&measure.scale()));
    found.extend(part_faults(body, measure));
    if !found.is_empty() {
        return Err(Problem::of_faults(problems::VALIDATION_FAILED, found));
    }
    match figure.derived_value(&measure.scale()) {
        Some(Reading::Value(value)) => body.value = Some(Quantity(value)),
        Some(Reading::Missing(symbol)) => body.value_symbol = Some(symbol),
        _ => {}
    }
    Ok(())
}

fn period_fault(body: &SubmissionBody, quarter: Quarter) -> Option<Fault> {
    // A figure cannot be known before its period has begun to be over.
    let later = body.data_period.end() > quarter.end();
    later.then(|| {
        let detail = format!(
            "`{}` ends after the reporting quarter {quarter}; report it in the quarter in which it ends or later.",
            body.data_period
        );
        Fault::new("/data_period", "period_after_quarter", detail)
    })
}

fn part_faults(body: &SubmissionBody, measure: &Judging) -> Vec<Fault> {
    let explained = body.breakdown_note.is_some();
    let found = breakdown::check(&body.breakdowns.0, &body.figure(), &measure.scale(), explained);
    let pointer = |place: Option<usize>, field: &str| match place {
        Some(place) => format!("/breakdowns/{place}/{field}"),
        None => format!("/{field}"),
    };
    let told = found
        .into_iter()
        .map(|PartFault { place, fault }| Fault::new(pointer(place, fault.field), fault.code, fault.detail));
    told.collect()
}

fn narrative_faults(body: &SubmissionBody, quarter: Quarter, framework: &Asking) -> Vec<Fault> {
    let asked: Vec<&str> =
        framework.narrative_sections.in_quarter(quarter).iter().map(|section| section.name.as_str()).collect();
    let unknown = body.narrative.0.keys().filter(|name| !asked.contains(&name.as_str()));
    unknown
        .map(|name| {
            let detail = format!(
                "The framework asks for no section `{name}` in {quarter}; it asks for `{}`.",
                asked.join("`, `")
            );
            Fault::new(format!("/narrative/{}", schema::escape(name)), "unknown_section", detail)
        })
        .collect()
}
