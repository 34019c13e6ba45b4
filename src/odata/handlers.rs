//! `/odata/v1/`.

use actix_web::http::header::{HeaderValue, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use serde::Deserialize;

use super::desk::Desk;
use super::document::{CountQuery, Entities, EntityQuery, FormatQuery, MetadataQuery, PageQuery};
use super::form::Form;
use super::metadata;
use super::model::{OBSERVATIONS, tables};
use super::options::Options;
use crate::access::caller::Caller;
use crate::access::readings::Reads;
use crate::access::scope::Read;
use crate::bi::answer::FeedAnswer;
use crate::bi::version::Versions;
use crate::db::Db;
use crate::http::odata::ROOT;
use crate::http::page;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;

/// The key of an entity.
#[derive(Debug, Deserialize)]
pub struct KeyPath {
    key: String,
}

/// Address of the service.
pub(super) fn root(request: &HttpRequest) -> String {
    format!("{}{ROOT}", page::base(request))
}

fn document(request: &HttpRequest) -> Answer {
    let options = Options::of(request.query_string())?;
    options.only(&["$format"], "the service document")?;
    let form = Form::of(&options, request.headers())?;
    let body = serde_json::to_vec(&metadata::service(&root(request))).map_err(Problem::internal)?;
    let mut reply = Reply::bytes("application/json", body);
    reply.headers = vec![form.header(), (VARY, HeaderValue::from_static("Accept"))];
    Ok(reply)
}

/// Read the OData service document
///
/// The entity sets that there are. Whatever speaks OData 4.0 begins here; a slash at the end makes no difference.
#[utoipa::path(
    tag = "odata", operation_id = "get_odata_service", security(("api_key" = ["read"])), params(FormatQuery),
    responses((status = 200, description = "The entity sets", body = Entities))
)]
#[get("")]
pub async fn service(_: Caller<Read>, request: HttpRequest) -> Answer {
    document(&request)
}

/// The same with the slash that most clients write: mounted beside the document, in which addresses have none.
#[get("/odata/v1/")]
pub async fn service_with_slash(_: Caller<Read>, request: HttpRequest) -> Answer {
    document(&request)
}

/// Read the OData metadata
///
/// Types of every entity set, as CSDL in XML, whatever form is asked for.
#[utoipa::path(
    tag = "odata", operation_id = "get_odata_metadata", security(("api_key" = ["read"])), params(MetadataQuery),
    responses((status = 200, description = "The metadata", body = String, content_type = "application/xml"))
)]
#[get("/$metadata")]
pub async fn types(_: Caller<Read>, request: HttpRequest) -> Answer {
    let options = Options::of(request.query_string())?;
    options.only(&["$format"], "`$metadata`")?;
    Form::any(&options)?;
    Ok(Reply::bytes("application/xml", metadata::document().into_bytes()))
}

