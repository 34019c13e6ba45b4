//! From an operation of the document to a request: its address, its body, its caller; for the most part one that can be granted.

use serde_json::{Value, json};

use super::bodies;
use super::dice::Dice;
use super::world::World;
use crate::support::Role;
use crate::support::client::Answer;
use crate::support::db::ROLES;
use crate::support::document::{Operation, document};

/// A request that is ready to be sent, and can be told.
pub struct Draft {
    /// Who sends it.
    pub role: Role,
    /// Address below the root.
    pub path: String,
    /// What is sent.
    pub body: Option<Value>,
    /// Parts of the address of what it is about, also where that is only to be made.
    pub key: Key,
    etag: Option<&'static str>,
}

impl Draft {
    /// A request for this operation; about what has this key, if one is given.
    pub fn of(operation: &Operation, key: Option<Key>, world: &World, dice: &mut Dice) -> Self {
        let mut key = key.unwrap_or_else(|| address(operation, world, dice));
        let path =
            key.iter().fold(operation.path.clone(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
        let path = if operation.id() == "create_import" { format!("{path}?{}", bodies::taken(dice)) } else { path };
        let mut body = operation.body().map(|(_, content)| body(operation, &content["schema"], &mut key, world, dice));
        if let Some(body) = body.as_mut().filter(|_| dice.chance(10)) {
            spoil(body, dice);
        }
        let granted =
            ROLES.iter().find(|(_, _, scope)| operation.scopes().is_some_and(|needed| needed.first() == Some(scope)));
        let role = match dice.below(20) {
            0 => dice.pick(&ROLES).0,
            1 | 2 => Role::Admin,
            _ => granted.expect("a scope has a role").0,
        };
        Self { role, path, body, key, etag: dice.chance(2).then_some("\"1\"") }
    }

    /// Sends it.
    pub fn send(&self, method: &str, world: &World) -> Answer {
        let mut request = world.app.by(self.role).request(method, &self.path);
        if let Some(etag) = self.etag {
            request = request.if_match(etag);
        }
        match &self.body {
            Some(body) => request.send(body),
            None => request.call(),
        }
    }
}

/// Name of the collection that an operation is about.
fn collection(operation: &Operation) -> &str {
    let mut parts = operation.path.trim_start_matches("/api/v1/").split('/');
    let (first, last) = (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default());
    if operation.id().starts_with("generate_") { last } else { first }
}

/// Name and value of each part of an address.
pub type Key = Vec<(String, String)>;

/// Every part of the address: mostly of something that is there, unless it is to be made.
fn address(operation: &Operation, world: &World, dice: &mut Dice) -> Key {
    let names: Vec<&str> = operation.parameters("path").filter_map(|parameter| parameter["name"].as_str()).collect();
    let table = match collection(operation) {
        "data-requests" => "data_request_waivers".to_owned(),
        collection => collection.replace('-', "_"),
    };
    let table = if operation.id().starts_with("generate_") { "frameworks" } else { &table };
    let columns = match names[..] {
        ["import"] => vec!["number"],
        [_] => vec!["code"],
        _ => names.clone(),
    };
    // To waive is to make a waiver.
    let makes = names.is_empty() || operation.method == "PUT" || operation.id().starts_with("waive_");
    let found = if !makes && dice.chance(85) { world.existing(table, &columns, dice) } else { None };
    let named = |name: &&str| {
        let value = world.name(name, dice);
        value.unwrap_or_else(|| panic!("{operation}: the walk knows no names for `{name}`: add some to world.rs"))
    };
    let values = found.unwrap_or_else(|| names.iter().map(named).collect());
    names.into_iter().map(str::to_owned).zip(values).collect()
}

fn body(operation: &Operation, schema: &Value, key: &mut Key, world: &World, dice: &mut Dice) -> Value {
    let schema = resolved(schema);
    if operation.id() == "create_import" {
        return bodies::import(world, dice);
    }
    if operation.id() == "decide_annual_target_review" {
        return bodies::outcomes(key, world, dice);
    }
    if operation.id() == "exempt_quarterly_report" {
        return bodies::exempt(world, dice);
    }
    let is_action = operation.path.split('/').count() > 4 + key.len() || operation.id().starts_with("generate_");
    let whole = if is_action { None } else { bodies::whole(collection(operation), key, world, dice) };
    match (operation.method.as_str(), whole) {
        (_, None) => generated(operation, "", schema, world, dice),
        ("POST", Some(_)) => {
            let (named, whole) = created(operation, schema, world, dice);
            *key = named;
            whole
        }
        ("PATCH", Some(whole)) => some_of(whole, dice),
        (_, Some(whole)) => whole,
    }
}

/// A body that names its own key: the parts that a whole body leaves to the address, which are told too.
fn created(operation: &Operation, schema: &Value, world: &World, dice: &mut Dice) -> (Key, Value) {
    let own = operation.id().trim_start_matches("create_");
    let parts: &[&str] = match own {
        "target" => &["measure", "year"],
        "quarterly_submission" => &["measure", "quarter"],
        "collection_cycle" | "quarterly_report" => &["framework", "quarter"],
        "annual_target_review" => &["framework", "year"],
        "recovery_plan" => &["plan"],
        "issue_of_concern" => &["issue"],
        own => &[own],
    };
    let named = |part: &&str| {
        let name = world.name(part, dice);
        let name =
            name.unwrap_or_else(|| panic!("{operation}: the walk knows no names for `{part}`: add some to world.rs"));
        ((*part).to_owned(), name)
    };
    let key: Key = parts.iter().map(named).collect();
    let mut whole = bodies::whole(collection(operation), &key, world, dice).expect("what is created is known");
    for (part, name) in &key {
        let field = if schema["properties"][part].is_object() && parts.len() > 1 { part } else { "code" };
        whole[field] = json!(name);
    }
    (key, whole)
}

/// Some fields of a body: one to four.
fn some_of(mut whole: Value, dice: &mut Dice) -> Value {
    let fields = whole.as_object_mut().expect("a body is an object");
    let names: Vec<String> = fields.keys().cloned().collect();
    // What makes a change a new version goes together.
    let chosen: Vec<&String> = (0..=dice.below(4)).map(|_| dice.pick(&names)).collect();
    let together = ["decision", "effective_from", "change_reason", "source"];
    let versions = dice.chance(70);
    fields.retain(|name, _| chosen.contains(&name) || (versions && together.contains(&name.as_str())));
    whole
}

/// A value that the schema asks for, with names where it asks for names.
fn generated(operation: &Operation, field: &str, schema: &Value, world: &World, dice: &mut Dice) -> Value {
    let schema = resolved(schema);
    if let Some(name) = world.name(field, dice) {
        return json!(name);
    }
    if let Some(words) = schema["enum"].as_array() {
        return dice.pick(words).clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match (kind, schema["format"].as_str()) {
        (Some("object"), _) => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields: Vec<(String, Value)> =
                fields.map(|(name, of)| (name.clone(), generated(operation, name, of, world, dice))).collect();
            Value::Object(fields.into_iter().collect())
        }
        (Some("array"), _) => json!([generated(operation, field, &schema["items"], world, dice)]),
        (Some("integer"), _) => {
            let least = schema["minimum"].as_i64().unwrap_or(0).max(0);
            json!(least + i64::try_from(dice.below(40)).expect("a small number"))
        }
        (Some("number"), _) => json!(dice.below(100)),
        (Some("boolean"), _) => json!(dice.chance(50)),
        (Some("string"), Some("date")) => json!(bodies::day(world, dice)),
        (Some("string"), None) => json!(format!("Words {}", dice.below(50))),
        _ => panic!("{operation}: the walk makes nothing of `{field}`, {schema}: teach it in requests.rs"),
    }
}

/// The schema itself, where another names it.
fn resolved(schema: &Value) -> &Value {
    let named = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
    let named = named.or_else(|| schema["oneOf"].as_array()?.iter().find_map(|one| one["$ref"].as_str()));
    match named.and_then(|target| target.strip_prefix('#')) {
        Some(pointer) => resolved(document().pointer(pointer).expect("a reference leads somewhere")),
        None => schema,
    }
}

/// Puts something that does not belong there into a field.
fn spoil(body: &mut Value, dice: &mut Dice) {
    let Some(fields) = body.as_object_mut() else { return };
    let names: Vec<String> = fields.keys().cloned().chain(["unknown_field".to_owned()]).collect();
    let wrong =
        [json!(null), json!(-1), json!(""), json!([]), json!({}), json!("NOWHERE"), json!("2024-26-Q7"), json!(1e30)];
    fields.insert(dice.pick(&names).clone(), dice.pick(&wrong).clone());
}
