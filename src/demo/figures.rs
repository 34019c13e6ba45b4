//! Figures: each is pushed and handed in by the provider, approved and published by the officer.

use std::collections::BTreeMap;
use std::mem;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::call::Created;
use super::data::{FIGURES, KINDS, NARRATIVES, PRACTICE, Place};
use super::{DemoError, Keys, Loaded, Loader, hands, illustrations};
use crate::domain::terms::SubmissionState;

/// Measure and reporting quarter.
type Key = (String, String);

/// A figure and the state in which it is left.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) place: Place,
    pub(super) key: Key,
    pub(super) goal: SubmissionState,
    pub(super) body: Value,
    /// What the officer says of it.
    note: &'static str,
}

/// The figures that are to be pushed, and where those stand that the service has.
pub(super) struct Figures {
    waiting: Vec<Figure>,
    standing: BTreeMap<Key, Standing>,
}

/// Where a figure stands in the service.
#[derive(Debug, Deserialize)]
struct Standing {
    measure: String,
    quarter: String,
    revision: i32,
    state: SubmissionState,
}

/// A row of the figures from public sources.
#[derive(Debug, Deserialize)]
struct Line {
    measure: String,
    quarter: String,
    data_period: String,
    value: Option<String>,
    value_symbol: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    stage: String,
    quality_note: String,
}

/// A figure to practise on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Practice {
    measure: String,
    quarter: String,
    state: SubmissionState,
    body: Value,
}

/// Narrative that goes with a figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    measure: String,
    quarter: String,
    narrative: Value,
}

impl Figures {
    /// Every figure of the demonstration.
    pub(super) fn waiting(loader: &Loader<'_>) -> Result<Self, DemoError> {
        Ok(Self { waiting: all()?, standing: standing(loader)? })
    }

    /// Pushes what is waiting, up to a quarter or all of it: what the service does not have, or has half done.
    pub(super) fn push(&mut self, loader: &Loader<'_>, until: Option<&str>) -> Result<Loaded, DemoError> {
        let due = |figure: &Figure| until.is_none_or(|until| figure.key.1.as_str() <= until);
        let (now, later): (Vec<_>, Vec<_>) = mem::take(&mut self.waiting).into_iter().partition(due);
        self.waiting = later;
        hands::each(&now, |figure| push(loader, figure, self.standing.get(&figure.key)))
    }
}

/// Every figure of the demonstration.
pub(super) fn all() -> Result<Vec<Figure>, DemoError> {
    let mut figures = published()?;
    for row in PRACTICE.rows()? {
        let practice: Practice = serde_json::from_value(row.body).map_err(|error| row.place.wrong(error))?;
        figures.push(Figure {
            place: row.place,
            key: (practice.measure, practice.quarter),
            goal: practice.state,
            body: practice.body,
            note: "Made up, to practise on.",
        });
    }
    Ok(figures)
}

/// The figures from public sources, with their narrative: where none has a source and a report asks for it, an illustrative one.
pub(super) fn published() -> Result<Vec<Figure>, DemoError> {
    let mut narratives = narratives()?;
    let mut figures = Vec::new();
    let mut reader = csv::Reader::from_reader(FIGURES.text.as_bytes());
    for (row, line) in (1..).zip(reader.deserialize()) {
        let place = Place { file: FIGURES.name, row };
        let line: Line = line.map_err(|error| place.wrong(error))?;
        let key = (line.measure.clone(), line.quarter.clone());
        let narrative = narratives.remove(&key).map(|(_, narrative)| narrative);
        figures.push(Figure {
            place,
            key,
            goal: SubmissionState::Published,
            body: line.body(narrative).map_err(|error| place.wrong(error))?,
            note: "As its source has it.",
        });
    }
    match narratives.into_values().next() {
        Some((place, _)) => Err(place.wrong("there is no figure that this narrative goes with")),
        None => illustrations::told(figures),
    }
}

fn narratives() -> Result<BTreeMap<Key, (Place, Value)>, DemoError> {
    let mut narratives = BTreeMap::new();
    for row in NARRATIVES.rows()? {
        let told: Told = serde_json::from_value(row.body).map_err(|error| row.place.wrong(error))?;
        narratives.insert((told.measure, told.quarter), (row.place, told.narrative));
    }
    Ok(narratives)
}

