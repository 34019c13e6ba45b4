//! Signatures of the Standard Webhooks specification: HMAC-SHA256 over id, time and body, so that the receiver knows who calls and that
//! the call is not an old one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header `webhook-signature`: a signature by each secret, the newest first. `timestamp` is in seconds since 1970.
pub fn header(secrets: &[Vec<u8>], id: &str, timestamp: i64, body: &str) -> String {
    let signatures: Vec<String> = secrets.iter().filter_map(|secret| sign(secret, id, timestamp, body)).collect();
    signatures.join(" ")
}

/// A key of any length makes an HMAC, so there is always one.
fn sign(secret: &[u8], id: &str, timestamp: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_specification_says() {
        // The example of the specification's own libraries.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", r#"{"test": 2432232314}"#);
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(header(std::slice::from_ref(&secret), id, 1_614_265_330, body), signature);
        let both = header(&[vec![7; 32], secret], id, 1_614_265_330, body);
        assert!(both.starts_with("v1,") && both.ends_with(&format!(" {signature}")), "{both}");
    }
}
