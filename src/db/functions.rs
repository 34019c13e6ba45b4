//! Functions of PostgreSQL that queries call.

use diesel::define_sql_function;
use diesel::sql_types::{BigInt, Text};

define_sql_function! {
    /// A number for a text; the same for the same text and seed.
    fn hashtextextended(text: Text, seed: BigInt) -> BigInt;
}

define_sql_function! {
    /// Waits until no other transaction holds this number, and holds it until this one ends. Answers nothing: ask whether
    /// the answer `is_not_null`.
    fn pg_advisory_xact_lock(number: BigInt) -> Nullable<Bool>;
}
