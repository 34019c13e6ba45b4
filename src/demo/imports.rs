//! An import to look at: a dry run, which changes no figure, of a row that could be stored and one that could not.

use super::data::IMPORTS;
use super::{DemoError, Loaded, Loader};

/// Sends it, unless there is an import already.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    let mut loaded = Loaded::default();
    for row in IMPORTS.rows()? {
        let address = format!("/api/v1/imports?{}", row.text("parameters")?);
        let told = |cause| DemoError::Call { place: row.place, address: address.clone(), cause };
        let there = loader.client.read(&loader.keys.provider, "/api/v1/imports?limit=1").map_err(told)?;
        if there["items"].as_array().is_some_and(|items| !items.is_empty()) {
            loaded.left += 1;
            continue;
        }
        loader.client.act(&loader.keys.provider, &address, Some(&row.body["rows"])).map_err(told)?;
        loaded.made += 1;
    }
    Ok(loaded)
}
