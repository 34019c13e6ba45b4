//! `as_of`: the instant as at which a read is answered, and its echo in the answer.

use std::str::FromStr;

use actix_web::http::header::{HeaderName, HeaderValue};
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Deserializer};
use utoipa::IntoParams;

use super::date;
use super::reply::Reply;

/// Name of the parameter.
pub const PARAMETER: &str = "as_of";
/// Header with the instant used, to the second (RFC 7089).
pub const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");
/// Header with the instant used, exact.
pub const AS_OF: HeaderName = HeaderName::from_static("as-of");

/// The instant as at which a read is to be answered.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Moment {
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<Instant>,
}

/// An instant in UTC, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(DateTime<Utc>);

impl FromStr for Instant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A `+` that nobody encoded arrives as a space. The database keeps microseconds.
        DateTime::parse_from_rfc3339(&text.replacen(' ', "+", 1))
            .map(|instant| Self(instant.to_utc().trunc_subsecs(6)))
            .map_err(|_| "an instant is a date and a time with its offset, such as 2025-02-04T10:00:00Z")
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Option<Instant>> for Moment {
    fn from(as_of: Option<Instant>) -> Self {
        Self { as_of }
    }
}

impl Moment {
    /// The instant; `None` for now.
    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        self.as_of.map(|instant| instant.0)
    }

    /// The headers that say which instant was used, if it is one of the past.
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let Some(instant) = self.as_of() else { return Vec::new() };
        let exact = HeaderValue::from_str(&instant.to_rfc3339_opts(SecondsFormat::Micros, true)).ok();
        let to_the_second = (MEMENTO_DATETIME, date::header(instant));
        [to_the_second].into_iter().chain(exact.map(|exact| (AS_OF, exact))).collect()
    }

    /// The answer with the instant used, if it is one of the past.
    #[must_use]
    pub fn echo(&self, reply: Reply) -> Reply {
        self.headers().into_iter().fold(reply, Reply::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_a_date_a_time_and_an_offset() {
        let read = |text: &str| text.parse::<Instant>().ok().map(|instant| instant.0.to_rfc3339());
        for (text, instant) in [
            ("2025-02-04T10:00:00Z", Some("2025-02-04T10:00:00+00:00")),
            ("2025-07-04T10:00:00+01:00", Some("2025-07-04T09:00:00+00:00")),
            ("2025-07-04T10:00:00 01:00", Some("2025-07-04T09:00:00+00:00")),
            ("2025-02-04T10:00:00.1234567Z", Some("2025-02-04T10:00:00.123456+00:00")),
            ("2025-02-04", None),
            ("2025-02-04T10:00:00", None),
            ("2025-02-30T10:00:00Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(read(text).as_deref(), instant, "{text}");
        }
    }

    #[test]
    fn the_answer_says_which_instant_was_used() -> Result<(), Box<dyn std::error::Error>> {
        let moment = Moment::from(Some("2025-02-04T10:00:00.5Z".parse()?));
        let reply = moment.echo(Reply::nothing());
        let header = |name: HeaderName| reply.headers.iter().find(|(found, _)| *found == name).map(|(_, value)| value);
        assert_eq!(header(MEMENTO_DATETIME).ok_or("memento-datetime")?, "Tue, 04 Feb 2025 10:00:00 GMT");
        assert_eq!(header(AS_OF).ok_or("as-of")?, "2025-02-04T10:00:00.500000Z");
        assert!(Moment::default().echo(Reply::nothing()).headers.is_empty());
        Ok(())
    }
}
