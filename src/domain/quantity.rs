//! Exact decimal numbers: how they are rounded, printed, bounded, and written as JSON numbers.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};
use utoipa::{PartialSchema, ToSchema};

use super::fault::Fault;

/// Decimal places that are stored; more are refused, never cut off.
pub const STORED_DECIMAL_PLACES: u32 = 4;

/// The first number that is too large to store: the columns hold 14 digits before the point.
const TOO_LARGE: i64 = 100_000_000_000_000;

/// Told of a number that not even the arithmetic can hold.
const TOO_LONG: &str = "not a number of at most 28 digits";

/// A number as it goes over the wire: a JSON number, exact to its last digit, never a binary float.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub Decimal);

/// Rounds half away from zero to `decimal_places` and shows all of them: 16.45 to one place is 16.5, 55 is 55.0.
///
/// Ratings, directions and distances compare rounded values, so that the printed number and the colour never disagree.
pub fn round_to(value: Decimal, decimal_places: u32) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(decimal_places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimal_places);
    rounded
}

/// Prints a value rounded to `decimal_places`, such as `55.0`.
pub fn display(value: Decimal, decimal_places: u32) -> String {
    round_to(value, decimal_places).to_string()
}

/// The value exactly as it is, without the zeros that mean nothing: a target of 55.0000 is 55.
pub fn exact(value: Decimal) -> Decimal {
    value.normalize()
}

/// What keeps a number from being stored: 10^14 or more, or more than [`STORED_DECIMAL_PLACES`].
pub fn storable(field: &'static str, value: Decimal) -> Option<Fault> {
    if value.abs() >= Decimal::from(TOO_LARGE) {
        let detail = format!("{value} is too large: numbers have at most 14 digits before the point");
        return Some(Fault::new(field, "too_large", detail));
    }
    (value.scale() > STORED_DECIMAL_PLACES).then(|| {
        let fits = exact(round_to(value, STORED_DECIMAL_PLACES));
        let detail = format!("{value} has {} decimal places and at most 4 are kept: send {fits}", value.scale());
        Fault::new(field, "too_many_decimal_places", detail)
    })
}

impl From<Decimal> for Quantity {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl From<Quantity> for Decimal {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Most numbers are whole: those need no text on the way.
        match i64::try_from(self.0) {
            Ok(whole) if self.0.scale() == 0 => serializer.serialize_i64(whole),
            _ => rust_decimal::serde::arbitrary_precision::serialize(&self.0, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor).map(Self)
    }
}

/// Reads JSON numbers only: the decimal crate's own reader would take `"55"` as well, against the document.
struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Decimal, E> {
        Decimal::try_from_i128_with_scale(value, 0).map_err(|_| E::custom(TOO_LONG))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Decimal, E> {
        i128::try_from(value).map_err(|_| E::custom(TOO_LONG)).and_then(|value| self.visit_i128(value))
    }

    /// A value already parsed hands over a float only where it prints back to the very digits that were sent.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Decimal, E> {
        rust_decimal::serde::arbitrary_precision::deserialize(value.into_deserializer())
    }

    /// The JSON reader hands over a number's digits as a map of one private entry, to lose none of them.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Decimal, A::Error> {
        rust_decimal::serde::arbitrary_precision::deserialize(MapAccessDeserializer::new(map))
            .map_err(|_| A::Error::custom(TOO_LONG))
    }
}

impl PartialSchema for Quantity {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("An exact decimal number: read and write it without going through a binary float."))
            .into()
    }
}

impl ToSchema for Quantity {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::fixtures::dec;
    use super::*;

    #[test]
    fn rounds_half_away_from_zero_and_keeps_every_place() {
        for (value, places, shown) in [
            ("16.45", 1, "16.5"),
            ("-16.45", 1, "-16.5"),
            ("16.449", 1, "16.4"),
            ("55", 1, "55.0"),
            ("55.0000", 0, "55"),
            ("-0.04", 1, "0.0"),
            ("0.5", 0, "1"),
            ("2.5", 0, "3"),
        ] {
            assert_eq!(display(dec(value), places), shown, "{value} to {places}");
        }
        assert_eq!(exact(dec("55.0000")).to_string(), "55");
        assert_eq!(exact(dec("49.50")).to_string(), "49.5");
    }

    #[test]
    fn refuses_what_the_columns_cannot_hold() {
        let code = |value| storable("value", dec(value)).map(|fault| fault.code);
        assert_eq!(code("99999999999999.9999"), None);
        assert_eq!(code("-100000000000000"), Some("too_large"));
        assert_eq!(code("100000000000000"), Some("too_large"));
        assert_eq!(code("0.12345"), Some("too_many_decimal_places"));
        assert_eq!(code("0.12340"), Some("too_many_decimal_places"));
    }

    #[test]
    fn is_an_exact_number_in_json() {
        for text in ["55.0", "0.1", "-3", "12345678901234.5678", "null"] {
            let read: Option<Quantity> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<Quantity>("1.5e2").unwrap(), Quantity(dec("150")));
        for text in ["\"55\"", "true", "{}", "[]", "1e99", "{\"a\":1}"] {
            assert!(serde_json::from_str::<Quantity>(text).is_err(), "{text}");
        }
        for text in ["0.30000000000000004", "55.0", "12345678901234567890123.4567", "100000000000000000000"] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::from_value::<Quantity>(value).unwrap().to_string(), text);
        }
        let long: serde_json::Value = serde_json::from_str("123456789012345678901234567890").unwrap();
        let refused = serde_json::from_value::<Quantity>(long).unwrap_err().to_string();
        assert_eq!(refused, "not a number of at most 28 digits");
    }
}
