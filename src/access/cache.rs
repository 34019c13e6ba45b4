//! Keys that were seen lately, so that a request does not cost a look-up. A revocation elsewhere is seen within a second.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::body::Key;

/// How long a key is believed without asking again.
const BELIEVED: Duration = Duration::from_secs(1);

/// A key, and when it was read.
type Seen = (Arc<Key>, Instant);

/// Cache of keys by hash; shared by all workers. Unknown keys are never kept, so callers cannot fill it.
#[derive(Debug, Default)]
pub struct KeyCache(RwLock<HashMap<[u8; 32], Seen>>);

impl KeyCache {
    /// The key, if it was read within the last second.
    pub fn get(&self, hash: &[u8; 32]) -> Option<Arc<Key>> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(hash).filter(|(_, read)| read.elapsed() < BELIEVED).map(|(key, _)| Arc::clone(key))
    }

    /// Keeps a key that was just read.
    pub fn put(&self, hash: [u8; 32], key: Arc<Key>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(hash, (key, Instant::now()));
    }

    /// Forgets all keys: after a change made here.
    pub fn clear(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
