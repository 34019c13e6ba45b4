//! Parts that were renamed between two revisions: by another name a number would be another, and tell what it protected.

use super::before::{Published, Pushed};
use super::same;
use crate::domain::breakdown::Part;

/// What was published of the same period, its parts by the names that they have now: a part that is gone, and one that is new with
/// just its numbers, are one.
pub(super) fn by_the_names_of(now: &Pushed, one: &Published) -> Published {
    let mut renamed = one.clone();
    if !one.is_about(now.period) {
        return renamed;
    }
    let gone = one.pushed.parts.iter().filter(|part| !has(&now.parts, part));
    let mut new: Vec<&Part> = now.parts.iter().filter(|part| !has(&one.pushed.parts, part)).collect();
    for part in gone {
        let is_it = |other: &&Part| other.dimension == part.dimension && same(&other.figure(), &part.figure());
        let Some(at) = new.iter().position(is_it) else { continue };
        let name = &new.swap_remove(at).category;
        let all = renamed.pushed.parts.iter_mut().chain(&mut renamed.shown_parts);
        all.filter(|one| one.is_of(part)).for_each(|one| one.category = name.clone());
    }
    renamed
}

fn has(parts: &[Part], part: &Part) -> bool {
    parts.iter().any(|one| one.is_of(part))
}
