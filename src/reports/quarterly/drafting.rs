//! What a report says, or would say: made of what a connection shows, for the audience that the connection shows it to.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde_json::Value;

use super::content::ReportContent;
use super::verify::cards;
use super::{build, store};
use crate::access::audience::Audience;
use crate::clock;
use crate::db::Db;
use crate::db::reach::Eyes;
use crate::domain::code::Code;
use crate::http::problem::Problem;
use crate::resources::quarterly_reports::body::ReportPath;
use crate::resources::quarterly_reports::exempt::Unpublished;
use crate::resources::quarterly_reports::row::Report;
use crate::resources::quarterly_reports::store as reports;

/// What a report says to an audience, or would say, with what the connection shows as at this instant; null for now.
///
/// # Errors
/// `not_found` without the framework; when the database cannot be reached.
pub(super) async fn draft(
    connection: &AsyncPgConnection,
    report: &Report,
    key: &ReportPath,
    audience: Audience,
    as_of: Option<DateTime<Utc>>,
) -> Result<ReportContent, Problem> {
    let instant = match as_of {
        Some(instant) => instant,
        None => store::now(connection).await?,
    };
    let material = store::material(connection, key, clock::day_of(Some(instant))).await?;
    Ok(build::content(report, audience, material, instant))
}

/// What was sealed under a hash.
///
/// # Errors
/// `internal_error` without it; when the database cannot be reached.
pub(super) async fn sealed(connection: &AsyncPgConnection, hash: &str) -> Result<String, Problem> {
    reports::content(connection, hash).await?.ok_or_else(|| Problem::internal(format!("no content {hash}")))
}

/// The report as it would be published as at this instant: with the measures whose figure it has and that is not published. None
/// while its framework is a draft, of which nobody else reads.
///
/// # Errors
/// As [`draft`].
pub(super) async fn to_be_published(
    db: &Db,
    report: &Report,
    key: &ReportPath,
    as_of: Option<DateTime<Utc>>,
) -> Result<Option<Report>, Problem> {
    let theirs = db.seen_by(Eyes::Members).reading(as_of).await?;
    let Some(shown) = store::figures(&theirs, key, clock::day_of(as_of)).await? else { return Ok(None) };
    let own = db.reading(as_of).await?;
    let says: Value = match &report.content_hash {
        Some(hash) => serde_json::from_str(&sealed(&own, hash).await?),
        None => serde_json::to_value(draft(&own, report, key, Audience::Internal, as_of).await?),
    }
    .map_err(Problem::internal)?;
    let cards = cards(&says);
    let reported = cards.iter().filter(|(_, card)| !card["figure"].is_null()).map(|(code, _)| code);
    let unpublished: Vec<Code> =
        reported.filter(|code| !shown.contains(*code)).filter_map(|code| code.parse().ok()).collect();
    let mut report = report.clone();
    report.unpublished = Unpublished(unpublished);
    Ok(Some(report))
}
