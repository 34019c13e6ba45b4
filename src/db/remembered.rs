//! A statement whose text is written once and remembered: writing out the columns of a wide table for each request, only
//! to find the prepared statement again, costs more than finding it.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;

use diesel::QueryResult;
use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};

thread_local! {
    /// Texts by the type of their statement; as many as the program has such types.
    static TEXTS: RefCell<HashMap<TypeId, String>> = RefCell::new(HashMap::new());
}

/// A whole statement, of which diesel knows that its type alone decides its text.
#[derive(Clone, Copy, Debug)]
pub struct Remembered<Q>(pub Q);

impl<Q: Query> Query for Remembered<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: QueryId> QueryId for Remembered<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: QueryFragment<Pg> + QueryId> QueryFragment<Pg> for Remembered<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn to_sql(&self, out: &mut PgQueryBuilder, backend: &Pg) -> QueryResult<()> {
        let Some(id) = Q::query_id() else {
            return self.0.to_sql(out, backend);
        };
        TEXTS.with_borrow_mut(|texts| {
            if let Some(text) = texts.get(&id) {
                out.push_sql(text);
                return Ok(());
            }
            let mut written = PgQueryBuilder::default();
            self.0.to_sql(&mut written, backend)?;
            let text = written.finish();
            out.push_sql(&text);
            texts.insert(id, text);
            Ok(())
        })
    }

    fn is_safe_to_cache_prepared(&self, backend: &Pg) -> QueryResult<bool> {
        // Its type alone decides the text, so there is one statement to keep.
        if Self::HAS_STATIC_QUERY_ID { Ok(true) } else { self.0.is_safe_to_cache_prepared(backend) }
    }
}
