//! The data as it stands: every row is what the service takes, and no figure says more than its source.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

use super::data::{CALENDARS, KINDS, REVIEWS, Row, WAIVERS};
use super::figures::{self, Figure};
use super::reviews;
use crate::domain::cycle::CycleDates;
use crate::domain::figure::Scale;
use crate::domain::period::Quarter;
use crate::domain::quantity::round_to;
use crate::domain::target::TargetRule;
use crate::domain::terms::{Accumulation, Kind, Polarity, TargetSource};
use crate::http::body::{Body, check};
use crate::resources::annual_target_reviews::body::AnnualTargetReviewBody;
use crate::resources::annual_target_reviews::outcome::DecideBody;
use crate::resources::areas::body::AreaBody;
use crate::resources::benchmarks::body::BenchmarkBody;
use crate::resources::collection_cycles::generation::CalendarBody;
use crate::resources::comparator_groups::body::ComparatorGroupBody;
use crate::resources::comparator_memberships::body::ComparatorMembershipBody;
use crate::resources::decisions::body::DecisionBody;
use crate::resources::decisions::rules;
use crate::resources::frameworks::body::FrameworkBody;
use crate::resources::import_mappings::body::ImportMappingBody;
use crate::resources::measures::body::MeasureBody;
use crate::resources::meetings::body::MeetingBody;
use crate::resources::outcomes::body::OutcomeBody;
use crate::resources::quarterly_submissions::body::SubmissionBody;
use crate::resources::targets::body::TargetBody;

mod illustrative;
mod staged;

type Outcome = Result<(), Box<dyn Error>>;

/// The rows of a collection, as the service reads them.
fn read<T: Body>(collection: &str) -> Result<Vec<(Row, T)>, Box<dyn Error>> {
    let mut read = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.collection == collection) {
        for row in kind.rows()? {
            let body = check(row.body.clone()).map_err(|problem| format!("{}: {problem:?}", row.place))?;
            read.push((row, body));
        }
    }
    Ok(read)
}

fn measures() -> Result<BTreeMap<String, MeasureBody>, Box<dyn Error>> {
    let rows = read::<MeasureBody>("measures")?;
    rows.into_iter().map(|(row, body)| Ok((row.text("code")?, body))).collect()
}

fn scale(measure: &MeasureBody) -> Scale {
    Scale {
        unit: measure.unit,
        rate_base: measure.rate_base.map(Decimal::from),
        decimal_places: u32::from(measure.decimal_places.unsigned_abs()),
    }
}

/// A figure as the service reads it.
fn submission(figure: &Figure) -> Result<SubmissionBody, String> {
    check(figure.body.clone()).map_err(|problem| format!("{}: {problem:?}", figure.place))
}

#[test]
fn every_row_is_what_the_service_takes() -> Outcome {
    assert_eq!(read::<FrameworkBody>("frameworks")?.len(), 6);
    assert_eq!(read::<OutcomeBody>("outcomes")?.len(), 7);
    assert_eq!(read::<AnnualTargetReviewBody>("annual-target-reviews")?.len(), 1);
    assert_eq!(read::<MeetingBody>("meetings")?.len(), 9);
    let decisions = read::<DecisionBody>("decisions")?;
    assert_eq!(decisions.len(), 3);
    for (row, decision) in decisions {
        rules::check(&decision).map_err(|problem| format!("{}: {problem:?}", row.place))?;
    }
    assert_eq!(measures()?.len(), 72);
    assert_eq!(read::<TargetBody>("targets")?.len(), 108);
    assert_eq!(read::<AreaBody>("areas")?.len(), 165);
    assert_eq!(read::<ComparatorGroupBody>("comparator-groups")?.len(), 4);
    assert_eq!(read::<ComparatorMembershipBody>("comparator-memberships")?.len(), 26);
    assert_eq!(read::<BenchmarkBody>("benchmarks")?.len(), 331);
    assert_eq!(read::<ImportMappingBody>("import-mappings")?.len(), 3);
    for figure in figures::all()? {
        submission(&figure)?;
    }
    for row in REVIEWS.rows()? {
        let walk = reviews::read(&row)?;
        let told = |problem| format!("{}: {problem:?}", row.place);
        let decide = walk.decision(&walk.review["proposals"]);
        check::<AnnualTargetReviewBody>(walk.review).map_err(told)?;
        if !decide.is_null() {
            check::<DecideBody>(decide).map_err(told)?;
        }
    }
    Ok(())
}

