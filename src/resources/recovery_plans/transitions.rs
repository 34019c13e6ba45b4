//! State changes of recovery plans: the domain says what is allowed, here it is stored with who and when.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::RecoveryPlan;
use super::parts::RecoveryResult;
use super::{progress, rules};
use crate::db::DbError;
use crate::db::schema::recovery_plans::{self, dsl};
use crate::domain::recovery;
use crate::domain::terms::{RecoveryAction, RecoveryState};
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::steps::allowed;

/// Who takes a step, and when.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Name of the caller.
    pub by: &'a str,
    /// The instant.
    pub at: DateTime<Utc>,
}

/// What a state change stores: the state, and who did it when, or why.
#[derive(AsChangeset)]
#[diesel(table_name = recovery_plans)]
struct Step<'a> {
    state: RecoveryState,
    result: Option<&'a RecoveryResult>,
    agreed_by: Option<&'a str>,
    agreed_at: Option<DateTime<Utc>>,
    started_by: Option<&'a str>,
    started_at: Option<DateTime<Utc>>,
    assessed_by: Option<&'a str>,
    assessed_at: Option<DateTime<Utc>>,
    closed_by: Option<&'a str>,
    closed_at: Option<DateTime<Utc>>,
    close_reason: Option<&'a str>,
}

impl Step<'_> {
    fn to(state: RecoveryState) -> Self {
        Self {
            state,
            result: None,
            agreed_by: None,
            agreed_at: None,
            started_by: None,
            started_at: None,
            assessed_by: None,
            assessed_at: None,
            closed_by: None,
            closed_at: None,
            close_reason: None,
        }
    }
}

/// Agrees the plan as it stands; from then on its trajectory never changes.
///
/// # Errors
/// `transition_not_allowed`, `plan_incomplete`.
pub async fn agree(
    connection: &mut AsyncPgConnection,
    current: &RecoveryPlan,
    hand: Hand<'_>,
) -> Result<RecoveryPlan, Problem> {
    let state = allowed(recovery::apply(current.state, RecoveryAction::Agree))?;
    rules::may_agree(current)?;
    save(connection, current, Step { agreed_by: Some(hand.by), agreed_at: Some(hand.at), ..Step::to(state) }).await
}

/// Begins its delivery.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn start(
    connection: &mut AsyncPgConnection,
    current: &RecoveryPlan,
    hand: Hand<'_>,
) -> Result<RecoveryPlan, Problem> {
    let state = allowed(recovery::apply(current.state, RecoveryAction::Start))?;
    save(connection, current, Step { started_by: Some(hand.by), started_at: Some(hand.at), ..Step::to(state) }).await
}

/// Says whether it worked, by a figure that counts.
///
/// # Errors
/// `transition_not_allowed`; `validation_failed` where the quarter has no such figure.
pub async fn assess(
    connection: &mut AsyncPgConnection,
    current: &RecoveryPlan,
    result: &RecoveryResult,
    hand: Hand<'_>,
) -> Result<RecoveryPlan, Problem> {
    let state = allowed(recovery::assessed(current.state, result.assessment))?;
    let quarter = result.evidence_quarter;
    if !progress::has_figure(connection, &current.measure, quarter).await? {
        let detail = format!(
            "{} has no approved or published figure for {quarter}: name a quarter that has one, or have the figure approved first.",
            current.measure
        );
        let fault = Fault::new("/evidence_quarter", "no_figure", detail);
        return Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![fault]));
    }
    let step = Step { result: Some(result), assessed_by: Some(hand.by), assessed_at: Some(hand.at), ..Step::to(state) };
    save(connection, current, step).await
}

/// Ends it with a reason; then the measure may have another.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn close(
    connection: &mut AsyncPgConnection,
    current: &RecoveryPlan,
    reason: &str,
    hand: Hand<'_>,
) -> Result<RecoveryPlan, Problem> {
    let state = allowed(recovery::apply(current.state, RecoveryAction::Close))?;
    let step =
        Step { closed_by: Some(hand.by), closed_at: Some(hand.at), close_reason: Some(reason), ..Step::to(state) };
    save(connection, current, step).await
}

async fn save(
    connection: &mut AsyncPgConnection,
    current: &RecoveryPlan,
    step: Step<'_>,
) -> Result<RecoveryPlan, Problem> {
    let update = diesel::update(dsl::recovery_plans.find(&current.code)).set(step);
    let update = update.returning(RecoveryPlan::as_returning());
    Ok(update.get_result(connection).await.map_err(DbError::from)?)
}
