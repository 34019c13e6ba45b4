//! The OpenAPI document as the tests walk it; and the promise that no answer, in any test, contradicts it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use actix_web::dev::ResourceDef;
use jsonschema::Validator;
use performance_framework::access::scope::Scope;
use performance_framework::openapi::{self, security};
use serde_json::{Value, json};

use super::client::{Answer, Client};

/// One operation of the document.
pub struct Operation {
    /// HTTP method in capitals.
    pub method: String,
    /// Path with its parameters in braces.
    pub path: String,
    /// All that the document says of it.
    pub told: Value,
}

/// The document, made once.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);
    &DOCUMENT
}

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let paths = document()["paths"].as_object().expect("the document has paths");
    let items =
        paths.iter().flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |entry| (path, entry)));
    let operation = |(path, (method, told)): (&String, (&String, &Value))| Operation {
        method: method.to_uppercase(),
        path: path.clone(),
        told: told.clone(),
    };
    items.map(operation).collect()
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id(), self.method, self.path)
    }
}

impl Operation {
    /// Its id.
    pub fn id(&self) -> &str {
        self.told["operationId"].as_str().unwrap_or_default()
    }

    /// The collection below which it is.
    pub fn collection(&self) -> &str {
        self.path.split('/').nth(3).unwrap_or_default()
    }

    /// The scopes of which it needs one; none for an open one, and no word where it is enough to be known.
    pub fn scopes(&self) -> Option<Vec<Scope>> {
        Some(security::scopes(&self.told)?.iter().map(|word| word.parse().expect("a scope")).collect())
    }

    /// Whether who holds this scope, everywhere, may call it.
    pub fn lets_in(&self, held: Scope) -> bool {
        self.scopes().is_none_or(|needed| needed.is_empty() || needed.iter().any(|scope| held.includes(*scope)))
    }

    /// Its parameters that stand in the path, query or header.
    pub fn parameters(&self, place: &str) -> impl Iterator<Item = &Value> {
        let all = self.told["parameters"].as_array().into_iter().flatten();
        all.filter(move |parameter| parameter["in"] == place)
    }

    /// Sends it with the document's own examples; `id` stands for ids, which no document can know.
    pub fn try_example(&self, client: &Client, id: &str) -> Answer {
        self.try_example_if(client, id, None)
    }

    /// The same, only if the resource is at this version.
    pub fn try_example_if(&self, client: &Client, id: &str, etag: Option<&str>) -> Answer {
        let request = client.request(&self.method, &self.example_path(id));
        let request = match etag {
            Some(etag) => request.if_match(etag),
            None => request,
        };
        match self.body() {
            Some((media_type, content)) => request.raw(media_type, content["example"].to_string()),
            None => request.call(),
        }
    }

    /// The same with another body in place of the example.
    pub fn try_body(&self, client: &Client, id: &str, body: impl Into<Vec<u8>>) -> Answer {
        let (media_type, _) = self.body().expect("it takes a body");
        client.request(&self.method, &self.example_path(id)).raw(media_type, body)
    }

    /// The body of its example.
    pub fn example(&self) -> Option<&Value> {
        self.body().map(|(_, content)| &content["example"])
    }

    /// The address of its example.
    pub fn example_path(&self, id: &str) -> String {
        let mut path = self.path.clone();
        for parameter in self.parameters("path") {
            let name = parameter["name"].as_str().expect("a parameter has a name");
            let value = if name == "id" { id.to_owned() } else { text(example_of(parameter)) };
            path = path.replace(&format!("{{{name}}}"), &value);
        }
        let asked = self
            .parameters("query")
            .filter(|parameter| parameter["required"] == true || !example_of(parameter).is_null())
            .map(|parameter| (text(&parameter["name"]), text(example_of(parameter))));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// Media type and description of its body, if it has one.
    pub fn body(&self) -> Option<(&String, &Value)> {
        self.told["requestBody"]["content"].as_object()?.iter().next()
    }
}

fn example_of(parameter: &Value) -> &Value {
    if parameter["example"].is_null() { &parameter["schema"]["example"] } else { &parameter["example"] }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Stops the test when the document does not foresee this answer: its status, its media type or the form of its body.
#[track_caller]
pub fn foresees(method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or_default();
    let method = if method == "HEAD" { "GET" } else { method };
    let Some(operation) =
        table().iter().find(|(pattern, operation)| operation.method == method && pattern.is_match(path))
    else {
        return;
    };
    let operation = &operation.1;
    let response = resolve(&operation.told["responses"][answer.status.to_string()]);
    assert!(response.is_object(), "{operation} is not documented to answer {}: {answer}", answer.status);
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
    if answer.body.is_empty() || !answer.header("content-encoding").is_empty() {
        return;
    }
    let schema = &response["content"][media_type]["schema"];
    assert!(
        schema.is_object(),
        "{operation} is not documented to answer {} with {media_type}: {answer}",
        answer.status
    );
    if media_type.ends_with("json") && !media_type.ends_with("ndjson") {
        let key = format!("{operation} {} {media_type}", answer.status);
        if let Err(wrong) = validate(&key, schema, &answer.json()) {
            panic!("{operation} answers {} in another form than is documented, {wrong}: {answer}", answer.status);
        }
    }
}

/// Checks a value against a schema of the document; `key` names the schema.
pub fn validate(key: &str, schema: &Value, value: &Value) -> Result<(), String> {
    static COMPILED: Mutex<Option<HashMap<String, &'static Validator>>> = Mutex::new(None);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = *compiled.get_or_insert_default().entry(key.to_owned()).or_insert_with(|| {
        let whole = json!({"allOf": [schema], "components": document()["components"]});
        let built = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(&whole);
        Box::leak(Box::new(built.unwrap_or_else(|error| panic!("{key}: {error}"))))
    });
    drop(compiled);
    validator.validate(value).map_err(|error| format!("at {}: {error}", error.instance_path()))
}

fn table() -> &'static [(ResourceDef, Operation)] {
    static TABLE: OnceLock<Vec<(ResourceDef, Operation)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        operations().into_iter().map(|operation| (ResourceDef::new(operation.path.as_str()), operation)).collect()
    })
}

/// The thing itself, where the document refers to one.
pub fn resolve(told: &Value) -> &Value {
    match told["$ref"].as_str().and_then(|target| target.strip_prefix('#')) {
        Some(pointer) => document().pointer(pointer).expect("a reference leads somewhere"),
        None => told,
    }
}