#[test]
fn the_childrens_framework_has_its_54_measures_and_no_other() -> Outcome {
    let outcomes = read::<OutcomeBody>("outcomes")?;
    let its_own = |measure: &MeasureBody| {
        let outcome = outcomes.iter().find(|(row, _)| row.body["code"] == measure.outcome.as_str());
        outcome.is_some_and(|(_, outcome)| outcome.framework.as_str() == "CSPF-2024-28")
    };
    let measures = measures()?;
    let codes: Vec<&str> =
        measures.iter().filter(|(_, measure)| its_own(measure)).map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes.len(), 54);
    let prefixes = |prefix| codes.iter().filter(|code| code.starts_with(prefix)).count();
    let counted = ["EDU-", "CSC-", "CIC-", "CL-", "YJ-", "WF-", "HLT-"].map(prefixes);
    assert_eq!(counted, [21, 10, 13, 4, 1, 3, 2]);
    Ok(())
}

#[test]
fn every_figure_can_be_true_and_is_reported_when_it_falls_due() -> Outcome {
    let measures = measures()?;
    for figure in figures::all()? {
        let (code, quarter) = &figure.key;
        let measure = measures.get(code).ok_or_else(|| format!("{}: no measure {code}", figure.place))?;
        let body = submission(&figure)?;
        let faults = body.figure().check(&scale(measure), false);
        assert!(faults.is_empty(), "{}: {faults:?}", figure.place);
        let (rule, quarter) = (measure.period_rule(), quarter.parse::<Quarter>()?);
        let expected = rule.expected(quarter, measure.expected_lag_days).map(|expected| expected.data_period);
        let due = expected.and_then(|period| rule.key(&period));
        assert_eq!(rule.key(&body.data_period), due, "{}: {} in {quarter}", figure.place, body.data_period);
    }
    Ok(())
}

#[test]
fn every_target_fits_its_measure_and_only_one_was_decided() -> Outcome {
    let measures = measures()?;
    let mut targets: BTreeMap<String, usize> = BTreeMap::new();
    for (row, target) in read::<TargetBody>("targets")? {
        let code = row.text("measure")?;
        let measure = measures.get(&code).ok_or_else(|| format!("{}: no measure", row.place))?;
        let rule = TargetRule::new(&target.terms(), measure.polarity, measure.accumulation, measure.unit);
        let rule = rule.map_err(|faults| format!("{}: {faults:?}", row.place))?;
        assert_eq!(target.source == TargetSource::Decision, code == "EDU-01", "{}", row.place);
        let told = target.rationale.as_deref().unwrap_or_default();
        assert!(
            code == "EDU-01" || told.starts_with("Illustrative") || told.starts_with("For practice"),
            "{}",
            row.place
        );
        let quarterly = measure.accumulation == Accumulation::Cumulative
            && measure.baseline_period.is_some_and(|period| period.to_string().contains('Q'));
        assert!(!quarterly || rule.profile().is_some(), "{}: no profile", row.place);
        *targets.entry(code).or_default() += 1;
    }
    for (code, measure) in measures {
        let judged = measure.kind == Kind::Kpi && measure.polarity != Polarity::Neutral;
        let without = ["EDU-02", "PRACTICE-SPARE"].contains(&code.as_str()) || code.starts_with("PRACTICE-1");
        // The second target of what is reviewed is made by its review.
        let years = if code.starts_with("PRACTICE-R0") { 1 } else { 2 };
        assert_eq!(targets.get(&code).copied(), (judged && !without).then_some(years), "{code}");
    }
    Ok(())
}

#[test]
fn every_calendar_is_what_the_service_takes_and_waivers_are_for_practice() -> Outcome {
    for row in CALENDARS.rows()? {
        let calendar: CalendarBody =
            check(row.body["calendar"].clone()).map_err(|problem| format!("{}: {problem:?}", row.place))?;
        let committees: BTreeMap<Quarter, NaiveDate> =
            serde_json::from_value(row.body.get("committee_on").cloned().unwrap_or_else(|| serde_json::json!({})))?;
        for (quarter, committee_on) in committees {
            assert_eq!(quarter.year(), calendar.year, "{}", row.place);
            let dates = calendar.calendar().dates(quarter).ok_or("no dates")?;
            let faults = CycleDates { committee_on: Some(committee_on), ..dates }.check(quarter);
            assert!(faults.is_empty(), "{}: {faults:?}", row.place);
        }
    }
    for row in WAIVERS.rows()? {
        assert!(row.text("measure")?.starts_with("PRACTICE-") && row.text("reason")?.contains("practice"));
    }
    Ok(())
}