/// Declares the three addresses of a set: its page, its count, and one of its entities.
macro_rules! entity_set {
    (
        $set:expr, $pattern:literal, $example:literal,
        $page:ident $list_id:literal $list:literal $queries:literal,
        $count:ident $count_id:literal $counted:literal $counts:literal,
        $entity:ident $get_id:literal $get:literal $reads:literal
    ) => {
        #[doc = $queries]
        ///
        /// A page of at most 1000 entities; `@odata.nextLink` is the address of the next. docs/bi/odata.md says what is supported.
        #[utoipa::path(
            tag = "odata", operation_id = $list_id, security(("api_key" = ["read"])), params(PageQuery),
            responses((status = 200, description = "A page", body = Entities))
        )]
        #[get($list)]
        pub async fn $page(
            caller: Caller<Read>,
            db: Db,
            conditions: Conditions,
            versions: Data<Versions>,
            request: HttpRequest,
        ) -> Result<FeedAnswer, Problem> {
            let reads = Reads::of(caller.holder(), &request);
            Desk { set: &$set, db, conditions, versions, reads, request }.page().await
        }

        #[doc = $counts]
        ///
        /// The number alone, as text.
        #[utoipa::path(
            tag = "odata", operation_id = $count_id, security(("api_key" = ["read"])), params(CountQuery),
            responses((status = 200, description = "The number", body = String, content_type = "text/plain"))
        )]
        #[get($counted)]
        pub async fn $count(
            caller: Caller<Read>,
            db: Db,
            conditions: Conditions,
            versions: Data<Versions>,
            request: HttpRequest,
        ) -> Result<FeedAnswer, Problem> {
            let reads = Reads::of(caller.holder(), &request);
            Desk { set: &$set, db, conditions, versions, reads, request }.count().await
        }

        #[doc = $reads]
        ///
        /// By its key in parentheses.
        #[utoipa::path(
            tag = "odata", operation_id = $get_id, security(("api_key" = ["read"])),
            params(("key" = String, Path, description = "The key: a text in quotes, or names with texts, joined by commas.", pattern = $pattern, example = $example), EntityQuery),
            responses((status = 200, description = "The entity", body = serde_json::Value))
        )]
        #[get($get)]
        pub async fn $entity(
            caller: Caller<Read>,
            path: Path<KeyPath>,
            db: Db,
            conditions: Conditions,
            versions: Data<Versions>,
            request: HttpRequest,
        ) -> Result<FeedAnswer, Problem> {
            let reads = Reads::of(caller.holder(), &request);
            Desk { set: &$set, db, conditions, versions, reads, request }.entity(&path.0.key).await
        }
    };
}

entity_set!(
    OBSERVATIONS, "^measure='[A-Z0-9-]{1,32}',quarter='[0-9]{4}-[0-9]{2}-Q[1-4]',dimension='[a-z_]{1,20}',category='[A-Za-z0-9 -]{1,40}'$",
    "measure='EDU-01',quarter='2024-25-Q4',dimension='total',category='total'",
    observations "query_odata_observations" "/Observations" "Query figures by OData",
    count_observations "count_odata_observations" "/Observations/$count" "Count figures by OData",
    observation "get_odata_observation" "/Observations({key})" "Read one of the figures by OData"
);
entity_set!(
    tables::FRAMEWORKS, "^'[A-Z0-9-]{1,40}'$", "'CSPF-2024-28'",
    frameworks "query_odata_frameworks" "/Frameworks" "Query frameworks by OData",
    count_frameworks "count_odata_frameworks" "/Frameworks/$count" "Count frameworks by OData",
    framework "get_odata_framework" "/Frameworks({key})" "Read one of the frameworks by OData"
);
entity_set!(
    tables::OUTCOMES, "^'[A-Z0-9-]{1,40}'$", "'BELONG-THRIVE'",
    outcomes "query_odata_outcomes" "/Outcomes" "Query outcomes by OData",
    count_outcomes "count_odata_outcomes" "/Outcomes/$count" "Count outcomes by OData",
    outcome "get_odata_outcome" "/Outcomes({key})" "Read one of the outcomes by OData"
);
entity_set!(
    tables::MEASURES, "^'[A-Z0-9-]{1,40}'$", "'EDU-01'",
    measures "query_odata_measures" "/Measures" "Query measures by OData",
    count_measures "count_odata_measures" "/Measures/$count" "Count measures by OData",
    measure "get_odata_measure" "/Measures({key})" "Read one of the measures by OData"
);
entity_set!(
    tables::PERIODS, "^'[A-Z0-9-]{1,40}'$", "'2024-25-Q4'",
    periods "query_odata_periods" "/Periods" "Query quarters by OData",
    count_periods "count_odata_periods" "/Periods/$count" "Count quarters by OData",
    period "get_odata_period" "/Periods({key})" "Read one of the quarters by OData"
);
entity_set!(
    tables::COMPARATORS, "^'[A-Z0-9-]{1,40}'$", "'E92000001'",
    comparators "query_odata_comparators" "/Comparators" "Query comparators by OData",
    count_comparators "count_odata_comparators" "/Comparators/$count" "Count comparators by OData",
    comparator "get_odata_comparator" "/Comparators({key})" "Read one of the comparators by OData"
);
