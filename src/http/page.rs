//! Lists: keyset pages with opaque cursors that stay right while rows come and go.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;
use super::problems;
use super::reply::{Answer, Reply};

/// Parameters that every list knows.
pub const PARAMETERS: &[&str] = &["limit", "cursor", "sort", "count"];

/// Rows in a page unless asked otherwise.
pub const DEFAULT_LIMIT: u16 = 100;
/// Most rows in a page.
pub const GREATEST_LIMIT: u16 = 1000;

/// The base of every absolute address in an answer: configured, never taken from the `Host` header.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub String);

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By key, ascending.
    #[default]
    #[serde(rename = "key")]
    Key,
    /// By key, descending.
    #[serde(rename = "-key")]
    KeyDescending,
    /// By last change, oldest first.
    #[serde(rename = "updated_at")]
    UpdatedAt,
    /// By last change, newest first.
    #[serde(rename = "-updated_at")]
    UpdatedAtDescending,
}

impl Sort {
    /// Whether the order is descending.
    pub fn descending(self) -> bool {
        matches!(self, Self::KeyDescending | Self::UpdatedAtDescending)
    }

    /// Whether the order is by last change first.
    pub fn by_update(self) -> bool {
        matches!(self, Self::UpdatedAt | Self::UpdatedAtDescending)
    }
}

/// Page and order of a list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: Option<u16>,
    /// Where to go on: taken from `next` of the page before. Empty for the first page.
    #[param(format = "cursor")]
    cursor: Option<String>,
    /// Order of the rows.
    #[param(inline)]
    sort: Option<Sort>,
    /// Whether to count all rows that the filters let through, as `total`.
    #[param(default = false)]
    count: Option<bool>,
}

/// Rows in a page, 1 to 1000.
///
/// # Errors
/// `invalid_parameter` outside that range.
pub fn limit(asked: Option<u16>) -> Result<usize, Problem> {
    let limit = asked.unwrap_or(DEFAULT_LIMIT);
    if (1..=GREATEST_LIMIT).contains(&limit) {
        return Ok(usize::from(limit));
    }
    Err(Problem::new(
        problems::INVALID_PARAMETER,
        format!("`limit` is {limit}; it must be from 1 to {GREATEST_LIMIT}."),
    ))
}

/// Rows to fetch: one more than the page, to see whether there is a next one.
///
/// # Errors
/// `internal_error` if that is no SQL limit.
pub fn one_more(limit: usize) -> Result<i64, Problem> {
    i64::try_from(limit + 1).map_err(Problem::internal)
}

impl PageQuery {
    /// Rows in the page, 1 to 1000.
    ///
    /// # Errors
    /// `invalid_parameter` outside that range.
    pub fn limit(&self) -> Result<usize, Problem> {
        limit(self.limit)
    }

    /// Rows to fetch: one more than the page, to see whether there is a next one.
    ///
    /// # Errors
    /// As [`PageQuery::limit`].
    pub fn fetched(&self) -> Result<i64, Problem> {
        one_more(self.limit()?)
    }

    /// Order of the rows.
    pub fn sort(&self) -> Sort {
        self.sort.unwrap_or_default()
    }

    /// Whether all rows are to be counted.
    pub fn counts(&self) -> bool {
        self.count.unwrap_or(false)
    }

    /// The key of the row after which to go on, if the caller sent a cursor. `fits` tells whether a key is one of the list.
    ///
    /// # Errors
    /// `invalid_cursor` when it was not made by this list in this order.
    pub fn after(&self, fits: impl Fn(&[String]) -> bool) -> Result<Option<Vec<String>>, Problem> {
        let Some(cursor) = self.cursor.as_ref().filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
        let wrong =
            || Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by this list in this order.");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
        let (sort, key): (Sort, Vec<String>) = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        if sort == self.sort() && fits(&key) { Ok(Some(key)) } else { Err(wrong()) }
    }

    fn cursor_after(&self, key: &[String]) -> Result<String, Problem> {
        let json = serde_json::to_vec(&(self.sort(), key)).map_err(Problem::internal)?;
        Ok(URL_SAFE_NO_PAD.encode(json))
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// Rows of this page.
    pub items: Vec<T>,
    /// Address of the next page; null on the last.
    #[schema(example = "http://127.0.0.1:8080/api/v1/measures?cursor=WyJrZXkiLFsiRURVLTAxIl1d")]
    pub next: Option<String>,
    /// Number of rows that the filters let through; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// Rows read for a page: up to one more than asked for, so that the end is known, and the total where it was asked for.
#[derive(Debug)]
pub struct Rows<T> {
    /// Rows in order.
    pub rows: Vec<T>,
    /// Number of all rows, if counted.
    pub total: Option<i64>,
}

impl<T: Serialize> Rows<T> {
    /// The page, with the address of the next one; `key` gives a row's place in the order.
    ///
    /// # Errors
    /// As [`PageQuery::limit`]; `internal_error` when the answer cannot be written.
    pub fn page(mut self, request: &HttpRequest, query: &PageQuery, key: impl Fn(&T) -> Vec<String>) -> Answer {
        let limit = query.limit()?;
        let more = self.rows.len() > limit;
        self.rows.truncate(limit);
        let next = match self.rows.last() {
            Some(last) if more => Some(next_address(request, &query.cursor_after(&key(last))?)),
            _ => None,
        };
        let reply = Reply::json(&Page { items: self.rows, next: next.clone(), total: self.total })?;
        Ok(linked(reply, next.as_deref()))
    }
}

/// The reply with the address of the next page as a header, too.
pub fn linked(reply: Reply, next: Option<&str>) -> Reply {
    link(next).into_iter().fold(reply, |reply, link| reply.with((header::LINK, link)))
}

/// The value of the header `Link` that names the next page.
pub fn link(next: Option<&str>) -> Option<HeaderValue> {
    next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok())
}

/// The configured base of absolute addresses.
pub fn base(request: &HttpRequest) -> &str {
    request.app_data::<PublicUrl>().map_or("", |url| url.0.as_str())
}

/// The address of the request with another cursor, below the public URL.
pub fn next_address(request: &HttpRequest, cursor: &str) -> String {
    address(request, &[("cursor", cursor)], &[])
}

/// The address of the request with other values of these parameters, and without those, below the public URL.
pub fn address(request: &HttpRequest, with: &[(&str, &str)], without: &[&str]) -> String {
    let base = base(request);
    let stays = |name: &str| !without.contains(&name) && !with.iter().any(|(other, _)| *other == name);
    let kept = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| stays(name));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).extend_pairs(with).finish();
    format!("{base}{}?{query}", request.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_serves_only_the_order_that_made_it() -> Result<(), Problem> {
        let query = |sort, cursor| PageQuery { limit: None, cursor, sort, count: None };
        let cursor = query(None, None).cursor_after(&["EDU-01".to_owned()])?;
        let one = |key: &[String]| key.len() == 1;
        assert_eq!(query(None, Some(cursor.clone())).after(one)?, Some(vec!["EDU-01".to_owned()]));
        assert!(query(Some(Sort::UpdatedAt), Some(cursor.clone())).after(one).is_err());
        assert!(query(None, Some(cursor.clone())).after(|key| key.len() == 2).is_err());
        assert!(query(None, Some(cursor[1..].to_owned())).after(one).is_err());
        Ok(())
    }
}
