//! What is due, and what came of a call: recorded in one transaction with what it means for the delivery and for its receiver.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::calling::Outcome;
use crate::db::DbError;
use crate::db::schema::webhook_deliveries::{self as deliveries};
use crate::db::schema::webhook_endpoints::{self as endpoints};
use crate::db::schema::webhook_standings::{self as standings};
use crate::domain::redelivery::{self, DeliveryState, Verdict};
use crate::resources::webhook_endpoints::body::WebhookEndpoint;
use crate::resources::webhook_endpoints::deliveries::body::{DeliveryAttempts, WebhookDelivery};

/// A delivery that is due.
#[derive(Debug, Queryable)]
pub struct Due {
    /// To whom.
    pub endpoint: WebhookEndpoint,
    /// What.
    pub delivery: WebhookDelivery,
    failures: i32,
    trying_since: Option<DateTime<Utc>>,
}

/// The first delivery that is due for an endpoint, unless that is paused or rests.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn due(mut connection: &AsyncPgConnection, code: &str, now: DateTime<Utc>) -> Result<Option<Due>, DbError> {
    let rested = standings::resting_until.is_null().or(standings::resting_until.le(now));
    let query = endpoints::table
        .inner_join(standings::table)
        .inner_join(deliveries::table)
        .filter(endpoints::code.eq(code))
        .filter(endpoints::enabled)
        .filter(rested)
        .filter(deliveries::state.eq(DeliveryState::Pending))
        .filter(deliveries::next_attempt_at.le(now))
        .order(deliveries::number)
        .select((
            WebhookEndpoint::as_select(),
            WebhookDelivery::as_select(),
            deliveries::failures,
            deliveries::trying_since,
        ));
    Ok(query.first(&mut connection).await.optional()?)
}

/// What changes of a delivery.
#[derive(AsChangeset)]
#[diesel(table_name = deliveries, treat_none_as_null = true)]
struct Tried<'a> {
    attempts: &'a DeliveryAttempts,
    state: DeliveryState,
    failures: i32,
    trying_since: Option<DateTime<Utc>>,
    next_attempt_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

/// What changes of how its receiver fares.
#[derive(AsChangeset)]
#[diesel(table_name = standings, treat_none_as_null = true)]
struct Fares {
    failures: i32,
    failing_since: Option<DateTime<Utc>>,
    resting_until: Option<DateTime<Utc>>,
}

/// Records what came of a call at `now`; `chance` draws the pause before the next. Runs in a transaction.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn record(
    connection: &mut AsyncPgConnection,
    due: &Due,
    outcome: &Outcome,
    now: DateTime<Utc>,
    chance: u32,
) -> Result<(), DbError> {
    let code = due.endpoint.code.as_str();
    // In the order in which enabling one takes them: first the endpoint, then how it fares, then its deliveries.
    let lock = endpoints::table.find(code).select(endpoints::code).for_no_key_update();
    if lock.first::<String>(connection).await.optional()?.is_none() {
        return Ok(());
    }
    let own = standings::table.find(code);
    if outcome.verdict == Verdict::Taken {
        let fares = Fares { failures: 0, failing_since: None, resting_until: None };
        diesel::update(own).set((fares, standings::last_delivered_at.eq(now))).execute(connection).await?;
        return tried(connection, due, outcome, now, None).await;
    }
    let before = own.select((standings::failures, standings::failing_since)).for_update();
    let (failures, failing_since): (i32, Option<DateTime<Utc>>) = before.first(connection).await?;
    let failing_since = failing_since.unwrap_or(outcome.attempt.at);
    let failures = failures.saturating_add(1);
    let rest = redelivery::rest(failures.unsigned_abs()).max(outcome.asked.unwrap_or_default());
    let resting_until = (rest > TimeDelta::zero()).then(|| now + rest);
    let fares = Fares { failures, failing_since: Some(failing_since), resting_until };
    diesel::update(own).set(fares).execute(connection).await?;
    let since = due.trying_since.unwrap_or(outcome.attempt.at);
    let gone = outcome.verdict == Verdict::Gone;
    let again = due.failures.saturating_add(1).unsigned_abs();
    let next = redelivery::next_attempt(since, again, now, outcome.asked, chance).filter(|_| !gone);
    tried(connection, due, outcome, now, next).await?;
    // Between its failures there may have been nothing to send: so long it must also have been tried with this.
    match given_up(outcome, failing_since.max(since), now) {
        Some(reason) => disable(connection, code, &reason, now).await,
        None => Ok(()),
    }
}

/// Stores an attempt: the delivery has ended unless there is a next one. One that somebody ended meanwhile is not begun again.
async fn tried(
    connection: &mut AsyncPgConnection,
    due: &Due,
    outcome: &Outcome,
    now: DateTime<Utc>,
    next: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    let mut attempts = due.delivery.attempts.clone();
    attempts.0.push(outcome.attempt.clone());
    let (taken, ended) = (outcome.verdict == Verdict::Taken, next.is_none());
    let state = match (taken, ended) {
        (true, _) => DeliveryState::Delivered,
        (false, true) => DeliveryState::Dead,
        (false, false) => DeliveryState::Pending,
    };
    let tried = Tried {
        attempts: &attempts,
        state,
        failures: if taken { 0 } else { due.failures.saturating_add(1) },
        trying_since: due.trying_since.or(Some(outcome.attempt.at)),
        next_attempt_at: next,
        ended_at: ended.then_some(now),
    };
    let own = deliveries::table.find((due.endpoint.code.as_str(), due.delivery.number));
    let still = own.filter(deliveries::state.eq(DeliveryState::Pending));
    diesel::update(still).set(tried).execute(connection).await?;
    Ok(())
}

/// Why the receiver is given up, if it is, that has taken nothing since the first of these attempts.
fn given_up(outcome: &Outcome, failing_since: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let last = outcome.attempt.error.as_deref().unwrap_or("answered");
    if outcome.verdict == Verdict::Gone {
        return Some("The receiver answered 410 Gone: nobody is there any more.".to_owned());
    }
    let days = redelivery::TRIED_FOR.num_days();
    redelivery::gives_up(failing_since, now).then(|| {
        format!(
            "Nothing was delivered for {days} days, since {}; at the last attempt: {last}.",
            failing_since.to_rfc3339()
        )
    })
}

/// Gives a receiver up: a change in the log, of which the other endpoints are told.
async fn disable(
    connection: &mut AsyncPgConnection,
    code: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    log::warn!("the webhook endpoint {code} was disabled: {reason}");
    diesel::update(endpoints::table.find(code).filter(endpoints::enabled))
        .set((endpoints::enabled.eq(false), endpoints::disabled_at.eq(now), endpoints::disabled_reason.eq(reason)))
        .execute(connection)
        .await?;
    Ok(())
}
