//! What others have seen of a measure before the next figure of it is published.

use rust_decimal::Decimal;

use super::hidden;
use crate::domain::breakdown::Part;
use crate::domain::data_period::DataPeriod;
use crate::domain::figure::{Figure, Scale};
use crate::domain::period::Quarter;
use crate::domain::terms::Unit;

/// A figure that is to be published.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// Its reporting quarter.
    pub quarter: Quarter,
    /// The period that it describes.
    pub period: DataPeriod,
    /// The whole.
    pub figure: Figure,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A figure of the same measure that was published before: about the same period or, where figures count up, about another of the
/// same year.
#[derive(Clone, Debug)]
pub struct Published {
    /// The figure as it is.
    pub pushed: Pushed,
    /// What is shown of it.
    pub shown: Figure,
    /// What is shown of its parts.
    pub shown_parts: Vec<Part>,
}

/// A figure of the same year to date, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its reporting quarter.
    pub quarter: Quarter,
    /// What is shown of it.
    pub figure: Figure,
}

/// What a figure is judged beside.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// What is shown of other quarters that count up in the same year.
    pub year: Vec<Shown>,
    /// Figures about the same period that were hidden.
    pub hidden: Vec<Figure>,
    /// Of how many it is, if that was shown of the same period; of a rate, of any.
    pub denominator: Option<Decimal>,
}

impl Published {
    /// Whether it is about the same period.
    pub(super) fn is_about(&self, period: DataPeriod) -> bool {
        self.pushed.period == period
    }

    /// Its parts, each as it is and as it is shown. One that is not shown at all is hidden.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part, Figure)> {
        self.pushed.parts.iter().map(|part| {
            let shown = self.shown_parts.iter().find(|one| one.is_of(part)).map(Part::figure);
            (part, shown.unwrap_or_else(|| hidden(&part.figure())))
        })
    }
}

/// Whether nothing is shown of a figure.
pub(super) fn is_hidden(figure: &Figure, shown: &Figure) -> bool {
    figure != shown && *shown == hidden(figure)
}

impl Before {
    /// What a figure is judged beside; the whole, or where `part` is one, that.
    pub fn of(scale: &Scale, pushed: &Pushed, part: Option<&Part>, published: &[Published]) -> Self {
        let mut before = Self::default();
        for one in published {
            let found = match part {
                None => Some((one.pushed.figure, one.shown)),
                Some(part) => {
                    one.parts().find(|(other, _)| other.is_of(part)).map(|(other, shown)| (other.figure(), shown))
                }
            };
            let Some((figure, shown)) = found else { continue };
            let known = if scale.unit == Unit::Rate && shown.value.is_some() { figure } else { shown };
            if one.is_about(pushed.period) && is_hidden(&figure, &shown) {
                before.hidden.push(figure);
            }
            if one.pushed.quarter != pushed.quarter {
                before.year.push(Shown { quarter: one.pushed.quarter, figure: known });
            }
            if one.is_about(pushed.period) || scale.unit == Unit::Rate {
                before.denominator = known.denominator.or(before.denominator);
            }
        }
        before
    }
}
