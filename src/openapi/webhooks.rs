//! The calls that the service makes: the section `webhooks` of the document, one for each event, for receivers to be made from.

use serde_json::{Map, Value, json};
use strum::{EnumMessage, VariantNames};

use crate::domain::event::EventType;

/// Adds the section.
pub fn complete(document: &mut Value) {
    let events = EventType::VARIANTS.iter().filter_map(|word| Some((*word, word.parse::<EventType>().ok()?)));
    let calls: Map<String, Value> = events.map(|(word, event)| (word.to_owned(), call(word, event))).collect();
    document["webhooks"] = Value::Object(calls);
}

fn call(word: &str, event: EventType) -> Value {
    let told = event.get_documentation().unwrap_or_default();
    json!({"post": {
        "tags": ["webhook-endpoints"],
        "summary": told.trim_end_matches('.'),
        "description": format!("{told} Sent to each endpoint that asked for `{word}`, signed by the Standard Webhooks specification; see docs/webhooks.md."),
        "operationId": format!("on_{}", word.replace('.', "_")),
        "security": [],
        "parameters": [
            header("webhook-id", "Id of the message, the same at every attempt: what was received before is not to be acted on again.", json!({"type": "string", "format": "uuid"})),
            header("webhook-timestamp", "When this attempt was made, in seconds since 1970. Refuse what is older than five minutes.", json!({"type": "string", "pattern": "^[0-9]+$"})),
            header("webhook-signature", "`v1,` and the base64 of the HMAC-SHA256 over id, timestamp and body, joined by dots; while a secret is rotated, one by each, with a space between.", json!({"type": "string"}))
        ],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/WebhookMessage"}}}},
        "responses": {
            "204": {"description": "Taken. So does any other 2xx; whatever else is answered, it is tried again"},
            "410": {"description": "Nobody is there any more: the endpoint is disabled"}
        }
    }})
}

fn header(name: &str, told: &str, schema: Value) -> Value {
    json!({"name": name, "in": "header", "required": true, "description": told, "schema": schema})
}
