//! A real issuer of tokens: a small HTTP server with real keys, that can rotate them, lie, and go away.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaKeyPair, RsaPublicKeyComponents,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use performance_framework::access::oidc::Settings;
use performance_framework::access::oidc::settings::read_roles;
use performance_framework::clock;
use serde_json::{Value, json};

use super::App;

/// A key that signs tokens.
pub struct SigningKey {
    /// Its id.
    pub id: &'static str,
    pair: Pair,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

/// Base64 as tokens have it.
pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl SigningKey {
    /// An RSA key. Made once for each id: that takes a while.
    pub fn rsa(id: &'static str) -> &'static Self {
        static MADE: OnceLock<Mutex<BTreeMap<&'static str, &'static SigningKey>>> = OnceLock::new();
        let mut made = MADE.get_or_init(Mutex::default).lock().unwrap();
        made.entry(id).or_insert_with(|| {
            let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
            let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
            Box::leak(Box::new(Self { id, pair: Pair::Rsa(RsaKeyPair::from_pkcs8(der.as_ref()).unwrap()) }))
        })
    }

    /// A key on the curve P-256.
    pub fn ec(id: &'static str) -> Self {
        let alg = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(alg, &SystemRandom::new()).unwrap();
        Self { id, pair: Pair::Ec(EcdsaKeyPair::from_pkcs8(alg, document.as_ref()).unwrap()) }
    }

    /// A key on the curve Ed25519.
    pub fn ed(id: &'static str) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self { id, pair: Pair::Ed(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap()) }
    }

    /// The algorithm that it signs by.
    pub fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Rsa(_) => "RS256",
            Pair::Ec(_) => "ES256",
            Pair::Ed(_) => "EdDSA",
        }
    }

    /// Its public part as it is published.
    pub fn public(&self) -> Value {
        match &self.pair {
            Pair::Rsa(pair) => {
                let parts = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                json!({"kty": "RSA", "use": "sig", "kid": self.id, "n": base64(parts.n), "e": base64(parts.e)})
            }
            Pair::Ec(pair) => {
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = point.split_at(32);
                json!({"kty": "EC", "crv": "P-256", "kid": self.id, "alg": "ES256", "x": base64(x), "y": base64(y)})
            }
            Pair::Ed(pair) => json!({"kty": "OKP", "crv": "Ed25519", "kid": self.id, "x": base64(pair.public_key())}),
        }
    }

    /// Its public part as bytes, which a careless checker would take for a secret.
    pub fn public_bytes(&self) -> Vec<u8> {
        match &self.pair {
            Pair::Rsa(pair) => AsDer::as_der(pair.public_key()).unwrap().as_ref().to_vec(),
            Pair::Ec(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Ed(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    fn signature(&self, message: &[u8], algorithm: &str) -> Vec<u8> {
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let padding: &'static dyn aws_lc_rs::signature::RsaEncoding =
                    if algorithm == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                pair.sign(padding, &SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }
            Pair::Ec(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    /// A token with these claims.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(&json!({"alg": self.algorithm(), "kid": self.id, "typ": "JWT"}), claims)
    }

    /// A token with a header of its own.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", base64(header.to_string()), base64(claims.to_string()));
        let signature = self.signature(message.as_bytes(), header["alg"].as_str().unwrap_or_default());
        format!("{message}.{}", base64(signature))
    }
}

#[derive(Default)]
struct State {
    keys: Vec<Value>,
    changes: Vec<(String, Value)>,
    redirect: Option<String>,
    away: bool,
    asked: Vec<String>,
}

/// An issuer; its server ends with the test process.
#[derive(Clone)]
pub struct Issuer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Issuer {
    /// An issuer that publishes these keys.
    pub fn publishing(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        issuer.publish(keys);
        let answering = issuer.clone();
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| answering.answer(stream)));
        issuer
    }

    /// Its address, as its tokens name it.
    pub fn url(&self) -> String {
        format!("http://{}/council", self.address)
    }

    /// Publishes these keys and no others.
    pub fn publish(&self, keys: &[&SigningKey]) {
        self.state.lock().unwrap().keys = keys.iter().map(|key| key.public()).collect();
    }

    /// Publishes a key as it stands here, too.
    pub fn also(&self, key: Value) {
        self.state.lock().unwrap().keys.push(key);
    }

    /// Says something else of itself.
    pub fn says(&self, name: &str, value: Value) {
        self.state.lock().unwrap().changes.push((name.to_owned(), value));
    }

    /// Sends whoever asks for its keys elsewhere.
    pub fn redirects(&self, to: &str) {
        self.state.lock().unwrap().redirect = Some(to.to_owned());
    }

    /// Answers nobody, or again.
    pub fn goes_away(&self, away: bool) {
        self.state.lock().unwrap().away = away;
    }

    /// How often its keys were asked for.
    pub fn asked_for_keys(&self) -> usize {
        self.state.lock().unwrap().asked.iter().filter(|path| path.ends_with("/keys")).count()
    }

    /// Whether anything but what it publishes was asked for.
    pub fn asked_for_anything_else(&self) -> bool {
        let known = ["/council/.well-known/openid-configuration", "/council/keys"];
        self.state.lock().unwrap().asked.iter().any(|path| !known.contains(&path.as_str()))
    }

    /// Claims that are let in: for the audience `performance`, of `jane`, with the role `Officer`.
    pub fn claims(&self) -> Value {
        let now = clock::now().timestamp();
        json!({
            "iss": self.url(), "aud": "performance", "sub": "subject-1", "preferred_username": "jane@council.example",
            "iat": now, "nbf": now, "exp": now + 600, "roles": ["Officer"]
        })
    }

    /// The same with some of them changed; null takes one out.
    pub fn claims_with(&self, changes: Value) -> Value {
        let mut claims = self.claims();
        for (name, value) in changes.as_object().unwrap() {
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        claims
    }

    /// A service that believes it.
    pub fn believed_by(&self, roles: &str) -> App {
        let settings = Settings {
            issuer: self.url(),
            audiences: vec!["performance".to_owned()],
            roles_claim: "roles".to_owned(),
            roles: read_roles(roles).unwrap(),
        };
        App::configured(|config| config.oidc = Some(settings))
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
        let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
        lines.find(String::is_empty);
        let mut state = self.state.lock().unwrap();
        if state.away {
            return;
        }
        state.asked.push(path.clone());
        let mut headers = String::new();
        let (status, body) = match path.as_str() {
            "/council/.well-known/openid-configuration" => {
                let mut told = json!({
                    "issuer": self.url(), "jwks_uri": format!("{}/keys", self.url()),
                    "authorization_endpoint": format!("{}/authorize", self.url())
                });
                state.changes.iter().for_each(|(name, value)| told[name] = value.clone());
                ("200 OK", told)
            }
            "/council/keys" => match &state.redirect {
                Some(to) => {
                    headers = format!("Location: {to}\r\n");
                    ("302 Found", json!({}))
                }
                None => ("200 OK", json!({"keys": state.keys})),
            },
            "/council/moved" => ("200 OK", json!({"keys": state.keys})),
            _ => ("404 Not Found", json!({})),
        };
        drop(state);
        let body = body.to_string();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        drop(stream.write_all(format!("{head}{body}").as_bytes()));
    }
}
