//! Keys in the address and in the body: the body of a `PUT` may leave its key out, but may not contradict the address.

use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::Pg;
use diesel::serialize::{Output, ToSql};
use diesel::sql_types::{Date, Text};
use serde::{Deserialize, Deserializer};

use crate::http::problem::{Fault, Problem};
use crate::http::problems;

/// A key field of a body: given there, or filled from the address before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T>(Option<T>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Given<T> {
    /// The key, if it was given or filled.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Given<T>
where
    T: std::str::FromStr + PartialEq + std::fmt::Display,
    T::Err: std::fmt::Display,
{
    /// Fills the key from the address; `name` is that of the field.
    ///
    /// # Errors
    /// `validation_failed` when the body names another key; `invalid_parameter` when the address has no well-formed one.
    pub fn fill(&mut self, name: &str, address: &str) -> Result<(), Problem> {
        let told =
            |error: T::Err| Problem::new(problems::INVALID_PARAMETER, format!("`{name}` in the address: {error}"));
        let from_address: T = address.parse().map_err(told)?;
        if let Some(given) = self.0.as_ref().filter(|given| **given != from_address) {
            let detail = format!(
                "`{name}` is {given} in the body but {from_address} in the address; they must agree, or the body may leave it out."
            );
            return Err(Problem::of_faults(
                problems::VALIDATION_FAILED,
                vec![Fault::new(format!("/{name}"), "key_mismatch", detail)],
            ));
        }
        self.0 = Some(from_address);
        Ok(())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|key| Self(Some(key)))
    }
}

impl<S, T: ToSql<S, Pg> + std::fmt::Debug> ToSql<S, Pg> for Given<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
        self.0.as_ref().ok_or("a body was to be stored before its key was filled")?.to_sql(out)
    }
}

/// Lets a key stand in queries as a value of these SQL types.
macro_rules! as_expression {
    ($($sql_type:ty),+) => {$(
        impl<'e, T> AsExpression<$sql_type> for &'e Given<T> {
            type Expression = Bound<$sql_type, &'e Given<T>>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<T> AsExpression<$sql_type> for Given<T> {
            type Expression = Bound<$sql_type, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    )+};
}

as_expression!(Date, Text);
