//! What the document says of every operation: who it is, who may call it, what it answers, what it takes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::document::{Operation, document, operations, validate};

/// Stops the test and names every operation of which something does not hold.
#[track_caller]
fn all(what: &str, holds: impl Fn(&Operation) -> bool) {
    let wrong: Vec<String> =
        operations().iter().filter(|operation| !holds(operation)).map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn each_has_an_id_of_its_own_a_summary_and_a_tag() {
    let ids: BTreeSet<String> = operations().iter().map(|operation| operation.id().to_owned()).collect();
    assert_eq!(ids.len(), operations().len(), "an operation id stands twice, or is missing");
    let snake = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    all("no id in snake_case", |operation| snake(operation.id()));
    all("no summary", |operation| operation.told["summary"].as_str().is_some_and(|text| !text.is_empty()));
    all("no description", |operation| operation.told["description"].as_str().is_some_and(|text| !text.is_empty()));
    let tags: BTreeSet<_> = document()["tags"].as_array().unwrap().iter().map(|tag| tag["name"].to_string()).collect();
    all("a tag that is not described", |operation| {
        let own = operation.told["tags"].as_array().unwrap();
        own.len() == 1 && tags.contains(&own[0].to_string())
    });
}

#[test]
fn each_says_who_may_call_it() {
    all("neither a scope nor openly open", |operation| match operation.told["security"].as_array() {
        Some(none) if none.is_empty() => true,
        // Each alternative by a key, and again for each other way of proving who one is.
        Some(all) => {
            operation.scopes().is_some() && all.iter().all(|one| one.as_object().is_some_and(|one| one.len() == 1))
        }
        None => false,
    });
    let known: Vec<String> = operations()
        .iter()
        .filter(|one| one.scopes().is_some_and(|scopes| scopes.is_empty()))
        .map(|one| one.id().to_owned())
        .collect();
    assert_eq!(known, ["get_me"], "operations for which it is enough to be known");
}

#[test]
fn each_lists_every_error_it_can_give() {
    let lists = |operation: &Operation, status: &str| operation.told["responses"][status].is_object();
    all("no good answer", |operation| ["200", "201", "202", "204"].iter().any(|status| lists(operation, status)));
    all("500 is missing", |operation| lists(operation, "500"));
    all("503 is missing", |operation| operation.id() == "health_live" || lists(operation, "503"));
    all("401 or 403 is missing", |operation| {
        operation.scopes().is_none() || (lists(operation, "401") && lists(operation, "403"))
    });
    all("404 is missing", |operation| !operation.path.contains('{') || lists(operation, "404"));
    all("400 is missing", |operation| {
        operation.told["parameters"].as_array().is_none_or(Vec::is_empty) || lists(operation, "400")
    });
    all("400, 413, 415 or 422 is missing", |operation| {
        operation.body().is_none() || ["400", "413", "415", "422"].iter().all(|status| lists(operation, status))
    });
    all("412 is missing", |operation| {
        let conditional = operation.parameters("header").any(|header| header["name"] == "If-Match");
        !conditional || lists(operation, "412")
    });
    all("409 is missing", |operation| operation.method == "GET" || lists(operation, "409"));
}

#[test]
fn each_write_of_a_member_can_be_conditional_and_each_post_repeated() {
    let takes = |operation: &Operation, name: &str| operation.parameters("header").any(|header| header["name"] == name);
    all("no If-Match", |operation| {
        !["PUT", "PATCH", "DELETE"].contains(&operation.method.as_str()) || takes(operation, "If-Match")
    });
    all("no If-None-Match", |operation| operation.method != "PUT" || takes(operation, "If-None-Match"));
    all("no Idempotency-Key", |operation| (operation.method == "POST") == takes(operation, "Idempotency-Key"));
}

#[test]
fn every_example_of_a_body_is_valid() {
    for operation in operations() {
        let Some((media_type, content)) = operation.body() else { continue };
        assert!(!content["example"].is_null(), "{operation} has no example of its {media_type}");
        let key = format!("body of {operation}");
        if let Err(wrong) = validate(&key, &content["schema"], &content["example"]) {
            panic!("the example of {operation} is not valid, {wrong}");
        }
    }
}

#[test]
fn every_example_of_an_answer_is_valid() {
    let responses = document()["components"]["responses"].as_object().unwrap();
    let shared = responses.iter().map(|(name, response)| (name.clone(), response.clone()));
    let own = operations().into_iter().flat_map(|operation| {
        let responses = operation.told["responses"].as_object().unwrap().clone();
        responses.into_iter().map(move |(status, response)| (format!("{operation} {status}"), response))
    });
    for (name, response) in shared.chain(own) {
        for (media_type, content) in response["content"].as_object().into_iter().flatten() {
            if content["example"].is_null() {
                continue;
            }
            if let Err(wrong) =
                validate(&format!("{name} {media_type} example"), &content["schema"], &content["example"])
            {
                panic!("the example of {name} is not valid, {wrong}");
            }
        }
    }
}

#[test]
fn every_path_parameter_has_an_example_or_is_an_id() {
    all("a path parameter without an example", |operation| {
        operation.parameters("path").all(|parameter| {
            parameter["name"] == "id" || !parameter["example"].is_null() || !parameter["schema"]["example"].is_null()
        })
    });
}

#[test]
fn every_link_leads_to_an_operation() {
    let ids: BTreeSet<String> = operations().iter().map(|operation| operation.id().to_owned()).collect();
    let mut links = 0;
    for operation in operations() {
        for (status, response) in operation.told["responses"].as_object().unwrap() {
            for (name, link) in response["links"].as_object().into_iter().flatten() {
                let target = link["operationId"].as_str().unwrap_or_default();
                assert!(ids.contains(target), "the link {name} of {operation} {status} leads to no operation");
                links += 1;
            }
        }
    }
    assert!(links > 50, "only {links} links");
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
                    let pointer =
                        target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leads out of the document"));
                    assert!(document().pointer(pointer).is_some(), "{target} leads nowhere");
                }
                fields.values().for_each(walk);
            }
            Value::Array(entries) => entries.iter().for_each(walk),
            _ => {}
        }
    }
    walk(document());
}
