//! The figures before: which of them a figure is compared with, and which belong to another series.

use super::body::LatestFigure;
use super::build::reading;
use super::store::HistoryColumns;
use crate::domain::comparison::PeriodKey;
use crate::domain::measure_rule::{MeasureRule, Observation};
use crate::domain::period::Quarter;
use crate::domain::quantity::{Quantity, round_to};

/// The newest figures of a measure, newest first, and the quarters in which series after the first begin.
pub(super) struct Past {
    history: HistoryColumns,
    series_starts: Vec<Quarter>,
}

impl Past {
    pub(super) fn new(history: HistoryColumns, series_starts: &[Quarter]) -> Self {
        Self { history, series_starts: series_starts.to_vec() }
    }

    /// Whether a new series begins in this quarter.
    pub(super) fn begins_series(&self, quarter: Quarter) -> bool {
        self.series_starts.contains(&quarter)
    }

    /// The figure at this place among the measure's figures.
    pub(super) fn at(&self, rule: &MeasureRule, key: PeriodKey) -> Option<Observation> {
        let found = self.history.past_periods.iter().position(|period| rule.period.key(period) == Some(key))?;
        self.observation(found)
    }

    /// The newest figure of an earlier series, if `now` is the first figure of its own: it was to be compared with that,
    /// and cannot be.
    pub(super) fn before_the_break(&self, now: &Observation) -> Option<Observation> {
        let mut others = (0..self.history.past_periods.len()).filter_map(|at| self.observation(at));
        others.find(|past| past.data_period != now.data_period).filter(|past| past.series != now.series)
    }

    /// The newest of them, for a quarter that has no figure.
    pub(super) fn latest(&self, decimal_places: u32) -> Option<LatestFigure> {
        let history = &self.history;
        let (value, symbol) = (*history.past_values.first()?, *history.past_symbols.first()?);
        Some(LatestFigure {
            quarter: *history.past_quarters.first()?,
            data_period: *history.past_periods.first()?,
            value: value.map(|value| Quantity(round_to(value.0, decimal_places))),
            value_symbol: symbol,
            stage: *history.past_stages.first()?,
        })
    }

    fn observation(&self, at: usize) -> Option<Observation> {
        let history = &self.history;
        Some(Observation {
            data_period: *history.past_periods.get(at)?,
            reading: reading(*history.past_values.get(at)?, *history.past_symbols.get(at)?)?,
            stage: *history.past_stages.get(at)?,
            series: self.series_in(*history.past_quarters.get(at)?),
        })
    }

    /// Series are numbered from 1 without gaps.
    fn series_in(&self, quarter: Quarter) -> i32 {
        let begun = self.series_starts.iter().filter(|start| **start <= quarter).count();
        i32::try_from(begun).unwrap_or(i32::MAX).saturating_add(1)
    }
}
