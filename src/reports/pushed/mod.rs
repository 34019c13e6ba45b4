//! What pushed figures would do to scorecards and reports once they are approved: by the same rules, on the same tables, in a
//! transaction that is taken back.

pub mod body;
mod cards;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use self::body::{FigureEffect, PushEffect, ReportsTouched};
use self::cards::{Cards, Drafts};
use crate::clock;
use crate::domain::period::Quarter;
use crate::domain::report::{missing_sections, movement, must_be_explained};
use crate::http::problem::Problem;
use crate::resources::quarterly_submissions::batch::{self, Key};

/// Most figures that are looked at; the rest are counted. As many as are answered for at once.
pub const LOOKED_AT: usize = 1000;
/// Most quarters of frameworks that are looked at.
const QUARTERS: usize = 8;

/// What stood before the figures were stored.
pub struct Before {
    keys: Vec<Key>,
    further: usize,
    day: NaiveDate,
    cards: Cards,
}

impl Before {
    /// Reads what these figures may move. Figures beyond a bound are counted only.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(connection: &AsyncPgConnection, keys: impl Iterator<Item = &Key>) -> Result<Self, Problem> {
        let all: Vec<Key> = keys.cloned().collect();
        let mut quarters: Vec<Quarter> =
            all.iter().map(|(_, quarter)| *quarter).collect::<BTreeSet<_>>().into_iter().collect();
        quarters.reverse();
        quarters.truncate(QUARTERS);
        let mut keys: Vec<Key> = all.iter().filter(|(_, quarter)| quarters.contains(quarter)).cloned().collect();
        keys.truncate(LOOKED_AT);
        let day = clock::today();
        let cards = Cards::read(connection, &keys, day).await?;
        Ok(Self { further: all.len() - keys.len(), keys, day, cards })
    }

    /// What the figures, now stored, would move were they approved. Approves them, in a transaction that must be taken back.
    ///
    /// # Errors
    /// As [`Before::read`].
    pub async fn after(self, connection: &mut AsyncPgConnection) -> Result<PushEffect, Problem> {
        batch::approve_to_look(connection, &self.keys).await?;
        let after = Cards::read(connection, &self.keys, self.day).await?;
        let drafts = after.drafts_that_differ(&self.cards);
        let told = |key| effect(key, &self.cards, &after, &drafts);
        let measures: Vec<FigureEffect> = self.keys.iter().map(told).collect();
        Ok(PushEffect {
            moved: measures.iter().filter(|one| one.before != one.after).count(),
            narrative_required: measures.iter().filter(|one| !one.narrative_missing.is_empty()).count(),
            further: self.further,
            measures,
        })
    }
}

fn effect(key: &Key, before: &Cards, after: &Cards, drafts: &Drafts) -> FigureEffect {
    let (measure, quarter) = key;
    let (then, now) = (before.card(key), after.card(key));
    let status = now.map(|card| card.rag.status);
    let explained = status.is_some_and(|status| must_be_explained(status, movement(status, after.last_rated(key))));
    let narrative_missing = match now.filter(|_| explained) {
        Some(card) => {
            let given = card.narrative.0.keys().map(String::as_str);
            missing_sections(after.sections(key).iter().map(String::as_str), given)
                .into_iter()
                .map(str::to_owned)
                .collect()
        }
        None => Vec::new(),
    };
    let already = before.sealed_that_differ(key);
    let sealed = after.sealed_that_differ(key).into_iter().filter(|quarter| !already.contains(quarter)).collect();
    let drafts = after.drafts_of(key, drafts);
    let reports = ReportsTouched { in_hand: drafts.contains(quarter), drafts, sealed };
    let effect = FigureEffect {
        measure: measure.clone(),
        quarter: *quarter,
        on_scorecard: now.is_some(),
        before: then.map(|card| card.rag.status),
        after: status,
        explanation: now.map(|card| card.rag.explanation.clone()),
        narrative_missing,
        reports,
        told: String::new(),
    };
    FigureEffect { told: effect.sentence(), ..effect }
}
