//! What a report asks for and no source gives: narrative and recovery plans as officers would write them, made from the
//! measure's own figures and marked as illustrative.

mod facts;
mod wording;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::facts::{Sources, rows};
use super::DemoError;
use super::data::{ILLUSTRATED, Place};
use super::figures::Figure;
use super::stages::{Staged, Step};
use crate::domain::period::Quarter;
use crate::resources::frameworks::sections::NarrativeSections;

/// Measures that have to be explained in the report of a quarter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Illustrated {
    quarter: Quarter,
    measures: Vec<String>,
}

/// Illustrative plans by the quarter whose figures ask for them, each with the place of what names it.
pub(super) type Plans = BTreeMap<String, Vec<(Place, Staged)>>;

/// The figures, with an illustrative text for each section that is to be explained and has none.
pub(super) fn told(mut figures: Vec<Figure>) -> Result<Vec<Figure>, DemoError> {
    let sources = Sources::of(&figures)?;
    let sections = sections()?;
    for (place, quarter, measure) in illustrated()? {
        let facts = sources.facts(place, &measure, quarter)?;
        let key = (measure, quarter.to_string());
        let Some(figure) = figures.iter_mut().find(|figure| figure.key == key) else { continue };
        for section in sections.in_quarter(quarter) {
            let narrative = &mut figure.body["narrative"][&section.name];
            if narrative.is_null() {
                let text = wording::section(&section.name, &facts);
                *narrative = text.ok_or_else(|| place.wrong(format!("no words for `{}`", section.name)))?.into();
            }
        }
    }
    Ok(figures)
}

/// A recovery plan for each measure that has to be explained, agreed and started.
pub(super) fn plans(figures: &[Figure]) -> Result<Plans, DemoError> {
    let sources = Sources::of(figures)?;
    let mut plans = Plans::new();
    for (place, quarter, measure) in illustrated()? {
        let facts = sources.facts(place, &measure, quarter)?;
        let steps = ["agree", "start"].map(|action| Step { action: action.to_owned(), body: None });
        let staged = Staged { body: wording::plan(&measure, &facts), after: 0, steps: steps.into() };
        plans.entry(quarter.to_string()).or_default().push((place, staged));
    }
    Ok(plans)
}

/// Every measure that has to be explained, with the quarter of its figure.
fn illustrated() -> Result<Vec<(Place, Quarter, String)>, DemoError> {
    let mut found = Vec::new();
    for row in ILLUSTRATED.rows()? {
        let Illustrated { quarter, measures } =
            serde_json::from_value(row.body).map_err(|error| row.place.wrong(error))?;
        found.extend(measures.into_iter().map(|measure| (row.place, quarter, measure)));
    }
    Ok(found)
}

/// The narrative sections of the framework whose year is walked.
fn sections() -> Result<NarrativeSections, DemoError> {
    for row in rows("frameworks")? {
        if row.text("code")? == "CSPF-2024-28" {
            let sections = row.body["narrative_sections"].clone();
            return serde_json::from_value(sections).map_err(|error| row.place.wrong(error));
        }
    }
    Ok(NarrativeSections::default())
}
