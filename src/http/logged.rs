//! What a caller sent, as it may stand in the log: one line, and no key.

use std::borrow::Cow;
use std::fmt::Write;

/// How every key begins.
pub const KEY: &str = "pf_";

/// The text with every character escaped that could end the line or direct a terminal, and without keys: somebody may have put
/// one where it does not belong, such as into an address.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && !text.contains(KEY) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut parts = text.split(KEY);
    escape(parts.next().unwrap_or_default(), &mut written);
    for part in parts {
        let of_key = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        written.push_str(KEY);
        written.push_str("***");
        escape(part.trim_start_matches(of_key), &mut written);
    }
    Cow::Owned(written)
}

fn escape(text: &str, written: &mut String) {
    for c in text.chars() {
        if c.is_ascii_graphic() || c == ' ' {
            written.push(c);
        } else {
            let _ = write!(written, "{}", c.escape_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_line_stays_a_line_and_keys_stay_secret() {
        for (sent, logged) in [
            ("GET /api/v1/measures?level=outcome", "GET /api/v1/measures?level=outcome"),
            ("a\r\nb\tc\u{1b}[31m\0", "a\\r\\nb\\tc\\u{1b}[31m\\u{0}"),
            ("caf\u{e9} \u{2028} \u{9b}", "caf\\u{e9} \\u{2028} \\u{9b}"),
            ("/x?key=pf_3xKcB0nJ-p6_mN&y=1", "/x?key=pf_***&y=1"),
            ("pf_a pf_b\n", "pf_*** pf_***\\n"),
        ] {
            assert_eq!(safe(sent), logged);
        }
    }
}
