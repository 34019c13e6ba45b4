//! The version of the data that the feed is made from: it differs after every write, also one of another instance, also one that
//! commits after a later one.
//!
//! It is the newest change that every transaction before it is over for, and how many changes have been committed after that. A
//! write adds a change, so one or the other grows: the first only ever grows, and while it stays the second does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::sync::oneshot;

use crate::audit::store::{Place, SETTLED};
use crate::bi::shown::ShownVersion;
use crate::db::reach::Eyes;
use crate::db::replica::{self, Written};
use crate::db::schema::measures;
use crate::db::{Connections, DbError};
use crate::domain::terms::MeasureStatus;

/// A version of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct DataVersion {
    transaction_number: i64,
    sequence: i64,
    unsettled: i64,
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

/// The newest version at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The version.
    pub version: DataVersion,
    /// The first whole second after it was first seen, once that has begun.
    pub modified: Option<DateTime<Utc>>,
}

/// The newest version, and when it was first seen by any worker, by the database's clock.
#[derive(Default)]
pub struct FirstSeen(Mutex<Option<(DataVersion, DateTime<Utc>)>>);

impl FirstSeen {
    /// When a version that is the newest at this moment was first seen.
    fn seen(&self, version: DataVersion, at: DateTime<Utc>) -> DateTime<Utc> {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *first {
            Some((known, since)) if known == version => since,
            // Somebody has seen a later one meanwhile.
            Some((_, since)) if since > at => at,
            _ => first.insert((version, at)).1,
        }
    }
}

/// The instant by which a version that was first seen then can be told from every other, though told to the second: none other is
/// the newest one once that second is there. Until then there is none.
fn modified(first_seen: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let whole = first_seen.trunc_subsecs(0) + TimeDelta::seconds(1);
    (now >= whole).then_some(whole)
}

/// The statement; both parts are looked up in the index of the log's order.
#[derive(Debug, QueryId)]
struct Newest;

impl Query for Newest {
    type SqlType = ((BigInt, BigInt, BigInt), Timestamptz, Timestamptz);
}

impl QueryFragment<diesel::pg::Pg> for Newest {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql("SELECT coalesce(s.transaction_number, 0), coalesce(s.sequence, 0), u.unsettled, statement_timestamp(), clock_timestamp() FROM (");
        out.push_sql("SELECT count(*) AS unsettled FROM changes WHERE NOT ");
        out.push_sql(SETTLED);
        out.push_sql(") u LEFT JOIN LATERAL (SELECT transaction_number, sequence FROM changes WHERE ");
        out.push_sql(SETTLED);
        out.push_sql(" ORDER BY transaction_number DESC, sequence DESC LIMIT 1) s ON true");
        Ok(())
    }
}

type Waiting = oneshot::Sender<Result<Look, DbError>>;

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
    first_seen: Arc<FirstSeen>,
    retired: Cell<Option<(DataVersion, bool)>>,
}

impl Versions {
    /// For the worker with these connections.
    pub fn new(connections: Arc<Connections>, first_seen: Arc<FirstSeen>) -> Self {
        Self(Rc::new(State {
            connections,
            waiting: RefCell::default(),
            asking: Cell::new(false),
            shown: RefCell::default(),
            written: Cell::new(None),
            first_seen,
            retired: Cell::new(None),
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

    /// Whether any measure is retired, as of this version or a later one; asked once for each.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn retire_any(&self, of: DataVersion) -> Result<bool, DbError> {
        if let Some((_, any)) = self.0.retired.get().filter(|(known, _)| *known == of) {
            return Ok(any);
        }
        let reader = self.0.connections.reader().await?;
        let mut connection: &AsyncPgConnection = &reader;
        let retired = measures::table.filter(measures::status.eq(MeasureStatus::Retired));
        let any = diesel::select(exists(retired)).get_result(&mut connection).await?;
        self.0.retired.set(Some((of, any)));
        Ok(any)
    }

    /// The version at a moment after this call.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn now(&self) -> Result<Look, DbError> {
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

    async fn newest(&self) -> Result<Look, DbError> {
        let reader = self.connections.reader().await?;
        let mut connection: &AsyncPgConnection = &reader;
        // It was the newest at an instant between these two.
        let (version, before, after): (DataVersion, DateTime<Utc>, DateTime<Utc>) =
            Newest.get_result(&mut connection).await?;
        // Asked once, after the version was: what belongs to it was written before.
        if self.connections.has_replica() && self.written.get().is_none_or(|(known, _)| known != version) {
            self.written.set(Some((version, replica::written(&reader).await?)));
        }
        Ok(Look { version, modified: modified(self.first_seen.seen(version, after), before) })
    }
}
