//! What every answer has, whatever was asked: request id, security headers, compression; health, and the way to the
//! documentation.

use serde_json::json;

use crate::support::App;

#[test]
fn a_request_id_goes_both_ways_and_into_the_log_of_changes() {
    let app = App::start();
    let given = app.anonymous().get("/health/live").header("X-Request-Id", "case-4711_a.b").call().must_be(200);
    assert_eq!(given.header("x-request-id"), "case-4711_a.b");
    for unusable in
        ["", "two words", "semi;colon", "pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k", "x\u{e9}", &"x".repeat(65)]
    {
        let made = app.anonymous().get("/health/live").header("X-Request-Id", unusable).call().must_be(200);
        assert!(made.header("x-request-id").len() == 36, "{unusable:?}: {:?}", made.headers);
    }
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    app.editor().put("frameworks/F").header("X-Request-Id", "import-7").send(&body).must_be(201);
    assert_eq!(app.sql().value("SELECT request_id FROM changes WHERE resource = 'frameworks'"), "import-7");
}

#[test]
fn every_answer_is_kept_from_harm() {
    let app = App::start();
    for (path, status) in [("/health/live", 200), ("frameworks", 200), ("/docs/", 200), ("/nowhere", 404)] {
        let answer = app.reader().get(path).call().must_be(status);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
        let cached = if path == "frameworks" { "no-store" } else { "no-cache" };
        assert_eq!(answer.header("cache-control"), cached, "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        // The public address of the tests is https.
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
}

#[test]
fn so_is_every_refusal_redirect_and_unchanged_answer() {
    let app = App::with_framework();
    let etag = app.reader().get("frameworks/F").call().etag();
    let too_large = || app.editor().put("frameworks/F").raw("application/json", vec![b' '; 1024 * 1024 + 1]);
    for (answer, status) in [
        (app.reader().get("frameworks/F").if_none_match(&etag).call(), 304),
        (app.anonymous().get("/").call(), 307),
        (app.anonymous().get("/docs").call(), 307),
        (app.reader().get("frameworks?nonsense=1").call(), 400),
        (app.anonymous().get("frameworks/F").call(), 401),
        (app.reader().put("frameworks/F").send(&json!({})), 403),
        (app.reader().get("frameworks/NOWHERE").call(), 404),
        (app.reader().request("TRACE", "frameworks").call(), 405),
        (app.editor().patch("frameworks/F").if_match("\"1\"").send(&json!({"title": "T"})), 412),
        (too_large(), 413),
        (app.editor().put("frameworks/F").raw("text/plain", "x"), 415),
        (app.editor().put("frameworks/F").send(&json!({"title": "T"})), 400),
        (app.reader().request("HEAD", "frameworks/F").call(), 200),
    ] {
        let answer = answer.must_be(status);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.header(name), value, "{name}: {answer}");
        }
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{answer}");
        assert!(answer.header("cache-control").starts_with("no-"), "{answer}");
        assert_eq!((answer.header("server"), answer.header("x-powered-by")), ("", ""), "{answer}");
        assert!(!answer.header("x-request-id").is_empty(), "{answer}");
    }
}

#[test]
fn health_tells_life_and_readiness() {
    let app = App::start();
    for path in ["/health/live", "/health/ready"] {
        let answer = app.anonymous().get(path).call().must_be(200).json();
        assert_eq!((&answer["status"], &answer["version"]), (&json!("ok"), &json!(env!("CARGO_PKG_VERSION"))));
    }
}

#[test]
fn head_is_get_without_its_body() {
    let app = App::with_framework();
    let got = app.reader().get("frameworks/F").call().must_be(200);
    let head = app.reader().request("HEAD", "frameworks/F").call().must_be(200);
    assert_eq!((head.body.len(), head.etag()), (0, got.etag()));
    assert_eq!(head.header("content-type"), got.header("content-type"));
    app.reader().request("HEAD", "frameworks/NOWHERE").call().must_be(404);
    app.anonymous().request("HEAD", "frameworks/F").call().must_be(401);
    app.provider().request("HEAD", "quarterly-submissions/M-1/2024-25-Q1/submit").call().must_be(405);
}

#[test]
fn long_answers_are_compressed_for_who_asks() {
    let app = App::start();
    let plain = app.anonymous().get("/openapi.json").header("Accept-Encoding", "identity").call().must_be(200);
    let packed = app.anonymous().get("/openapi.json").header("Accept-Encoding", "gzip").call().must_be(200);
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), ("", "gzip"));
    assert!(packed.body.starts_with(&[0x1f, 0x8b]) && packed.body.len() * 3 < plain.body.len());
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
}

#[test]
fn the_root_leads_to_the_documentation() {
    let app = App::start();
    for path in ["/", "/docs"] {
        let moved = app.anonymous().get(path).call();
        assert!([302, 307, 308].contains(&moved.status), "{moved}");
        assert_eq!(moved.header("location"), "/docs/", "{path}");
    }
    let page = app.anonymous().get("/docs/").call().must_be(200);
    assert!(page.header("content-security-policy").contains("script-src 'self'; style-src 'self'"));
    assert!(
        !page.text().contains("<style") && !page.text().contains("<script>"),
        "the policy allows none of it: {page}"
    );
    assert!(page.text().contains("swagger-ui"), "{page}");
    for asset in ["/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/swagger-initializer.js"] {
        let asset = app.anonymous().get(asset).call().must_be(200);
        assert!(asset.body.len() > 100);
    }
    assert!(
        !page.text().contains("//unpkg.com") && !page.text().contains("//cdn"),
        "the page loads from elsewhere: {page}"
    );
}
