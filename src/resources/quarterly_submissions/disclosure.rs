//! What members and the public see of a submission: decided when it is published, kept, and told to officers before.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Breakdowns;
use super::row::Submission;
use super::rules::Judging;
use crate::db::DbError;
use crate::db::functions::{hashtextextended, pg_advisory_xact_lock, version_in_force};
use crate::db::schema::quarterly_submissions::{self as submissions};
use crate::db::schema::{disclosures, measure_versions as versions, measures};
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::disclosure::{self, Before, Disclosed, DisclosedParts, Published, Pushed, Reason};
use crate::domain::figure::Figure;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{DisclosurePolicy, SubmissionState, Symbol, Unit};
use crate::json_column;

/// The view `measures` shows no baseline of a count that is smaller, but for 0.
const SMALLEST_BASELINE: Decimal = Decimal::from_parts(8, 0, 0, false, 0);

/// Why something is hidden or rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Reasons(pub Vec<Reason>);

json_column!(Reasons);

/// What members and the public see of a revision.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosures)]
pub struct Disclosure {
    /// Measure.
    pub measure: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Number of the revision.
    pub revision: i32,
    /// Policy of the measure by which it is decided.
    pub policy: DisclosurePolicy,
    /// The value that is shown.
    pub value: Option<Quantity>,
    /// What is shown in place of a value; `c` where it is hidden.
    pub value_symbol: Option<Symbol>,
    /// The numerator that is shown.
    pub numerator: Option<Quantity>,
    /// What is shown in place of a numerator.
    pub numerator_symbol: Option<Symbol>,
    /// The denominator that is shown.
    pub denominator: Option<Quantity>,
    /// What is shown in place of a denominator.
    pub denominator_symbol: Option<Symbol>,
    /// Why something is hidden or rounded. Where there is a reason, narrative and quality note are hidden, too: they are written
    /// about the true figure.
    pub reasons: Reasons,
    /// The figure's parts as they are shown.
    pub breakdowns: Breakdowns,
}

impl Disclosure {
    fn figure(&self) -> Figure {
        Figure {
            value: self.value.map(|number| number.0),
            value_symbol: self.value_symbol,
            numerator: self.numerator.map(|number| number.0),
            numerator_symbol: self.numerator_symbol,
            denominator: self.denominator.map(|number| number.0),
            denominator_symbol: self.denominator_symbol,
        }
    }
}

/// What was decided when the revision was published; none before it was.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn decided(mut connection: &AsyncPgConnection, of: &Submission) -> Result<Option<Disclosure>, DbError> {
    // In the past a revision is still in the state that it had.
    if !matches!(of.state, SubmissionState::Published | SubmissionState::Superseded) {
        return Ok(None);
    }
    let row = disclosures::table.find((&of.measure, of.quarter, of.revision)).select(Disclosure::as_select());
    Ok(row.get_result(&mut connection).await.optional()?)
}

/// What members and the public would see of the revision, were it published now.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn foreseen(mut connection: &AsyncPgConnection, of: &Submission) -> Result<Disclosure, DbError> {
    let judged = versions::table
        .inner_join(measures::table.on(measures::code.eq(versions::measure)))
        .filter(versions::measure.eq(&of.measure))
        .filter(versions::version.eq(version_in_force(&of.measure, of.quarter)))
        .select((Judging::as_select(), measures::disclosure_policy));
    let (judging, policy): (Judging, DisclosurePolicy) = judged.get_result(&mut connection).await?;
    let (scale, pushed) = (judging.scale(), pushed(of));
    let mut seen = published(connection, of, &judging).await?;
    if judging.counts_up() && scale.unit == Unit::Count {
        seen.extend(baselines(connection, of, &judging).await?);
    }
    let whole = disclosure::disclose(policy, &scale, &pushed.figure, &Before::of(&scale, &pushed, None, &seen));
    let parts = disclosure::disclose_parts(policy, &scale, &whole, &pushed, &seen);
    let whole = if parts.hides_whole { whole.hide_for_parts() } else { whole };
    Ok(told(of, policy, whole, parts))
}

