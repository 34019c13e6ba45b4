//! Activity (demand, volume) against the range it is expected to fall within: a signal, never a colour (Kent).

use rust_decimal::Decimal;

use super::fault::Fault;
use super::quantity::{exact, round_to, storable};
use super::words::words;

words! {
    /// Where activity stands against its expected range.
    Signal {
        /// Less than expected.
        Below,
        /// As expected, both ends of the range included.
        Within,
        /// More than expected.
        Above,
    }
}

/// The range that activity is expected to fall within, open on a side that is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedRange {
    lower: Option<Decimal>,
    upper: Option<Decimal>,
}

impl ExpectedRange {
    /// Builds the range.
    ///
    /// # Errors
    /// Everything that is wrong with it; fields are named `expected_lower` and `expected_upper`.
    pub fn new(lower: Option<Decimal>, upper: Option<Decimal>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        faults.extend(lower.and_then(|lower| storable("expected_lower", lower)));
        faults.extend(upper.and_then(|upper| storable("expected_upper", upper)));
        if let (Some(lower), Some(upper)) = (lower, upper)
            && lower > upper
        {
            let detail = format!("the least expected {} is above the greatest, {}", exact(lower), exact(upper));
            faults.push(Fault::new("expected_lower", "lower_above_upper", detail));
        }
        if faults.is_empty() { Ok(Self { lower, upper }) } else { Err(faults) }
    }

    /// The signal that a value gives, rounded first as for a rating; none where nothing is expected.
    pub fn signal(&self, value: Decimal, decimal_places: u32) -> Option<Signal> {
        let value = round_to(value, decimal_places);
        match (self.lower, self.upper) {
            (None, None) => None,
            (Some(lower), _) if value < lower => Some(Signal::Below),
            (_, Some(upper)) if value > upper => Some(Signal::Above),
            _ => Some(Signal::Within),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::fixtures::dec;
    use super::*;

    #[test]
    fn both_ends_of_the_range_are_expected() {
        for (lower, upper, value, signal) in [
            (Some("400"), Some("500"), "400", Some(Signal::Within)),
            (Some("400"), Some("500"), "500", Some(Signal::Within)),
            (Some("400"), Some("500"), "399.96", Some(Signal::Within)),
            (Some("400"), Some("500"), "399.94", Some(Signal::Below)),
            (Some("400"), Some("500"), "500.1", Some(Signal::Above)),
            (Some("400"), None, "9999", Some(Signal::Within)),
            (None, Some("500"), "1", Some(Signal::Within)),
            (None, None, "1", None),
        ] {
            let range = ExpectedRange::new(lower.map(dec), upper.map(dec)).unwrap();
            assert_eq!(range.signal(dec(value), 1), signal, "{value}");
        }
    }

    #[test]
    fn a_range_does_not_run_backwards() {
        let faults = ExpectedRange::new(Some(dec("5")), Some(dec("4"))).unwrap_err();
        assert_eq!(faults[0].code, "lower_above_upper");
    }
}
