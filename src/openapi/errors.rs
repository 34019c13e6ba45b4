//! Errors that operations share: each lists every status that it can give, by reference to one response for each.

use serde_json::{Value, json};

use crate::http::problem::MEDIA_TYPE;
use crate::http::{odata, problems};

/// Every error status there is, with what it says of any operation.
const STATUSES: &[(&str, &str)] = &[
    ("400", "The request does not match this document"),
    ("401", "A valid key, or the token of somebody signed in, is needed"),
    ("403", "The caller does not have the scope, or may not do this"),
    ("404", "There is nothing at this address"),
    ("405", "The address does not take this method"),
    ("408", "The request took too long to arrive"),
    ("409", "The present state does not allow it"),
    ("412", "The resource is not at the version that the request names"),
    ("413", "The body is too large"),
    ("415", "The body is of the wrong media type"),
    ("422", "The request matches this document, but a rule refuses it"),
    ("429", "The caller sent more requests than it may; try again after `Retry-After` seconds"),
    ("500", "An error of our own"),
    ("501", "The request asks for a part of OData that is not supported; `detail` names it"),
    (
        "503",
        "The database, or the issuer of sign-ins, cannot be reached, another write holds the record, or too many requests are in hand; try again after `Retry-After` seconds",
    ),
];

/// Lists the errors that this operation can give.
pub fn complete(path: &str, operation: &mut Value) {
    let writes = path.starts_with("/api/")
        && operation["responses"].as_object().is_some_and(|all| all.contains_key("201") || all.contains_key("204"));
    let named = |operation: &Value, header: &str| {
        operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == header)
    };
    let body = !operation["requestBody"].is_null();
    let conditional = named(operation, "If-Match");
    let changes = writes || body || conditional || named(operation, "Idempotency-Key");
    let secured = operation["security"] != json!([{}]) && operation["security"] != json!([]);
    let applies = |status: &str| match status {
        "400" => operation["parameters"].is_array() || body,
        "401" | "403" => secured,
        "404" => path.contains('{'),
        "409" => changes,
        "412" => conditional,
        "415" => body,
        // A key stands for the body, too, of an action that takes none.
        "408" | "413" => body || named(operation, "Idempotency-Key"),
        "422" => changes || named(operation, "as_of"),
        "429" => !path.starts_with("/health/"),
        "501" => odata::below(path),
        "503" => path != "/health/live",
        _ => true,
    };
    let found: Vec<&str> = STATUSES.iter().map(|(status, _)| *status).filter(|status| applies(status)).collect();
    for status in found {
        let name = if odata::below(path) { "ODataError" } else { "Error" };
        operation["responses"][status] = json!({"$ref": format!("#/components/responses/{name}{status}")});
    }
}

/// The responses that operations refer to.
pub fn components(document: &mut Value) {
    for (status, told) in STATUSES {
        let number: u16 = status.parse().unwrap_or(500);
        let kind = problems::for_status(number);
        let kind = problems::ALL.iter().find(|kind| kind.status == number).copied().unwrap_or(kind);
        let mut headers =
            json!({"X-Request-Id": {"description": "Id of the request, as in the log.", "schema": {"type": "string"}}});
        let extra = match *status {
            "401" => Some(("WWW-Authenticate", "How to authenticate.")),
            "405" => Some(("Allow", "Methods that the address takes.")),
            "429" | "503" => Some(("Retry-After", "Whole seconds to wait.")),
            _ => None,
        };
        if let Some((name, told)) = extra {
            headers[name] = json!({"description": told, "schema": {"type": "string"}});
        }
        let content = json!({
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": {
                "type": format!("/problems/{}", kind.code), "title": kind.title, "status": kind.status, "detail": kind.meaning,
                "instance": "/api/v1/measures/EDU-01", "code": kind.code, "request_id": "0193a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b", "errors": []
            }
        });
        document["components"]["responses"][format!("Error{status}")] =
            json!({"description": told, "headers": headers, "content": {MEDIA_TYPE: content}});
        let mut of_odata = content;
        of_odata["schema"] = json!({"$ref": "#/components/schemas/ODataProblem"});
        of_odata["example"]["instance"] = json!("/odata/v1/Observations");
        of_odata["example"]["error"] = json!({"code": kind.code, "message": kind.meaning, "details": []});
        headers["OData-Version"] = json!({"description": "4.0.", "schema": {"type": "string"}});
        document["components"]["responses"][format!("ODataError{status}")] = json!({
            "description": told, "headers": headers, "content": {MEDIA_TYPE: of_odata, "application/json": of_odata}
        });
    }
    // Not every error can be met at both sorts of address.
    let paths = document["paths"].to_string();
    if let Some(responses) = document["components"]["responses"].as_object_mut() {
        responses.retain(|name, _| paths.contains(&format!("\"#/components/responses/{name}\"")));
    }
    problem_schema(document);
}

/// The body of every error is registered once, here: no handler names it.
fn problem_schema(document: &mut Value) {
    use utoipa::{PartialSchema, ToSchema};
    let mut schemas = vec![("Problem".to_owned(), crate::http::problem::ProblemBody::schema())];
    crate::http::problem::ProblemBody::schemas(&mut schemas);
    for (name, schema) in schemas {
        let mut schema = serde_json::to_value(schema).unwrap_or_default();
        if let Some(properties) = schema["properties"].as_object() {
            schema["required"] = json!(properties.keys().collect::<Vec<_>>());
        }
        document["components"]["schemas"][name] = schema;
    }
    document["components"]["schemas"]["ODataProblem"] = json!({
        "description": "A problem, with the error object of OData: the same code and words. With `Accept: application/json` it is \
                        sent as that, which is all that clients of OData read.",
        "allOf": [{"$ref": "#/components/schemas/Problem"}, {
            "type": "object", "required": ["error"], "properties": {"error": {
                "type": "object", "required": ["code", "message", "details"], "properties": {
                    "code": {"type": "string", "description": "As `code` of the problem."},
                    "message": {"type": "string", "description": "As `detail` of the problem."},
                    "details": {"type": "array", "items": {"type": "object"}, "description": "As `errors` of the problem."}
                }
            }}
        }]
    });
}
