//! From rows to comparators: every rule of the domain applied, nothing read. [`beside`] is for any report that has a
//! measure's own value at hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::body::{
    AreaSide, BenchmarkSide, Beside, Comparators, FigureSide, GroupSide, MeasureComparators, PublishedSide,
    StandingSide,
};
use super::store::{BenchmarkColumns, Comparator, Loaded};
use super::subject::Subject;
use crate::domain::comparator::{ComparatorGap, GroupFigure};
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::rank::standing;
use crate::domain::terms::{AreaKind, Polarity};

/// The side that others are put beside.
#[derive(Clone, Debug)]
pub struct Own<'a> {
    /// Code of the area and what sort it is.
    pub area: Option<(&'a str, AreaKind)>,
    /// Its value.
    pub value: Option<Decimal>,
    /// Why it has none.
    pub gap: Option<ComparatorGap>,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Decimal places to which values are shown and compared.
    pub decimal_places: u32,
    /// Last day of the data period.
    pub period_end: NaiveDate,
    /// The one group that is asked for; else those of the area, and those that are nobody's own.
    pub group: Option<&'a str>,
}

/// The council's own figure: that of the home area, where all groups that name one name the same.
#[derive(Clone, Copy, Debug)]
pub struct CouncilFigure {
    /// Its value.
    pub value: Option<Decimal>,
    /// What it is about.
    pub data_period: DataPeriod,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Decimal places to which values are shown and compared.
    pub decimal_places: u32,
}

impl CouncilFigure {
    /// The figure as the side that others are put beside.
    pub fn side<'a>(&self, loaded: &'a Loaded) -> Own<'a> {
        let mut homes: Vec<&str> = loaded.comparators.iter().filter_map(|one| one.home_area.as_deref()).collect();
        homes.sort_unstable();
        homes.dedup();
        Own {
            area: (homes.len() == 1).then(|| (homes[0], AreaKind::LocalAuthority)),
            value: self.value.map(|value| round_to(value, self.decimal_places)),
            gap: None,
            polarity: self.polarity,
            decimal_places: self.decimal_places,
            period_end: self.data_period.end(),
            group: None,
        }
    }

    /// Others beside it.
    pub fn beside_others(&self, loaded: &Loaded) -> Comparators {
        let Beside { published, groups, standing, .. } = beside(&self.side(loaded), loaded);
        Comparators { published, groups, standing }
    }
}

/// The whole answer.
pub(super) fn comparators(subject: &Subject, loaded: &Loaded) -> MeasureComparators {
    let measure = &subject.measure;
    let decimal_places = u32::from(measure.decimal_places.unsigned_abs());
    let period_end = subject.data_period.end();
    let area = area_side(subject, decimal_places, period_end);
    let own = Own {
        area: subject.area.as_ref().map(|area| (area.code.as_str(), area.kind)),
        value: subject.value().map(|value| value.0),
        gap: area.gap,
        polarity: measure.polarity,
        decimal_places,
        period_end,
        group: subject.group.as_deref(),
    };
    let Beside { published, published_gap, groups, standing } = beside(&own, loaded);
    MeasureComparators {
        measure: measure.code.to_string(),
        title: measure.title.clone(),
        unit: measure.unit,
        rate_base: measure.rate_base,
        decimal_places: measure.decimal_places,
        polarity: measure.polarity,
        data_period: subject.data_period,
        period_end,
        area,
        published,
        published_gap,
        groups,
        standing,
    }
}

/// What an area's value is put beside.
pub fn beside(own: &Own<'_>, loaded: &Loaded) -> Beside {
    // The area's own value counts wherever it belongs, also where it is the council's own figure and nowhere published.
    let mut values: BTreeMap<&str, Decimal> =
        loaded.areas.iter().map(|area| (area.code.as_str(), area.value.0)).collect();
    values.extend(own.area.zip(own.value).map(|((code, _), value)| (code, value)));
    let published: Vec<PublishedSide> =
        loaded.comparators.iter().filter_map(|comparator| published_side(own, comparator)).collect();
    let groups = loaded.comparators.iter().filter(|comparator| is_asked_for(own, comparator));
    Beside {
        published_gap: published.is_empty().then_some(ComparatorGap::NoValue),
        published,
        groups: groups.filter_map(|group| group_side(own, group, &values)).collect(),
        standing: standing_side(own, loaded),
    }
}

fn is_asked_for(own: &Own<'_>, group: &Comparator) -> bool {
    match (own.group, &group.home_area) {
        (Some(asked), _) => group.code == asked,
        (None, Some(home)) => own.area.is_some_and(|(code, _)| code == home),
        (None, None) => true,
    }
}

