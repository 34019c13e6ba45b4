//! THE place that knows what a secret looks like: a key, a token, the secret of a webhook endpoint, or what follows `Bearer` and
//! `Basic`. One that stands in an address is refused unread, for addresses are kept in logs, histories and proxies; none is logged,
//! wherever it came from.

use std::borrow::Cow;
use std::ops::Range;

use actix_web::http::Uri;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use form_urlencoded::parse;

/// Base64 with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How every key begins.
pub const KEY: &str = "pf_";

/// How every secret of a webhook endpoint begins, by the Standard Webhooks specification; the rest is base64.
pub const WEBHOOK: &str = "whsec_";

/// How every token begins: `{"` in base64.
const TOKEN: &str = "eyJ";

/// The schemes of `Authorization`, which stand before credentials.
const SCHEMES: [&str; 2] = ["bearer", "basic"];

/// The fewest characters after [`KEY`] that make a text look like a key, where names of other things may begin alike.
pub const LEAST: usize = 20;

/// The fewest characters of each of the first two parts of a token.
const LEAST_OF_TOKEN: usize = 10;

/// Whether the address holds what looks like a key or a token, encoded or not.
pub fn in_address(uri: &Uri) -> bool {
    let text = uri.path_and_query().map_or("", |address| address.as_str());
    if text.len() < LEAST {
        return false;
    }
    let secret =
        |text: &str| first(text, LEAST).is_some() || basic(text).is_some_and(|text| first(&text, LEAST).is_some());
    // Decoded as a query is, which is as a path is but for `+`: a secret that has one is known by what stands before it.
    parse(text.as_bytes()).any(|(name, value)| secret(&name) || secret(&value))
}

/// What a text says if it is base64, as credentials are sent by `Basic`.
fn basic(text: &str) -> Option<String> {
    if text.len() < LEAST {
        return None;
    }
    let plain = text.replace(['-', ' '], "+").replace('_', "/");
    String::from_utf8(BASE64.decode(plain).ok()?).ok()
}

/// Whether an address of somebody else's holds a key of this service, encoded or not. What other secrets it holds is theirs.
pub fn ours_in(address: &str) -> bool {
    let ours = |text: &str| key(text, LEAST).is_some();
    parse(address.as_bytes()).any(|(name, value)| ours(&name) || ours(&value))
}

/// The address as it may be logged.
pub fn shown(uri: &Uri) -> Cow<'_, str> {
    if !in_address(uri) {
        return uri.path_and_query().map_or("", |address| address.as_str()).into();
    }
    "[an address with a key in it]".into()
}

/// The text with stars for every secret. `least` is how many characters after [`KEY`] make a key: none for what a caller sent.
pub fn masked(text: &str, least: usize) -> Cow<'_, str> {
    let Some(found) = first(text, least) else { return text.into() };
    let (mut written, mut rest, mut next) = (String::with_capacity(text.len()), text, Some(found));
    while let Some(found) = next {
        written.push_str(&rest[..found.start]);
        written.push_str("***");
        rest = &rest[found.end..];
        next = first(rest, least);
    }
    written.push_str(rest);
    written.into()
}

/// Where the first secret of a text stands, without the word by which it is known.
pub fn first(text: &str, least: usize) -> Option<Range<usize>> {
    let token = text.match_indices(TOKEN).find_map(|(at, _)| {
        let length = length_of_token(&text[at..])?;
        Some(at + TOKEN.len()..at + length)
    });
    let webhook = text.match_indices(WEBHOOK).find_map(|(at, _)| {
        let begin = at + WEBHOOK.len();
        let length = run_of_base64(&text[begin..]);
        (length > 0).then_some(begin..begin + length)
    });
    [key(text, least), webhook, token, credentials(text)].into_iter().flatten().min_by_key(|found| found.start)
}

/// Where the first key stands, without its beginning.
fn key(text: &str, least: usize) -> Option<Range<usize>> {
    text.match_indices(KEY).find_map(|(at, _)| {
        let begin = at + KEY.len();
        let length = run(&text[begin..]);
        (length >= least).then_some(begin..begin + length)
    })
}

/// How many characters at the beginning could be of a key, or of one part of a token.
fn run(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count()
}

