//! What a target relative to a comparator is resolved by: the figures that the comparators of its measure show, no others.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use utoipa::ToSchema;

use super::build::{CouncilFigure, Own, beside};
use super::store::{Asked, Loaded, load};
use crate::db::DbError;
use crate::domain::code::Code;
use crate::domain::comparator::ComparatorGap;
use crate::domain::data_period::DataPeriod;
use crate::domain::measure_rule::MeasureRule;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Reading;
use crate::domain::target::{Benchmark, Relative, TargetRule};
use crate::domain::terms::ComparatorStatistic;

/// What a target is relative to, and what that came to for the data period of the figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TargetComparator {
    /// Comparator group, region or country.
    pub comparator: Code,
    /// Which figure of it.
    pub statistic: ComparatorStatistic,
    /// Own units added to that figure.
    pub margin: Quantity,
    /// Data period of the figure that is judged; null without one.
    pub data_period: Option<DataPeriod>,
    /// The comparator's figure for that data period, rounded.
    #[schema(example = 54.2)]
    pub value: Option<Quantity>,
    /// The target that this makes, margin included.
    pub target: Option<Quantity>,
    /// Of how many members the figure is made; null where that is not known.
    pub contributors: Option<usize>,
    /// How many members there were; null where that is not known.
    pub members: Option<usize>,
    /// When it was published: of a mean or median, the day of the last of the members' values; null where that is not known.
    pub release_date: Option<NaiveDate>,
    /// Why there is no figure of the comparator; null with one, and where there is no figure to judge.
    pub gap: Option<ComparatorGap>,
}

/// Comparators by measure and data period, read at once for all that need them.
#[derive(Clone, Debug, Default)]
pub struct Benchmarks(HashMap<(String, DataPeriod), Loaded>);

impl Benchmarks {
    /// Reads them; nothing is asked of the database where none are needed.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn load(
        connection: &AsyncPgConnection,
        needed: impl IntoIterator<Item = (String, DataPeriod)>,
    ) -> Result<Self, DbError> {
        let needed: Vec<(String, DataPeriod)> = needed.into_iter().collect();
        if needed.is_empty() {
            return Ok(Self::default());
        }
        let loaded = load(connection, &needed.iter().cloned().collect::<Asked>()).await?;
        Ok(Self(needed.into_iter().zip(loaded).collect()))
    }

    /// What there is to compare a measure's figure with.
    pub fn of(&self, measure: &str, data_period: DataPeriod) -> Option<&Loaded> {
        self.0.get(&(measure.to_owned(), data_period))
    }

    /// Resolves a target that is relative; with what it is relative to. Any other stays as it is.
    pub fn resolve(
        &self,
        target: TargetRule,
        measure: &str,
        rule: &MeasureRule,
        figure: Option<(DataPeriod, Reading)>,
    ) -> (TargetRule, Option<TargetComparator>) {
        let Some(relative) = target.relative() else { return (target, None) };
        let Some((data_period, reading)) = figure else {
            let unresolved = TargetComparator::of(relative, None, Came::default());
            return (target, Some(unresolved));
        };
        let decimal_places = rule.scale.decimal_places;
        let own = CouncilFigure { value: reading.value(), data_period, polarity: rule.polarity, decimal_places };
        let loaded = self.of(measure, data_period);
        let missing = Came { gap: Some(ComparatorGap::NoValue), ..Came::default() };
        let came = loaded.and_then(|loaded| came_to(relative, &own, loaded)).unwrap_or(missing);
        let benchmark = Benchmark::new(data_period, came.value.map(|value| value.0), decimal_places);
        let target = target.resolved(benchmark);
        let shown = target.relative().map(|relative| TargetComparator::of(relative, Some(data_period), came));
        (target, shown)
    }
}

/// What a comparator came to.
#[derive(Clone, Copy, Debug, Default)]
struct Came {
    value: Option<Quantity>,
    contributors: Option<usize>,
    members: Option<usize>,
    release_date: Option<NaiveDate>,
    gap: Option<ComparatorGap>,
}

impl TargetComparator {
    fn of(relative: &Relative, data_period: Option<DataPeriod>, came: Came) -> Self {
        Self {
            comparator: relative.comparator().clone(),
            statistic: relative.statistic(),
            margin: Quantity(relative.margin()),
            data_period,
            value: came.value,
            target: relative.target().map(Quantity),
            contributors: came.contributors,
            members: came.members,
            release_date: came.release_date,
            gap: came.gap,
        }
    }
}

/// The figure of the comparator; none where it is neither a group nor a nation or region with a benchmark.
fn came_to(relative: &Relative, council: &CouncilFigure, loaded: &Loaded) -> Option<Came> {
    let code = relative.comparator().as_str();
    let found = beside(&Own { group: Some(code), ..council.side(loaded) }, loaded);
    let group = found.groups.first();
    let summed = |value: Option<Quantity>| {
        let group = group?;
        Some(Came {
            value,
            contributors: Some(group.contributors),
            members: Some(group.members),
            release_date: value.and_then(|_| last_released(code, loaded)),
            gap: group.gap,
        })
    };
    match relative.statistic() {
        ComparatorStatistic::Mean => summed(group?.mean),
        ComparatorStatistic::Median => summed(group?.median),
        ComparatorStatistic::Published => {
            let area = found.published.iter().find(|area| area.code == code).map(|area| &area.benchmark);
            let benchmark = area.or(group.and_then(|group| group.benchmark.as_ref()))?;
            let count = |number: Option<i32>| number.and_then(|number| usize::try_from(number).ok());
            Some(Came {
                value: benchmark.value,
                contributors: count(benchmark.contributors),
                members: count(benchmark.members),
                release_date: benchmark.release_date,
                gap: benchmark.value.is_none().then_some(ComparatorGap::Symbol),
            })
        }
    }
}

/// The day from which the values of all members were there; none where that of one is not known.
fn last_released(group: &str, loaded: &Loaded) -> Option<NaiveDate> {
    let members = &loaded.comparators.iter().find(|comparator| comparator.code == group)?.members;
    let published = loaded.areas.iter().filter(|area| members.contains(&area.code));
    let days: Option<Vec<NaiveDate>> = published.map(|area| area.release_date).collect();
    days?.into_iter().max()
}
