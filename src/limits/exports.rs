//! Whole feeds that are being written: how many at one time, and how many of them for one caller, so that nobody who pulls
//! everything in parallel keeps all others out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Those in hand, by the name of the caller.
type Taken = HashMap<String, usize>;

/// So many at one time.
#[derive(Debug)]
pub struct Exports {
    most: usize,
    taken: Arc<Mutex<Taken>>,
}

/// The place of one, free again when this is dropped.
#[derive(Debug)]
pub struct Export {
    caller: String,
    taken: Arc<Mutex<Taken>>,
}

/// Why there is no place: so many are in hand already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// Of all callers.
    All(usize),
    /// Of this caller.
    Own(usize),
}

/// How many of so many one caller may have: half, and one at the least.
pub const fn of_one_caller(most: usize) -> usize {
    most.div_ceil(2)
}

impl Exports {
    /// So many, none of them taken.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// A place for one more of this caller.
    ///
    /// # Errors
    /// [`Full`] when there is none.
    pub fn take(&self, caller: &str) -> Result<Export, Full> {
        let mut taken = look(&self.taken);
        if taken.values().sum::<usize>() >= self.most {
            return Err(Full::All(self.most));
        }
        let own = taken.entry(caller.to_owned()).or_default();
        if *own >= of_one_caller(self.most) {
            return Err(Full::Own(*own));
        }
        *own += 1;
        Ok(Export { caller: caller.to_owned(), taken: Arc::clone(&self.taken) })
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        let mut taken = look(&self.taken);
        let left = taken.get(&self.caller).map_or(0, |own| own.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.caller);
        } else {
            taken.insert(std::mem::take(&mut self.caller), left);
        }
    }
}

/// Counts are whole at every moment, also after a panic elsewhere.
fn look(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_caller_has_at_most_half_and_all_together_no_more_than_there_are() -> Result<(), Full> {
        let exports = Exports::new(4);
        let (first, _second) = (exports.take("a")?, exports.take("a")?);
        assert_eq!(exports.take("a").err(), Some(Full::Own(2)));
        let (_third, _fourth) = (exports.take("b")?, exports.take("c")?);
        assert_eq!(exports.take("d").err(), Some(Full::All(4)));
        drop(first);
        let _again = exports.take("a")?;
        assert_eq!(exports.take("d").err(), Some(Full::All(4)));
        Ok(())
    }

    #[test]
    fn who_has_none_left_is_forgotten() -> Result<(), Full> {
        let exports = Exports::new(1);
        drop(exports.take("a")?);
        assert!(look(&exports.taken).is_empty());
        exports.take("b").map(|_| ())
    }
}
