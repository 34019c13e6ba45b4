//! What goes through states: each is made and taken, step by step, to where the demonstration leaves it.

use serde::Deserialize;
use serde_json::Value;

use super::call::Created;
use super::data::{Kind, Row, STAGED};
use super::{DemoError, Loaded, Loader, hands};

/// A row with the steps that it takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Staged {
    body: Value,
    #[serde(default)]
    steps: Vec<Step>,
}

/// An action, with what is sent for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    action: String,
    body: Option<Value>,
}

/// Makes what is missing, and finishes what an earlier attempt left half done.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    let of_kind = |kind: &Kind| hands::each(&kind.rows()?, |row| bring(loader, kind, row));
    STAGED.iter().map(of_kind).sum()
}

/// The body of every row of a kind.
#[cfg(test)]
pub(super) fn bodies(kind: &Kind) -> Result<Vec<Row>, DemoError> {
    kind.rows()?.iter().map(|row| read(row).map(|(made, _)| made)).collect()
}

/// Splits a row into what is made and the steps that it takes.
fn read(row: &Row) -> Result<(Row, Vec<Step>), DemoError> {
    let staged: Staged = serde_json::from_value(row.body.clone()).map_err(|error| row.place.wrong(error))?;
    Ok((Row { place: row.place, body: staged.body }, staged.steps))
}

/// Brings one to where it is left; whether anything was to do.
fn bring(loader: &Loader<'_>, kind: &Kind, row: &Row) -> Result<bool, DemoError> {
    let (row, steps) = read(row)?;
    if let Some((field, collection)) = kind.parent
        && loader.is_gone(collection, &row.text(field)?)
    {
        return Ok(false);
    }
    let address = kind.address(&row)?;
    let failed = |address: &str| {
        let (place, address) = (row.place, address.to_owned());
        move |cause| DemoError::Call { place, address, cause }
    };
    let key = &loader.keys.officer;
    let made = loader.client.create(key, &address, &row.body).map_err(failed(&address))?;
    let taken = match made {
        Created::New => 0,
        Created::There => steps_taken(loader, kind, &row)?,
        Created::Gone => return Ok(false),
    };
    let waiting = steps.get(taken..).unwrap_or_default();
    for step in waiting {
        let action = format!("{address}/{}", step.action);
        loader.client.act(key, &action, step.body.as_ref()).map_err(failed(&action))?;
    }
    Ok(made == Created::New || !waiting.is_empty())
}

/// How often it was changed since it was made: whoever left it half done had taken as many steps.
fn steps_taken(loader: &Loader<'_>, kind: &Kind, row: &Row) -> Result<usize, DemoError> {
    let table = kind.collection.replace('-', "_");
    let address = format!("/api/v1/changes?resource={table}&resource_key={}", kind.log_key(row)?);
    let changes = loader.client.list(&loader.keys.officer, &address);
    let changes = changes.map_err(|cause| DemoError::Call { place: row.place, address, cause })?;
    Ok(changes.len().saturating_sub(1))
}
