//! Texts in files that people open in a spreadsheet.

use std::borrow::Cow;

/// A text that a spreadsheet would run as a formula gets an apostrophe in front. Not for numbers, which may begin with a minus.
pub fn safe(told: &str) -> Cow<'_, str> {
    let risky = told.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if risky { Cow::Owned(format!("'{told}")) } else { Cow::Borrowed(told) }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_spreadsheet_runs_no_text() {
        for (told, written) in
            [("=1+1", "'=1+1"), ("+44", "'+44"), ("@x", "'@x"), ("\n=1", "'\n=1"), ("Plain", "Plain"), ("", "")]
        {
            assert_eq!(safe(told), written);
        }
    }
}