#[test]
fn what_the_examples_delete_has_nothing_that_depends_on_it() -> Outcome {
    for kind in KINDS {
        for row in kind.rows()? {
            let parent = kind.parent.and_then(|(field, _)| row.body[field].as_str());
            assert_ne!(parent, Some("PRACTICE-SPARE"), "{}", row.place);
        }
    }
    let approved = |figure: &Figure| figure.key.0 == "PRACTICE-02" && figure.key.1.starts_with("2025-26");
    assert!(!figures::all()?.iter().any(approved), "the target of PRACTICE-02 for 2025-26 is one to delete");
    Ok(())
}

/// The published figures of one area, by indicator and the year in which its period ends.
fn lait(file: &Path, area: &str) -> Result<BTreeMap<(String, String), String>, Box<dyn Error>> {
    let mut published = BTreeMap::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        if row["LA and Regions"] == area {
            let years = row["Years"].split(' ').next().unwrap_or_default();
            let ends = years.split_once('/').map_or(years.to_owned(), |(first, last)| format!("{}{last}", &first[..2]));
            published.insert((row["Short Desc"].clone(), ends), row["Values"].clone());
        }
    }
    Ok(published)
}

/// The indicator that each measure is taken from.
fn indicators(file: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut indicators = BTreeMap::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        indicators.insert(row["code"].clone(), row["lait"].clone());
    }
    let own_series = indicators.get("EDU-01").cloned().unwrap_or_default();
    indicators.insert("EDU-01-CY".to_owned(), own_series);
    Ok(indicators)
}

#[test]
fn every_published_figure_is_the_one_of_its_source() -> Outcome {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !shared.is_dir() {
        eprintln!("skipped: the published files are not at {}", shared.display());
        return Ok(());
    }
    let published = lait(&shared.join("lait/lait_sheffield_neighbours_extract.csv"), "Sheffield")?;
    let indicators = indicators(&shared.join("measures/sheffield_measures.csv"))?;
    let measures = measures()?;
    let mut compared = 0;
    for figure in figures::all()? {
        let note = figure.body.get("quality_note").and_then(Value::as_str).unwrap_or_default();
        let (code, body) = (&figure.key.0, submission(&figure)?);
        if !note.contains("LAIT") {
            assert!(code.starts_with("PRACTICE") || ["EDU-01", "EDU-02"].contains(&code.as_str()), "{}", figure.place);
            continue;
        }
        let ends = body.data_period.end().format("%Y").to_string();
        let source = published
            .get(&(indicators[code].clone(), ends))
            .ok_or_else(|| format!("{}: no such figure", figure.place))?;
        let source = source.parse().or_else(|_| Decimal::from_scientific(source))?;
        assert_eq!(
            body.figure().value,
            Some(round_to(source, scale(&measures[code]).decimal_places)),
            "{}",
            figure.place
        );
        compared += 1;
    }
    assert_eq!(compared, 338);
    Ok(())
}

#[test]
fn every_published_benchmark_is_the_one_of_its_source() -> Outcome {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !shared.is_dir() {
        eprintln!("skipped: the published files are not at {}", shared.display());
        return Ok(());
    }
    let indicators = indicators(&shared.join("measures/sheffield_measures.csv"))?;
    let mut compared = 0;
    for (code, area) in [("E92000001", "England"), ("E12000003", "Yorkshire and the Humber")] {
        let published = lait(&shared.join("lait/lait_sheffield_neighbours_extract.csv"), area)?;
        for (row, benchmark) in read::<BenchmarkBody>("benchmarks")? {
            let (measure, period) = (row.text("measure")?, benchmark.data_period.get().copied().ok_or("no period")?);
            if row.text("comparator")? != code || !benchmark.source.contains("LAIT") {
                continue;
            }
            let source = published.get(&(indicators[&measure].clone(), period.end().format("%Y").to_string()));
            let source: Decimal = source.ok_or_else(|| format!("{}: no such figure", row.place))?.parse()?;
            let value = benchmark.value.map(Decimal::from).map(|value| round_to(value, 2));
            assert_eq!(value, Some(round_to(source, 2)), "{}", row.place);
            compared += 1;
        }
    }
    assert_eq!(compared, 103);
    Ok(())
}
