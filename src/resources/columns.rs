//! Which domain values are kept in text columns; and exact numbers in numeric ones.

use diesel::deserialize::{FromSql, FromStaticSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{Output, ToSql};
use diesel::sql_types::{Nullable, Numeric, SingleValue};
use rust_decimal::Decimal;

use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::event::EventType;
use crate::domain::import::{ApprovedRows, Charset, ContentForm, ImportMode, ImportState, ImportStrategy, RowOutcome};
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::quantity::Quantity;
use crate::domain::redelivery::DeliveryState;
use crate::domain::report::{ReportKind, ReportState};
use crate::domain::terms::{
    Accumulation, AreaKind, BenchmarkMethod, Calendar, ComparatorStatistic, ConcernState, DisclosurePolicy,
    FrameworkStatus, Frequency, GroupKind, Kind, Level, MeasureStatus, MeetingKind, OutcomeStatus, Polarity,
    RecoveryState, ReviewStatus, Stage, SubmissionState, Symbol, TargetKind, TargetSource, ToleranceKind, Unit,
};
use crate::domain::text::{Line, Prose};
use crate::{text_column, text_columns};

text_columns!(
    Accumulation,
    Calendar,
    DisclosurePolicy,
    FrameworkStatus,
    Frequency,
    Kind,
    Level,
    MeasureStatus,
    MeetingKind,
    OutcomeStatus
);
text_columns!(ConcernState, RecoveryState);
text_columns!(Polarity, ReviewStatus, Stage, SubmissionState, Symbol, TargetKind, TargetSource, ToleranceKind, Unit);
text_columns!(AreaKind, BenchmarkMethod, ComparatorStatistic, GroupKind);
text_columns!(DeliveryState, EventType);
text_columns!(ApprovedRows, Charset, ContentForm, ImportMode, ImportState, ImportStrategy, RowOutcome);
text_columns!(Code, DataPeriod, FinancialYear, Quarter, ReportKind, ReportState);
text_column!([const MAX: usize] Line<MAX>);
text_column!([const MAX: usize] Prose<MAX>);

impl ToSql<Numeric, Pg> for Quantity {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
        <Decimal as ToSql<Numeric, Pg>>::to_sql(&self.0, out)
    }
}

impl ToSql<Nullable<Numeric>, Pg> for Quantity {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
        <Self as ToSql<Numeric, Pg>>::to_sql(self, out)
    }
}

impl FromSql<Numeric, Pg> for Quantity {
    fn from_sql(bytes: PgValue<'_>) -> diesel::deserialize::Result<Self> {
        match decimal(bytes.as_bytes()) {
            Some(value) => Ok(Self(value)),
            // Not a number, or more digits than fit: told in the words of the decimal's own reader.
            None => <Decimal as FromSql<Numeric, Pg>>::from_sql(bytes).map(Self),
        }
    }
}

/// Reads PostgreSQL's binary number: how many digits, the weight of the first, sign and scale, then digits to base 10,000.
/// The decimal's own reader makes a list of the digits and multiplies decimals, which is a sixth of a scorecard's time.
fn decimal(bytes: &[u8]) -> Option<Decimal> {
    let ([count, weight, sign, scale, digits @ ..], []) = bytes.as_chunks::<2>() else { return None };
    let number = |word: &[u8; 2]| i32::from(i16::from_be_bytes(*word));
    let mut mantissa = 0_i128;
    for digit in digits {
        mantissa = mantissa.checked_mul(10_000)?.checked_add(i128::from(number(digit)))?;
    }
    // The places after the point that the scale asks for, less those that the digits fill.
    let missing = number(scale) - 4 * (number(count) - number(weight) - 1);
    let shift = 10_i128.checked_pow(missing.unsigned_abs())?;
    let mantissa = if missing < 0 { mantissa / shift } else { mantissa.checked_mul(shift)? };
    let signed = match number(sign) {
        0 => mantissa,
        0x4000 => -mantissa,
        _ => return None,
    };
    Decimal::try_from_i128_with_scale(signed, u32::try_from(number(scale)).ok()?).ok()
}

impl<S: SingleValue> Queryable<S, Pg> for Quantity
where
    Self: FromStaticSqlRow<S, Pg>,
{
    type Row = Self;

    fn build(row: Self) -> diesel::deserialize::Result<Self> {
        Ok(row)
    }
}

impl AsExpression<Numeric> for &Quantity {
    type Expression = Bound<Numeric, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

impl AsExpression<Nullable<Numeric>> for &Quantity {
    type Expression = Bound<Nullable<Numeric>, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

impl AsExpression<Numeric> for Quantity {
    type Expression = Bound<Numeric, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

impl AsExpression<Nullable<Numeric>> for Quantity {
    type Expression = Bound<Nullable<Numeric>, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn reads_binary_numbers_with_every_place_of_their_scale() {
        let read = |words: &[i16]| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
            decimal(&bytes).map(|value| value.to_string())
        };
        for (words, text) in [
            (&[1, 0, 0, 0, 55][..], "55"),
            (&[2, 0, 0, 1, 16, 5000], "16.5"),
            (&[2, 0, 0, 2, 16, 5000], "16.50"),
            (&[1, -1, 0x4000, 4, 25], "-0.0025"),
            (&[1, -1, 0, 4, 25], "0.0025"),
            (&[1, 1, 0, 0, 3], "30000"),
            (&[1, 1, 0, 2, 3], "30000.00"),
            (&[4, 3, 0, 0, 99, 9999, 9999, 9999], "99999999999999"),
            (&[0, 0, 0, 2], "0.00"),
        ] {
            assert_eq!(read(words).as_deref(), Some(text), "{words:?}");
        }
        // NaN, and more digits than the arithmetic holds.
        for words in [&[0, 0, -0x4000, 0][..], &[8, 7, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9], &[1, 200, 0, 0, 1], &[1, 0]] {
            assert_eq!(read(words), None, "{words:?}");
        }
    }
}
