//! Functions of PostgreSQL that queries call.

use diesel::define_sql_function;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Text, Timestamptz};

define_sql_function! {
    /// A number for a text; the same for the same text and seed.
    fn hashtextextended(text: Text, seed: BigInt) -> BigInt;
}

define_sql_function! {
    /// Waits until no other transaction holds this number, and holds it until this one ends. Answers nothing: ask whether
    /// the answer `is_not_null`.
    fn pg_advisory_xact_lock(number: BigInt) -> Nullable<Bool>;
}

define_sql_function! {
    /// The same for a number of a class, held together with others who hold it so.
    fn pg_advisory_xact_lock_shared(class: Integer, number: Integer) -> Nullable<Bool>;
}

define_sql_function! {
    /// Number of the turn that writers of a measure's figures share.
    fn turn_of(of_measure: Text) -> Integer;
}

define_sql_function! {
    /// Lets the session read as at an instant; answers the transactions whose writes must end before that is settled.
    fn travel_to(instant: Timestamptz) -> Array<Text>;
}

define_sql_function! {
    /// The transactions under way whose rows may be known from this instant or before.
    fn still_writing(by: Timestamptz) -> Array<Text>;
}

define_sql_function! {
    /// Whether the role of the session has this right, such as `INSERT`, on a table.
    fn has_table_privilege(on_table: Text, privilege: Text) -> Bool;
}

define_sql_function! {
    /// Version of a measure's definition by which a figure of this quarter is judged.
    fn version_in_force(of_measure: Text, in_quarter: Text) -> Integer;
}

define_sql_function! {
    /// First quarter of a framework from which definitions and targets may still change; null where every quarter is free.
    fn free_from(of_framework: Text) -> Nullable<Text>;
}

define_sql_function! {
    /// The name for a number of the change log, or what stands in place of an erased one.
    fn account_name(of_number: BigInt) -> Text;
}

define_sql_function! {
    /// The database's own time.
    fn clock_timestamp() -> Timestamptz;
}

define_sql_function! {
    /// Takes this number until the session ends; false while another session has it.
    fn pg_try_advisory_lock(number: BigInt) -> Bool;
}

define_sql_function! {
    /// Appends a seal over the next changes of the log; answers its number.
    fn append_seal(last_number: BigInt, of_sequences: Array<BigInt>, of_hashes: Binary, of_marks: Binary) -> BigInt;
}

define_sql_function! {
    /// Gives a setting of the session, or of the transaction alone, this value.
    fn set_config(name: Text, value: Text, of_transaction: Bool) -> Text;
}
