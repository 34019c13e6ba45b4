//! What is sealed of a quarterly report: which of its parts are exempt, what was signed off, and what members and the public read.

use actix_web::post;
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::content::ReportContent;
use super::drafting::{draft, to_be_published};
use super::readiness::{Gap, parts, readiness};
use super::store;
use crate::access::audience::Audience;
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Decide};
use crate::clock;
use crate::db::Db;
use crate::db::reach::Eyes;
use crate::domain::exempt::{Exempt, check};
use crate::domain::fault;
use crate::domain::report::ReportAction;
use crate::http::body::Valid;
use crate::http::canonical;
use crate::http::params::Path;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::quarterly_reports::actions::act;
use crate::resources::quarterly_reports::body::ReportPath;
use crate::resources::quarterly_reports::exempt::{ExemptPart, ExemptParts, ExemptPartsBody};
use crate::resources::quarterly_reports::row::Report;
use crate::resources::quarterly_reports::rules::{allow, allow_exempting};
use crate::resources::quarterly_reports::store::{self as reports, Step};
use crate::retry::Retry;

/// Say which parts of a report are exempt
///
/// All of them at once, each with the paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 under which it falls, and why
/// the public interest in keeping it outweighs that in disclosing it: what is left out is exempt no longer. While a report is drafted
/// or in review; its signing off seals them, and a correction may say otherwise. The public does not see them from then on, wherever it
/// asks; members do.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "exempt_quarterly_report", security(("api_key" = ["decide"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    request_body(content = ExemptPartsBody, example = json!({"parts": [{
        "part": "overview", "paragraph": 3,
        "public_interest": "Bids are still being compared; to disclose their prices would cost the council its bargaining position."
    }]})),
    responses(
        (status = 200, description = "The report as changed", body = Report),
        (status = 422, description = "A part that the report does not have, twice, or inside another")
    )
)]
#[post("/quarterly-reports/{framework}/{quarter}/exempt")]
pub async fn exempt(
    caller: Caller<Decide>,
    path: Path<ReportPath>,
    body: Valid<ExemptPartsBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let asked = ExemptParts(body.0.parts.into_iter().map(ExemptPart::from).collect());
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        allow_exempting(current)?;
        let content = draft(&*db.reading(None).await?, current, &path.0, Audience::Internal, None).await?;
        refuse_parts(&asked, &content)?;
        Ok(reports::exempt(connection, current, &asked).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

fn refuse_parts(asked: &ExemptParts, content: &ReportContent) -> Result<(), Problem> {
    let terms: Vec<Exempt<'_>> = asked.0.iter().map(ExemptPart::terms).collect();
    let faults = check(&terms, &parts(content, true));
    let told = |(at, fault): (usize, fault::Fault)| {
        Fault::new(format!("/parts/{at}/{}", fault.field), fault.code, fault.detail)
    };
    if faults.is_empty() {
        return Ok(());
    }
    Err(Problem::of_faults(problems::VALIDATION_FAILED, faults.into_iter().map(told).collect()))
}

/// Sign a quarterly report off
///
/// Freezes what it says: an immutable snapshot with its SHA-256. Refused while anything blocks it, all of it told at once.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "sign_off_quarterly_report", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2026-27-Q1")
    ),
    responses((status = 200, description = "The sealed report", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/sign-off")]
pub async fn sign_off(
    caller: Caller<Approve>,
    path: Path<ReportPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::SignOff)?;
        store::take_seal(connection).await?;
        // Read as at one instant, on another connection: all of it is of one moment, and can be read so again.
        let instant = store::now(connection).await?;
        let view = db.reading(Some(instant)).await?;
        let content = draft(&view, current, &path.0, Audience::Internal, Some(instant)).await?;
        refuse_gaps(&content)?;
        let hash = keep(connection, &content).await?;
        let step = Step {
            content_hash: Some(&hash),
            rule_set_version: i16::try_from(content.rule_set_version).ok(),
            as_of: Some(instant),
            signed_off_by: Some(caller.name()),
            signed_off_at: Some(clock::now()),
            ..Step::default()
        };
        Ok(reports::step(connection, current, state, step).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

fn refuse_gaps(content: &ReportContent) -> Result<(), Problem> {
    let found = readiness(content);
    if found.ready {
        return Ok(());
    }
    let place = |gap: &Gap| gap.measure.as_ref().map_or_else(|| "/exempt_parts".to_owned(), |code| format!("/{code}"));
    let fault = |gap: Gap| Fault::new(place(&gap), gap.kind.to_string(), gap.detail);
    Err(Problem::of_faults(problems::REPORT_NOT_READY, found.blocks.into_iter().map(fault).collect()))
}

/// Publish a quarterly report
///
/// A signed-off report becomes public at its fixed address. What members and the public read of it is sealed with it: of what they see
/// at this instant, as it may be shown. A figure that is approved and not published is not among that, and they are told so.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "publish_quarterly_report", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q4")
    ),
    responses((status = 200, description = "The report as changed", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/publish")]
pub async fn publish(
    caller: Caller<Approve>,
    path: Path<ReportPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::Publish)?;
        let step = Step { published_by: Some(caller.name()), published_at: Some(clock::now()), ..Step::default() };
        let instant = store::now(connection).await?;
        let Some(report) = to_be_published(&db, current, &path.0, Some(instant)).await? else {
            // Its framework is a draft: nobody else reads of it.
            return Ok(reports::step(connection, current, state, step).await?);
        };
        let members = reading(&db, (Eyes::Members, Audience::Members), &report, &path.0, instant).await?;
        let public = reading(&db, (Eyes::Public, Audience::Public), &report, &path.0, instant).await?;
        let (members_hash, public_hash) = (keep(connection, &members).await?, keep(connection, &public).await?);
        let step = Step {
            unpublished: Some(&report.unpublished),
            members_hash: Some(&members_hash),
            public_hash: Some(&public_hash),
            disclosed_at: Some(instant),
            ..step
        };
        Ok(reports::step(connection, current, state, step).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// What a report says to others.
async fn reading(
    db: &Db,
    (eyes, audience): (Eyes, Audience),
    report: &Report,
    key: &ReportPath,
    instant: DateTime<Utc>,
) -> Result<ReportContent, Problem> {
    draft(&*db.seen_by(eyes).reading(Some(instant)).await?, report, key, audience, Some(instant)).await
}

/// Keeps what a report says, under its hash.
async fn keep(connection: &mut AsyncPgConnection, content: &ReportContent) -> Result<String, Problem> {
    let bytes = canonical::canonical(content)?;
    let hash = canonical::hash(&bytes);
    reports::keep_content(connection, &hash, &bytes).await?;
    Ok(hash)
}
