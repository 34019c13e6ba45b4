//! Headers that operations share: conditions, idempotency keys, entity tags, locations, request ids.

use serde_json::{Value, json};

use crate::http::odata;

/// Answers below these addresses are computed from many rows, and so have no version: no `ETag` and no conditions.
const WITHOUT_VERSION: [&str; 5] = [
    "/api/v1/data-requests/",
    "/api/v1/frameworks/{framework}/collection-cycles",
    "/api/v1/imports",
    "/api/v1/webhook-endpoints/{endpoint}/deliveries",
    "/api/v1/webhook-endpoints/{endpoint}/standing",
];

/// Answers below these addresses have a tag of the data as a whole.
const TAGGED: [&str; 2] = [FEED, "/api/v1/dimensions/"];

const FEED: &str = "/api/v1/observations";

/// Whether the answers at an address have a tag of the data: all of OData's but those that describe the service.
fn tagged(path: &str) -> bool {
    let described = [odata::ROOT, odata::METADATA].contains(&path);
    TAGGED.iter().any(|feed| path.starts_with(feed)) || (odata::below(path) && !described)
}

/// Whether the answers of an operation tell of retired measures.
fn announces(path: &str, method: &str) -> bool {
    let figures = path == FEED || path.strip_prefix(odata::ROOT).is_some_and(|set| set.starts_with("/Observations"));
    method == "get"
        && (figures || path == "/api/v1/measures/{measure}" || path == "/api/v1/frameworks/{framework}/scorecard")
}

/// Whether the answers at an address are resources with a version.
pub fn versioned(path: &str) -> bool {
    !WITHOUT_VERSION.iter().any(|computed| path.starts_with(computed))
}

/// Documents the headers that this operation reads and answers.
pub fn complete(path: &str, method: &str, operation: &mut Value) {
    let member = tagged(path) || (path.ends_with('}') && path.starts_with("/api/") && versioned(path));
    let action = method == "post" && path.contains('{') && versioned(path);
    for parameter in asked(method, member, action, path) {
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(parameter),
            None => operation["parameters"] = json!([parameter]),
        }
    }
    if method == "get" && member {
        operation["responses"]["304"] =
            json!({"description": "The caller has this version already", "headers": {"ETag": etag()}});
    }
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let has = |name: &str| parameters.into_iter().flatten().any(|parameter| parameter["name"] == name);
    let (pages, travels) = (has("cursor"), has("as_of"));
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    for (status, response) in responses {
        let figures = path.starts_with("/api/") || odata::below(path);
        if odata::below(path) {
            response["headers"]["OData-Version"] = text("4.0, whatever newer version a client announces.");
        }
        if method == "post" && path.starts_with("/api/") && status.starts_with('2') {
            response["headers"]["Idempotent-Replayed"] =
                text("`true` where the answer to the first request with this `Idempotency-Key` is told again.");
        }
        if figures && status.starts_with('2') {
            response["headers"]["RateLimit"] =
                text("What is left of the quota: `r` requests, and all of it again in `t` seconds.");
            response["headers"]["RateLimit-Policy"] = text("The quota: `q` requests in `w` seconds.");
        }
        for (name, header) in answered(status, member || action || (method == "post" && versioned(path)), pages) {
            response["headers"][name] = header;
        }
        if ["200", "304"].contains(&status.as_str()) {
            tell_of_data(path, method, response);
        }
        if path.ends_with(".pbids") && status == "200" {
            response["headers"]["Content-Disposition"] = text("A name for the file.");
        }
        if travels && ["200", "304"].contains(&status.as_str()) {
            response["headers"]["Memento-Datetime"] = text("The instant that `as_of` named, to the second (RFC 7089).");
            response["headers"]["As-Of"] = text("The instant that `as_of` named, exact.");
        }
    }
}

/// Documents what an answer tells of the data beside them: since when they are the newest, and which measures are retired.
fn tell_of_data(path: &str, method: &str, response: &mut Value) {
    if tagged(path) {
        response["headers"]["Last-Modified"] = text(
            "Since when this has been the newest, once a second is over: the very date can be sent as `If-Modified-Since`. To \
             members and the public, when the newest of it changed, for information; to limited callers not at all.",
        );
        if path == FEED {
            response["headers"]["Changed-Since"] =
                text("By this text what changes from now on can be asked for, as `changed_since`.");
        }
    }
    if announces(path, method) {
        response["headers"]["Deprecation"] = text(
            "Since when a measure in the answer is deprecated (RFC 9745); of several the earliest. `Link` with `rel=\"deprecation\"` names them.",
        );
        response["headers"]["Sunset"] =
            text("From when on no new figures of it come (RFC 8594); of several the earliest.");
    }
}

fn asked(method: &str, member: bool, action: bool, path: &str) -> Vec<Value> {
    let header = |name: &str, told: &str, schema: Value| json!({"name": name, "in": "header", "required": false, "description": told, "schema": schema});
    let tag = || json!({"type": "string", "format": "entity-tag"});
    let if_match = || header("If-Match", "Only if the resource is still at this version.", tag());
    let mut asked = Vec::new();
    if method == "post" && path.starts_with("/api/") {
        let told = "Names the request, so that it can be repeated: the first answer is kept 24 hours and replayed; one that shows a key \
                    or secret, to the same credential alone.";
        asked.push(header(
            "Idempotency-Key",
            told,
            json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]{1,255}$"}),
        ));
    }
    match method {
        "get" if member => {
            asked.push(header("If-None-Match", "Answer `304` if the caller has this version already.", tag()));
            if tagged(path) {
                let told =
                    "Answer `304` if this is the `Last-Modified` of the newest; not looked at beside `If-None-Match`.";
                asked.push(header("If-Modified-Since", told, json!({"type": "string"})));
            }
        }
        "put" => {
            asked.push(if_match());
            asked.push(header("If-None-Match", "`*` lets the request only create.", tag()));
        }
        "patch" | "delete" => asked.push(if_match()),
        "post" if action => asked.push(if_match()),
        _ => {}
    }
    asked
}

fn answered(status: &str, resource: bool, pages: bool) -> Vec<(&'static str, Value)> {
    let mut answered = vec![("X-Request-Id", text("Id of the request, as in the log."))];
    if ["200", "201"].contains(&status) && resource {
        answered.push(("ETag", etag()));
    }
    if status == "201" {
        answered.push(("Location", text("Address of the new resource.")));
    }
    if status == "200" && pages {
        answered.push(("Link", text("`rel=\"next\"`: the next page, if there is one.")));
    }
    answered
}

fn text(told: &str) -> Value {
    json!({"description": told, "schema": {"type": "string"}})
}

fn etag() -> Value {
    json!({"description": "Version of the resource.", "schema": {"type": "string"}})
}
