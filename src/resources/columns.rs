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
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::quantity::Quantity;
use crate::domain::terms::{
    Accumulation, Calendar, DisclosurePolicy, FrameworkStatus, Frequency, Kind, Level, MeasureStatus, OutcomeStatus,
    Polarity, ReviewStatus, Stage, SubmissionState, Symbol, TargetKind, TargetSource, ToleranceKind, Unit,
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
    OutcomeStatus
);
text_columns!(Polarity, ReviewStatus, Stage, SubmissionState, Symbol, TargetKind, TargetSource, ToleranceKind, Unit);
text_columns!(Code, DataPeriod, FinancialYear, Quarter);
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
        <Decimal as FromSql<Numeric, Pg>>::from_sql(bytes).map(Self)
    }
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
