//! What is told of retired measures beside an answer. It goes by what is asked, whatever page of it: so every page, a `304` and an
//! answer that is streamed say the same.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::bi::filter::Filter;
use crate::bi::fresh::Freshness;
use crate::bi::store::CHOSEN;
use crate::bi::version::Versions;
use crate::db::Db;
use crate::http::moment::Moment;
use crate::http::page;
use crate::http::problem::Problem;
use crate::resources::measures::retirement::{self, RETIRED, Retired, RetiredSql};

/// Answers whose notices are held at most.
const HELD: usize = 1000;

/// Headers of answers.
pub type Headers = Vec<(HeaderName, HeaderValue)>;

/// Notices that were made before, by everything that they depend on.
#[derive(Default)]
pub struct Notices(Mutex<HashMap<String, Headers>>);

impl Notices {
    fn find(&self, key: &str) -> Option<Headers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: String, headers: Headers) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= HELD {
            kept.clear();
        }
        kept.insert(key, headers);
    }
}

/// The retired measures that the caller reaches and of which the filter can let a row through, as far as the chosen columns tell.
#[derive(Debug)]
struct Reached(Filter);

impl QueryId for Reached {
    // No static id: diesel then keeps the statement by its text, and not by its type.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Reached {
    type SqlType = RetiredSql;
}

impl QueryFragment<Pg> for Reached {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(RETIRED);
        out.push_sql(" AND EXISTS (SELECT 1");
        out.push_sql(CHOSEN);
        out.push_sql(" AND f.measure = gone.code");
        if !self.0.is_everything() {
            out.push_sql(" AND ");
            self.0.write(&mut out)?;
        }
        out.push_sql(") ORDER BY gone.code");
        Ok(())
    }
}

/// The headers for an answer to what the filter asks; none where no measure in it is retired.
///
/// # Errors
/// `unavailable` when the database cannot be reached.
pub async fn of(
    request: &HttpRequest,
    db: &Db,
    versions: &Versions,
    fresh: &Freshness,
    moment: &Moment,
    filter: &Filter,
) -> Result<Headers, Problem> {
    // What was known in the past may be another measure's retirement.
    if moment.as_of().is_none() && !versions.retire_any(fresh.version).await? {
        return Ok(Headers::new());
    }
    let reached = Reached(filter.chosen());
    let notices = request.app_data::<Data<Notices>>();
    let key = format!("{} {:?} {:?}", fresh.tag, moment.as_of(), reached.0);
    if let Some(known) = notices.and_then(|notices| notices.find(&key)) {
        return Ok(known);
    }
    let reading = db.reading(moment.as_of()).await?;
    let mut connection: &AsyncPgConnection = &reading;
    let retired: Vec<Retired> = reached.load(&mut connection).await.map_err(crate::db::DbError::from)?;
    let headers = retirement::headers(&retired, page::base(request));
    if let Some(notices) = notices {
        notices.keep(key, headers.clone());
    }
    Ok(headers)
}
