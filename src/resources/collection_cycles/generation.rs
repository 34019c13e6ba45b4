//! `POST /api/v1/frameworks/{framework}/collection-cycles`: the four cycles of a financial year, from a calendar.

use actix_web::post;
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::body::CollectionCycle;
use super::{rules, store};
use crate::access::caller::Caller;
use crate::access::scope::Configure;
use crate::clock;
use crate::db::Db;
use crate::domain::code::Code;
use crate::domain::cycle::{CollectionCalendar, CycleDates};
use crate::domain::fault;
use crate::domain::period::{FinancialYear, Quarter};
use crate::http::body::{Body, Valid};
use crate::http::params::Path;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};
use crate::retry::Retry;

/// A calendar, and the year to lay it over: days after the last day of each quarter, moved on from a Saturday or Sunday to
/// the Monday.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CalendarBody {
    /// Financial year.
    pub year: FinancialYear,
    /// Days until figures are asked for; negative where that begins before the quarter ends.
    #[schema(minimum = -91, maximum = 730, example = 1)]
    pub opens_after_days: i32,
    /// Days until figures are due.
    #[schema(minimum = 0, maximum = 730, example = 21)]
    pub due_after_days: i32,
    /// Days until the quarter is locked.
    #[schema(minimum = 0, maximum = 730, example = 35)]
    pub locks_after_days: i32,
    /// Days until the committee; null where its days follow no rule.
    #[schema(minimum = 0, maximum = 730)]
    pub committee_after_days: Option<i32>,
}

impl Body for CalendarBody {
    const KEY: &'static [&'static str] = &[];
}

impl CalendarBody {
    /// The calendar as the rules read it.
    pub fn calendar(&self) -> CollectionCalendar {
        let Self { opens_after_days, due_after_days, locks_after_days, committee_after_days, .. } = *self;
        CollectionCalendar { opens_after_days, due_after_days, locks_after_days, committee_after_days }
    }

    /// The dates of each quarter.
    fn cycles(&self) -> Result<Vec<(Quarter, CycleDates)>, Problem> {
        let mut cycles = Vec::new();
        for quarter in self.year.quarters() {
            let dates = self.calendar().dates(quarter).ok_or_else(|| Problem::internal("a day beyond the calendar"))?;
            let found: Vec<Fault> = dates.check(quarter).into_iter().map(|fault| of_calendar(fault, quarter)).collect();
            if !found.is_empty() {
                return Err(Problem::of_faults(problems::VALIDATION_FAILED, found));
            }
            cycles.push((quarter, dates));
        }
        Ok(cycles)
    }
}

/// A fault of a date as one of the number of days that it was made from.
fn of_calendar(fault: fault::Fault, quarter: Quarter) -> Fault {
    let field = fault.field.trim_end_matches("_on");
    Fault::new(format!("/{field}_after_days"), fault.code, format!("In {quarter}: {}", fault.detail))
}

/// The cycles of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearOfCycles {
    /// Framework.
    pub framework: Code,
    /// Financial year.
    pub year: FinancialYear,
    /// Its four cycles, from April on.
    pub items: Vec<CycleOfYear>,
}

/// A cycle of the year.
#[derive(Debug, Serialize, ToSchema)]
pub struct CycleOfYear {
    /// Whether this request made it; one that was there stays as it is.
    pub new: bool,
    /// The cycle.
    pub cycle: CollectionCycle,
}

/// Generate the collection cycles of a year
///
/// Makes those of the four quarters that are not there yet; the others stay as they are, so it is safe to repeat. Committee
/// days that follow no rule are set afterwards, cycle by cycle.
#[utoipa::path(
    tag = "collection-cycles", operation_id = "generate_collection_cycles", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE")),
    request_body(content = CalendarBody, example = json!({
        "year": "2026-27", "opens_after_days": 1, "due_after_days": 21, "locks_after_days": 35, "committee_after_days": null
    })),
    responses((status = 200, description = "All four cycles of the year", body = YearOfCycles))
)]
#[post("/frameworks/{framework}/collection-cycles")]
pub async fn generate(
    caller: Caller<Configure>,
    path: Path<FrameworkPath>,
    body: Valid<CalendarBody>,
    retry: Retry,
    db: Db,
) -> Answer {
    let (key, body, today) = (path.0, body.0, clock::today());
    let work = async |connection: &mut AsyncPgConnection| {
        let found = Framework::find(connection, &key).await?;
        let framework = found.ok_or_else(|| crud::missing::<Framework>(&key))?;
        let made = make(connection, &framework, &body).await?;
        let cycles = store::of_framework(connection, &key.framework, Some(body.year), today).await?;
        let items = cycles.into_iter().map(|cycle| CycleOfYear { new: made.contains(&cycle.quarter), cycle });
        Reply::json(&YearOfCycles { framework: framework.code, year: body.year, items: items.collect() })
    };
    retry.write(&db, caller.author(), work).await
}

async fn make(
    connection: &mut AsyncPgConnection,
    framework: &Framework,
    body: &CalendarBody,
) -> Result<Vec<Quarter>, Problem> {
    if let Some(fault) = rules::outside("/year", body.year, (framework.first_year, framework.last_year)) {
        return Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![fault]));
    }
    Ok(store::insert_missing(connection, &framework.code, &body.cycles()?).await?)
}