fn pushed(of: &Submission) -> Pushed {
    Pushed { quarter: of.quarter, period: of.data_period, figure: of.figure(), parts: of.breakdowns.0.clone() }
}

fn told(of: &Submission, policy: DisclosurePolicy, whole: Disclosed, parts: DisclosedParts) -> Disclosure {
    let figure = whole.figure;
    Disclosure {
        measure: of.measure.clone(),
        quarter: of.quarter,
        revision: of.revision,
        policy,
        value: figure.value.map(Quantity),
        value_symbol: figure.value_symbol,
        numerator: figure.numerator.map(Quantity),
        numerator_symbol: figure.numerator_symbol,
        denominator: figure.denominator.map(Quantity),
        denominator_symbol: figure.denominator_symbol,
        reasons: Reasons(whole.reasons.into_iter().chain(parts.reasons).collect()),
        breakdowns: Breakdowns(parts.parts),
    }
}

/// Decides and keeps what members and the public see of a revision that is being published. Quarters of one measure take turns, so
/// that none is decided without knowing of the other.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn decide(connection: &mut AsyncPgConnection, of: &Submission) -> Result<(), DbError> {
    let turn = pg_advisory_xact_lock(hashtextextended(format!("disclosure of {}", of.measure), 0)).is_not_null();
    diesel::select(turn).execute(connection).await?;
    let disclosure = foreseen(connection, of).await?;
    diesel::insert_into(disclosures::table).values(disclosure).execute(connection).await?;
    Ok(())
}

/// What others have seen of the same period and, where figures count up, of the same year. What was published once has been seen,
/// though a correction may have taken its place.
async fn published(
    mut connection: &AsyncPgConnection,
    of: &Submission,
    judging: &Judging,
) -> Result<Vec<Published>, DbError> {
    let of_row = submissions::measure
        .eq(disclosures::measure)
        .and(submissions::quarter.eq(disclosures::quarter))
        .and(submissions::revision.eq(disclosures::revision));
    let others = disclosures::table
        .inner_join(submissions::table.on(of_row))
        .filter(disclosures::measure.eq(&of.measure))
        .filter(submissions::state.eq_any([SubmissionState::Published, SubmissionState::Superseded]))
        .order((disclosures::created_at, disclosures::quarter, disclosures::revision))
        .select((Disclosure::as_select(), Submission::as_select()));
    let others: Vec<(Disclosure, Submission)> = others.load(&mut connection).await?;
    let year = judging.year_of(of.data_period);
    let same = others.into_iter().filter(|(_, other)| {
        let same_year = judging.counts_up() && judging.year_of(other.data_period) == year;
        (same_year || other.data_period == of.data_period)
            && (other.quarter, other.revision) != (of.quarter, of.revision)
    });
    let published = same.map(|(shown, other)| Published {
        pushed: pushed(&other),
        shown: shown.figure(),
        shown_parts: shown.breakdowns.0,
    });
    Ok(published.collect())
}

/// Baselines of the same year, which are shown with the measure. A small one is not.
async fn baselines(
    mut connection: &AsyncPgConnection,
    of: &Submission,
    judging: &Judging,
) -> Result<Vec<Published>, DbError> {
    let all = versions::table
        .filter(versions::measure.eq(&of.measure))
        .select((versions::baseline_period.assume_not_null(), versions::baseline_value.assume_not_null()))
        .filter(versions::baseline_period.is_not_null().and(versions::baseline_value.is_not_null()));
    let all: Vec<(DataPeriod, Quantity)> = all.load(&mut connection).await?;
    let (year, shown) =
        (judging.year_of(of.data_period), |value: Decimal| value.is_zero() || value >= SMALLEST_BASELINE);
    let same = all.into_iter().filter(|(period, value)| judging.year_of(*period) == year && shown(value.0));
    let published = same.map(|(period, value)| {
        let figure = Figure { value: Some(value.0), ..Figure::default() };
        let pushed = Pushed { quarter: Quarter::containing(period.end()), period, figure, parts: Vec::new() };
        Published { pushed, shown: figure, shown_parts: Vec::new() }
    });
    Ok(published.collect())
}
