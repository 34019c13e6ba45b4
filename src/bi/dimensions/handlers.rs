//! `/api/v1/dimensions/…`: an address for each table.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::{COMPARATORS, Dimension, FRAMEWORKS, MEASURES, OUTCOMES, PERIODS};
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::bi::answer::FeedAnswer;
use crate::bi::ask::DimensionAsk;
use crate::bi::document::{DimensionQuery, DimensionRows};
use crate::bi::form::Form;
use crate::bi::forms;
use crate::bi::fresh::Freshness;
use crate::bi::version::Versions;
use crate::db::Db;
use crate::http::problem::Problem;
use crate::http::version::Conditions;

/// Declares the address of a table; they differ in nothing but its name.
macro_rules! table {
    ($function:ident, $table:expr, $address:literal, $id:literal, $summary:literal) => {
        #[doc = $summary]
        ///
        /// All rows at once, as JSON (`items`), NDJSON or CSV, by `Accept` or `format`.
        #[utoipa::path(
            tag = "feed", operation_id = $id, security(("api_key" = ["read"])), params(DimensionQuery),
            responses(
                (status = 200, description = "The table", content(
                    (DimensionRows = "application/json"), (String = "application/x-ndjson"), (String = "text/csv")
                ))
            )
        )]
        #[get($address)]
        pub async fn $function(
            _: Caller<Read>,
            db: Db,
            conditions: Conditions,
            versions: Data<Versions>,
            request: HttpRequest,
        ) -> Result<FeedAnswer, Problem> {
            answer(&$table, &db, &conditions, &versions, &request).await
        }
    };
}

table!(frameworks, FRAMEWORKS, "/dimensions/frameworks", "get_framework_dimension", "Pull the table of frameworks");
table!(outcomes, OUTCOMES, "/dimensions/outcomes", "get_outcome_dimension", "Pull the table of outcomes");
table!(measures, MEASURES, "/dimensions/measures", "get_measure_dimension", "Pull the table of measures");
table!(periods, PERIODS, "/dimensions/periods", "get_period_dimension", "Pull the table of reporting quarters");
table!(
    comparators,
    COMPARATORS,
    "/dimensions/comparators",
    "get_comparator_dimension",
    "Pull the table of comparators"
);

async fn answer(
    table: &'static Dimension,
    db: &Db,
    conditions: &Conditions,
    versions: &Versions,
    request: &HttpRequest,
) -> Result<FeedAnswer, Problem> {
    let ask = DimensionAsk::read(request)?;
    let fresh = Freshness::of(&ask.moment, ask.form.as_ref(), db, versions).await?;
    let headers: Vec<_> = fresh.headers().into_iter().chain(ask.moment.headers()).collect();
    if fresh.known(conditions) {
        return Ok(FeedAnswer::unchanged().with(headers));
    }
    let reading = db.reading(ask.moment.as_of()).await?;
    let rows = table.rows(&reading).await?;
    let bytes = match ask.form {
        Form::Json => forms::json::items(&table.heads(), &rows)?,
        form => forms::flat(form, &table.heads(), &rows, ask.bom)?,
    };
    Ok(FeedAnswer::whole(ask.form, bytes.into()).with(headers))
}
