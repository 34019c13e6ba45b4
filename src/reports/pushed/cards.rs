//! The scorecards that some figures may move, as they stand at one moment, and the reports that say something of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::{Value, json};

use crate::db::DbError;
use crate::db::schema::{measures, outcomes};
use crate::domain::period::Quarter;
use crate::domain::rag::RagStatus;
use crate::http::problem::Problem;
use crate::reports::quarterly::verify;
use crate::reports::scorecard::body::{MeasureCard, Scorecard};
use crate::reports::scorecard::quarter;
use crate::resources::crud::Stored;
use crate::resources::frameworks::body::{Framework, FrameworkPath};
use crate::resources::quarterly_reports::body::ReportPath;
use crate::resources::quarterly_reports::store as reports;
use crate::resources::quarterly_submissions::batch::Key;

/// Quarters before that of a figure in which its last colour is looked for.
const REACH: usize = 4;

/// A framework and a quarter.
type Place = (String, Quarter);

/// Scorecards and reports of some frameworks and quarters.
pub(super) struct Cards {
    framework_of: HashMap<String, String>,
    cards: BTreeMap<Place, Scorecard>,
    /// The same in the form in which a report holds them, where there is a report.
    contents: BTreeMap<Place, Value>,
    /// Where a report is being written.
    drafts: BTreeSet<Place>,
    /// Measures of which a sealed report says something else than is known now.
    differing: BTreeMap<Place, BTreeSet<String>>,
}

impl Cards {
    /// Reads those that these figures may move: their own, those in which their last colours are, and those of every later report.
    pub(super) async fn read(connection: &AsyncPgConnection, keys: &[Key], day: NaiveDate) -> Result<Self, Problem> {
        let mut read = Self {
            framework_of: frameworks_of(connection, keys).await?,
            cards: BTreeMap::new(),
            contents: BTreeMap::new(),
            drafts: BTreeSet::new(),
            differing: BTreeMap::new(),
        };
        let mut first: BTreeMap<String, Quarter> = BTreeMap::new();
        for (measure, quarter) in keys {
            let Some(framework) = read.framework_of.get(measure.as_str()).cloned() else { continue };
            for quarter in before(*quarter).chain([*quarter]) {
                read.read_quarter(connection, &framework, quarter, day).await?;
            }
            first.entry(framework).and_modify(|known| *known = (*known).min(*quarter)).or_insert(*quarter);
        }
        for (framework, first) in first {
            for quarter in reports::quarters_from(connection, &framework, first).await? {
                read.read_quarter(connection, &framework, quarter, day).await?;
                read.read_report(connection, (framework.clone(), quarter)).await?;
            }
        }
        Ok(read)
    }

    async fn read_quarter(
        &mut self,
        connection: &AsyncPgConnection,
        framework: &str,
        quarter: Quarter,
        day: NaiveDate,
    ) -> Result<(), Problem> {
        let place = (framework.to_owned(), quarter);
        if self.cards.contains_key(&place) {
            return Ok(());
        }
        let path = FrameworkPath { framework: framework.to_owned() };
        let Some(found) = Framework::find(connection, &path).await? else { return Ok(()) };
        let card = quarter::scorecard(connection, &found, quarter, day).await?;
        self.cards.insert(place, card);
        Ok(())
    }

    /// A report is sealed, being written, or, while it is corrected, both.
    async fn read_report(&mut self, connection: &AsyncPgConnection, place: Place) -> Result<(), Problem> {
        let path = ReportPath { framework: place.0.clone(), quarter: place.1 };
        let now = self.cards.get(&place).map(as_content).unwrap_or_default();
        let newest = reports::newest(connection, &path).await?;
        let sealed = match newest {
            Some(draft) if draft.content_hash.is_none() => {
                self.drafts.insert(place.clone());
                reports::newest_sealed(connection, &path).await?
            }
            newest => newest,
        };
        if let Some(hash) = sealed.and_then(|report| report.content_hash) {
            let content = reports::content(connection, &hash).await?.unwrap_or_default();
            let sealed: Value = serde_json::from_str(&content).map_err(Problem::internal)?;
            self.differing.insert(place.clone(), measures_that_differ(&sealed, &now));
        }
        self.contents.insert(place, now);
        Ok(())
    }

    fn place(&self, key: &Key) -> Option<Place> {
        Some((self.framework_of.get(key.0.as_str())?.clone(), key.1))
    }

