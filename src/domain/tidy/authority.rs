//! Local authorities of England by their official codes, which change, and by the Department for Education's own, which last: so that a
//! row is known by any of them, and one whose codes and name contradict each other is found out.
//!
//! The list is that of the department's screener of data (dfe-published-data-qa, `data/las.csv`, commit bcc7ca5). What it does not know
//! contradicts nothing: authorities come and go, and are spelt differently.

use std::sync::LazyLock;

use super::{TidyFault, wrong};

/// An authority under one of its official codes.
struct Authority {
    code: &'static str,
    /// The department's own code; none for some that ended long ago.
    old: Option<&'static str>,
    name: &'static str,
}

static ALL: LazyLock<Vec<Authority>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut cells = line.split('\t');
        let (code, old, name) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Authority { code, old: Some(old).filter(|old| !old.is_empty()), name })
    };
    include_str!("authorities.tsv").lines().filter_map(read).collect()
});

/// The columns that say of which authority a row is.
pub const COLUMNS: [&str; 3] = ["old_la_code", "new_la_code", "la_name"];

/// What a row of the level `Local authority` says of its place; an empty text where it says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The department's own code.
    pub old: &'a str,
    /// The official code.
    pub new: &'a str,
    /// The name.
    pub name: &'a str,
}

fn of_code(code: &str) -> Option<&'static Authority> {
    ALL.iter().find(|one| one.code == code)
}

/// The department's codes of all that have, or had, this name.
fn of_name(name: &str) -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(move |one| one.name.eq_ignore_ascii_case(name)).filter_map(|one| one.old)
}

/// The one authority of this name, if there is one.
fn only_of_name(name: &str) -> Option<&'static str> {
    let first = of_name(name).next()?;
    of_name(name).all(|other| other == first).then_some(first)
}

impl Said<'_> {
    fn cell(&self, column: &str) -> &str {
        match column {
            "old_la_code" => self.old,
            "new_la_code" => self.new,
            _ => self.name,
        }
    }

    /// The department's code of the authority that the row is about, by whatever tells it.
    fn authority(&self) -> Option<&str> {
        let own = Some(self.old).filter(|old| !old.is_empty());
        own.or_else(|| of_code(self.new)?.old).or_else(|| only_of_name(self.name))
    }

    /// Whether anything that the row says of its place says that it is this one.
    fn names(&self, authority: &str) -> bool {
        let by_code = of_code(self.new).and_then(|one| one.old);
        self.old == authority || by_code == Some(authority) || of_name(self.name).any(|old| old == authority)
    }

    /// What of it contradicts the rest.
    fn contradiction(&self) -> Option<TidyFault> {
        let found = |column, detail| Some(wrong(column, "geography_mismatch", detail));
        let by_code = of_code(self.new).and_then(|one| Some((one, one.old?)));
        if let Some((one, old)) = by_code.filter(|(_, old)| !self.old.is_empty() && *old != self.old) {
            let detail = format!(
                "`{}` is {}, whose `old_la_code` is {old}, and the row has `{}`: correct whichever is wrong.",
                self.new, one.name, self.old
            );
            return found("old_la_code", detail);
        }
        let code = Some(self.old).filter(|old| !old.is_empty()).or(by_code.map(|(_, old)| old))?;
        let mut named = of_name(self.name).peekable();
        if named.peek().is_none() || named.any(|old| old == code) {
            return None;
        }
        let told = if self.old.is_empty() { self.new } else { self.old };
        let detail = format!(
            "`{}` has the `old_la_code` {}, and the row has the code `{told}`: correct whichever is wrong.",
            self.name,
            of_name(self.name).next().unwrap_or_default()
        );
        found("la_name", detail)
    }
}

/// Whether a row is of the place that is wanted: by the columns in `wanted`, and where one of these is empty, by what else the row says.
///
/// # Errors
/// Where the row contradicts itself and may be the one that is meant, and where it cannot be told.
pub fn meant<'a>(said: Said<'_>, wanted: impl Iterator<Item = (&'a str, &'a str)>) -> Result<bool, TidyFault> {
    let (mut fits, mut may_be) = (true, false);
    for (column, wanted) in wanted {
        let cell = said.cell(column);
        let authority = match column {
            "old_la_code" => Some(wanted),
            "new_la_code" => of_code(wanted).and_then(|one| one.old),
            _ => only_of_name(wanted),
        };
        may_be |= authority.is_some_and(|authority| said.names(authority));
        fits &= match (cell.is_empty(), authority, said.authority()) {
            (false, ..) => cell == wanted,
            (true, Some(authority), Some(own)) => authority == own,
            // A symbol says that there is no code; a code that is not known may be a new one of the authority that is meant.
            (true, ..) if !is_official(said.new) && authority.is_some_and(known) => false,
            (true, ..) => return Err(untold(column, wanted)),
        };
    }
    match said.contradiction() {
        Some(fault) if fits || may_be => Err(fault),
        _ => Ok(fits),
    }
}

