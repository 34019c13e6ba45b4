//! Requests that are wrong whatever their body: method, media type, address, version.

use serde_json::json;

use crate::support::App;

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let app = App::with_measure();
    for (method, path, allow) in [
        ("DELETE", "frameworks", "GET, POST, HEAD"),
        ("PUT", "frameworks", "GET, POST, HEAD"),
        ("POST", "frameworks/F", "GET, PUT, DELETE, PATCH, HEAD"),
        ("GET", "quarterly-submissions/M-1/2024-25-Q1/submit", "POST"),
        ("DELETE", "quarterly-submissions/M-1/2024-25-Q1/revisions/1", "GET, HEAD"),
        ("POST", "/health/live", "GET, HEAD"),
        ("PURGE", "measures", "GET, POST, HEAD"),
        ("OPTIONS", "changes", "GET, HEAD"),
    ] {
        let refused = app.storing_nothing(|| app.admin().request(method, path).call());
        refused.problem(405, "method_not_allowed").says(method);
        let sorted = |list: &str| {
            let mut methods: Vec<_> = list.split(", ").map(str::to_owned).collect();
            methods.sort();
            methods
        };
        assert_eq!(sorted(refused.header("allow")), sorted(allow), "{method} {path}");
    }
}

#[test]
fn a_wrong_media_type_is_refused() {
    let app = App::with_outcome();
    let body = json!({"framework": "F", "title": "T"}).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/problem+json",
        "application/merge-patch+json",
        "json",
    ] {
        let put = || app.editor().put("outcomes/O-2").raw(kind, body.clone());
        app.storing_nothing(put).problem(415, "unsupported_media_type").says(kind);
    }
    let patch = || app.editor().patch("outcomes/O-1").raw("application/json-patch+json", "[]");
    app.storing_nothing(patch).problem(415, "unsupported_media_type");
    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
        let put = app.editor().put("outcomes/O-2").raw(kind, body.clone());
        assert!([200, 201].contains(&put.status), "{put}");
    }
}

#[test]
fn an_unknown_address_is_not_found() {
    let app = App::with_measure();
    for path in [
        "/",
        "/api",
        "/api/v1",
        "/api/v2/measures",
        "measure",
        "measures/M-1/x",
        "measures/",
        "frameworks/F/scorecards",
        "/../etc/passwd",
    ] {
        let answer = app.admin().get(path).call();
        if path != "/" {
            answer.problem(404, "not_found").says("/openapi.json");
        }
    }
    let long = format!("measures/{}", "A".repeat(8000));
    app.reader().get(&long).call().problem(404, "not_found");
}

#[test]
fn a_stale_version_is_refused_for_every_way_of_writing() {
    let app = App::with_measure();
    let old = app.submission("M-1", "2024-25-Q1").set("value", 1).create().etag();
    app.submission("M-1", "2024-25-Q1").set("value", 2).put().must_be(200);
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    let client = app.provider();
    let body = json!({"data_period": "2024-25-Q1", "value": 3});
    let stale = [
        app.storing_nothing(|| client.put(path).if_match(&old).send(&body)),
        app.storing_nothing(|| client.patch(path).if_match(&old).send(&json!({"value": 3}))),
        app.storing_nothing(|| client.delete(path).if_match(&old).call()),
        app.storing_nothing(|| client.post(&format!("{path}/submit")).if_match(&old).call()),
        app.storing_nothing(|| app.officer().post(&format!("{path}/approve")).if_match(&old).call()),
        app.storing_nothing(|| {
            app.officer().post(&format!("{path}/return")).if_match(&old).send(&json!({"reason": "R"}))
        }),
        app.storing_nothing(|| client.post(&format!("{path}/revise")).if_match(&old).send(&json!({"reason": "R"}))),
    ];
    let newest = app.reader().get(path).call().etag();
    for refused in stale {
        refused.problem(412, "precondition_failed").says("not at the one in `If-Match`");
        assert_eq!(refused.etag(), newest);
    }
}

#[test]
fn an_unknown_query_parameter_is_refused_everywhere() {
    let app = App::with_measure();
    for path in [
        "measures?levle=service",
        "changes?who=me",
        "keys?name=x",
        "frameworks/F/scorecard?quarter=2024-25-Q1&view=live",
    ] {
        app.admin().get(path).call().problem(400, "unknown_parameter");
    }
    for twice in ["measures?limit=1&limit=2", "measures?level=service&level=outcome", "changes?limit=1&limit=1"] {
        app.admin().get(twice).call().problem(400, "invalid_parameter").says("duplicate");
    }
}
