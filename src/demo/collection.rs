//! The quarterly collection of the demonstration: cycles generated from a calendar, and waived data requests.

use serde_json::{Map, Value, json};

use super::call::CallError;
use super::data::{CALENDARS, Place, Row, WAIVERS};
use super::{DemoError, Loaded, Loader, hands};

/// Generates the cycles of every calendar, then waives.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    let cycles = hands::each(&CALENDARS.rows()?, |row| generate(loader, row))?;
    let waivers = hands::each(&WAIVERS.rows()?, |row| waive(loader, row))?;
    Ok([cycles, waivers].into_iter().sum())
}

fn failed(place: Place, address: &str) -> impl FnOnce(CallError) -> DemoError {
    let address = address.to_owned();
    move |cause| DemoError::Call { place, address, cause }
}

/// Generates the cycles of one year, and sets the committee days of those that are new.
fn generate(loader: &Loader<'_>, row: &Row) -> Result<bool, DemoError> {
    let framework = row.text("framework")?;
    if loader.is_gone("frameworks", &framework) {
        return Ok(false);
    }
    let address = format!("/api/v1/frameworks/{framework}/collection-cycles");
    let answer = loader.client.post(&loader.keys.officer, &address, &row.body["calendar"]);
    let answer = answer.map_err(failed(row.place, &address))?.unwrap_or_default();
    let cycles = answer["items"].as_array().into_iter().flatten();
    let new: Vec<&Value> = cycles.filter(|item| item["new"] == true).map(|item| &item["cycle"]["quarter"]).collect();
    for (quarter, day) in committees(row).filter(|(quarter, _)| new.iter().any(|new| *new == quarter.as_str())) {
        let address = format!("/api/v1/collection-cycles/{framework}/{quarter}");
        let patch = json!({"committee_on": day});
        loader.client.change(&loader.keys.officer, &address, &patch).map_err(failed(row.place, &address))?;
    }
    Ok(!new.is_empty())
}

/// Days of committees, by quarter.
fn committees(row: &Row) -> impl Iterator<Item = (&String, &Value)> {
    row.body["committee_on"].as_object().into_iter().flat_map(Map::iter)
}

/// Waives a data request that never was: one that somebody has reinstated since stays so.
fn waive(loader: &Loader<'_>, row: &Row) -> Result<bool, DemoError> {
    let (measure, quarter) = (row.text("measure")?, row.text("quarter")?);
    let key = format!("{measure}/{quarter}");
    if loader.is_gone("measures", &measure) || loader.written(row.place, "data_request_waivers", &key)? > 0 {
        return Ok(false);
    }
    let address = format!("/api/v1/data-requests/{key}/waive");
    let waived = loader.client.post(&loader.keys.officer, &address, &json!({"reason": row.text("reason")?}));
    Ok(waived.map_err(failed(row.place, &address))?.is_some())
}
