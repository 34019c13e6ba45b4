//! Keys and tokens never stand in an address: addresses are kept in logs, histories and proxies. One that does is refused
//! unread, and is not logged either.

use std::borrow::Cow;

use actix_web::http::Uri;
use form_urlencoded::parse;

use super::logged::KEY;

/// The fewest characters after [`KEY`] that make a text look like a key.
const LEAST: usize = 20;

/// Whether the address holds what looks like a key or a token, encoded or not.
pub fn in_address(uri: &Uri) -> bool {
    let text = uri.path_and_query().map_or("", |address| address.as_str());
    if !text.contains(KEY) && !text.contains("eyJ") && !text.contains('%') {
        return false;
    }
    // Decoded as a query is, which is as a path is but for `+`, and neither kind of secret has one.
    parse(text.as_bytes()).any(|(name, value)| is_secret(&name) || is_secret(&value))
}

/// The address as it may be logged.
pub fn shown(uri: &Uri) -> Cow<'_, str> {
    if !in_address(uri) {
        return uri.path_and_query().map_or("", |address| address.as_str()).into();
    }
    "[an address with a key in it]".into()
}

fn is_secret(text: &str) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
    let run = |rest: &str| rest.bytes().take_while(allowed).count();
    let key = text.match_indices(KEY).any(|(at, _)| run(&text[at + KEY.len()..]) >= LEAST);
    let token = text.match_indices("eyJ").any(|(at, _)| {
        let (header, rest) = text[at..].split_at(run(&text[at..]));
        header.len() >= LEAST && rest.strip_prefix('.').is_some_and(|claims| run(claims) >= LEAST)
    });
    key || token
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_tokens_are_seen_wherever_they_stand() -> Result<(), Box<dyn std::error::Error>> {
        let key = "pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k";
        let token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl";
        for (address, secret) in [
            (format!("/api/v1/measures?api_key={key}"), true),
            (format!("/api/v1/measures?{key}"), true),
            (format!("/api/v1/measures?key=Bearer%20{key}"), true),
            (format!("/api/v1/measures?key=%70f_{}", &key[3..]), true),
            (format!("/api/v1/measures/{key}"), true),
            (format!("/api/v1/measures/%70f%5f{}", &key[3..]), true),
            (format!("/?access_token={token}"), true),
            ("/api/v1/measures?cursor=eyJrZXkiOlsiRURVLTAxIl19abcdef".to_owned(), false),
            ("/api/v1/measures?limit=5&pf_=1".to_owned(), false),
            ("/api/v1/changes?actor=pf_provider".to_owned(), false),
            ("/".to_owned(), false),
        ] {
            let uri: Uri = address.parse()?;
            assert_eq!(in_address(&uri), secret, "{address}");
            assert_eq!(shown(&uri) == address.as_str(), !secret, "{address}");
        }
        Ok(())
    }
}
