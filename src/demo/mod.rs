//! The demonstration: a children's framework on real figures, loaded through the service's own API as a council's systems
//! would push it. What is there already stays as it is, so that loading again changes nothing.

mod call;
mod collection;
mod data;
mod figures;
mod hands;
mod illustrations;
mod imports;
mod reviews;
mod stages;
#[cfg(test)]
mod tests;
mod webhooks;
mod year;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use call::{Client, Created};
use data::{Kind, Row};
use figures::Figures;
use serde_json::json;

pub use call::CallError;
pub use data::Place;

/// The keys that the demonstration is loaded with. Two for figures, because nobody approves what they submitted.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Pushes and hands in figures: scopes `read` and `submit`.
    pub provider: String,
    /// Configures, approves and publishes: scopes `read`, `approve` and `configure`.
    pub officer: String,
    /// Sets up what others are told: scope `admin`.
    pub administrator: String,
}

/// What loading did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// What was not there and was made, or was half made and was finished.
    pub made: usize,
    /// What was there already, or was deleted by somebody since it was first made.
    pub left: usize,
}

impl std::iter::Sum for Loaded {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self { made: sum.made + part.made, left: sum.left + part.left })
    }
}

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The demonstration's own data cannot be read.
    #[error("the demonstration's data, {place}: {detail}")]
    Data {
        /// File and row.
        place: Place,
        /// What is wrong there.
        detail: String,
    },
    /// The service refused a row, or could not be reached.
    #[error("the demonstration's data, {place}, sent to {address}: {cause}")]
    Call {
        /// File and row.
        place: Place,
        /// Address of the request.
        address: String,
        /// What came back.
        cause: CallError,
    },
}

/// Loads the demonstration into the service at `base`, such as `http://127.0.0.1:8080`.
///
/// Blocks until all is loaded: call it from a thread of its own.
///
/// # Errors
/// The first row that the service refused, with the problem's own words.
pub fn load(base: &str, keys: &Keys) -> Result<Loaded, DemoError> {
    let loader = Loader { client: Client::new(base), keys, gone: Mutex::default(), taken: Mutex::default() };
    let definitions = data::KINDS.iter().map(|kind| loader.define(kind)).sum::<Result<Loaded, _>>()?;
    let adoptions = hands::each(&data::ADOPTIONS.rows()?, |row| loader.adopt(row))?;
    let mut figures = Figures::waiting(&loader)?;
    let year = year::walk(&loader, &mut figures)?;
    let others = figures.push(&loader, None)?;
    let staged = [
        collection::load(&loader)?,
        stages::load(&loader)?,
        reviews::load(&loader)?,
        webhooks::load(&loader)?,
        imports::load(&loader)?,
    ];
    Ok([definitions, adoptions, year, others].into_iter().chain(staged).sum())
}

/// What every row needs to be sent.
struct Loader<'a> {
    client: Client,
    keys: &'a Keys,
    /// Codes that somebody deleted, by collection: never given again, and what depends on them is left out.
    gone: Mutex<BTreeSet<(&'static str, String)>>,
    /// Steps that this run has seen taken, by address. The log tells of them only when every older transaction has ended.
    taken: Mutex<BTreeMap<String, usize>>,
}

impl Loader<'_> {
    /// Makes what is missing of one kind of resource.
    fn define(&self, kind: &Kind) -> Result<Loaded, DemoError> {
        let rows = kind.rows()?;
        hands::each(&rows, |row| self.define_one(kind, row))
    }

    fn define_one(&self, kind: &Kind, row: &Row) -> Result<bool, DemoError> {
        if let Some((field, collection)) = kind.parent
            && self.is_gone(collection, &row.text(field)?)
        {
            return Ok(false);
        }
        let address = kind.address(row)?;
        match self.client.create(&self.keys.officer, &address, &row.body) {
            Ok(Created::New) => Ok(true),
            Ok(Created::There) => Ok(false),
            Ok(Created::Gone) => {
                // What has no code of its own, a target, has nothing that depends on it.
                let Ok(code) = row.text("code") else { return Ok(false) };
                self.gone.lock().unwrap_or_else(PoisonError::into_inner).insert((kind.collection, code));
                Ok(false)
            }
            Err(cause) => Err(DemoError::Call { place: row.place, address, cause }),
        }
    }

    /// Adopts a framework that is still a draft: from then on its measures and targets change by decisions.
    fn adopt(&self, row: &Row) -> Result<bool, DemoError> {
        let code = row.text("framework")?;
        if self.is_gone("frameworks", &code) {
            return Ok(false);
        }
        let address = format!("/api/v1/frameworks/{code}");
        let adoption = json!({"status": "adopted", "adopted_by": row.text("adopted_by")?});
        let told = |cause| DemoError::Call { place: row.place, address: address.clone(), cause };
        if !self.client.read(&self.keys.officer, &address).map_err(told)?["adopted_by"].is_null() {
            return Ok(false);
        }
        self.client.change(&self.keys.officer, &address, &adoption).map_err(told)?;
        Ok(true)
    }

    /// How often a row was written, by whomever: its making, every change and its deletion.
    fn written(&self, place: Place, table: &str, key: &str) -> Result<usize, DemoError> {
        let address = format!("/api/v1/changes?resource={table}&resource_key={key}");
        let changes = self.client.list(&self.keys.officer, &address);
        changes.map(|changes| changes.len()).map_err(|cause| DemoError::Call { place, address, cause })
    }

    fn is_gone(&self, collection: &'static str, code: &str) -> bool {
        let gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        gone.contains(&(collection, code.to_owned()))
    }
}
