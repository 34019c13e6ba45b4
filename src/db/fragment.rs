//! Pieces of SQL of our own in queries. Statements with them are prepared once and kept, whereas `diesel::dsl::sql` has
//! every statement that it stands in prepared anew.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::Bool;

/// Lets a type that writes its own SQL stand in queries as an expression of an SQL type.
#[macro_export]
macro_rules! fragment {
    ($name:ty, $sql_type:ty) => {
        impl diesel::expression::Expression for $name {
            type SqlType = $sql_type;
        }

        impl<T> diesel::AppearsOnTable<T> for $name {}
        impl<T> diesel::SelectableExpression<T> for $name {}

        impl diesel::expression::ValidGrouping<()> for $name {
            type IsAggregate = diesel::expression::is_aggregate::No;
        }

        // No static id: the text differs from value to value, and diesel then keeps the statement by its text.
        impl diesel::query_builder::QueryId for $name {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }
    };
}

/// A condition whose text is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Fixed(pub &'static str);

fragment!(Fixed, Bool);

impl QueryFragment<Pg> for Fixed {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}
