//! Attacks: tokens that prove nothing. All are refused in the same words, and none makes the service ask anybody but the issuer.

use base64::Engine;
use performance_framework::clock;
use serde_json::{Value, json};

use super::{key, start};
use crate::support::issuer::{Issuer, SigningKey, base64};
use crate::support::{Answer, App};

/// What a stranger hears, without the id of the request.
fn heard(answer: &Answer) -> Value {
    let mut body = answer.json();
    body.as_object_mut().unwrap().remove("request_id");
    body
}

#[track_caller]
fn refused(app: &App, token: &str, why: &str) {
    let answer = app.anonymous().with_key(token).get("measures").call();
    answer.problem(401, "unauthenticated");
    let stranger = app.anonymous().get("measures").call();
    assert_eq!(heard(&answer), heard(&stranger), "{why}");
    assert_eq!(answer.header("www-authenticate"), stranger.header("www-authenticate"), "{why}");
}

/// HMAC with SHA-256, as a careless checker would do it with the public key for a secret.
fn hmac(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", base64(header.to_string()), base64(claims.to_string()));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    format!("{message}.{}", base64(aws_lc_rs::hmac::sign(&key, message.as_bytes())))
}

#[test]
fn algorithms_are_not_the_tokens_to_choose() {
    let (issuer, app) = start();
    let claims = issuer.claims();
    let body = base64(claims.to_string());
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let header = base64(json!({"alg": alg, "kid": key().id, "typ": "JWT"}).to_string());
        refused(&app, &format!("{header}.{body}."), alg);
        refused(&app, &format!("{header}.{body}.c2lnbmF0dXJl"), alg);
    }
    let header = json!({"alg": "HS256", "kid": key().id});
    for secret in [
        key().public_bytes(),
        key().public().to_string().into_bytes(),
        key().public()["n"].as_str().unwrap().into(),
        vec![],
    ] {
        refused(&app, &hmac(&secret, &header, &claims), "HS256 signed with the public key");
    }
    for alg in ["ES256", "EdDSA", "HS512", "RS384", "RS1", "PS256"] {
        let mixed = key().token(&claims);
        let header = base64(json!({"alg": alg, "kid": key().id}).to_string());
        refused(&app, &format!("{header}.{}", mixed.split_once('.').unwrap().1), alg);
    }
    // A shared secret that the issuer publishes by mistake lets nobody in.
    issuer.also(json!({"kty": "oct", "kid": "shared", "k": base64("secret"), "alg": "HS256"}));
    refused(&app, &hmac(b"secret", &json!({"alg": "HS256", "kid": "shared"}), &claims), "a published secret");
}

#[test]
fn a_key_serves_only_what_it_is_published_for() {
    let (sealing, ec) = (SigningKey::rsa("sealing"), SigningKey::ec("ec"));
    let issuer = Issuer::publishing(&[key(), &ec]);
    let mut published = sealing.public();
    published["use"] = json!("enc");
    issuer.also(published);
    let mut narrow = SigningKey::rsa("narrow").public();
    narrow["alg"] = json!("PS256");
    issuer.also(narrow);
    let app = issuer.believed_by(super::ROLES);
    let claims = issuer.claims();
    app.anonymous().with_key(&key().token(&claims)).get("measures").call().must_be(200);
    refused(&app, &sealing.token(&claims), "a key for encryption");
    refused(&app, &SigningKey::rsa("narrow").token(&claims), "a key for another algorithm");
    refused(
        &app,
        &key().token_with(&json!({"alg": "RS256", "kid": "ec"}), &claims),
        "an RSA signature under an EC key",
    );
}

#[test]
fn only_the_issuers_own_key_signs() {
    let (issuer, app) = start();
    let claims = issuer.claims();
    let stranger = SigningKey::rsa("stranger");
    refused(&app, &stranger.token(&claims), "an unknown key");
    refused(&app, &stranger.token_with(&json!({"alg": "RS256", "kid": key().id}), &claims), "another key under its id");
    let token = key().token(&claims);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let changed = base64(issuer.claims_with(json!({"roles": ["g-17", "Officer"]})).to_string());
    let header = message.split_once('.').unwrap().0;
    refused(&app, &format!("{header}.{changed}.{signature}"), "claims changed after signing");
    for cut in [
        format!("{message}."),
        format!("{message}.{}", &signature[..20]),
        format!("{message}.{signature}AA"),
        format!("{message}.!!!"),
    ] {
        refused(&app, &cut, "a signature cut short or long");
    }
}

