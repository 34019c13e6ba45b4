//! The chase list: who owes which figure of a quarter, how late, and what is excused.

mod body;
pub mod handlers;