impl Line {
    /// The request body. What the row leaves empty is left out; numbers keep every digit that stands there.
    fn body(self, narrative: Option<Value>) -> Result<Value, serde_json::Error> {
        let number = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
        let fields = [
            ("data_period", Some(self.data_period.into())),
            ("value", number(self.value)?),
            ("value_symbol", self.value_symbol.map(Value::String)),
            ("numerator", number(self.numerator)?),
            ("denominator", number(self.denominator)?),
            ("stage", Some(self.stage.into())),
            ("quality_note", Some(self.quality_note.into())),
            ("narrative", narrative),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Ok(Value::Object(given.collect::<Map<_, _>>()))
    }
}

/// Where the figures of the demonstration's frameworks stand.
fn standing(loader: &Loader<'_>) -> Result<BTreeMap<Key, Standing>, DemoError> {
    let mut standing = BTreeMap::new();
    for kind in KINDS.iter().filter(|kind| kind.collection == "frameworks") {
        for row in kind.rows()? {
            let address = format!("/api/v1/quarterly-submissions?limit=1000&framework={}", row.text("code")?);
            let place = row.place;
            let items = loader.client.list(&loader.keys.officer, &address);
            for item in items.map_err(|cause| DemoError::Call { place, address, cause })? {
                let found: Standing = serde_json::from_value(item).map_err(|error| place.wrong(error))?;
                standing.insert((found.measure.clone(), found.quarter.clone()), found);
            }
        }
    }
    Ok(standing)
}

/// Brings one figure to the state in which it is left; whether anything was to do.
fn push(loader: &Loader<'_>, figure: &Figure, standing: Option<&Standing>) -> Result<bool, DemoError> {
    let (measure, quarter) = &figure.key;
    let address = format!("/api/v1/quarterly-submissions/{measure}/{quarter}");
    let failed = |address: &str| {
        let (place, address) = (figure.place, address.to_owned());
        move |cause| DemoError::Call { place, address, cause }
    };
    let mut state = match standing {
        _ if loader.is_gone("measures", measure) => return Ok(false),
        Some(found) if found.revision == 1 && next(found.state, figure.goal).is_some() => found.state,
        Some(_) => return Ok(false),
        None => match loader.client.create(&loader.keys.provider, &address, &figure.body).map_err(failed(&address))? {
            Created::New => SubmissionState::Draft,
            Created::There | Created::Gone => return Ok(false),
        },
    };
    while let Some(step) = next(state, figure.goal) {
        let action = format!("{address}/{}", step.action);
        // Figures are approved in no order, so that what is unlikely beside those that are there would differ from run to run.
        let note = (step.to == SubmissionState::Approved).then(|| json!({"note": figure.note}));
        loader.client.act((step.by)(loader.keys), &action, note.as_ref()).map_err(failed(&action))?;
        state = step.to;
    }
    Ok(true)
}

/// A step on the way of a figure.
struct Step {
    action: &'static str,
    by: fn(&Keys) -> &str,
    to: SubmissionState,
}

/// The next step from a state towards another, if there is one: what was sent back is left to whoever sent it back.
fn next(state: SubmissionState, goal: SubmissionState) -> Option<Step> {
    use SubmissionState::{Approved, Draft, Published, Returned, Submitted, Superseded};
    let (action, by, to): (_, fn(&Keys) -> &str, _) = match state {
        Draft => ("submit", |keys| &keys.provider, Submitted),
        Submitted => ("approve", |keys| &keys.officer, Approved),
        Approved => ("publish", |keys| &keys.officer, Published),
        Returned | Published | Superseded => return None,
    };
    (to <= goal).then_some(Step { action, by, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_takes_the_steps_to_its_goal_and_none_beyond() {
        for (goal, steps) in [
            ("draft", ""),
            ("submitted", "submit"),
            ("approved", "submit approve"),
            ("published", "submit approve publish"),
        ] {
            let Ok(goal) = goal.parse() else { panic!("{goal}") };
            let mut state = SubmissionState::Draft;
            let mut taken = Vec::new();
            while let Some(step) = next(state, goal) {
                taken.push(step.action);
                state = step.to;
            }
            assert_eq!((taken.join(" ").as_str(), state), (steps, goal));
        }
        assert!(next(SubmissionState::Returned, SubmissionState::Published).is_none());
    }
}
