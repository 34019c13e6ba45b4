//! When a framework was last reviewed, and by when it is to be reviewed again.

use actix_web::get;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::clock;
use crate::db::schema::{annual_target_reviews as reviews, decisions, frameworks, meetings};
use crate::db::{Db, DbError};
use crate::domain::code::Code;
use crate::domain::period::FinancialYear;
use crate::domain::review::{days_overdue, next_due};
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// The newest review that was decided.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable)]
pub struct LastReview {
    /// Financial year in which it was held.
    pub year: FinancialYear,
    /// Decision that decided it.
    pub decision: Code,
    /// Day of the meeting that took the decision.
    pub decided_on: NaiveDate,
}

/// When a framework was last reviewed, and by when it is to be reviewed again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewStanding {
    /// Code of the framework.
    pub framework: Code,
    /// Day of the meeting that adopted it; null for a draft.
    pub adopted_on: Option<NaiveDate>,
    /// The newest review that was decided.
    pub last_review: Option<LastReview>,
    /// Day by which the next review is to be decided: 12 months after the last was or, before the first, after the framework
    /// was adopted; null for a draft that was never reviewed.
    pub next_due_on: Option<NaiveDate>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Days since; 0 where it has not passed.
    #[schema(minimum = 0)]
    pub days_overdue: i64,
    /// Day by which this was reckoned, in London.
    pub reckoned_on: NaiveDate,
}

impl ReviewStanding {
    fn of(framework: Code, adopted_on: Option<NaiveDate>, last_review: Option<LastReview>, today: NaiveDate) -> Self {
        let last_held = last_review.as_ref().map(|review| review.decided_on);
        let due = last_held.or(adopted_on).map(next_due);
        let late = due.map_or(0, |due| days_overdue(due, today));
        Self {
            framework,
            adopted_on,
            last_review,
            next_due_on: due,
            overdue: late > 0,
            days_overdue: late,
            reckoned_on: today,
        }
    }
}

async fn last_review(mut connection: &AsyncPgConnection, framework: &str) -> Result<Option<LastReview>, DbError> {
    let decided = reviews::table.inner_join(decisions::table.inner_join(meetings::table));
    let query = decided
        .filter(reviews::framework.eq(framework))
        .order((meetings::held_on.desc(), reviews::year.desc()))
        .select((reviews::year, decisions::code, meetings::held_on));
    Ok(query.first(&mut connection).await.optional()?)
}

async fn adopted_on(mut connection: &AsyncPgConnection, framework: &str) -> Result<Option<NaiveDate>, DbError> {
    let adoption = frameworks::table.inner_join(decisions::table.inner_join(meetings::table));
    let query = adoption.filter(frameworks::code.eq(framework)).select(meetings::held_on);
    Ok(query.first(&mut connection).await.optional()?)
}

/// Read when a framework is to be reviewed
///
/// When its newest annual review was decided, by when the next is due, and whether that is overdue.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "get_review_status", security(("api_key" = ["read"])),
    params(FrameworkPath, Moment),
    responses((status = 200, description = "How the framework stands", body = ReviewStanding))
)]
#[get("/frameworks/{framework}/review-status")]
pub async fn get(_: Caller<Read>, path: Path<FrameworkPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let code = path.0.framework.as_str();
    let (framework, adopted, last) = tokio::try_join!(
        Framework::find(&connection, &path.0),
        adopted_on(&connection, code),
        last_review(&connection, code)
    )?;
    // Who does not see its reviews would hear that there was none.
    let framework = framework.filter(|_| db.reaches_all_of(code)).ok_or_else(|| crud::missing::<Framework>(&path.0))?;
    let today = clock::day_of(at.0.as_of());
    Ok(at.0.echo(Reply::json(&ReviewStanding::of(framework.code, adopted, last, today))?))
}
