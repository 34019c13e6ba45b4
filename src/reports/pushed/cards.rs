//! The scorecards that some figures may move, as they stand at one moment, and the reports that say something of them.

use std::collections::{BTreeMap, HashMap};

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
use crate::resources::quarterly_reports::row::Report;
use crate::resources::quarterly_reports::store as reports;
use crate::resources::quarterly_submissions::batch::Key;

/// Quarters before and after that of a figure in which it can be seen: as the last colour, or as what is compared with.
const REACH: usize = 4;

/// Scorecards and reports of some frameworks and quarters.
pub(super) struct Cards {
    framework_of: HashMap<String, String>,
    cards: BTreeMap<(String, Quarter), Scorecard>,
    reports: BTreeMap<(String, Quarter), Report>,
    sealed: BTreeMap<(String, Quarter), Value>,
}

impl Cards {
    /// Reads those that these figures may move.
    pub(super) async fn read(connection: &AsyncPgConnection, keys: &[Key], day: NaiveDate) -> Result<Self, Problem> {
        let mut read = Self {
            framework_of: frameworks_of(connection, keys).await?,
            cards: BTreeMap::new(),
            reports: BTreeMap::new(),
            sealed: BTreeMap::new(),
        };
        for (measure, quarter) in keys {
            let Some(framework) = read.framework_of.get(measure.as_str()).cloned() else { continue };
            for quarter in around(*quarter) {
                read.read_quarter(connection, &framework, quarter, day).await?;
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
        let report = reports::newest(connection, &ReportPath { framework: framework.to_owned(), quarter }).await?;
        if let Some(hash) = report.as_ref().and_then(|report| report.content_hash.clone()) {
            let content = reports::content(connection, &hash).await?.unwrap_or_default();
            self.sealed.insert(place.clone(), serde_json::from_str(&content).map_err(Problem::internal)?);
        }
        self.reports.extend(report.map(|report| (place.clone(), report)));
        self.cards.insert(place, card);
        Ok(())
    }

    fn place(&self, key: &Key) -> Option<(String, Quarter)> {
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

    /// Whether a report on the quarter is being written.
    pub(super) fn in_hand(&self, key: &Key) -> bool {
        let report = self.place(key).and_then(|place| self.reports.get(&place));
        self.card(key).is_some() && report.is_some_and(|report| report.content_hash.is_none())
    }

    /// Quarters whose sealed reports say something of the measure that is different now.
    pub(super) fn sealed_that_differ(&self, key: &Key) -> Vec<Quarter> {
        let Some((framework, first)) = self.place(key) else { return Vec::new() };
        let of_it = self.sealed.range((framework.clone(), first)..).take_while(|((one, _), _)| *one == framework);
        let differs = |quarter: Quarter, sealed: &Value| {
            let card = self.cards.get(&(framework.clone(), quarter));
            let now = card.map(as_content).unwrap_or_default();
            verify::differences(sealed, &now).iter().any(|difference| difference.measure == key.0.as_str())
        };
        of_it.filter(|((_, quarter), sealed)| differs(*quarter, sealed)).map(|((_, quarter), _)| *quarter).collect()
    }
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

fn around(quarter: Quarter) -> Vec<Quarter> {
    let after = std::iter::successors(Some(quarter), |quarter| Some(quarter.next())).take(REACH + 1);
    before(quarter).chain(after).collect()
}

async fn frameworks_of(mut connection: &AsyncPgConnection, keys: &[Key]) -> Result<HashMap<String, String>, DbError> {
    let codes: Vec<&str> = keys.iter().map(|(measure, _)| measure.as_str()).collect();
    let query = measures::table.inner_join(outcomes::table).filter(measures::code.eq_any(codes));
    let found: Vec<(String, String)> =
        query.select((measures::code, outcomes::framework)).load(&mut connection).await?;
    Ok(found.into_iter().collect())
}
