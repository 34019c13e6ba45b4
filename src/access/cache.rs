//! Keys that were seen lately, so that a request does not cost a look-up. A revocation elsewhere is seen within a second.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::known_key::KnownKey;

/// How long a key is believed without asking again.
const BELIEVED: Duration = Duration::from_secs(1);
/// Seconds for which a use of a key need not be noted again.
const NOTED: i64 = 60;

/// A key that was read, when, and when its use was last noted (in seconds since 1970).
#[derive(Clone)]
pub struct Seen {
    /// The key.
    pub key: Arc<KnownKey>,
    read: Instant,
    noted: Arc<AtomicI64>,
}

impl Seen {
    /// Whether this use is to be noted: the first in a minute. Asked twice, only the first is told so.
    pub fn to_be_noted(&self, now: DateTime<Utc>) -> bool {
        let (now, noted) = (now.timestamp(), self.noted.load(Ordering::Relaxed));
        let due = now >= noted.saturating_add(NOTED);
        due && self.noted.compare_exchange(noted, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// Cache of keys by hash; shared by all workers. Unknown keys are never kept, so callers cannot fill it.
#[derive(Default)]
pub struct KeyCache(RwLock<HashMap<[u8; 32], Seen>>);

impl KeyCache {
    /// The key, if it was read within the last second.
    pub fn get(&self, hash: &[u8; 32]) -> Option<Seen> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(hash).filter(|seen| seen.read.elapsed() < BELIEVED).cloned()
    }

    /// Keeps a key that was just read.
    pub fn put(&self, hash: [u8; 32], key: Arc<KnownKey>) -> Seen {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let noted = keys.get(&hash).map(|seen| Arc::clone(&seen.noted)).unwrap_or_default();
        let seen = Seen { key, read: Instant::now(), noted };
        keys.insert(hash, seen.clone());
        seen
    }

    /// Reads every key anew when it is next seen: after a change made here.
    pub fn clear(&self) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(long_ago) = Instant::now().checked_sub(BELIEVED) {
            keys.values_mut().for_each(|seen| seen.read = long_ago);
        } else {
            keys.clear();
        }
    }
}
