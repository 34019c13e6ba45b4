//! No secret is logged, wherever a caller puts it. Each test of the run looks for secrets when it stops its service; those here
//! put them where they do not belong, and show that the search finds what it looks for.

use crate::commands;
use crate::support::log::{holds_secret, lines};
use crate::support::{App, Role};

#[test]
fn the_search_finds_what_it_looks_for() {
    let key = "pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k";
    for line in [
        &format!("GET /api/v1/frameworks?key={key} 200"),
        "authorization: Bearer abcdef",
        "Authorization: Basic cG93ZXI6Ymk=",
        "GET /api/v1/measures request=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x",
        "cannot connect to postgres://council:s3cret@db/performance",
    ] {
        assert!(holds_secret(line), "{line}");
    }
    for line in [
        "Send a valid key as `Authorization: Bearer <key>`.",
        "database postgres://council:***@db/performance",
        "GET /api/v1/measures?cursor=eyJrZXkiOlsiRURVLTAxIl19 200",
        "GET /api/v1/keys pf_3xKc caller=admin http://127.0.0.1:8080",
    ] {
        assert!(!holds_secret(line), "{line}");
    }
}

#[test]
fn a_key_where_it_does_not_belong_is_not_logged() {
    let app = App::with_framework();
    let key = app.key(Role::Admin).to_owned();
    let before = lines();
    app.reader().get(&format!("frameworks?key={key}")).call().must_be(400);
    app.reader().get(&format!("frameworks/{key}")).call();
    app.reader().get(&format!("/nowhere/{key}")).call().must_be(404);
    app.anonymous().get(&format!("frameworks?authorization=Bearer%20{key}")).call().must_be(400);
    for header in ["X-Request-Id", "User-Agent", "Idempotency-Key", "If-Match", "Cookie", "X-Forwarded-For"] {
        app.editor()
            .put("frameworks/F")
            .header(header, &key)
            .raw("application/json", format!("{{\"{key}\": \"{key}\"}}"));
    }
    app.anonymous().with_key(&key[..40]).get("frameworks").call().must_be(401);
    assert!(lines() > before + 10, "the log is not watched");
}

#[test]
fn a_token_where_it_does_not_belong_is_not_logged() {
    let app = App::with_framework();
    for token in
        ["eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"]
    {
        let before = lines();
        app.reader().get(&format!("frameworks?access_token={token}")).call().must_be(400);
        app.reader().get(&format!("frameworks/{token}")).call().must_be(400);
        app.reader().get(&format!("/nowhere/{token}")).call().must_be(404);
        for header in ["X-Request-Id", "User-Agent", "Idempotency-Key", "If-Match", "Cookie", "X-Forwarded-For"] {
            let answer = app.reader().get("frameworks").header(header, token).call();
            assert_ne!(answer.header("x-request-id"), token);
        }
        app.anonymous().with_key(token).get("frameworks").call().must_be(401);
        assert!(lines() > before + 5, "the log is not watched");
    }
}

#[test]
fn the_password_of_a_database_is_not_logged() {
    let url = "postgres://council:s3cret-word@127.0.0.1:1/performance?password=s3cret-word";
    for settings in
        [vec![("DATABASE_URL", url)], vec![("DATABASE_URL", url), ("MIGRATE_DATABASE_URL", url), ("RUST_LOG", "debug")]]
    {
        let (code, printed, log) = commands::run(&settings, &["serve"]);
        assert_eq!((code, printed.as_str()), (Some(1), ""), "{log}");
        assert!(!log.contains("s3cret-word") && log.contains("council:***@"), "{log}");
    }
}