#[test]
fn key_ids_and_addresses_in_the_header_lead_nowhere() {
    let (issuer, app) = start();
    let (claims, stranger) = (issuer.claims(), SigningKey::rsa("stranger"));
    let evil = format!("{}/evil", issuer.url());
    for id in
        ["../../../../etc/passwd", "/dev/null", "' OR '1'='1", "'; DROP TABLE api_keys; --", "\u{0}", &"k".repeat(5000)]
    {
        refused(&app, &stranger.token_with(&json!({"alg": "RS256", "kid": id}), &claims), id);
    }
    refused(&app, &key().token_with(&json!({"alg": "RS256"}), &claims), "no key id");
    for header in [
        json!({"alg": "RS256", "kid": key().id, "jku": evil}),
        json!({"alg": "RS256", "kid": key().id, "x5u": evil}),
        json!({"alg": "RS256", "kid": key().id, "jwk": stranger.public()}),
        json!({"alg": "RS256", "kid": "stranger", "jwk": stranger.public(), "jku": evil, "x5u": evil}),
    ] {
        refused(&app, &stranger.token_with(&header, &claims), "a header that brings its own key");
    }
    let asking = json!({"alg": "RS256", "kid": key().id, "crit": ["b64"], "b64": false});
    refused(&app, &key().token_with(&asking, &claims), "extensions that are not understood");
    for typ in ["logout+jwt", "secevent+jwt", "JOSE", ""] {
        let header = json!({"alg": "RS256", "kid": key().id, "typ": typ});
        refused(&app, &key().token_with(&header, &claims), typ);
    }
    for typ in ["JWT", "jwt", "at+jwt", "application/at+jwt"] {
        let header = json!({"alg": "RS256", "kid": key().id, "typ": typ});
        app.anonymous().with_key(&key().token_with(&header, &claims)).get("measures").call().must_be(200);
    }
    // Beside the right key, what the header offers is not looked at: the token counts, and nobody else was asked.
    let beside = json!({"alg": "RS256", "kid": key().id, "jku": evil, "x5u": evil});
    app.anonymous().with_key(&key().token_with(&beside, &claims)).get("measures").call().must_be(200);
    assert!(!issuer.asked_for_anything_else(), "an address of the token was asked");
    assert!(app.sql().count("api_keys") > 0);
}

#[test]
fn tokens_for_others_of_others_and_out_of_time() {
    let (issuer, app) = start();
    let now = clock::now().timestamp();
    for changes in [
        json!({"aud": "another"}),
        json!({"aud": ["another", "Performance"]}),
        json!({"aud": []}),
        json!({"aud": null}),
        json!({"iss": "https://login.example.org"}),
        json!({"iss": format!("{}/", issuer.url())}),
        json!({"iss": null}),
        json!({"iss": [issuer.url()]}),
        json!({"sub": null}),
        json!({"sub": ""}),
        json!({"exp": now - 31}),
        json!({"exp": 0}),
        json!({"exp": -1}),
        json!({"exp": null}),
        json!({"exp": "9999999999"}),
        json!({"exp": 1e300}),
        json!({"nbf": now + 120}),
        json!({"nbf": "soon"}),
    ] {
        refused(&app, &key().token(&issuer.claims_with(changes.clone())), &changes.to_string());
    }
    let other = Issuer::publishing(&[key()]);
    refused(&app, &key().token(&other.claims()), "another issuer with the same key");
}

#[test]
fn what_is_no_token_and_what_is_too_long() {
    let (issuer, app) = start();
    let claims = issuer.claims_with(json!({"padding": "x".repeat(20_000)}));
    refused(&app, &key().token(&claims), "too long");
    for text in ["a.b.c", "..", "eyJ.eyJ.x", &format!("{}.{}.{}", base64("[]"), base64("[]"), base64("x"))] {
        refused(&app, text, text);
    }
    let array = format!("{}.{}", base64(json!({"alg": "RS256", "kid": key().id}).to_string()), base64("[1]"));
    refused(&app, &format!("{array}.c2ln"), "claims that are no object");
    let padded = base64::engine::general_purpose::URL_SAFE.encode(json!({"alg": "RS256"}).to_string());
    refused(&app, &format!("{padded}.e30.c2ln"), "padding");
}

#[test]
fn without_an_issuer_no_token_is_believed() {
    let app = App::start();
    let issuer = Issuer::publishing(&[key()]);
    refused(&app, &key().token(&issuer.claims()), "no issuer is set up");
    assert_eq!(issuer.asked_for_keys(), 0);
}
