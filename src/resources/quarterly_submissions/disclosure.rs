//! What members and the public see of a submission: decided when it is published, kept, and told to officers before.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::row::Submission;
use super::rules::Judging;
use crate::db::DbError;
use crate::db::functions::{hashtextextended, pg_advisory_xact_lock, version_in_force};
use crate::db::schema::quarterly_submissions::{self as submissions};
use crate::db::schema::{disclosures, measure_versions as versions, measures};
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::disclosure::{self, Reason, Shown};
use crate::domain::figure::Figure;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{DisclosurePolicy, Symbol};
use crate::json_column;

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

/// What was decided when the revision was published; none before.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn decided(mut connection: &AsyncPgConnection, of: &Submission) -> Result<Option<Disclosure>, DbError> {
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
    let year = if judging.counts_up() { same_year(connection, of, &judging).await? } else { Vec::new() };
    let disclosed = disclosure::disclose(policy, judging.unit(), &of.figure(), &year);
    let figure = disclosed.figure;
    Ok(Disclosure {
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
        reasons: Reasons(disclosed.reasons),
    })
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

/// What is shown of the other quarters whose figures count up in the same year.
async fn same_year(
    mut connection: &AsyncPgConnection,
    of: &Submission,
    judging: &Judging,
) -> Result<Vec<Shown>, DbError> {
    let of_row = submissions::measure
        .eq(disclosures::measure)
        .and(submissions::quarter.eq(disclosures::quarter))
        .and(submissions::revision.eq(disclosures::revision));
    // What was published once has been seen, though a correction may have taken its place.
    let others = disclosures::table
        .inner_join(submissions::table.on(of_row))
        .filter(disclosures::measure.eq(&of.measure))
        .filter(disclosures::quarter.ne(of.quarter))
        .select((Disclosure::as_select(), submissions::data_period));
    let others: Vec<(Disclosure, DataPeriod)> = others.load(&mut connection).await?;
    let year = judging.year_of(of.data_period);
    let same = others.iter().filter(|(_, period)| judging.year_of(*period) == year);
    Ok(same.map(|(one, _)| Shown { quarter: one.quarter, figure: one.figure() }).collect())
}
