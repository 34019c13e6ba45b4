//! Links between operations: what was created or read says where it can be read, changed and acted upon.

use serde_json::{Map, Value, json};

use super::headers;

/// Adds links to every good answer that is a resource.
pub fn complete(document: &mut Value) {
    let members = members(document);
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, item) in paths.iter_mut().filter(|(path, _)| headers::versioned(path)) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let Some((member, keys)) = owner(path, &members) else {
                continue;
            };
            let made = method == "post" && !path.contains('{');
            let own = operation["operationId"].as_str().unwrap_or_default().to_owned();
            let links = links_to(member, keys, &own, made);
            for status in ["200", "201"] {
                if operation["responses"][status].is_object()
                    && (made || path.starts_with(member.path.as_str()))
                    && method != "get"
                {
                    operation["responses"][status]["links"] = Value::Object(links.clone());
                }
            }
        }
    }
}

/// A member's address and every operation at or below it.
struct Member {
    path: String,
    operations: Vec<(String, String)>,
}

/// Parameter of the address, and where an answer has its value.
type Keys = Vec<(String, String)>;

fn members(document: &Value) -> Vec<(Member, Keys)> {
    let paths = document["paths"].as_object();
    let all: Vec<(&String, &Value)> = paths.into_iter().flatten().collect();
    let is_member = |path: &&(&String, &Value)| {
        path.0.starts_with("/api/v1/") && path.0.ends_with('}') && path.1["put"].is_object()
    };
    all.iter()
        .filter(is_member)
        .map(|(path, _)| {
            let below = all
                .iter()
                .filter(|(other, _)| other.as_str() == path.as_str() || other.starts_with(&format!("{path}/")));
            let without_more = below.filter(|(other, _)| other.matches('{').count() == path.matches('{').count());
            let operations = without_more.flat_map(|(_, item)| item.as_object().into_iter().flatten());
            let operations = operations.filter_map(|(method, operation)| {
                Some((method.clone(), operation["operationId"].as_str()?.to_owned()))
            });
            let keys = path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .map(|name| (name.to_owned(), field(path, name)));
            (Member { path: (*path).clone(), operations: operations.collect() }, keys.collect())
        })
        .collect()
}

/// Definitional things are keyed by `code`, facts by fields that are called as the address calls them.
fn field(path: &str, name: &str) -> String {
    let only_key = path.matches('{').count() == 1;
    if only_key { "code".to_owned() } else { name.to_owned() }
}

fn owner<'a>(path: &str, members: &'a [(Member, Keys)]) -> Option<(&'a Member, &'a Keys)> {
    let found = members.iter().find(|(member, _)| {
        let collection = member.path.split("/{").next().unwrap_or_default();
        path == collection || path == member.path || path.starts_with(&format!("{}/", member.path))
    });
    found.map(|(member, keys)| (member, keys))
}

fn links_to(member: &Member, keys: &Keys, own: &str, made: bool) -> Map<String, Value> {
    let others = member.operations.iter().filter(|(_, id)| id != own && (made || !id.starts_with("delete")));
    others
        .map(|(_, id)| {
            let parameters: Map<String, Value> = keys.iter().map(|(name, field)| (name.clone(), json!(format!("$response.body#/{field}")))).collect();
            (id.clone(), json!({"operationId": id, "description": format!("The resource in this answer: {id}."), "parameters": parameters}))
        })
        .collect()
}
