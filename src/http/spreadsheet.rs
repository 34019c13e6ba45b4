//! Texts in files that people open in a spreadsheet: one that it would run as a formula gets an apostrophe in front.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), the full-width forms of East Asian keyboards too.
const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text as it can be written into a cell: nothing in it is run. Not for numbers, which may begin with a minus.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(BEGINS) { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell that was made safe.
pub fn bare(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(BEGINS)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_no_text_and_reads_it_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+44", "'+44"),
            ("-x", "'-x"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\n=1", "'\n=1"),
            ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
            ("Plain", "Plain"),
            ("", ""),
        ] {
            assert_eq!((safe(text).as_ref(), bare(cell)), (cell, text));
        }
        assert_eq!(bare("'tis"), "'tis");
    }
}
