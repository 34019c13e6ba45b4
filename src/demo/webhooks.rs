//! A webhook endpoint to practise on: paused, so that the demonstration calls nobody, with a ping that waits for it.

use super::call::Created;
use super::data::{ENDPOINTS, Row};
use super::{DemoError, Loaded, Loader, hands};

/// Makes what is missing.
pub(super) fn load(loader: &Loader<'_>) -> Result<Loaded, DemoError> {
    hands::each(&ENDPOINTS.rows()?, |row| endpoint(loader, row))
}

fn endpoint(loader: &Loader<'_>, row: &Row) -> Result<bool, DemoError> {
    let address = format!("/api/v1/webhook-endpoints/{}", row.text("code")?);
    let told = |address: &str| {
        let address = address.to_owned();
        move |cause| DemoError::Call { place: row.place, address, cause }
    };
    let key = &loader.keys.administrator;
    let Created::New = loader.client.create(key, &address, &row.body).map_err(told(&address))? else {
        return Ok(false);
    };
    let test = format!("{address}/test");
    loader.client.act(key, &test, None).map_err(told(&test))?;
    Ok(true)
}
