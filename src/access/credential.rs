//! What a request brings to prove who calls: a key or a token, in the `Authorization` header and nowhere else.

use actix_web::http::header::{self, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::http::secrets::KEY;

/// What a request brings.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// No `Authorization` at all.
    None,
    /// `Bearer` with nothing after it: a client that asks where to sign in.
    EmptyBearer,
    /// A key, as bearer or as the password of Basic.
    Key(String),
    /// A token: three parts with dots between them.
    Token(String),
    /// Anything else.
    Unreadable,
}

impl Credential {
    /// What these headers bring. Of two `Authorization` headers neither is believed.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut all = headers.get_all(header::AUTHORIZATION);
        match (all.next(), all.next()) {
            (None, _) => Self::None,
            (Some(value), None) => value.to_str().map_or(Self::Unreadable, Self::read),
            (Some(_), Some(_)) => Self::Unreadable,
        }
    }

    /// Reads the value of the header; the scheme's name has no case.
    fn read(value: &str) -> Self {
        let (scheme, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return if rest.is_empty() { Self::EmptyBearer } else { Self::bearer(rest) };
        }
        let password = || {
            let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
            let (_any_user, password) = pair.split_once(':')?;
            password.starts_with(KEY).then(|| Self::Key(password.to_owned()))
        };
        if scheme.eq_ignore_ascii_case("basic") { password().unwrap_or(Self::Unreadable) } else { Self::Unreadable }
    }

    fn bearer(token: &str) -> Self {
        let in_one_piece = token.bytes().all(|byte| byte.is_ascii_graphic());
        match (in_one_piece, token.starts_with(KEY), token.matches('.').count()) {
            (true, true, _) => Self::Key(token.to_owned()),
            (true, false, 2) => Self::Token(token.to_owned()),
            _ => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn of(values: &[&'static str]) -> &'static str {
        let mut headers = HeaderMap::new();
        values.iter().for_each(|value| headers.append(header::AUTHORIZATION, HeaderValue::from_static(value)));
        match Credential::of(&headers) {
            Credential::None => "none",
            Credential::EmptyBearer => "empty",
            Credential::Key(key) if key == "pf_k" => "the key",
            Credential::Token(token) if token == "a.b.c" => "the token",
            Credential::Key(_) | Credential::Token(_) => "another",
            Credential::Unreadable => "unreadable",
        }
    }

    #[test]
    fn keys_and_tokens_are_told_apart() {
        for (value, read) in [
            ("Bearer pf_k", "the key"),
            ("bearer  pf_k ", "the key"),
            ("Basic dXNlcjpwZl9r", "the key"),
            ("BASIC OnBmX2s=", "the key"),
            ("Bearer a.b.c", "the token"),
            ("Bearer", "empty"),
            ("Bearer ", "empty"),
            ("Basic dXNlcjphLmIuYw==", "unreadable"),
            ("Basic cGZfaw==", "unreadable"),
            ("Basic ???", "unreadable"),
            ("Bearer a.b", "unreadable"),
            ("Bearer a.b.c.d", "unreadable"),
            ("Bearer pf_k pf_k", "unreadable"),
            ("Digest pf_k", "unreadable"),
            ("pf_k", "unreadable"),
            ("", "unreadable"),
        ] {
            assert_eq!(of(&[value]), read, "{value}");
        }
        assert_eq!((of(&[]), of(&["Bearer pf_k", "Bearer pf_k"])), ("none", "unreadable"));
    }
}
