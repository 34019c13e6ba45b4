//! Dates as headers of HTTP have them: to the second, in GMT (RFC 9110, section 5.6.7).

use actix_web::http::header::{HeaderValue, HttpDate};
use chrono::{DateTime, Utc};

/// An instant as a header has it; what is less than a second is left out.
pub fn header(at: DateTime<Utc>) -> HeaderValue {
    let text = at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    // Letters, digits and colons are always a header value.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The instant that a header names; none where it is no date.
pub fn read(value: &HeaderValue) -> Option<DateTime<Utc>> {
    let date: HttpDate = value.to_str().ok()?.trim().parse().ok()?;
    Some(DateTime::from(std::time::SystemTime::from(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_to_the_second() {
        let at = DateTime::from_timestamp(1_764_306_726, 987_654_000).unwrap_or_default();
        let value = header(at);
        assert_eq!(value, HeaderValue::from_static("Fri, 28 Nov 2025 05:12:06 GMT"));
        assert_eq!(read(&value), DateTime::from_timestamp(1_764_306_726, 0));
        for nothing in ["", "yesterday", "2025-11-28T05:12:06Z"] {
            assert_eq!(read(&HeaderValue::from_static(nothing)), None, "{nothing}");
        }
    }
}
