//! `/api/v1/frameworks/{framework}/connection.pbids`: a file that Power BI opens to connect to a framework's figures.

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::{HttpRequest, get};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::db::Db;
use crate::http::odata::ROOT;
use crate::http::page;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// A data source as Power BI Desktop reads it; it holds no key, for which Power BI asks.
/// See <https://learn.microsoft.com/power-bi/connect-data/desktop-data-sources#use-pbids-files-to-get-data>.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionFile {
    /// Version of the form.
    #[schema(example = "0.1")]
    version: &'static str,
    /// The only connection.
    connections: [Connection; 1],
}

/// What is connected to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Connection {
    details: ConnectionDetails,
    /// Nothing: how to sign in is asked.
    #[schema(value_type = Object)]
    options: serde_json::Value,
    /// That data are taken over, rather than asked for again at every look.
    #[schema(example = "Import")]
    mode: &'static str,
}

/// The protocol, and where it is spoken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionDetails {
    #[schema(example = "odata")]
    protocol: &'static str,
    address: ConnectionAddress,
}

/// An address.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectionAddress {
    /// The rows of the framework by OData, below the public URL.
    url: String,
}

/// Connect Power BI to a framework
///
/// A `.pbids` file: opened with Power BI Desktop, it asks for the key (Basic, any user name, the key as the password) or for the
/// organisational account, and connects to the framework's rows of the feed.
#[utoipa::path(
    tag = "feed", operation_id = "get_connection", security(("api_key" = ["read"])),
    params(FrameworkPath),
    responses((status = 200, description = "The file", body = ConnectionFile))
)]
#[get("/frameworks/{framework}/connection.pbids")]
pub async fn get(_: Caller<Read>, path: Path<FrameworkPath>, db: Db, request: HttpRequest) -> Answer {
    let framework = Framework::find(&*db.reading(None).await?, &path.0).await?;
    let code = framework.ok_or_else(|| crud::missing::<Framework>(&path.0))?.code;
    let url = format!("{}{ROOT}/Observations?$filter=framework%20eq%20'{code}'", page::base(&request));
    let details = ConnectionDetails { protocol: "odata", address: ConnectionAddress { url } };
    let file =
        ConnectionFile { version: "0.1", connections: [Connection { details, options: json!({}), mode: "Import" }] };
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{code}.pbids\"")).map_err(Problem::internal)?;
    Ok(Reply::json(&file)?.with((CONTENT_DISPOSITION, name)))
}
