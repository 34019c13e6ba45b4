//! The version of the data that the feed is made from: it differs after every write, also one of another instance, also one that
//! commits after a later one.
//!
//! It is the newest change that every transaction before it is over for, and how many changes have been committed after that. A
//! write adds a change, so one or the other grows: the first only ever grows, and while it stays the second does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::sync::oneshot;

use crate::audit::store::{Place, SETTLED};
use crate::bi::shown::ShownVersion;
use crate::db::reach::Eyes;
use crate::db::replica::{self, Written};
use crate::db::{Connections, DbError};

/// A version of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct DataVersion {
    transaction_number: i64,
    sequence: i64,
    unsettled: i64,
    /// When the newest change of all was begun.
    pub changed_at: Option<DateTime<Utc>>,
}

impl DataVersion {
    /// The place in the change log up to which everything is known.
    pub const fn place(&self) -> Place {
        Place { transaction_number: self.transaction_number, sequence: self.sequence }
    }

    /// The version as a text.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.transaction_number, self.sequence, self.unsettled)
    }
}

/// The statement; both parts are looked up in the index of the log's order.
#[derive(Debug, QueryId)]
struct Newest;

impl Query for Newest {
    type SqlType = (BigInt, BigInt, BigInt, Nullable<Timestamptz>);
}

impl QueryFragment<diesel::pg::Pg> for Newest {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql("SELECT coalesce(s.transaction_number, 0), coalesce(s.sequence, 0), u.unsettled, greatest(s.changed_at, u.changed_at) FROM (");
        out.push_sql("SELECT count(*) AS unsettled, max(changed_at) AS changed_at FROM changes WHERE NOT ");
        out.push_sql(SETTLED);
        out.push_sql(") u LEFT JOIN LATERAL (SELECT transaction_number, sequence, changed_at FROM changes WHERE ");
        out.push_sql(SETTLED);
        out.push_sql(" ORDER BY transaction_number DESC, sequence DESC LIMIT 1) s ON true");
        Ok(())
    }
}

type Waiting = oneshot::Sender<Result<DataVersion, DbError>>;

/// Asks for the version on behalf of one worker's requests: all that have come while one question was under way share the next. So
/// each is told of a moment after it came, however many they are.
#[derive(Clone)]
pub struct Versions(Rc<State>);

struct State {
    connections: Arc<Connections>,
    waiting: RefCell<Vec<Waiting>>,
    asking: Cell<bool>,
    shown: RefCell<HashMap<&'static str, (DataVersion, ShownVersion)>>,
    written: Cell<Option<(DataVersion, Written)>>,
}

impl Versions {
    /// For the worker with these connections.
    pub fn new(connections: Arc<Connections>) -> Self {
        Self(Rc::new(State {
            connections,
            waiting: RefCell::default(),
            asking: Cell::new(false),
            shown: RefCell::default(),
            written: Cell::new(None),
        }))
    }

    /// What is shown of this version to these eyes, if that was asked before.
    pub fn shown(&self, of: DataVersion, eyes: Eyes) -> Option<ShownVersion> {
        self.0.shown.borrow().get(eyes.word()).filter(|(known, _)| *known == of).map(|(_, shown)| shown.clone())
    }

    /// Notes it. It was read after the version: while that is still the newest, nothing has been written since.
    pub fn note_shown(&self, of: DataVersion, eyes: Eyes, shown: ShownVersion) {
        self.0.shown.borrow_mut().insert(eyes.word(), (of, shown));
    }

    /// How far the database had written when this version was first told, if it is still the newest and there is a standby.
    pub fn written(&self, of: DataVersion) -> Option<Written> {
        self.0.written.get().filter(|(known, _)| *known == of).map(|(_, written)| written)
    }

    /// The version at a moment after this call.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn now(&self) -> Result<DataVersion, DbError> {
        let (tell, told) = oneshot::channel();
        self.0.waiting.borrow_mut().push(tell);
        if !self.0.asking.replace(true) {
            actix_web::rt::spawn(Rc::clone(&self.0).ask());
        }
        told.await.unwrap_or_else(|_| Err(DbError::Unavailable("nobody told the version".to_owned())))
    }
}

impl State {
    async fn ask(self: Rc<Self>) {
        loop {
            let asked = std::mem::take(&mut *self.waiting.borrow_mut());
            if asked.is_empty() {
                break;
            }
            let version = self.newest().await;
            for one in asked {
                // Whoever went away need not be told.
                drop(one.send(version.clone()));
            }
        }
        self.asking.set(false);
    }

    async fn newest(&self) -> Result<DataVersion, DbError> {
        let reader = self.connections.reader().await?;
        let mut connection: &AsyncPgConnection = &reader;
        let version: DataVersion = Newest.get_result(&mut connection).await?;
        // Asked once, after the version was: what belongs to it was written before.
        if self.connections.has_replica() && self.written.get().is_none_or(|(known, _)| known != version) {
            self.written.set(Some((version, replica::written(&reader).await?)));
        }
        Ok(version)
    }
}
