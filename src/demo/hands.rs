//! Several hands at once: rows that do not wait for one another are sent side by side.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{DemoError, Loaded};

/// Requests in flight at one time.
pub(super) const HANDS: usize = 4;

/// Does `work` for every item and counts where it made something; the first error ends it.
pub(super) fn each<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<bool, DemoError> + Sync,
) -> Result<Loaded, DemoError> {
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut done = Loaded::default();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            match work(item) {
                Ok(true) => done.made += 1,
                Ok(false) => done.left += 1,
                Err(error) => {
                    next.store(items.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(done)
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS).map(|_| scope.spawn(hand)).collect();
        let done = hands.into_iter().map(|hand| hand.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
        done.sum()
    })
}

#[cfg(test)]
mod tests {
    use super::super::data::Place;
    use super::*;

    #[test]
    fn every_item_is_done_once_and_an_error_ends_it() {
        let items: Vec<usize> = (0..100).collect();
        let sum = AtomicUsize::new(0);
        let work = |item: &usize| {
            sum.fetch_add(*item, Ordering::Relaxed);
            Ok(item.is_multiple_of(4))
        };
        assert!(matches!(each(&items, work), Ok(Loaded { made: 25, left: 75 })));
        assert_eq!(sum.into_inner(), 4950);
        let place = Place { file: "a file", row: 7 };
        let stopped = each(&items, |item| if *item == 50 { Err(place.wrong("a fault")) } else { Ok(true) });
        let told = stopped.map_err(|error| error.to_string());
        assert_eq!(told, Err("the demonstration's data, a file, row 7: a fault".to_owned()));
    }
}