/// How many characters at the beginning could be base64 of any kind.
fn run_of_base64(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-+/=.~".contains(byte)).count()
}

/// The length of the token with which a text begins: its parts and the dots between them.
fn length_of_token(text: &str) -> Option<usize> {
    let header = run(text);
    let claims = run(text[header..].strip_prefix('.')?);
    if header < LEAST_OF_TOKEN || claims < LEAST_OF_TOKEN {
        return None;
    }
    let signed = header + 1 + claims;
    Some(text[signed..].strip_prefix('.').map_or(signed, |signature| signed + 1 + run(signature)))
}

/// What follows the name of a scheme. Words follow it, too, in a sentence: credentials are longer than those.
fn credentials(text: &str) -> Option<Range<usize>> {
    let ends_with = |before: &[u8], scheme: &str| {
        let from = before.len().checked_sub(scheme.len());
        from.is_some_and(|from| before[from..].eq_ignore_ascii_case(scheme.as_bytes()))
    };
    text.match_indices(' ').find_map(|(at, _)| {
        let begin = at + 1;
        if !SCHEMES.iter().any(|scheme| ends_with(&text.as_bytes()[..at], scheme)) {
            return None;
        }
        let length = run_of_base64(&text[begin..]);
        (length >= LEAST).then_some(begin..begin + length)
    })
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD as STANDARD, BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD};

    use super::*;

    const KEY_IN_FULL: &str = "pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k";
    const TOKEN_IN_FULL: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl";

    #[test]
    fn keys_and_tokens_are_seen_wherever_they_stand() -> Result<(), Box<dyn std::error::Error>> {
        let (key, token) = (KEY_IN_FULL, TOKEN_IN_FULL);
        for (address, secret) in [
            (format!("/api/v1/measures?api_key={key}"), true),
            (format!("/api/v1/measures?{key}"), true),
            (format!("/api/v1/measures?key=Bearer%20{key}"), true),
            (format!("/api/v1/measures?key=%70f_{}", &key[3..]), true),
            (format!("/api/v1/measures/{key}"), true),
            (format!("/api/v1/measures/%70f%5f{}", &key[3..]), true),
            (format!("/?access_token={token}"), true),
            // As `Basic` sends it, with the user's name before it.
            (format!("/api/v1/measures?auth={}", URL_SAFE_NO_PAD.encode(format!("x:{key}"))), true),
            (format!("/api/v1/measures?auth={}", STANDARD.encode(format!("tableau:{key}"))), true),
            (format!("/api/v1/measures?auth={}", STANDARD.encode("tableau:nothing secret")), false),
            ("/api/v1/webhook-endpoints/whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(), true),
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

    #[test]
    fn every_secret_of_a_text_is_masked_and_nothing_else() {
        let (key, token) = (KEY_IN_FULL, TOKEN_IN_FULL);
        for (text, shown) in [
            (format!("{key}, {key}."), "pf_***, pf_***.".to_owned()),
            (format!("a {token} b {key}"), "a eyJ*** b pf_***".to_owned()),
            (format!("x{token}"), "xeyJ***".to_owned()),
            ("by whsec_MfKQ+r8G/YqrTw==, whsec_\u{2026}".to_owned(), "by whsec_***, whsec_\u{2026}".to_owned()),
            (format!("authorization: Bearer {token}\n"), "authorization: Bearer ***\n".to_owned()),
            ("BASIC cG93ZXI6Ymk6c2VjcmV0LXdvcmQ= ".to_owned(), "BASIC *** ".to_owned()),
            ("the role pf_service_of_ours".to_owned(), "the role pf_service_of_ours".to_owned()),
            ("send `Bearer <key>`; basic figures".to_owned(), "send `Bearer <key>`; basic figures".to_owned()),
            ("eyJhbGciOiJub25lIn0.x eyJ.eyJ".to_owned(), "eyJhbGciOiJub25lIn0.x eyJ.eyJ".to_owned()),
            ("caf\u{e9} pf_\u{e9}".to_owned(), "caf\u{e9} pf_\u{e9}".to_owned()),
        ] {
            assert_eq!(masked(&text, LEAST), shown);
        }
        assert_eq!(masked("pf_a pf_b", 0), "pf_*** pf_***");
    }
}
