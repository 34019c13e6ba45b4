//! Domain values in text columns: one macro gives a type its place in queries, so that the domain itself needs no diesel.

/// Lets types that are `Display + FromStr` stand for `Text` and `Nullable<Text>` columns.
#[macro_export]
macro_rules! text_columns {
    ($($name:ty),+ $(,)?) => { $($crate::text_column!([] $name);)+ };
}

/// As [`text_columns!`] for one type, with its generic parameters: `text_column!([const MAX: usize] Line<MAX>)`.
#[macro_export]
macro_rules! text_column {
    ([$($generics:tt)*] $name:ty) => {
        const _: () = {
            use diesel::deserialize::{FromSql, FromStaticSqlRow, Queryable};
            use diesel::expression::AsExpression;
            use diesel::internal::derives::as_expression::Bound;
            use diesel::pg::{Pg, PgValue};
            use diesel::serialize::{IsNull, Output, ToSql};
            use diesel::sql_types::{Nullable, SingleValue, Text};

            impl<$($generics)*> ToSql<Text, Pg> for $name {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
                    std::io::Write::write_fmt(out, format_args!("{self}"))?;
                    Ok(IsNull::No)
                }
            }
            impl<$($generics)*> ToSql<Nullable<Text>, Pg> for $name {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
                    <Self as ToSql<Text, Pg>>::to_sql(self, out)
                }
            }
            impl<$($generics)*> FromSql<Text, Pg> for $name {
                fn from_sql(bytes: PgValue<'_>) -> diesel::deserialize::Result<Self> {
                    std::str::from_utf8(bytes.as_bytes())?.parse().map_err(Into::into)
                }
            }
            impl<__S: SingleValue, $($generics)*> Queryable<__S, Pg> for $name
            where
                Self: FromStaticSqlRow<__S, Pg>,
            {
                type Row = Self;
                fn build(row: Self) -> diesel::deserialize::Result<Self> {
                    Ok(row)
                }
            }
            impl<$($generics)*> AsExpression<Text> for $name {
                type Expression = Bound<Text, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<'e, $($generics)*> AsExpression<Text> for &'e $name {
                type Expression = Bound<Text, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<$($generics)*> AsExpression<Nullable<Text>> for $name {
                type Expression = Bound<Nullable<Text>, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
            impl<'e, $($generics)*> AsExpression<Nullable<Text>> for &'e $name {
                type Expression = Bound<Nullable<Text>, Self>;
                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }
        };
    };
}
