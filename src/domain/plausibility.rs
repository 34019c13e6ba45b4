//! Whether a figure that can be true is likely: against the measure's own history, the last known denominators, and its own parts.
//! What is found stops nobody from sending the figure; whoever approves it says why it is right.

use rust_decimal::Decimal;

use super::data_period::DataPeriod;
use super::fault::Fault;
use super::figure::{Figure, Scale};
use super::period_rule::PeriodRule;
use super::quantity::{display, exact};

/// Earlier figures without which a value is called neither likely nor unlikely.
pub const LEAST_VALUES: usize = 8;
/// Earlier denominators without which none is said to have jumped.
pub const LEAST_DENOMINATORS: usize = 3;
/// Earlier figures that are looked at, the newest: services change, and a level of ten years ago says little.
pub const MOST_EARLIER: usize = 24;

/// Greatest distance from the median that is likely, in standard deviations as the median absolute deviation estimates them
/// (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993).
const GREATEST_Z: Decimal = Decimal::from_parts(35, 0, 0, false, 1);
/// A standard deviation of the normal distribution in median absolute deviations.
const OF_MEDIAN_DEVIATION: Decimal = Decimal::from_parts(14826, 0, 0, false, 4);
/// A standard deviation of the normal distribution in mean absolute deviations.
const OF_MEAN_DEVIATION: Decimal = Decimal::from_parts(12533, 0, 0, false, 4);

/// An earlier figure of the measure that counts.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The period that it is about.
    pub period: DataPeriod,
    /// What was reported.
    pub figure: Figure,
}

/// A figure that is to be looked at, and what it is a figure of.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Which periods the measure takes, and whether its figures count up.
    pub rule: PeriodRule,
    /// How its values are counted.
    pub scale: &'a Scale,
    /// The period that the figure is about.
    pub period: DataPeriod,
    /// The figure.
    pub figure: &'a Figure,
}

impl Candidate<'_> {
    /// Everything that is unlikely of the figure, each with its measure: codes `unlike_history`, `denominator_jumped`,
    /// `value_differs_from_parts`.
    pub fn doubts(&self, history: &[Earlier]) -> Vec<Fault> {
        let earlier = self.comparable(history);
        let found = [self.unlike_history(&earlier), self.denominator_jumped(&earlier), self.differs_from_parts()];
        found.into_iter().flatten().collect()
    }

    /// Earlier figures of the same grain, newest first; of a measure that counts up over the year, those at the same point of it.
    fn comparable<'a>(&self, history: &'a [Earlier]) -> Vec<&'a Figure> {
        let Some(now) = self.rule.key(&self.period) else { return Vec::new() };
        let counts_up = self.rule.comparators(&self.period).is_some_and(|with| with.short.is_none());
        let mut earlier: Vec<_> = history
            .iter()
            .filter_map(|one| Some((self.rule.key(&one.period)?, one)))
            .filter(|(key, _)| key.line == now.line && key.ordinal < now.ordinal)
            .filter(|(_, one)| !counts_up || self.rule.same_point_of_year(&self.period, &one.period) == Some(true))
            .collect();
        earlier.sort_by_key(|(key, _)| std::cmp::Reverse(key.ordinal));
        earlier.into_iter().take(MOST_EARLIER).map(|(_, one)| &one.figure).collect()
    }

    fn unlike_history(&self, earlier: &[&Figure]) -> Option<Fault> {
        let places = self.scale.decimal_places;
        let value = |figure: &Figure| figure.reading(self.scale).and_then(|reading| reading.value());
        let values: Vec<Decimal> = earlier.iter().filter_map(|figure| value(figure)).collect();
        let now = value(self.figure).filter(|_| values.len() >= LEAST_VALUES)?;
        let (middle, deviation) = spread(&values, Decimal::new(1, places))?;
        let z = (now - middle).checked_div(deviation)?;
        if z.abs() <= GREATEST_Z {
            return None;
        }
        let (least, most) = (values.iter().min()?, values.iter().max()?);
        let detail = format!(
            "{} is {} standard deviations from {}, the median of the {} earlier figures, which run from {} to {} (robust z; more than {} is \
             unlikely)",
            display(now, places),
            display(z.abs(), 1),
            display(middle, places),
            values.len(),
            display(*least, places),
            display(*most, places),
            exact(GREATEST_Z),
        );
        Some(Fault::new("value", "unlike_history", detail))
    }

    fn denominator_jumped(&self, earlier: &[&Figure]) -> Option<Fault> {
        let denominators: Vec<Decimal> =
            earlier.iter().filter_map(|figure| figure.denominator).take(LEAST_DENOMINATORS).collect();
        let now = self.figure.denominator.filter(|_| denominators.len() == LEAST_DENOMINATORS)?;
        let usual = median(&denominators)?;
        let more_than_double = now > usual * Decimal::TWO && now - usual >= Decimal::TEN;
        let less_than_half = now * Decimal::TWO < usual && usual - now >= Decimal::TEN;
        (more_than_double || less_than_half).then(|| {
            let detail = format!(
                "out of {}, where the last {LEAST_DENOMINATORS} figures were out of {} in the middle: {}",
                exact(now),
                exact(usual),
                if more_than_double { "more than twice as many" } else { "less than half as many" }
            );
            Fault::new("denominator", "denominator_jumped", detail)
        })
    }

    /// A share that is not its parts' is refused unless a quality note explains it; explained, it is still told.
    fn differs_from_parts(&self) -> Option<Fault> {
        let unexplained = self.figure.check(self.scale, false);
        let fault = unexplained.into_iter().find(|fault| fault.code == "value_differs_from_parts")?;
        let detail = fault.detail.split(": correct it").next().unwrap_or(&fault.detail).to_owned();
        Some(Fault::new(fault.field, fault.code, format!("{detail}; the quality note says why")))
    }
}

/// The median, and a standard deviation that a few outliers do not stretch: at least one step of what is printed, so that a measure
/// that never moved may move a little.
fn spread(values: &[Decimal], step: Decimal) -> Option<(Decimal, Decimal)> {
    let middle = median(values)?;
    let deviations: Vec<Decimal> = values.iter().map(|value| (value - middle).abs()).collect();
    let median_deviation = median(&deviations)?;
    let deviation = if median_deviation.is_zero() {
        let mean = deviations.iter().sum::<Decimal>() / Decimal::from(deviations.len());
        mean * OF_MEAN_DEVIATION
    } else {
        median_deviation * OF_MEDIAN_DEVIATION
    };
    Some((middle, deviation.max(step)))
}

fn median(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some((lower + upper) / Decimal::TWO)
}

#[cfg(test)]
mod tests;
