//! Retired measures, and the headers by which they announce themselves to whoever reads them: `Deprecation` (RFC 9745), `Sunset`
//! (RFC 8594) and a link to each.

use actix_web::http::header::{HeaderName, HeaderValue, LINK};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::domain::period::Quarter;
use crate::domain::retirement::Retirement;
use crate::http::date;

/// Since when a measure is deprecated, as `@` and seconds since 1970.
pub const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
/// From when on no new figures of it come.
pub const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// Measures that are linked to at most; headers are not the place for more.
const LINKED: usize = 20;

/// Every retired measure, as `gone.code`, with the version of its definition that retired it: the first of those that say so in a row.
pub const RETIRED: &str = "SELECT gone.code, since.updated_at, since.effective_from FROM measures gone JOIN LATERAL ( \
    SELECT updated_at, effective_from FROM measure_versions WHERE measure = gone.code AND version > coalesce(( \
        SELECT max(version) FROM measure_versions WHERE measure = gone.code AND status <> 'retired'), 0) \
    ORDER BY version LIMIT 1) since ON true WHERE gone.status = 'retired'";

/// The columns of [`RETIRED`].
pub type RetiredSql = (Text, Timestamptz, Nullable<Text>);

/// A retired measure.
#[derive(Clone, Debug, Queryable)]
pub struct Retired {
    code: String,
    recorded_at: DateTime<Utc>,
    from: Option<Quarter>,
}

impl Retired {
    const fn retirement(&self) -> Retirement {
        Retirement { recorded_at: self.recorded_at, from: self.from }
    }
}

/// The measure of this code, if it is retired.
#[derive(Debug, QueryId)]
struct Of(String);

impl Query for Of {
    type SqlType = RetiredSql;
}

impl QueryFragment<diesel::pg::Pg> for Of {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql(RETIRED);
        out.push_sql(" AND gone.code = ");
        out.push_bind_param::<Text, _>(&self.0)
    }
}

/// The retirement of a measure; none where it is not retired, or not there.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn of(mut connection: &AsyncPgConnection, measure: &str) -> Result<Vec<Retired>, DbError> {
    Ok(Of(measure.to_owned()).load(&mut connection).await?)
}

/// The retired measures that are or were a framework's.
#[derive(Debug, QueryId)]
struct In(String);

impl Query for In {
    type SqlType = RetiredSql;
}

impl QueryFragment<diesel::pg::Pg> for In {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql(RETIRED);
        out.push_sql(" AND gone.code IN (SELECT v.measure FROM outcomes o JOIN measure_versions v ON v.outcome = o.code WHERE o.framework = ");
        out.push_bind_param::<Text, _>(&self.0)?;
        out.push_sql(") ORDER BY gone.code");
        Ok(())
    }
}

/// The retired measures of a framework.
///
/// # Errors
/// As [`of`].
pub async fn in_framework(mut connection: &AsyncPgConnection, framework: &str) -> Result<Vec<Retired>, DbError> {
    Ok(In(framework.to_owned()).load(&mut connection).await?)
}

/// The headers that announce these, with the addresses below the public URL `base`; of several measures the earliest dates.
pub fn headers(retired: &[Retired], base: &str) -> Vec<(HeaderName, HeaderValue)> {
    let all = || retired.iter().map(Retired::retirement);
    let deprecation = all().map(Retirement::deprecated_at).min();
    let deprecation = deprecation.and_then(|at| HeaderValue::from_str(&format!("@{}", at.timestamp())).ok());
    let sunset = all().map(Retirement::sunset_at).min().map(date::header);
    let links = retired.iter().take(LINKED).filter_map(|one| {
        let link = format!("<{base}/api/v1/measures/{}>; rel=\"deprecation\"; type=\"application/json\"", one.code);
        Some((LINK, HeaderValue::from_str(&link).ok()?))
    });
    let dates = [(DEPRECATION, deprecation), (SUNSET, sunset)];
    dates.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(links).collect()
}
