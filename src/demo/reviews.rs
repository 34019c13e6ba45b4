//! Annual reviews: each is opened, filled in, put to a committee, decided and applied, as far as its row says.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::data::{REVIEWS, Row};
use super::{DemoError, Loaded, Loader};
use crate::domain::terms::ReviewStatus;

/// A review and how far it is taken.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Walk {
    framework: String,
    year: String,
    goal: ReviewStatus,
    /// What is sent to open it.
    pub(super) review: Value,
    /// What is sent to decide it.
    #[serde(default)]
    pub(super) decide: Value,
    /// Where that leaves the outcomes out: the clause that agrees every proposal of an action.
    #[serde(default)]
    agree: BTreeMap<String, String>,
}

impl Walk {
    /// What is sent to decide a review with these proposals.
    pub(super) fn decision(&self, proposals: &Value) -> Value {
        let mut decide = self.decide.clone();
        if !self.agree.is_empty() {
            let agreed = |proposal: &Value| {
                let clause = self.agree.get(proposal["action"].as_str()?)?;
                Some(json!({"measure": proposal["measure"], "clause": clause, "outcome": "agreed"}))
            };
            decide["outcomes"] = proposals.as_array().into_iter().flatten().filter_map(agreed).collect();
        }
        decide
    }
}

/// Loads every review; one after the other, because each finds the measures that the one before made.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    let mut loaded = Loaded::default();
    for row in REVIEWS.rows()? {
        if walk(loader, &row)? {
            loaded.made += 1;
        } else {
            loaded.left += 1;
        }
    }
    Ok(loaded)
}

/// The rows of the file.
pub(super) fn read(row: &Row) -> Result<Walk, DemoError> {
    serde_json::from_value(row.body.clone()).map_err(|error| row.place.wrong(error))
}

/// Takes one review to its goal; whether anything was to do. A step is only taken from the state that the review is in.
fn walk(loader: &Loader<'_>, row: &Row) -> Result<bool, DemoError> {
    let review = read(row)?;
    let Walk { framework, year, goal, .. } = &review;
    if loader.is_gone("frameworks", framework) {
        return Ok(false);
    }
    let address = format!("/api/v1/annual-target-reviews/{framework}/{year}");
    let told = |cause| DemoError::Call { place: row.place, address: address.clone(), cause };
    let officer = &loader.keys.officer;
    loader.client.create(officer, &address, &review.review).map_err(told)?;
    let mut moved = false;
    loop {
        let found = loader.client.read(officer, &address).map_err(told)?;
        let status: ReviewStatus =
            serde_json::from_value(found["status"].clone()).map_err(|error| row.place.wrong(error))?;
        // A review that somebody else has opened for the year is theirs.
        if status >= *goal || found["summary"] != review.review["summary"] {
            return Ok(moved);
        }
        let action = |name: &str| format!("{address}/{name}");
        let change = |to: &str| loader.client.change(officer, &address, &json!({"status": to}));
        match status {
            ReviewStatus::Open => {
                loader.client.act(officer, &action("prefill"), None).and_then(|()| change("proposals_in"))
            }
            ReviewStatus::ProposalsIn => change("submitted"),
            // Where somebody else has meanwhile decided, the next look finds it.
            ReviewStatus::Submitted => {
                let decide = review.decision(&found["proposals"]);
                loader.client.post(officer, &action("decide"), &decide).map(|_| ())
            }
            ReviewStatus::Decided | ReviewStatus::Applied => loader.client.act(officer, &action("apply"), None),
        }
        .map_err(told)?;
        moved = true;
    }
}