fn shown(value: Option<Quantity>, decimal_places: u32) -> Option<Quantity> {
    value.map(|value| Quantity(round_to(value.0, decimal_places)))
}

fn area_side(subject: &Subject, decimal_places: u32, period_end: NaiveDate) -> AreaSide {
    let (value, value_symbol) = (subject.value(), subject.symbol());
    let gap = match (value, value_symbol) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(ComparatorGap::Symbol),
        (None, None) => Some(subject.gap.unwrap_or(ComparatorGap::NoValue)),
    };
    let figure = subject.figure.as_ref().map(|figure| FigureSide {
        quarter: figure.quarter,
        revision: figure.revision,
        value: shown(figure.value, decimal_places),
        value_symbol: figure.value_symbol,
        stage: figure.stage,
        state: figure.state,
    });
    AreaSide {
        code: subject.area.as_ref().map(|area| area.code.to_string()),
        name: subject.area.as_ref().map(|area| area.name.clone()),
        kind: subject.area.as_ref().map(|area| area.kind),
        value: shown(value, decimal_places),
        value_symbol,
        benchmark: subject.benchmark.as_ref().and_then(|found| benchmark_side(found, decimal_places, period_end)),
        figure,
        gap,
    }
}

fn benchmark_side(found: &BenchmarkColumns, decimal_places: u32, period_end: NaiveDate) -> Option<BenchmarkSide> {
    let lag_days = found.release_date.map(|released| (released - period_end).num_days());
    Some(BenchmarkSide {
        value: shown(found.value, decimal_places),
        value_symbol: found.value_symbol,
        method: found.method?,
        contributors: found.contributors,
        members: found.members,
        stage: found.stage?,
        release_date: found.release_date,
        lag_days,
        lag_gap: lag_days.is_none().then_some(ComparatorGap::ReleaseDateUnknown),
        source: found.source.clone()?,
    })
}

fn published_side(own: &Own<'_>, comparator: &Comparator) -> Option<PublishedSide> {
    Some(PublishedSide {
        code: comparator.code.clone(),
        name: comparator.title.clone(),
        kind: comparator.area_kind?,
        benchmark: benchmark_side(&comparator.benchmark, own.decimal_places, own.period_end)?,
    })
}

fn group_side(own: &Own<'_>, group: &Comparator, values: &BTreeMap<&str, Decimal>) -> Option<GroupSide> {
    let value_of = |member: &String| values.get(member.as_str()).copied();
    let figure = GroupFigure::of(group.members.iter().map(value_of), own.decimal_places);
    let benchmark = benchmark_side(&group.benchmark, own.decimal_places, own.period_end);
    Some(GroupSide {
        code: group.code.clone(),
        title: group.title.clone(),
        kind: group.group_kind?,
        home_area: group.home_area.clone(),
        mean: figure.mean.map(Quantity),
        median: figure.median.map(Quantity),
        contributors: figure.contributors,
        members: figure.members,
        without_value: group.members.iter().filter(|member| value_of(member).is_none()).cloned().collect(),
        gap: figure.gap(),
        benchmark_gap: benchmark.is_none().then_some(ComparatorGap::NoValue),
        benchmark,
    })
}

fn standing_side(own: &Own<'_>, loaded: &Loaded) -> StandingSide {
    let unranked = |gap| StandingSide { rank_gap: Some(gap), quartile_gap: Some(gap), ..StandingSide::default() };
    let code = match own.area {
        Some((code, AreaKind::LocalAuthority)) => Some(code),
        Some(_) => return unranked(ComparatorGap::NotAnAuthority),
        None => None,
    };
    // Without a value the measure's polarity is still told first: no value would mend it.
    let value = own.value.unwrap_or_default();
    let others = loaded.areas.iter().filter(|area| area.kind == AreaKind::LocalAuthority && Some(&*area.code) != code);
    let all = others.map(|area| area.value.0).chain([value]);
    match (standing(value, all, own.polarity, own.decimal_places), own.value) {
        (Err(gap), _) => unranked(gap),
        (Ok(_), None) => unranked(own.gap.unwrap_or(ComparatorGap::NoValue)),
        // First of one is no rank.
        (Ok(found), Some(_)) if found.out_of < 2 => unranked(ComparatorGap::TooFewValues),
        (Ok(found), Some(_)) => StandingSide {
            rank: Some(found.rank),
            out_of: Some(found.out_of),
            rank_gap: None,
            quartile: found.quartile,
            quartile_gap: found.quartile.is_none().then_some(ComparatorGap::TooFewValues),
        },
    }
}
