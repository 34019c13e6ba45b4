//! Rows of a published file that its mapping passes over. A file of which it takes none is not the one that was meant, or the mapping is
//! wrong: that is said, with what was looked for and what stands there.

use std::collections::{BTreeMap, BTreeSet};

use super::split::unreadable;
use super::tidy::Tidy;
use crate::http::problem::Problem;
use crate::http::schema::shorten;

/// Most values of a column that are told.
const TOLD: usize = 5;

/// What was passed over, as long as no row was taken.
#[derive(Clone, Debug, Default)]
pub struct Passed {
    taken: bool,
    rows: u64,
    /// What stands in the columns that the mapping looks at.
    seen: BTreeMap<String, BTreeSet<String>>,
}

impl Passed {
    /// Notes that a row was taken.
    pub fn take(&mut self) {
        self.taken = true;
        self.seen.clear();
    }

    /// Notes a row that was passed over.
    pub fn pass(&mut self, tidy: &Tidy, cells: &[String]) {
        if self.taken {
            return;
        }
        self.rows += 1;
        for (column, _) in tidy.measures().iter().flat_map(|one| tidy.wanted(one)) {
            let seen = self.seen.entry(column.to_owned()).or_default();
            // One more than are told, so that it is known that there are more.
            if seen.len() <= TOLD {
                seen.insert(shorten(tidy.cell(cells, column)));
            }
        }
    }

    /// Refuses a content that had rows, of which none was taken.
    ///
    /// # Errors
    /// `import_unreadable`, with what was looked for and what there is.
    pub fn ended(&self, tidy: &Tidy) -> Result<(), Problem> {
        if self.taken || self.rows == 0 {
            return Ok(());
        }
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (column, value) in tidy.measures().iter().flat_map(|one| tidy.wanted(one)) {
            wanted.entry(column).or_default().insert(value);
        }
        let column = |(column, wanted): (&str, BTreeSet<&str>)| {
            let seen = self.seen.get(column).into_iter().flatten().map(String::as_str);
            format!("`{column}` is to be {}, and is {}", listed(wanted.into_iter()), listed(seen))
        };
        let columns: Vec<String> = wanted.into_iter().map(column).collect();
        let detail = format!(
            "The file has {} rows, of which the mapping `{}` takes none: {}.",
            self.rows,
            tidy.mapping(),
            columns.join("; ")
        );
        Err(unreadable("no_row_meant", detail))
    }
}

fn listed<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> =
        values.map(|value| if value.is_empty() { "empty".to_owned() } else { format!("`{value}`") }).collect();
    let more = if all.len() > TOLD { " and others" } else { "" };
    format!("{}{more}", all.into_iter().take(TOLD).collect::<Vec<_>>().join(", "))
}
