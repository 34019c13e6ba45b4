//! What may stand in the log: one line for each record, and no secret in it.

use std::borrow::Cow;
use std::fmt::Write;
use std::net::IpAddr;

use super::secrets;

/// What a caller sent: every character escaped that could end the line or direct a terminal, and without secrets: somebody may
/// have put one where it does not belong.
pub fn safe(text: &str) -> Cow<'_, str> {
    cleaned(text, 0)
}

/// What anybody logged, libraries included: the same, but names that only begin like a key are kept.
pub fn line(text: &str) -> Cow<'_, str> {
    cleaned(text, secrets::LEAST)
}

/// What a caller sent as the value of a field: one word, or in quotes, so that it cannot be taken for another field.
pub fn field(text: &str) -> Cow<'_, str> {
    let safe = safe(text);
    if !safe.is_empty() && !safe.contains([' ', '"', '=']) {
        return safe;
    }
    format!("\"{}\"", safe.replace('"', "\\\"")).into()
}

/// The address from which a request came.
pub fn address(from: Option<IpAddr>) -> String {
    from.map_or_else(|| "-".to_owned(), |from| from.to_string())
}

fn cleaned(text: &str, least: usize) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    match secrets::masked(text, least) {
        masked if masked.bytes().all(plain) => masked,
        masked => escaped(&masked).into(),
    }
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_graphic() || c == ' ' {
            written.push(c);
        } else {
            let _ = write!(written, "{}", c.escape_default());
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(line("role pf_service is\nthere"), "role pf_service is\\nthere");
    }

    #[test]
    fn a_value_is_not_taken_for_another_field() {
        for (sent, logged) in [
            ("case-system", "case-system"),
            ("Jane Smith (oidc:1f)", "\"Jane Smith (oidc:1f)\""),
            ("x request=forged", "\"x request=forged\""),
            ("a\" b=\"c\n", "\"a\\\" b=\\\"c\\n\""),
            ("a=b", "\"a=b\""),
            ("", "\"\""),
        ] {
            assert_eq!(field(sent), logged);
        }
    }
}
