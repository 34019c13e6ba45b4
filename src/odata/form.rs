//! How an answer is written: how much it tells of its types, and whether long numbers are texts; by `$format` or `Accept`.

use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::options::Options;
use crate::http::problem::Problem;
use crate::http::problems;

/// Forms of the standard that are not here.
const NOT_HERE: [&str; 4] = ["atom", "xml", "application/atom+xml", "application/xml"];

/// How much an answer tells beside its values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing that is not asked for.
    None,
    /// Where its description is.
    #[default]
    Minimal,
    /// The type of everything.
    Full,
}

/// The form of an answer; always JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// How much it tells.
    pub detail: Detail,
    /// Whether decimals and numbers of 64 bits are texts, for readers whose numbers are binary floats.
    pub numbers_as_texts: bool,
}

impl Form {
    /// The form that a request asks for: by `$format`, else by `Accept`, else minimal.
    ///
    /// # Errors
    /// A `$format` that is not supported, by its name.
    pub fn of(options: &Options, headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(format) = options.get("$format") else {
            let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let json = accept.split(',').find_map(|range| Self::read(range.trim()));
            return Ok(json.unwrap_or_default());
        };
        let asked = if format == "json" { Some(Self::default()) } else { Self::read(format) };
        asked.ok_or_else(|| {
            let kind = if NOT_HERE.contains(&format) { problems::NOT_SUPPORTED } else { problems::INVALID_PARAMETER };
            Problem::new(kind, format!("`$format` is `{}`; only `json` is supported.", format.escape_debug()))
        })
    }

    /// Holds that what is asked for is some form at all: the metadata come in one, whichever it is.
    ///
    /// # Errors
    /// A `$format` that is none.
    pub fn any(options: &Options) -> Result<(), Problem> {
        let Some(format) = options.get("$format") else { return Ok(()) };
        let kind = format.split(';').next().unwrap_or_default().trim();
        if ["json", "xml", "application/json", "application/xml"].contains(&kind) {
            return Ok(());
        }
        let told =
            format!("`$format` is `{}`; the metadata are XML, asked for as `json` or `xml`.", format.escape_debug());
        Err(Problem::new(problems::INVALID_PARAMETER, told))
    }

    fn read(range: &str) -> Option<Self> {
        let range = range.to_ascii_lowercase();
        let mut parts = range.split(';').map(str::trim);
        if parts.next() != Some("application/json") {
            return None;
        }
        let mut form = Self::default();
        for part in parts {
            match part.split_once('=').map(|(name, value)| (name.trim(), value.trim().trim_matches('"'))) {
                Some(("odata.metadata" | "metadata", "none")) => form.detail = Detail::None,
                Some(("odata.metadata" | "metadata", "full")) => form.detail = Detail::Full,
                Some(("ieee754compatible", value)) => form.numbers_as_texts = value == "true",
                _ => {}
            }
        }
        Some(form)
    }

    /// The header that says so.
    pub fn header(self) -> (HeaderName, HeaderValue) {
        let told = match (self.detail, self.numbers_as_texts) {
            (Detail::None, false) => "application/json;odata.metadata=none",
            (Detail::Minimal, false) => "application/json;odata.metadata=minimal",
            (Detail::Full, false) => "application/json;odata.metadata=full",
            (Detail::None, true) => "application/json;odata.metadata=none;IEEE754Compatible=true",
            (Detail::Minimal, true) => "application/json;odata.metadata=minimal;IEEE754Compatible=true",
            (Detail::Full, true) => "application/json;odata.metadata=full;IEEE754Compatible=true",
        };
        (CONTENT_TYPE, HeaderValue::from_static(told))
    }
}
