//! What the OpenAPI document says of OData: the query options and the forms of answers. Types are in `$metadata`.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The options of a page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Options` reads")]
pub struct PageQuery {
    /// Which entities: comparisons joined by `and`, `or`, `not` and parentheses.
    #[param(rename = "$filter", value_type = Option<String>, format = "odata-filter")]
    filter: Option<String>,
    /// Which properties, joined by commas.
    #[param(rename = "$select", value_type = Option<String>, format = "odata-select")]
    select: Option<String>,
    /// In which order: properties, joined by commas, each perhaps with `desc` after it.
    #[param(rename = "$orderby", value_type = Option<String>, format = "odata-orderby")]
    orderby: Option<String>,
    /// So many at most in all.
    #[param(rename = "$top", value_type = Option<i64>, minimum = 0, maximum = 1000000000)]
    top: Option<i64>,
    /// How many to pass over.
    #[param(rename = "$skip", value_type = Option<i64>, minimum = 0, maximum = 1000000000)]
    skip: Option<i64>,
    /// Whether to count all that the filter lets through, as `@odata.count`.
    #[param(rename = "$count", value_type = Option<bool>)]
    count: Option<bool>,
    /// Where to go on: stands in `@odata.nextLink`. Empty for the first page.
    #[param(rename = "$skiptoken", value_type = Option<String>, format = "cursor")]
    skiptoken: Option<String>,
    /// `json`, or a media type with its parameters.
    #[param(rename = "$format", value_type = Option<String>, pattern = "^ *(json|application/json(;[A-Za-z0-9.=]+)*)? *$")]
    format: Option<String>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<String>,
}

/// The options of a count.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Options` reads")]
pub struct CountQuery {
    /// Which entities.
    #[param(rename = "$filter", value_type = Option<String>, format = "odata-filter")]
    filter: Option<String>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<String>,
}

/// The options of one entity.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Options` reads")]
pub struct EntityQuery {
    /// Which properties, joined by commas.
    #[param(rename = "$select", value_type = Option<String>, format = "odata-select")]
    select: Option<String>,
    /// `json`, or a media type with its parameters.
    #[param(rename = "$format", value_type = Option<String>, pattern = "^ *(json|application/json(;[A-Za-z0-9.=]+)*)? *$")]
    format: Option<String>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<String>,
}

/// The option of the metadata.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Options` reads")]
pub struct MetadataQuery {
    /// `json`, `xml` or the media type of one: the metadata are XML whatever is asked for.
    #[param(rename = "$format", value_type = Option<String>, pattern = "^ *(json|xml|application/(json|xml)(;[A-Za-z0-9.=-]+)*)? *$")]
    format: Option<String>,
}

/// The option of the service document.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Options` reads")]
pub struct FormatQuery {
    /// `json`, or a media type with its parameters.
    #[param(rename = "$format", value_type = Option<String>, pattern = "^ *(json|application/json(;[A-Za-z0-9.=]+)*)? *$")]
    format: Option<String>,
}

/// A list as OData writes it; with annotations whose names begin with `@odata`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entities {
    /// The entities, with the properties that `$metadata` describes.
    #[schema(value_type = Vec<Object>)]
    value: Vec<serde_json::Value>,
}
