//! Nothing invented is passed off as the council's: what names no source says of itself that it is illustrative.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Outcome;
use crate::demo::data::{KINDS, Row, YEAR};
use crate::demo::figures;

const MARK: &str = "Illustrative text: ";

/// Whether a text names where it comes from.
fn is_sourced(text: &str) -> bool {
    text.contains("(Drawn from public reports: ") && text.ends_with(')')
}

#[test]
fn every_narrative_names_its_source_or_says_that_it_is_illustrative() -> Outcome {
    let (mut sourced, mut illustrative) = (0, BTreeSet::new());
    for figure in figures::published()? {
        for (section, text) in figure.body["narrative"].as_object().into_iter().flatten() {
            let text = text.as_str().unwrap_or_default();
            let at = format!("{:?}, {section}: {text}", figure.key);
            assert_ne!(is_sourced(text), text.starts_with(MARK), "{at}");
            if is_sourced(text) {
                sourced += 1;
            } else {
                assert!(illustrative.insert(text.to_owned()), "said twice: {at}");
            }
        }
    }
    // Three and seven measures with three sections, nine and two with four, two with the three that have no source.
    assert_eq!((sourced, illustrative.len()), (17, 3 * 3 + 7 * 3 + 9 * 4 + 2 * 3 + 2 * 4));
    Ok(())
}

#[test]
fn an_illustrative_text_says_what_the_figures_say() -> Outcome {
    let figures = figures::published()?;
    let text = |measure: &str, quarter: &str, section: &str| {
        let of = |figure: &&figures::Figure| figure.key == (measure.to_owned(), quarter.to_owned());
        let figure = figures.iter().find(of).map(|figure| figure.body["narrative"][section].clone());
        figure.unwrap_or_default().as_str().unwrap_or_default().trim_start_matches(MARK).to_owned()
    };
    for (measure, quarter, section, told) in [
        (
            "CL-01",
            "2024-25-Q4",
            "challenges",
            "Care leavers aged 19 to 21 in education, employment or training: 39 % from April to the end of quarter 4 of 2024-25, \
             after 42 % from April to the end of quarter 4 of 2023-24. It is 15 percentage points short of the target of 54 %, and \
             was nearer to it before.",
        ),
        (
            "YJ-01",
            "2024-25-Q3",
            "interventions",
            "since 230 per 100000 became 241 per 100000 the Head of Service, Youth Justice has looked for the causes, and plans for \
             202 per 100000 by quarter 3 of 2025-26.",
        ),
        (
            "CIC-04",
            "2024-25-Q4",
            "strengths",
            "Children looked after in the same placement for two years or more held: 63 % on 31 March 2025, and the same as 63 % on \
             31 March 2024.",
        ),
        (
            "EDU-17",
            "2024-25-Q4",
            "results",
            "from 88.48 % to 89.77 %, 1.29 percentage points in the right direction. What is left to the target: 2.23 percentage points.",
        ),
    ] {
        assert_eq!(text(measure, quarter, section), told);
    }
    Ok(())
}

#[test]
fn meetings_and_decisions_of_no_committee_say_so() -> Outcome {
    let is_illustrative = |code: &Value| code.as_str().is_some_and(|code| code.starts_with("ILLUSTRATIVE-"));
    let mut rows: Vec<Row> = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.collection == "meetings") {
        rows.extend(kind.rows()?);
    }
    for row in YEAR.rows()? {
        let body = row.body["decisions"]["body"].clone();
        // A decision is illustrative exactly where its meeting is.
        assert_eq!(is_illustrative(&body["code"]), is_illustrative(&body["meeting"]), "{}", row.place);
        rows.push(Row { body, ..row });
    }
    let illustrative: Vec<&Row> = rows.iter().filter(|row| is_illustrative(&row.body["code"])).collect();
    assert_eq!(illustrative.len(), 4);
    for row in illustrative {
        let title = row.text("title")?;
        assert!(title.starts_with("Illustrative: "), "{}: {title}", row.place);
        let committee = row.body["committee"].as_str();
        assert!(committee.is_none_or(|committee| committee == "No committee: illustrative"), "{}", row.place);
    }
    Ok(())
}

#[test]
fn every_overview_of_the_year_names_its_source_or_is_marked() -> Outcome {
    let mut overviews = 0;
    for row in YEAR.rows()? {
        let Some(text) = row.body["quarterly-reports"]["body"]["overview"].as_str() else { continue };
        overviews += 1;
        assert_ne!(is_sourced(text), text.starts_with(MARK), "{}: {text}", row.place);
    }
    assert_eq!(overviews, 4);
    Ok(())
}
