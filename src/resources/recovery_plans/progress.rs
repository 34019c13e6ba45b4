//! How a measure keeps to the trajectory of its recovery plan: read beside the plan, judged by the domain, never stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::RecoveryPlan;
use crate::db::DbError;
use crate::db::schema::{measures, quarterly_submissions as submissions, recovery_plans};
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::reading::Reading;
use crate::domain::recovery::{self, TrajectoryPoint, TrajectoryStanding};
use crate::domain::terms::{Accumulation, Calendar, Frequency, Polarity, RecoveryState, SubmissionState, Symbol};

/// What was expected of a quarter, and what came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProgressPoint {
    /// Reporting quarter.
    pub quarter: Quarter,
    /// The value that the plan expects.
    pub expected: Quantity,
    /// The approved or published figure, rounded as it is compared.
    pub actual: Option<Quantity>,
    /// Why there is no value, where a figure says so.
    pub value_symbol: Option<Symbol>,
    /// Whether the figure follows the trajectory.
    pub standing: TrajectoryStanding,
}

/// How a measure keeps to its plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Progress {
    /// Plan.
    pub plan: Code,
    /// Measure that is to recover.
    pub measure: Code,
    /// Where the plan stands.
    pub state: RecoveryState,
    /// Day in London by which it is judged what is due.
    pub as_of: NaiveDate,
    /// Every quarter of the trajectory, the earliest first.
    pub points: Vec<ProgressPoint>,
    /// Newest quarter of the trajectory whose figure is due; null before the first.
    pub newest_due: Option<Quarter>,
    /// Whether that quarter missed the trajectory.
    pub newest_due_missed: bool,
}

/// A plan with its progress.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// The plan.
    pub plan: RecoveryPlan,
    /// How its measure keeps to it.
    pub progress: Progress,
}

/// What must be known of a measure to judge a trajectory.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = measures)]
struct Judging {
    polarity: Polarity,
    decimal_places: i16,
    calendar: Calendar,
    frequency: Frequency,
    accumulation: Accumulation,
    expected_lag_days: i32,
}

/// Figures that count, by measure and quarter.
type Figures = HashMap<(Code, Quarter), (Option<Quantity>, Option<Symbol>)>;

/// The plan that is not closed of each of these measures, with its progress as on the day `today`.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn open_of(
    mut connection: &AsyncPgConnection,
    measures: &[Code],
    today: NaiveDate,
) -> Result<Vec<Tracked>, DbError> {
    let open = recovery_plans::table
        .filter(recovery_plans::measure.eq_any(measures))
        .filter(recovery_plans::state.ne(RecoveryState::Closed));
    let open = open.order(recovery_plans::measure).select(RecoveryPlan::as_select());
    let plans = open.load(&mut connection).await?;
    track(connection, plans, today).await
}

/// Plans with their progress, in the order given.
///
/// # Errors
/// As [`open_of`].
pub async fn track(
    connection: &AsyncPgConnection,
    plans: Vec<RecoveryPlan>,
    today: NaiveDate,
) -> Result<Vec<Tracked>, DbError> {
    let (rules, figures) = tokio::try_join!(rules(connection, &plans), figures(connection, &plans))?;
    let tracked = plans.into_iter().filter_map(|plan| {
        let rule = rules.get(&plan.measure)?;
        let progress = rule.progress(&plan, &figures, today);
        Some(Tracked { plan, progress })
    });
    Ok(tracked.collect())
}

/// Whether a measure has a figure that counts for this quarter: approved or published, and a number.
///
/// # Errors
/// As [`open_of`].
pub async fn has_figure(connection: &mut AsyncPgConnection, measure: &Code, quarter: Quarter) -> Result<bool, DbError> {
    let newest = submissions::table
        .filter(submissions::measure.eq(measure))
        .filter(submissions::quarter.eq(quarter))
        .filter(submissions::state.eq_any([SubmissionState::Approved, SubmissionState::Published]))
        .order(submissions::revision.desc())
        .select(submissions::value.is_not_null());
    Ok(newest.first(connection).await.optional()?.unwrap_or(false))
}

async fn rules(mut connection: &AsyncPgConnection, plans: &[RecoveryPlan]) -> Result<HashMap<Code, Judging>, DbError> {
    let codes: Vec<&Code> = plans.iter().map(|plan| &plan.measure).collect();
    let query = measures::table.filter(measures::code.eq_any(codes)).select((measures::code, Judging::as_select()));
    Ok(query.load::<(Code, Judging)>(&mut connection).await?.into_iter().collect())
}

async fn figures(mut connection: &AsyncPgConnection, plans: &[RecoveryPlan]) -> Result<Figures, DbError> {
    let codes: Vec<&Code> = plans.iter().map(|plan| &plan.measure).collect();
    let quarters: Vec<Quarter> = plans.iter().flat_map(|plan| &plan.trajectory.0).map(|point| point.quarter).collect();
    let reported = submissions::table
        .filter(submissions::measure.eq_any(codes))
        .filter(submissions::quarter.eq_any(quarters))
        .filter(submissions::state.eq_any([SubmissionState::Approved, SubmissionState::Published]))
        .order((submissions::measure, submissions::quarter, submissions::revision.desc()))
        .distinct_on((submissions::measure, submissions::quarter));
    let reported = reported
        .select(((submissions::measure, submissions::quarter), (submissions::value, submissions::value_symbol)));
    Ok(reported.load(&mut connection).await?.into_iter().collect())
}

impl Judging {
    fn progress(&self, plan: &RecoveryPlan, figures: &Figures, today: NaiveDate) -> Progress {
        let trajectory = plan.trajectory.points();
        let side = recovery::good_side(self.polarity, &trajectory);
        let places = u32::from(self.decimal_places.unsigned_abs());
        let judged = |point: &TrajectoryPoint| {
            let figure = figures.get(&(plan.measure.clone(), point.quarter));
            let reading = self.reading(point.quarter, figure, today);
            ProgressPoint {
                quarter: point.quarter,
                expected: Quantity(point.expected),
                actual: reading.value().map(|value| Quantity(round_to(value, places))),
                value_symbol: figure.and_then(|(_, symbol)| *symbol),
                standing: recovery::standing(side, point.expected, reading, places),
            }
        };
        let points: Vec<ProgressPoint> = trajectory.iter().map(judged).collect();
        let newest = recovery::newest_due(&points, |point| point.standing);
        Progress {
            plan: plan.code.clone(),
            measure: plan.measure.clone(),
            state: plan.state,
            as_of: today,
            newest_due: newest.map(|point| point.quarter),
            newest_due_missed: newest.is_some_and(|point| point.standing == TrajectoryStanding::Missed),
            points,
        }
    }

    fn reading(
        &self,
        quarter: Quarter,
        figure: Option<&(Option<Quantity>, Option<Symbol>)>,
        today: NaiveDate,
    ) -> Reading {
        let period = PeriodRule { calendar: self.calendar, frequency: self.frequency, accumulation: self.accumulation };
        match figure {
            Some((Some(value), _)) => Reading::Value(value.0),
            Some((None, Some(symbol))) => Reading::Missing(*symbol),
            _ => Reading::absent(period.expected(quarter, self.expected_lag_days), today),
        }
    }
}
