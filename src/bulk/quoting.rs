//! Text behind the quotation mark that closes a cell of CSV. Readers glue it on, so that `"6"1` would become the figure 61: the row is
//! refused instead.

use super::row::RowFault;
use super::split::Record;
use crate::http::schema::shorten;

/// Text behind a closing quotation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextAfter {
    /// Place of the cell in its row, from 0.
    pub column: usize,
    /// Line breaks before it within the row.
    pub breaks: u32,
    /// The cell as it stands there, with its marks.
    pub cell: String,
}

/// Where in a cell one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Beginning,
    Bare,
    Quoted,
    /// Right behind a mark, which closed the cell unless it is doubled.
    Closed,
    /// Behind spaces after that mark.
    Spaces,
}

/// The first text of this record that stands behind a closing quotation mark; spaces there are none.
pub fn text_after(record: &str) -> Option<TextAfter> {
    let (mut at, mut column, mut begin, mut breaks, mut found) = (At::Beginning, 0, 0, 0, None);
    for (place, character) in record.char_indices() {
        if character == ',' && at != At::Quoted {
            if found.is_some() {
                return found.map(|breaks| told(record, column, begin, place, breaks));
            }
            (at, column, begin) = (At::Beginning, column + 1, place + 1);
            continue;
        }
        breaks += u32::from(character == '\n');
        at = match (at, character) {
            (At::Beginning | At::Closed, '"') => At::Quoted,
            (At::Quoted, '"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Closed | At::Spaces, other) if other.is_whitespace() => At::Spaces,
            (At::Closed | At::Spaces, _) => {
                found = Some(breaks);
                At::Bare
            }
            (At::Beginning | At::Bare, _) => At::Bare,
        };
    }
    found.map(|breaks| told(record, column, begin, record.len(), breaks))
}

fn told(record: &str, column: usize, begin: usize, end: usize, breaks: u32) -> TextAfter {
    TextAfter { column, breaks, cell: record.get(begin..end).unwrap_or_default().trim().to_owned() }
}

impl TextAfter {
    /// The fault of a row in these columns.
    pub fn fault(&self, record: &Record, names: &[String]) -> RowFault {
        let name = names.get(self.column).map(|name| name.trim().to_owned());
        let detail = format!(
            "Text stands behind the quotation mark that closes column {} on line {}: put one pair of marks around the whole cell, and double \
             a mark that belongs to it; or leave them out.",
            self.column + 1,
            record.line + self.breaks
        );
        let (code, value) = ("text_after_quote".to_owned(), Some(shorten(&self.cell)));
        RowFault { pointer: None, column: name, code, detail, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_behind_closing_marks_alone() {
        for (record, found) in [
            ("a,\"6\"1,b", Some((1, 0, "\"6\"1"))),
            ("\"abc\"def", Some((0, 0, "\"abc\"def"))),
            ("1,\"two\nlines\" x, 3", Some((1, 1, "\"two\nlines\" x"))),
            ("\"a\" \"b\"", Some((0, 0, "\"a\" \"b\""))),
            ("\"a\",\"b\"\r", None),
            ("\"a\" ,2", None),
            ("\"say \"\"so\"\"\",\"\"", None),
            ("5\" of rain,\"a,\"\"b\"", None),
            (" \"a\"b,", None),
        ] {
            let told = text_after(record).map(|told| (told.column, told.breaks, told.cell));
            assert_eq!(told, found.map(|(column, breaks, cell)| (column, breaks, cell.to_owned())), "{record}");
        }
    }
}
