//! Whether a plan makes sense, and what may still be changed in it: the domain decides, here its words become problems.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{RecoveryPlan, RecoveryPlanBody};
use crate::db::DbError;
use crate::db::schema::measures;
use crate::domain::recovery;
use crate::domain::terms::Polarity;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::faults;
use crate::resources::steps::not_now;

/// Refuses a plan that makes no sense, or a change to what was agreed.
///
/// # Errors
/// `validation_failed` with every fault; `transition_not_allowed`.
pub async fn check(
    connection: &mut AsyncPgConnection,
    body: &RecoveryPlanBody,
    current: Option<&RecoveryPlan>,
) -> Result<(), Problem> {
    if let Some(agreed) = current.filter(|current| !recovery::editable(current.state)) {
        return allow_change(agreed, body);
    }
    let polarity: Option<Polarity> = measures::table
        .filter(measures::code.eq(&body.measure))
        .select(measures::polarity)
        .first(connection)
        .await
        .optional()
        .map_err(DbError::from)?;
    let mut found = of_parts(body);
    // Without the measure the foreign key refuses, in its own words.
    let of_measure = polarity.and_then(|polarity| recovery::check_measure(polarity, &body.trajectory.points()));
    found.extend(faults::of_fields(of_measure.into_iter().collect()));
    if found.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::VALIDATION_FAILED, found)) }
}

/// Every fault of the lists in the body.
pub fn of_parts(body: &RecoveryPlanBody) -> Vec<Fault> {
    let days = body.interventions.0.iter().enumerate();
    let days = days.filter_map(|(at, one)| Some((at, recovery::check_days(one.starts_on, one.due_on)?)));
    let days =
        days.map(|(at, fault)| Fault::new(format!("/interventions/{at}/{}", fault.field), fault.code, fault.detail));
    let points = recovery::check_trajectory(&body.trajectory.points()).into_iter();
    let points =
        points.map(|(at, fault)| Fault::new(format!("/trajectory/{at}/{}", fault.field), fault.code, fault.detail));
    days.chain(points).collect()
}

/// Once a plan is agreed only its owner, and how its delivery stands, may change; once it is closed, nothing.
fn allow_change(current: &RecoveryPlan, body: &RecoveryPlanBody) -> Result<(), Problem> {
    let agreed = current.content()?;
    let mut kept = body.clone();
    if recovery::deliverable(current.state) {
        kept.owner.clone_from(&agreed.owner);
        for (one, was) in kept.interventions.0.iter_mut().zip(&agreed.interventions.0) {
            one.delivery = was.delivery;
        }
    }
    if kept == agreed {
        return Ok(());
    }
    let detail = if recovery::deliverable(current.state) {
        "The plan is agreed and stays as it was agreed: only `owner`, and `delivery` of its interventions, may change. \
         For another trajectory, close this plan and draft a new one."
    } else {
        "The plan is closed and stays as it is. Draft a new one."
    };
    Err(not_now(&detail, &current.state, &recovery::actions(current.state)))
}

/// Refuses to delete what was agreed.
///
/// # Errors
/// `transition_not_allowed`.
pub fn may_delete(current: &RecoveryPlan) -> Result<(), Problem> {
    if recovery::editable(current.state) {
        return Ok(());
    }
    let detail = format!("The plan is `{}` and part of the record: only a drafted one can be deleted.", current.state);
    Err(not_now(&detail, &current.state, &recovery::actions(current.state)))
}

/// Refuses to agree a plan that promises nothing.
///
/// # Errors
/// `plan_incomplete`.
pub fn may_agree(current: &RecoveryPlan) -> Result<(), Problem> {
    let lists =
        [("interventions", current.interventions.0.is_empty()), ("trajectory", current.trajectory.0.is_empty())];
    let missing: Vec<&str> = lists.iter().filter(|(_, empty)| *empty).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "The plan has nothing in `{}`: give at least one of each before it is agreed.",
        missing.join("` and `")
    );
    Err(Problem::new(problems::PLAN_INCOMPLETE, detail).with("missing", missing))
}
