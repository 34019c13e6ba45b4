//! Answers that show a secret, as they are kept for a repetition: encrypted by a key that only the request's own credential gives.

use actix_web::http::header::{self, HeaderMap};
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};

use crate::http::problem::Problem;

/// Keeps these keys apart from whatever else could be made of a credential.
const SALT: &[u8] = b"performance-framework: sealed answers";

/// The key of one answer.
pub struct Seal(RandomizedNonceKey);

impl Seal {
    /// The seal of the answer to this request, by the credential that came with it. Of a key or a token the database has a hash at
    /// most, from which nothing of this follows; none where a request has no credential.
    ///
    /// # Errors
    /// `internal_error` when the library refuses.
    pub fn of(headers: &HeaderMap, caller: &str, key: &str, request: &[u8]) -> Result<Option<Self>, Problem> {
        let Some(credential) = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes()) else {
            return Ok(None);
        };
        let drawn = || -> Result<Self, Unspecified> {
            let mut bytes = [0; 32];
            let about = [caller.as_bytes(), &[0], key.as_bytes(), &[0], request];
            Salt::new(HKDF_SHA256, SALT).extract(credential).expand(&about, &AES_256_GCM)?.fill(&mut bytes)?;
            Ok(Self(RandomizedNonceKey::new(&AES_256_GCM, &bytes)?))
        };
        drawn().map(Some).map_err(Problem::internal)
    }

    /// The bytes as they are kept: the nonce, then what is encrypted.
    ///
    /// # Errors
    /// `internal_error` when the library refuses.
    pub fn close(&self, body: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut closed = body.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::empty(), &mut closed).map_err(Problem::internal)?;
        Ok([nonce.as_ref().as_slice(), &closed].concat())
    }

    /// The bytes as they were; none where another credential closed them.
    pub fn open(&self, kept: &[u8]) -> Option<Vec<u8>> {
        let (nonce, closed) = kept.split_at_checked(NONCE_LEN)?;
        let mut bytes = closed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        self.0.open_in_place(nonce, Aad::empty(), &mut bytes).ok().map(|body| body.to_vec())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn seal(credential: &str, caller: &str, key: &str, request: &[u8]) -> Seal {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(credential).unwrap());
        Seal::of(&headers, caller, key, request).unwrap().unwrap()
    }

    #[test]
    fn only_the_same_request_by_the_same_credential_opens_it() {
        let kept = seal("Bearer pf_one", "a", "k", b"request").close(b"a secret").unwrap();
        assert!(!kept.windows(6).any(|bytes| bytes == b"secret"));
        assert_eq!(seal("Bearer pf_one", "a", "k", b"request").open(&kept).unwrap(), b"a secret");
        for (credential, caller, key, request) in [
            ("Bearer pf_two", "a", "k", b"request"),
            ("Bearer pf_one", "b", "k", b"request"),
            ("Bearer pf_one", "a", "l", b"request"),
            ("Bearer pf_one", "a", "k", b"another"),
        ] {
            assert_eq!(seal(credential, caller, key, request).open(&kept), None);
        }
        let mut altered = kept.clone();
        altered[20] ^= 1;
        assert_eq!(seal("Bearer pf_one", "a", "k", b"request").open(&altered), None);
        assert_eq!(seal("Bearer pf_one", "a", "k", b"request").open(&kept[..5]), None);
        assert!(Seal::of(&HeaderMap::new(), "a", "k", b"request").unwrap().is_none());
    }
}
