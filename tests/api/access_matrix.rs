//! The access matrix, tried: every operation by every role, on the demonstration, with grants that reach the object's whole
//! framework, one measure of it, and another framework. Each answer is of the class that docs/access-matrix.txt names.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::thread;

use performance_framework::access::objects::{self, Object, Outcome, Reaching};
use performance_framework::access::role::Role;
use serde_json::{Value, json};
use strum::VariantArray;

use crate::demonstration::demonstration;
use crate::support::document::{Operation, operations};
use crate::support::{Answer, App};

/// The framework and the measure that an operation's own example is about.
struct About {
    framework: String,
    measure: String,
}

/// The first value of a query, if it has a row.
fn first(app: &App, sql: &str) -> Option<String> {
    app.sql().column(sql).into_iter().next().filter(|value| value != "null")
}

/// What the address or the body of the example names.
fn named(operation: &Operation) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    if let Some((_, content)) = operation.body() {
        for (name, value) in content["example"].as_object().into_iter().flatten() {
            names.insert(name.clone(), value.as_str().unwrap_or_default().to_owned());
        }
    }
    for parameter in operation.parameters("path").chain(operation.parameters("query")) {
        let example =
            if parameter["example"].is_null() { &parameter["schema"]["example"] } else { &parameter["example"] };
        if let (Some(name), Some(example)) = (parameter["name"].as_str(), example.as_str()) {
            names.insert(name.to_owned(), example.to_owned());
        }
    }
    if let Some(key) = names.remove("key") {
        names.extend(of_key(&operation.path, &key));
    }
    names
}

/// The values of a key as OData writes it: by their names, or one alone, which is that of the set.
fn of_key(path: &str, key: &str) -> BTreeMap<String, String> {
    let set = path.trim_start_matches("/odata/v1/").split('(').next().unwrap_or_default().to_lowercase();
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((set.trim_end_matches('s'), part));
        (name.to_owned(), value.trim_matches('\'').to_owned())
    };
    key.split(',').map(pair).collect()
}

impl About {
    fn of(app: &App, operation: &Operation) -> Self {
        let names = named(operation);
        let name = |key: &str| names.get(key).map(String::as_str).unwrap_or_default();
        let of_plan = format!("SELECT measure FROM recovery_plans WHERE code = '{}'", name("plan"));
        let measure = first(app, &format!("SELECT code FROM measures WHERE code = '{}'", name("measure")))
            .or_else(|| first(app, &of_plan));
        let framework = [
            format!(
                "SELECT framework FROM measures JOIN outcomes o ON o.code = outcome WHERE measures.code = '{}'",
                measure.clone().unwrap_or_default()
            ),
            format!("SELECT code FROM frameworks WHERE code = '{}'", name("framework")),
            format!("SELECT framework FROM issues_of_concern WHERE code = '{}'", name("issue")),
            format!(
                "SELECT framework FROM measures JOIN outcomes o ON o.code = outcome WHERE measures.code IN \
                 (SELECT jsonb_path_query(measures, '$.measure') #>> '{{}}' FROM import_mappings WHERE code = '{}')",
                name("mapping")
            ),
            format!("SELECT framework FROM outcomes WHERE code = '{}'", name("outcome")),
            "SELECT 'PRACTICE'".to_owned(),
        ];
        let framework = framework.iter().find_map(|sql| first(app, sql)).unwrap();
        // Of an issue or a mapping, a measure that it does not name; of an outcome, one that it holds.
        let any = format!(
            "SELECT m.code FROM measures m JOIN outcomes o ON o.code = m.outcome WHERE o.framework = '{framework}' AND \
             NOT EXISTS (SELECT FROM issues_of_concern i WHERE i.code = '{}' AND i.measures ? m.code) AND \
             NOT EXISTS (SELECT FROM import_mappings i WHERE i.code = '{}' AND i.measures @> jsonb_build_array(jsonb_build_object('measure', m.code))) \
             ORDER BY m.outcome = '{}' DESC, m.code",
            name("issue"),
            name("mapping"),
            name("outcome")
        );
        let measure = measure.or_else(|| first(app, &any)).unwrap_or_else(|| "NOWHERE".to_owned());
        Self { framework, measure }
    }