    fn card_in(&self, key: &Key, quarter: Quarter) -> Option<&MeasureCard> {
        let (framework, _) = self.place(key)?;
        let card = self.cards.get(&(framework, quarter))?;
        let mut measures = card.outcomes.iter().flat_map(|outcome| &outcome.measures);
        measures.find(|card| card.code == key.0.as_str())
    }

    /// The card of a figure, if its measure is on the scorecard.
    pub(super) fn card(&self, key: &Key) -> Option<&MeasureCard> {
        self.card_in(key, key.1)
    }

    /// The last colour of the measure in the four quarters before.
    pub(super) fn last_rated(&self, key: &Key) -> Option<RagStatus> {
        let rated = |status: &RagStatus| matches!(status, RagStatus::Green | RagStatus::Amber | RagStatus::Red);
        before(key.1).filter_map(|quarter| Some(self.card_in(key, quarter)?.rag.status)).find(rated)
    }

    /// Names of the narrative sections that are asked for in the quarter.
    pub(super) fn sections(&self, key: &Key) -> Vec<String> {
        let card = self.place(key).and_then(|place| self.cards.get(&place));
        card.map(|card| card.narrative_sections.iter().map(|section| section.name.to_string()).collect())
            .unwrap_or_default()
    }

    /// Quarters whose sealed reports say something of the measure that is different now.
    pub(super) fn sealed_that_differ(&self, key: &Key) -> Vec<Quarter> {
        let differing = self.from(key, &self.differing);
        differing.filter(|(_, measures)| measures.contains(key.0.as_str())).map(|(quarter, _)| quarter).collect()
    }

    /// Measures of which a report that is being written says something else than before, by its place.
    pub(super) fn drafts_that_differ(&self, before: &Self) -> Drafts {
        let differ = |place: &Place| {
            let (then, now) = (before.contents.get(place)?, self.contents.get(place)?);
            Some((place.clone(), measures_that_differ(then, now)))
        };
        Drafts(self.drafts.iter().filter_map(differ).collect())
    }

    /// Quarters whose reports are being written and differ.
    pub(super) fn drafts_of(&self, key: &Key, drafts: &Drafts) -> Vec<Quarter> {
        let differing = self.from(key, &drafts.0);
        differing.filter(|(_, measures)| measures.contains(key.0.as_str())).map(|(quarter, _)| quarter).collect()
    }

    /// What there is of the framework of a figure, from its quarter on.
    fn from<'a, T>(&self, key: &Key, all: &'a BTreeMap<Place, T>) -> impl Iterator<Item = (Quarter, &'a T)> {
        let framework = self.framework_of.get(key.0.as_str()).cloned();
        let of_it = framework.map(|framework| {
            let range = all.range((framework.clone(), key.1)..);
            range.take_while(move |((one, _), _)| *one == framework).map(|((_, quarter), it)| (*quarter, it))
        });
        of_it.into_iter().flatten()
    }
}

/// Reports that are being written, with the measures of which they say something else than before.
pub(super) struct Drafts(BTreeMap<Place, BTreeSet<String>>);

fn measures_that_differ(then: &Value, now: &Value) -> BTreeSet<String> {
    verify::differences(then, now).into_iter().map(|difference| difference.measure).collect()
}

/// A scorecard in the form in which a report holds it.
fn as_content(card: &Scorecard) -> Value {
    let outcomes = card.outcomes.iter().map(|outcome| {
        let measures: Vec<Value> = outcome.measures.iter().map(|card| json!({"card": card})).collect();
        json!({"measures": measures})
    });
    json!({"outcomes": outcomes.collect::<Vec<_>>()})
}

fn before(quarter: Quarter) -> impl Iterator<Item = Quarter> {
    std::iter::successors(Some(quarter.previous()), |quarter| Some(quarter.previous())).take(REACH)
}

async fn frameworks_of(mut connection: &AsyncPgConnection, keys: &[Key]) -> Result<HashMap<String, String>, DbError> {
    let codes: Vec<&str> = keys.iter().map(|(measure, _)| measure.as_str()).collect();
    let query = measures::table.inner_join(outcomes::table).filter(measures::code.eq_any(codes));
    let found: Vec<(String, String)> =
        query.select((measures::code, outcomes::framework)).load(&mut connection).await?;
    Ok(found.into_iter().collect())
}