fn known(old: &str) -> bool {
    ALL.iter().any(|one| one.old == Some(old))
}

/// Whether a text has the form of an official code (Office for National Statistics, GSS coding): a letter and eight digits.
fn is_official(code: &str) -> bool {
    code.len() == 9 && code.starts_with('E') && code.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

fn untold(column: &str, wanted: &str) -> TidyFault {
    let named = COLUMNS.into_iter().find(|one| *one == column).unwrap_or("old_la_code");
    let detail = format!(
        "`{named}` is empty, and by what else the row says of its place it cannot be told whether it is `{wanted}`, which is meant: fill it."
    );
    wrong(named, "geography_missing", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(row: (&str, &str, &str), wanted: &[(&str, &str)]) -> Result<bool, (&'static str, &'static str)> {
        let said = Said { old: row.0, new: row.1, name: row.2 };
        meant(said, wanted.iter().copied()).map_err(|fault| (fault.column, fault.code))
    }

    #[test]
    fn a_row_is_known_by_whatever_says_its_place() {
        let sheffield = [("old_la_code", "373")];
        for (row, outcome) in [
            (("373", "E08000019", "Sheffield"), Ok(true)),
            (("373", "", ""), Ok(true)),
            // Both codes that it has had.
            (("", "E08000019", "Sheffield"), Ok(true)),
            (("", "E08000039", "Sheffield"), Ok(true)),
            (("", "", "sheffield"), Ok(true)),
            (("382", "E08000034", "Kirklees"), Ok(false)),
            (("", "E08000034", "Kirklees"), Ok(false)),
            (("", "z", "Outside of England and unknown"), Ok(false)),
            // Perhaps a new code of ours, and perhaps another's.
            (("", "E08000099", "Hallamshire"), Err(("old_la_code", "geography_missing"))),
            // Contradictions: only those that may be about the place meant.
            (("373", "E08000034", "Kirklees"), Err(("old_la_code", "geography_mismatch"))),
            (("382", "E08000019", "Sheffield"), Err(("old_la_code", "geography_mismatch"))),
            (("373", "", "Leeds"), Err(("la_name", "geography_mismatch"))),
            (("", "E08000034", "Sheffield"), Err(("la_name", "geography_mismatch"))),
            (("204", "E09000022", "Lambeth"), Ok(false)),
            // What the list does not know contradicts nothing.
            (("373", "E08000019", "Sheffield City Council"), Ok(true)),
            (("373", "E08000099", "Sheffield"), Ok(true)),
        ] {
            assert_eq!(found(row, &sheffield), outcome, "{row:?}");
        }
    }

    #[test]
    fn it_is_known_by_the_column_that_a_mapping_names() {
        for (row, wanted, outcome) in [
            (("373", "", ""), ("new_la_code", "E08000019"), Ok(true)),
            (("373", "E08000039", "Sheffield"), ("new_la_code", "E08000019"), Ok(false)),
            (("373", "E08000019", ""), ("la_name", "Sheffield"), Ok(true)),
            (("", "E09000012", "Hackney"), ("old_la_code", "999"), Ok(false)),
            (("", "E09000099", "Hackney Wick"), ("old_la_code", "999"), Err(("old_la_code", "geography_missing"))),
        ] {
            assert_eq!(found(row, &[wanted]), outcome, "{row:?} {wanted:?}");
        }
        // Without a place that is wanted every row is meant.
        assert_eq!(found(("E09000012", "E09000012", "Hackney"), &[]), Err(("old_la_code", "geography_mismatch")));
        assert_eq!(found(("835", "E10000009", "Dorset"), &[]), Ok(true));
        assert_eq!(found(("838", "E06000059", "Dorset"), &[]), Ok(true));
    }

    #[test]
    fn the_list_is_read_whole() {
        assert_eq!(ALL.len(), include_str!("authorities.tsv").lines().count());
        assert!(ALL.iter().all(|one| is_official(one.code) && !one.name.is_empty()));
    }
}
