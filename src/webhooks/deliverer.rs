//! The deliverer: while the service runs, one task of one instance looks who is to be told of something, and serves each endpoint in a
//! task of its own, so that a slow or dead one holds up no other. Whatever it has not recorded when it is killed is done again.

use std::collections::HashMap;
use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use actix_web::web::Data;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::task::JoinHandle;

use super::calling::Line;
use super::{outcome, queueing};
use crate::clock;
use crate::db::reach::Reach;
use crate::db::schema::webhook_endpoints::dsl;
use crate::db::{Author, Connections, Db, DbError, lead};
use crate::domain::outside::Outside;
use crate::resources::webhook_endpoints::secrets;

/// Pause between two looks at the log.
const PAUSE: Duration = Duration::from_millis(250);
/// Pause before the lead is asked for again, and after an error.
const REST: Duration = Duration::from_secs(1);
/// Connections for what is written; none is held during a call.
const CONNECTIONS: u32 = 2;
/// Who gives an endpoint up, in the change log.
const ACTOR: &str = "service:webhooks";

/// Enabled endpoints that do not rest, and have a change before them or a delivery due.
const WORK: &str = "EXISTS (SELECT FROM webhook_standings s WHERE s.endpoint = code AND (s.resting_until IS NULL OR s.resting_until <= ";
const OR_DUE: &str = ") AND (EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint = code AND d.state = 'pending' AND d.next_attempt_at <= ";
const OR_CHANGES: &str = ") OR EXISTS (SELECT FROM changes c WHERE (c.transaction_number, c.sequence) > (s.transaction_number, s.sequence) \
                          AND c.transaction_number < (SELECT end_of_changes()))))";

/// What every endpoint is served with.
struct Deliverer {
    db: Db,
    line: Line,
    base: String,
    author: Author,
}

/// A task that ends when it is no longer held.
struct Serving(JoinHandle<()>);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Delivers while the service runs, or waits until the instance that does so ends. Addresses in messages begin with `base`. Does not end.
pub async fn run(url: String, base: String, outside: Outside) {
    loop {
        let Err(error) = deliver(&url, &base, &outside).await;
        log::warn!("webhooks are not being delivered: {error}");
        tokio::time::sleep(REST).await;
    }
}

async fn deliver(url: &str, base: &str, outside: &Outside) -> Result<Infallible, DbError> {
    let mut connection = lead::take(url, lead::DELIVERER).await?;
    let line = Line::new(outside.clone()).map_err(|error| DbError::Other(error.to_string()))?;
    let db = Db::new(Data::new(Connections::new(url, CONNECTIONS, 0)).into_inner(), Reach::Everywhere);
    let author = Author { actor: ACTOR.to_owned(), request_id: String::new() };
    let deliverer = Rc::new(Deliverer { db, line, base: base.to_owned(), author });
    let mut serving: HashMap<String, Serving> = HashMap::new();
    loop {
        serving.retain(|_, task| !task.0.is_finished());
        for code in with_work(&mut connection).await? {
            serving.entry(code).or_insert_with_key(|code| deliverer.clone().begin(code.clone()));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn with_work(connection: &mut AsyncPgConnection) -> Result<Vec<String>, DbError> {
    let now = clock::now();
    let work = sql::<Bool>(WORK).bind::<Timestamptz, _>(now).sql(OR_DUE).bind::<Timestamptz, _>(now).sql(OR_CHANGES);
    Ok(dsl::webhook_endpoints.filter(dsl::enabled).filter(work).select(dsl::code).load(connection).await?)
}

impl Deliverer {
    fn begin(self: Rc<Self>, code: String) -> Serving {
        Serving(actix_web::rt::spawn(async move {
            if let Err(error) = self.serve(&code).await {
                log::warn!("the webhook endpoint {code} is not being served just now: {error}");
                tokio::time::sleep(REST).await;
            }
        }))
    }

    /// Sends what is due, one after the other, and goes further along the log when nothing is; until there is nothing more to do.
    async fn serve(&self, code: &str) -> Result<(), DbError> {
        loop {
            let due = outcome::due(&*self.db.reading(None).await?, code, clock::now()).await?;
            if let Some(due) = due {
                self.send(&due).await?;
            } else if !self.queue_next(code).await? {
                return Ok(());
            }
        }
    }

    async fn queue_next(&self, code: &str) -> Result<bool, DbError> {
        let queue = async |connection: &mut AsyncPgConnection| {
            queueing::queue_next(connection, code, &self.base, clock::now()).await
        };
        self.db.write(&self.author, queue).await
    }

    async fn send(&self, due: &outcome::Due) -> Result<(), DbError> {
        let endpoint = &due.endpoint;
        let secrets = secrets::signing(&*self.db.reading(None).await?, endpoint.code.as_str(), clock::now()).await?;
        let came = self.line.call(&endpoint.url, &secrets, &due.delivery).await;
        let chance = getrandom::u32().map_err(|error| DbError::Other(error.to_string()))?;
        let record = async |connection: &mut AsyncPgConnection| {
            outcome::record(connection, due, &came, clock::now(), chance).await
        };
        self.db.write(&self.author, record).await
    }
}
