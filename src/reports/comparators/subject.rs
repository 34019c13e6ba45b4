//! For which measure, period and area comparators are asked, and the area's own value.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::handlers::ComparatorsQuery;
use super::store::BenchmarkColumns;
use crate::db::DbError;
use crate::db::schema::{areas, benchmarks, comparator_groups, quarterly_submissions as submissions};
use crate::domain::comparator::ComparatorGap;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::period_rule::PeriodRule;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Stage, SubmissionState, Symbol};
use crate::http::problem::Problem;
use crate::resources::areas::body::Area;
use crate::resources::comparator_groups::body::{ComparatorGroup, ComparatorGroupPath};
use crate::resources::crud::{self, Stored};
use crate::resources::faults;
use crate::resources::measures::body::{Measure, MeasurePath};

/// What is compared.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) measure: Measure,
    pub(super) data_period: DataPeriod,
    /// The group that is asked for.
    pub(super) group: Option<String>,
    pub(super) area: Option<Area>,
    /// Why there is no area.
    pub(super) gap: Option<ComparatorGap>,
    pub(super) benchmark: Option<BenchmarkColumns>,
    pub(super) figure: Option<Figure>,
}

/// The council's own figure.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Figure {
    pub(super) quarter: Quarter,
    pub(super) revision: i32,
    pub(super) value: Option<Quantity>,
    pub(super) value_symbol: Option<Symbol>,
    pub(super) stage: Stage,
    pub(super) state: SubmissionState,
}

impl Subject {
    /// The area's value: as published, so that it is like those of others, or else the council's own.
    pub(super) fn value(&self) -> Option<Quantity> {
        match &self.benchmark {
            Some(benchmark) => benchmark.value,
            None => self.figure.as_ref().and_then(|figure| figure.value),
        }
    }

    /// Why there is no value.
    pub(super) fn symbol(&self) -> Option<Symbol> {
        match &self.benchmark {
            Some(benchmark) => benchmark.value_symbol,
            None => self.figure.as_ref().and_then(|figure| figure.value_symbol),
        }
    }
}

/// Finds the measure, the area and its values.
///
/// # Errors
/// `not_found` for the measure, the area or the group; `period_kind_mismatch`.
pub(super) async fn find(
    connection: &AsyncPgConnection,
    path: &MeasurePath,
    query: &ComparatorsQuery,
) -> Result<Subject, Problem> {
    let measure = Measure::find(connection, path).await?.ok_or_else(|| crud::missing::<Measure>(path))?;
    let (calendar, frequency, accumulation) = (measure.calendar, measure.frequency, measure.accumulation);
    let rule = PeriodRule { calendar, frequency, accumulation };
    let data_period = rule.accept(query.data_period).map_err(|mismatch| faults::period_kind_mismatch(&mismatch))?;
    let group = group(connection, query).await?;
    let homes = homes(connection).await?;
    let the_home = if let [only] = homes.as_slice() { Some(only.as_str()) } else { None };
    let asked = query.area.as_ref().map(AsRef::as_ref);
    let code = asked.or_else(|| group.as_ref()?.home_area.as_ref().map(AsRef::as_ref)).or(the_home);
    let mut subject = Subject {
        data_period,
        group: group.as_ref().map(|group| group.code.to_string()),
        area: None,
        gap: code.is_none().then_some(match homes.len() {
            0 => ComparatorGap::NoHomeArea,
            _ => ComparatorGap::SeveralHomeAreas,
        }),
        benchmark: None,
        figure: None,
        measure,
    };
    if let Some(code) = code {
        subject.area = Some(area(connection, code).await?);
        subject.benchmark = benchmark(connection, &subject, code).await?;
        // The figures that are pushed here are the council's, whose home is that of every group.
        subject.figure = if the_home == Some(code) { figure(connection, &subject).await? } else { None };
    }
    Ok(subject)
}

async fn group(connection: &AsyncPgConnection, query: &ComparatorsQuery) -> Result<Option<ComparatorGroup>, Problem> {
    let Some(code) = &query.group else { return Ok(None) };
    let path = ComparatorGroupPath { group: code.to_string() };
    let group = ComparatorGroup::find(connection, &path).await?;
    group.ok_or_else(|| crud::missing::<ComparatorGroup>(&path)).map(Some)
}

/// The areas that groups name as their home.
async fn homes(mut connection: &AsyncPgConnection) -> Result<Vec<String>, DbError> {
    let homes = comparator_groups::table.select(comparator_groups::home_area.assume_not_null()).distinct();
    let homes = homes.filter(comparator_groups::home_area.is_not_null());
    Ok(homes.limit(2).load(&mut connection).await?)
}

async fn area(mut connection: &AsyncPgConnection, code: &str) -> Result<Area, Problem> {
    let area = areas::table.find(code).select(Area::as_select()).first(&mut connection).await.optional();
    area.map_err(DbError::from)?.ok_or_else(|| Problem::not_found(format!("area `{code}`")))
}

async fn benchmark(
    mut connection: &AsyncPgConnection,
    subject: &Subject,
    code: &str,
) -> Result<Option<BenchmarkColumns>, DbError> {
    let columns = (
        benchmarks::value,
        benchmarks::value_symbol,
        benchmarks::method.nullable(),
        benchmarks::contributors,
        benchmarks::members,
        benchmarks::release_date,
        benchmarks::stage.nullable(),
        benchmarks::source.nullable(),
    );
    let found = benchmarks::table.find((&subject.measure.code, code, subject.data_period)).select(columns);
    Ok(found.first(&mut connection).await.optional()?)
}

/// The newest that counts.
async fn figure(mut connection: &AsyncPgConnection, subject: &Subject) -> Result<Option<Figure>, DbError> {
    let columns = (
        submissions::quarter,
        submissions::revision,
        submissions::value,
        submissions::value_symbol,
        submissions::stage,
        submissions::state,
    );
    let found = submissions::table
        .filter(submissions::measure.eq(&subject.measure.code))
        .filter(submissions::data_period.eq(subject.data_period))
        .filter(submissions::state.eq_any([SubmissionState::Approved, SubmissionState::Published]))
        .order((submissions::quarter.desc(), submissions::revision.desc()));
    Ok(found.select(columns).first(&mut connection).await.optional()?)
}
