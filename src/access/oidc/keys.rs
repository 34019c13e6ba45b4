//! The issuer's public keys: those that can prove a signature, each for the algorithms that fit it.

use std::collections::HashMap;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value;

/// A public key, and the algorithms that it may be used with.
pub struct PublicKey {
    /// The key.
    pub key: DecodingKey,
    algorithms: &'static [Algorithm],
    only: Option<Algorithm>,
}

impl PublicKey {
    /// Whether a token that says it was signed by this algorithm can have been signed with this key.
    pub fn fits(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm) && self.only.is_none_or(|only| only == algorithm)
    }
}

/// The algorithms that keys of this kind are for; nothing for kinds that are not believed: above all no shared secrets, with
/// which whoever checks a token could make one.
fn algorithms(jwk: &Jwk) -> Option<&'static [Algorithm]> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Some(&[RS256, RS384, RS512, PS256, PS384, PS512]),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Some(&[ES256]),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => Some(&[ES384]),
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => Some(&[EdDSA]),
        _ => None,
    }
}

/// The keys of a published set, by their ids. One that cannot be used is passed over: sets hold keys of many kinds.
pub fn read(set: &Value) -> HashMap<String, PublicKey> {
    let all = set["keys"].as_array().into_iter().flatten();
    all.filter_map(|key| read_one(serde_json::from_value(key.clone()).ok()?)).collect()
}

fn read_one(jwk: Jwk) -> Option<(String, PublicKey)> {
    let algorithms = algorithms(&jwk)?;
    if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return None;
    }
    let only = match jwk.common.key_algorithm {
        None => None,
        Some(named) => Some(Algorithm::try_from(named).ok()?),
    };
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some((jwk.common.key_id?, PublicKey { key, algorithms, only }))
}
