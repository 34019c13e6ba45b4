//! Where green ends and where amber ends, for one target at one point of the year.

use rust_decimal::Decimal;

use super::rag::RagStatus;
use super::target::Tolerance;

/// The edges that a value is compared with. A point target has one, a band two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The edge that a value must not fall short of.
    pub lower: Option<Edge>,
    /// The edge that a value must not exceed.
    pub upper: Option<Edge>,
    /// How the amber limits were reached.
    pub tolerance: Tolerance,
    /// The quarter (1 to 4) whose point of the profile this is; none for the target of the whole year.
    pub quarter: Option<u8>,
}

/// One edge of a target, all exact and in the measure's own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Last green value, or the first that is not where `strict`.
    pub target: Decimal,
    /// Last amber value; the target itself where there is no tolerance.
    pub amber: Decimal,
    /// Whether exactly the target is not yet green ("fewer than 85").
    pub strict: bool,
}

impl Limits {
    /// The colour of a value, by the worse of its edges. Boundaries count in: exactly the target is green (unless
    /// strict), exactly the floor amber.
    pub fn colour(&self, value: Decimal) -> RagStatus {
        let lower = self.lower.map(|edge| edge.colour(value - edge.target));
        let upper = self.upper.map(|edge| edge.colour(edge.target - value));
        lower.max(upper).unwrap_or(RagStatus::NotRated)
    }

    /// The last amber value below the target: Kent's floor standard.
    pub fn floor(&self) -> Option<Decimal> {
        self.lower.map(|edge| edge.amber)
    }

    /// The last amber value above the target.
    pub fn ceiling(&self) -> Option<Decimal> {
        self.upper.map(|edge| edge.amber)
    }

    /// How far the value is outside both edges; 0 inside a band.
    pub fn distance_outside(&self, value: Decimal) -> Decimal {
        let short = self.lower.map_or(Decimal::ZERO, |edge| edge.target - value);
        let over = self.upper.map_or(Decimal::ZERO, |edge| value - edge.target);
        short.max(over).max(Decimal::ZERO)
    }
}

impl Edge {
    /// The colour of a value that lies `beyond` the target on its good side, or short of it where negative.
    fn colour(&self, beyond: Decimal) -> RagStatus {
        let room = (self.target - self.amber).abs();
        if beyond > Decimal::ZERO || (beyond.is_zero() && !self.strict) {
            RagStatus::Green
        } else if !room.is_zero() && beyond + room >= Decimal::ZERO {
            RagStatus::Amber
        } else {
            RagStatus::Red
        }
    }
}
