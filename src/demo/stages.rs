//! What goes through states: each is made and taken, step by step, to where the demonstration leaves it.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::Value;

use super::call::{CallError, Created};
use super::data::{Kind, Place, Row, STAGED};
use super::{DemoError, Loaded, Loader, hands};

/// What the service answers where the present state does not allow a step.
const CONFLICT: u16 = 409;

/// What is made, with the steps that it takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Staged {
    /// What is sent to make it; of what is there already, its key is enough.
    pub(super) body: Value,
    /// Steps that it has taken before these; with any, it is not made here.
    #[serde(default)]
    pub(super) after: usize,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
}

/// An action, with what is sent for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) action: String,
    pub(super) body: Option<Value>,
}

/// Makes what is missing, and finishes what an earlier attempt left half done.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    let of_kind = |kind: &Kind| hands::each(&kind.rows()?, |row| bring(loader, kind, row.place, &read(row)?));
    STAGED.iter().map(of_kind).sum()
}

/// A row with its steps.
pub(super) fn read(row: &Row) -> Result<Staged, DemoError> {
    serde_json::from_value(row.body.clone()).map_err(|error| row.place.wrong(error))
}

/// Brings one to where it is left; whether anything was to do.
pub(super) fn bring(loader: &Loader<'_>, kind: &Kind, place: Place, staged: &Staged) -> Result<bool, DemoError> {
    let row = Row { place, body: staged.body.clone() };
    if let Some((field, collection)) = kind.parent
        && staged.after == 0
        && loader.is_gone(collection, &row.text(field)?)
    {
        return Ok(false);
    }
    let address = kind.address(&row)?;
    let failed = |address: &str, cause| DemoError::Call { place, address: address.to_owned(), cause };
    let key = &loader.keys.officer;
    let made = match staged.after {
        0 => loader.client.create(key, &address, &row.body),
        _ => Ok(Created::There),
    };
    let taken = match made {
        Ok(Created::New) => 0,
        Ok(Created::There) if staged.steps.is_empty() => return Ok(false),
        Ok(Created::There) => steps_taken(loader, kind, &row, &address)?,
        // Somebody deleted it, or has made something since that stands in its way.
        Ok(Created::Gone) | Err(CallError::Refused { status: CONFLICT, .. }) => return Ok(false),
        Err(cause) => return Err(failed(&address, cause)),
    };
    let mut moved = matches!(made, Ok(Created::New));
    note_taken(loader, &address, taken);
    let waiting = taken.checked_sub(staged.after).and_then(|taken| staged.steps.get(taken..));
    for (further, step) in (1..).zip(waiting.unwrap_or_default()) {
        let action = format!("{address}/{}", step.action);
        match loader.client.act(key, &action, step.body.as_ref()) {
            Ok(()) => {
                moved = true;
                note_taken(loader, &address, taken + further);
            }
            // Data that an older demonstration or somebody else has left may not allow it: then it stays where it is.
            Err(CallError::Refused { status: CONFLICT, .. }) => break,
            Err(cause) => return Err(failed(&action, cause)),
        }
    }
    Ok(moved)
}

fn note_taken(loader: &Loader<'_>, address: &str, taken: usize) {
    loader.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_owned(), taken);
}

/// How often it was changed since it was made: whoever left it half done had taken as many steps.
fn steps_taken(loader: &Loader<'_>, kind: &Kind, row: &Row, address: &str) -> Result<usize, DemoError> {
    if let Some(taken) = loader.taken.lock().unwrap_or_else(PoisonError::into_inner).get(address) {
        return Ok(*taken);
    }
    let table = kind.collection.replace('-', "_");
    Ok(loader.written(row.place, &table, &kind.log_key(row)?)?.saturating_sub(1))
}
