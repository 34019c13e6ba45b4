//! The forms that the feed is answered in, and which one a request asks for.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;
use strum::{AsRefStr, EnumString, VariantNames};

/// A form of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, AsRefStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Form {
    /// Pages of JSON objects.
    Json,
    /// A JSON object on each line.
    Ndjson,
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// JSON-stat 2.0, a sparse cube.
    Jsonstat,
    /// The Department for Education's tidy CSV, as its statistics are published.
    Ees,
    /// The description that belongs to that.
    EesMeta,
    /// The description of the CSV form, CSV on the Web.
    Csvw,
}

/// Media types, each with the form that it asks for; the first that a caller accepts best counts.
const MEDIA: &[(&str, Form)] = &[
    ("application/json", Form::Json),
    ("application/x-ndjson", Form::Ndjson),
    ("application/ndjson", Form::Ndjson),
    ("text/csv", Form::Csv),
    ("application/vnd.apache.parquet", Form::Parquet),
    ("application/csvm+json", Form::Csvw),
    // No media type of JSON-stat was ever registered; these are in use.
    ("application/vnd.json-stat+json", Form::Jsonstat),
    ("application/json-stat+json", Form::Jsonstat),
];

impl Form {
    /// The media type of an answer.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv | Self::Ees | Self::EesMeta => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Jsonstat => "application/json",
            Self::Csvw => "application/csvm+json",
        }
    }

    /// Name of the file that a browser saves; none where it shows the answer.
    pub const fn file(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("observations.csv"),
            Self::Ees => Some("observations-ees.csv"),
            Self::EesMeta => Some("observations-ees.meta.csv"),
            Self::Parquet => Some("observations.parquet"),
            Self::Csvw => Some("observations.csv-metadata.json"),
            Self::Json | Self::Ndjson | Self::Jsonstat => None,
        }
    }

    /// Whether an answer gives everything unless a limit is said.
    pub const fn is_whole(self) -> bool {
        !matches!(self, Self::Json)
    }

    /// The form that `Accept` asks for: the best of those there are, JSON where none is named.
    pub fn accepted(request: &HttpRequest) -> Self {
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let asked = accept.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let media = parts.next()?.to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            let form = MEDIA.iter().find(|(name, _)| *name == media).map(|(_, form)| *form)?;
            (quality > 0.0).then_some((form, quality))
        });
        // Of equals the first.
        let best = asked.fold(None, |best: Option<(Self, f32)>, one| match best {
            Some(held) if held.1 >= one.1 => Some(held),
            _ => Some(one),
        });
        best.map_or(Self::Json, |(form, _)| form)
    }
}
