//! Texts that should become a line of the log, or a header of an answer, of their own.

use serde_json::json;

use super::start;
use crate::commands::Process;
use crate::sign_in;
use crate::support::db::{Database, Role};
use crate::support::issuer::Issuer;
use crate::support::{App, Client, raw};

/// A line as the log has it, of a year that is over.
const FORGED: &str = "[1999-01-01T00:00:00Z INFO  access] GET /forged 200 caller=nobody";

/// What ends a line or directs a terminal, for one reader or another, each before the forged line.
fn hostile() -> Vec<String> {
    [
        "\n",
        "\r",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{b}",
        "\u{c}",
        "\u{1b}[2J\u{1b}[1;1H",
        "\u{9b}2J",
        "\u{202e}",
        "\0",
        "\u{7f}",
    ]
    .iter()
    .map(|end| format!("x{end}{FORGED}"))
    .collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Asks with the text wherever a caller can put one.
fn ask_with(client: &Client, base: &str, text: &str) {
    let address = encoded(text);
    for path in [
        format!("measures/{address}"),
        format!("measures?framework={address}"),
        format!("changes?{address}=1"),
        format!("/{address}"),
    ] {
        client.get(&path).call();
    }
    client.put("frameworks/F").send(&json!({"title": text, text: text}));
    client.put("frameworks/F").raw("application/json", text.to_owned());
    client.post("keys").send(&json!({"name": text, "scopes": ["read"]}));
    for header in [
        "X-Request-Id",
        "User-Agent",
        "X-Forwarded-For",
        "Authorization",
        "Idempotency-Key",
        "If-Match",
        "Accept",
        "Origin",
        "Cookie",
    ] {
        // As bytes: no client would send them so.
        let request = format!(
            "POST /api/v1/frameworks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}: {text}\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        raw::exchange(base, request);
    }
    for line in [format!("GET /{text} HTTP/1.1"), format!("{text} / HTTP/1.1"), format!("GET / {text}")] {
        raw::exchange(base, format!("{line}\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }
}

#[test]
fn nothing_that_a_caller_sends_becomes_a_line_of_the_log() {
    let database = Database::fresh();
    let (url, issuer) = (database.url(), Issuer::publishing(&[sign_in::key()]));
    let (mut service, base) = Process::start(&[
        ("DATABASE_URL", &url),
        ("RUST_LOG", "trace"),
        ("OIDC_ISSUER", &issuer.url()),
        ("OIDC_AUDIENCE", "performance"),
        ("OIDC_ROLES", "Officer=performance_officer"),
    ]);
    let admin = Client::new(&base, Some(database.key(Role::Admin)));
    for text in hostile() {
        ask_with(&admin, &base, &text);
        let named = issuer.claims_with(json!({"preferred_username": text, "sub": format!("{text} request=forged")}));
        admin.with_key(&sign_in::key().token(&named)).get("measures").call();
    }
    let sly = json!({"name": "Offic\u{202e}er\u{200b} request=forged caller=admin", "scopes": ["read"]});
    let made = admin.post("keys").send(&sly).must_be(201).json();
    admin.with_key(made["key"].as_str().unwrap()).get("measures").call().must_be(200);
    let (_, log) = service.end("TERM");
    for line in log.split_terminator('\n') {
        assert!(line.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{line:?}");
        assert!(line.starts_with("[20") && line.get(20..22) == Some("Z "), "a line of another form: {line:?}");
    }
    assert!(
        log.contains("caller=\"Offic\\u{202e}er\\u{200b} request=forged caller=admin\" audience=internal"),
        "{log}"
    );
    assert!(log.contains("forged 200"), "nothing of it was logged at all, so nothing was tried");
}

#[test]
fn nothing_that_a_caller_sends_becomes_a_header_of_the_answer() {
    let (app, admin, _) = start();
    let evil = "x\r\nX-Injected: yes\r\n\r\n<script>";
    let address = encoded(evil);
    let key = app.key(crate::support::Role::Admin);
    let mut tried = 0;
    for path in [
        format!("/{address}"),
        format!("/docs/{address}"),
        format!("//evil.example/{address}"),
        format!("/problems/{address}"),
        format!("/api/v1/measures/{address}"),
        format!("/api/v1/measures?limit=1&outcome={address}"),
        format!("/api/v1/measures?limit=1&cursor={address}"),
        format!("/api/v1/frameworks/PRACTICE/scorecard?quarter=2025-26-Q1&format={address}"),
        "/api/v1/measures?limit=1&count=true".to_owned(),
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n\r\n"
        );
        let answer = raw::exchange(app.base(), request);
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(!head.contains("\r\nx-injected") && !head.contains("evil.example"), "{path}: {head}");
        let moved = head.lines().find(|line| line.starts_with("location:"));
        assert!(moved.is_none_or(|line| line == "location: /docs/"), "{path}: {head}");
        tried += usize::from(head.starts_with("http/1.1 "));
    }
    assert_eq!(tried, 9);
    let next = admin.get("measures?limit=1").header("Host", "evil.example").call().must_be(200);
    assert!(next.header("link").contains("performance.example.gov.uk") && !next.text().contains("evil.example"));
}

#[test]
fn a_name_or_code_that_would_split_something_is_never_stored() {
    let app = App::with_framework();
    for text in hostile() {
        if text.contains('\u{202e}') {
            // Directs a reader's eye, ends no line, and is a letter of some languages' names.
            continue;
        }
        app.storing_nothing(|| app.admin().post("keys").send(&json!({"name": text, "scopes": ["read"]})))
            .problem(400, "invalid_body");
        let body = json!({"code": text, "framework": "F", "title": "T"});
        app.storing_nothing(|| app.editor().post("outcomes").send(&body)).problem(400, "invalid_body");
        let put =
            || app.editor().put(&format!("outcomes/{}", encoded(&text))).send(&json!({"framework": "F", "title": "T"}));
        app.storing_nothing(put).problem(400, "invalid_parameter");
    }
}
