//! The read connection of one worker: shared by its requests, watched, and replaced when it breaks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use diesel_async::AsyncPgConnection;
use tokio::sync::Mutex;
use tokio_postgres::NoTls;

use super::error::DbError;

/// A connection that many requests of one worker use at once. For single statements only, never a transaction.
pub type Shared = Rc<AsyncPgConnection>;

/// Keeps the connection.
pub struct Reader {
    url: String,
    current: RefCell<Option<Live>>,
    connecting: Mutex<()>,
}

struct Live {
    connection: Shared,
    ended: Rc<Cell<bool>>,
}

impl Reader {
    /// Connects when first asked.
    pub fn new(url: String) -> Self {
        Self { url, current: RefCell::new(None), connecting: Mutex::new(()) }
    }

    /// The live connection, made anew if the last one broke.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the database cannot be reached.
    pub async fn connection(&self) -> Result<Shared, DbError> {
        if let Some(live) = self.live() {
            return Ok(live);
        }
        // One request connects; those that come meanwhile wait for it.
        let _turn = self.connecting.lock().await;
        if let Some(live) = self.live() {
            return Ok(live);
        }
        let live = connect(&self.url).await?;
        let connection = Rc::clone(&live.connection);
        self.current.replace(Some(live));
        Ok(connection)
    }

    fn live(&self) -> Option<Shared> {
        self.current.borrow().as_ref().filter(|live| !live.ended.get()).map(|live| Rc::clone(&live.connection))
    }
}

/// Connects, and notes when the connection ends, however it ends.
async fn connect(url: &str) -> Result<Live, DbError> {
    let away = |error: &dyn std::fmt::Display| DbError::Unavailable(error.to_string());
    let (client, driver) = tokio_postgres::connect(url, NoTls).await.map_err(|error| DbError::from(&error))?;
    let ended = Rc::new(Cell::new(false));
    let note = Rc::clone(&ended);
    actix_web::rt::spawn(async move {
        if let Err(error) = driver.await {
            log::warn!("the read connection ended: {error}");
        }
        note.set(true);
    });
    let connection = Rc::new(AsyncPgConnection::try_from(client).await.map_err(|error| away(&error))?);
    Ok(Live { connection, ended })
}
