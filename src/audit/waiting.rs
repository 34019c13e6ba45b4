//! Callers who wait: for the next change, or for news of an import. For those who wait for changes one task of the process asks the
//! database, and only while there are any: so who waits holds no connection, and hears of changes that other instances made.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix_web::http::header;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::store;
use crate::db::{DbError, session};
use crate::http::problem::Problem;
use crate::http::problems;

/// Most seconds that a caller can wait.
pub const LONGEST: u8 = 60;
/// Pause between two looks at the log.
const PAUSE: Duration = Duration::from_millis(250);
/// How long the connection is kept for the next caller who waits.
const KEPT: Duration = Duration::from_secs(60);
/// Pause after an error.
const REST: Duration = Duration::from_secs(1);
/// Seconds after which a caller who was refused may try again.
const AGAIN: &str = "1";

/// Those who wait, of all workers of the process.
pub struct Waiting {
    most: usize,
    taken: Arc<AtomicUsize>,
    /// Those who follow imports: nobody has to look at the log for them.
    following: Arc<AtomicUsize>,
    somebody: Notify,
    /// Counts what was new; none once the service ends.
    news: RwLock<Option<watch::Sender<u64>>>,
}

/// One who waits.
pub struct Waiter {
    news: watch::Receiver<u64>,
    until: Instant,
    _place: Place,
}

/// One who follows something else until the service stops.
pub struct Follower {
    news: watch::Receiver<u64>,
    _place: Place,
}

/// A place that is taken until this is dropped.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Waiting {
    /// At most so many.
    pub fn new(most: usize) -> Self {
        let (news, _) = watch::channel(0);
        Self {
            most,
            taken: Arc::default(),
            following: Arc::default(),
            somebody: Notify::new(),
            news: RwLock::new(Some(news)),
        }
    }

    /// Begins to wait, for so many seconds at most. What is new from now on ends it, so the log is read after this, not before.
    ///
    /// # Errors
    /// `overloaded` when as many wait as may.
    pub fn join(&self, seconds: u8) -> Result<Waiter, Problem> {
        let place = self.place(&self.taken, "for changes")?;
        let until = Instant::now() + Duration::from_secs(u64::from(seconds));
        let news = self.subscribed();
        self.somebody.notify_one();
        Ok(Waiter { news, until, _place: place })
    }

    /// Begins to follow something that is no change of the log, for as long as it goes on.
    ///
    /// # Errors
    /// `overloaded` when as many follow as may wait.
    pub fn stay(&self) -> Result<Follower, Problem> {
        Ok(Follower { _place: self.place(&self.following, "for the end of imports")?, news: self.subscribed() })
    }

    fn place(&self, taken: &Arc<AtomicUsize>, what: &str) -> Result<Place, Problem> {
        let place = Place(taken.clone());
        if taken.fetch_add(1, Ordering::Relaxed) < self.most {
            return Ok(place);
        }
        let detail = format!("{} callers wait {what}, as many as the service lets wait at one time.", self.most);
        Err(Problem::new(problems::OVERLOADED, detail).header(header::RETRY_AFTER, AGAIN))
    }

    fn subscribed(&self) -> watch::Receiver<u64> {
        let news = self.news.read().unwrap_or_else(PoisonError::into_inner);
        news.as_ref().map_or_else(|| watch::channel(0).1, watch::Sender::subscribe)
    }

    /// Ends all waiting, now and from now on: the service stops.
    pub fn end(&self) {
        self.news.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn tell(&self) {
        if let Some(news) = self.news.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            news.send_modify(|count| *count += 1);
        }
    }

    fn anybody(&self) -> bool {
        self.taken.load(Ordering::Relaxed) > 0
    }
}

impl Waiter {
    /// Waits until something is new; false when the time is up or the service stops.
    pub async fn hears(&mut self) -> bool {
        matches!(timeout_at(self.until, self.news.changed()).await, Ok(Ok(())))
    }
}

impl Follower {
    /// Pauses; false when the service stops meanwhile.
    pub async fn pauses(&mut self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        loop {
            match timeout_at(until, self.news.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return false,
                Err(_) => return true,
            }
        }
    }
}

/// Looks for those who wait while the service runs. Does not end.
pub async fn watch_log(waiting: &Waiting, url: &str) {
    loop {
        waiting.somebody.notified().await;
        if let Err(error) = look(waiting, url).await {
            log::warn!("who waits for changes does not hear of them: {error}");
            sleep(REST).await;
            waiting.somebody.notify_one();
        }
    }
}

/// Looks until nobody has waited for a while.
async fn look(waiting: &Waiting, url: &str) -> Result<(), DbError> {
    let connection = session::connect(url).await?;
    let mut known = None;
    loop {
        while waiting.anybody() {
            let newest = store::newest(&connection).await?;
            if known.replace(newest) != Some(newest) {
                waiting.tell();
            }
            sleep(PAUSE).await;
        }
        if timeout(KEPT, waiting.somebody.notified()).await.is_err() {
            return Ok(());
        }
    }
}