    /// A grant of the role that reaches so far.
    fn grant(&self, role: Role, reaching: Reaching) -> Value {
        let other = if self.framework == "PRACTICE" { "CSPF-2024-28" } else { "PRACTICE" };
        match reaching {
            _ if !role.can_be_limited() => json!({"role": role}),
            Reaching::Whole => json!({"role": role, "framework": self.framework}),
            Reaching::Part => json!({"role": role, "measure": self.measure}),
            Reaching::Other => json!({"role": role, "framework": other}),
        }
    }
}

/// A version that nothing has.
const STALE: &str = "\"0\"";

/// The answer to the example, asked by somebody with this grant, perhaps only of a version.
fn ask(app: &App, operation: &Operation, grant: &Value, etag: Option<&str>) -> Answer {
    let id = app.sql().value("SELECT id FROM api_keys WHERE name = 'example-provider'");
    let made = app.admin().post("keys").send(&json!({"name": "tried", "grants": [grant]})).must_be(201).json();
    operation.try_example_if(&app.anonymous().with_key(made["key"].as_str().unwrap()), &id, etag)
}

fn class(answer: &Answer) -> Result<Outcome, String> {
    match answer.status {
        200..300 | 412 => Ok(Outcome::Through),
        403 if answer.json()["code"] == "forbidden" => Ok(Outcome::Forbidden),
        404 | 422 => Ok(Outcome::Unknown),
        _ => Err(answer.to_string()),
    }
}

/// Tries an operation in every role; answers what differs from the matrix.
fn try_all(shared: &App, operation: &Operation) -> Vec<String> {
    let about = About::of(shared, operation);
    let needed = operation.scopes().unwrap_or_default();
    let mut wrong = Vec::new();
    let mut done = Vec::new();
    let conditional = operation.parameters("header").any(|header| header["name"] == "If-Match");
    for role in Role::VARIANTS {
        for reaching in [Reaching::Whole, Reaching::Part, Reaching::Other] {
            if !role.can_be_limited() && reaching != Reaching::Whole {
                continue;
            }
            let Some(expected) = objects::outcome(*role, reaching, &needed, &operation.method, &operation.path) else {
                wrong.push(format!("{operation}: its address is not in src/access/objects.rs"));
                return wrong;
            };
            let grant = about.grant(*role, reaching);
            // Only what is let through can leave anything behind: the first role that is does so on a copy of its own. Of the
            // others it is enough that they come as far as the condition on the version, if there can be one.
            let writes = expected == Outcome::Through && operation.method != "GET";
            let answer = match (writes, conditional && done.contains(&reaching)) {
                (false, _) => ask(shared, operation, &grant, None),
                (true, true) => ask(shared, operation, &grant, Some(STALE)),
                (true, false) => ask(&App::copy_of(demonstration()), operation, &grant, None),
            };
            done.extend(writes.then_some(reaching));
            let list = operation.method == "GET" && !operation.path.contains('{');
            let found = class(&answer);
            // What was not published is as what does not exist.
            let published = expected == Outcome::Published && matches!(found, Ok(Outcome::Through | Outcome::Unknown));
            if found != Ok(expected) && !published {
                wrong.push(format!("{operation} by {grant}: expected {expected:?}, but {answer}"));
            } else if list
                && reaching == Reaching::Other
                && objects::object_of(&operation.path) == Some(Object::Measure)
            {
                let leaked = answer.text().contains(&format!("\"{}\"", about.measure));
                wrong.extend(leaked.then(|| format!("{operation} by {grant} shows {}", about.measure)));
            }
        }
    }
    wrong
}

#[test]
fn every_operation_answers_every_role_as_the_matrix_says() {
    let waiting =
        Mutex::new(operations().into_iter().filter(|operation| operation.scopes().is_some()).collect::<Vec<_>>());
    let failed = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let shared = App::copy_of(demonstration());
                while let Some(operation) = next() {
                    let wrong = try_all(&shared, &operation);
                    failed.lock().unwrap_or_else(PoisonError::into_inner).extend(wrong);
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "{} differ:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_address_has_been_thought_about() {
    let missing: Vec<String> = operations()
        .iter()
        .filter(|operation| operation.scopes().is_some() && objects::object_of(&operation.path).is_none())
        .map(ToString::to_string)
        .collect();
    assert!(missing.is_empty(), "say in src/access/objects.rs what these are about:\n{}", missing.join("\n"));
}
