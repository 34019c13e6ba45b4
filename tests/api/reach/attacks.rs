//! Attacks on the objects of others: by ids in bodies, by fields nobody may set, by filters, cursors, keys and conditions.

use serde_json::{Value, json};

use super::{holding, said, start};
use crate::support::document::{operations, resolve};

#[test]
fn nothing_is_moved_out_of_or_into_what_was_granted() {
    let app = start();
    let officer = holding(&app, &["performance_officer:framework=F"]);
    let part = holding(&app, &["performance_officer:measure=M-1", "performance_officer:measure=N-1"]);
    let outcome = holding(&app, &["performance_officer:outcome=O-1"]);
    let before = app.everything();
    for (answer, nowhere) in [
        (
            officer.patch("measures/M-1").send(&json!({"outcome": "O-9"})),
            officer.patch("measures/M-1").send(&json!({"outcome": "O-0"})),
        ),
        (
            officer.patch("outcomes/O-1").send(&json!({"framework": "G"})),
            officer.patch("outcomes/O-1").send(&json!({"framework": "X"})),
        ),
        (
            officer.patch("recovery-plans/P-M-1").send(&json!({"measure": "N-1"})),
            officer.patch("recovery-plans/P-M-1").send(&json!({"measure": "N-0"})),
        ),
    ] {
        assert_eq!(answer.status, nowhere.status, "{answer} {nowhere}");
        answer.problem(422, "unknown_reference");
    }
    // Two measures that are theirs, in two outcomes that are not.
    part.patch("measures/M-1").send(&json!({"outcome": "O-9"})).problem(422, "unknown_reference");
    outcome.patch("measures/M-1").send(&json!({"outcome": "O-9"})).problem(422, "unknown_reference");
    outcome.patch("outcomes/O-1").send(&json!({"framework": "G"})).problem(422, "unknown_reference");
    // The address names the object: a body that names another is refused, whosever that is.
    for body in [
        json!({"measure": "N-1", "kind": "none", "source": "illustrative"}),
        json!({"measure": "M-2", "kind": "none", "source": "illustrative"}),
    ] {
        officer
            .put("targets/M-1/2024-25")
            .send(&body)
            .problem(422, "validation_failed")
            .only_fault("/measure", "key_mismatch");
    }
    officer.patch("targets/M-1/2024-25").send(&json!({"measure": "N-1"})).problem(422, "validation_failed");
    let pushed = json!({"measure": "N-1", "data_period": "2024-25-Q2", "value": 1});
    officer.put("quarterly-submissions/M-1/2024-25-Q2").send(&pushed).problem(422, "validation_failed");
    officer.patch("issues-of-concern/I-M-1").send(&json!({"measures": ["N-1"]})).must_be(422);
    officer.patch("issues-of-concern/I-M-1").send(&json!({"framework": "G"})).must_be(422);
    assert_eq!(app.everything(), before);
    part.patch("measures/M-1").send(&json!({"title": "Mine to put right"})).must_be(200);
}

/// Whether objects of a schema take no fields that it does not name: itself, the entries of a list, each of several forms.
fn is_closed(schema: &Value) -> bool {
    let schema = resolve(schema);
    let forms = schema["oneOf"].as_array();
    schema["additionalProperties"] == false
        || schema["items"].is_object() && is_closed(&schema["items"])
        || forms.is_some_and(|forms| forms.iter().all(is_closed))
}

#[test]
fn fields_that_are_not_the_callers_to_set_are_unknown() {
    let app = start();
    for field in
        ["state", "approved_by", "submitted_by", "row_version", "created_at", "updated_at", "revision", "version"]
    {
        let mut body = json!({"data_period": "2024-25-Q2", "value": 1});
        body[field] = json!("1");
        let path = "quarterly-submissions/M-1/2024-25-Q2";
        for answer in [
            app.storing_nothing(|| app.provider().put(path).send(&body)),
            app.storing_nothing(|| app.provider().patch(path).send(&json!({field: "1"}))),
        ] {
            answer.problem(400, "invalid_body").fault(&format!("/{field}"), "unknown_field");
        }
        let mut plan = json!({"title": "T"});
        plan[field] = json!("closed");
        app.storing_nothing(|| app.editor().patch("recovery-plans/P-M-1").send(&plan)).problem(400, "invalid_body");
    }
    for operation in operations() {
        let Some((_, content)) = operation.body() else { continue };
        assert!(is_closed(&content["schema"]), "{operation} takes fields that it does not know");
    }
}

#[test]
fn filters_and_cursors_that_name_what_is_foreign_find_nothing() {
    let app = start();
    let team = holding(&app, &["provider:measure=M-1"]);
    for path in [
        "targets?measure=N-1",
        "targets?framework=G",
        "quarterly-submissions?measure=N-1",
        "quarterly-submissions?framework=G&which=all",
        "quarterly-submissions?measure=M-2&state=draft",
        "benchmarks?measure=N-1",
        "recovery-plans?measure=N-1",
        "measures?outcome=O-9",
        "outcomes?framework=G",
        "issues-of-concern?framework=G",
    ] {
        let page = team.get(&format!("{path}&count=true")).call().must_be(200).json();
        assert_eq!((&page["items"], &page["next"], &page["total"]), (&json!([]), &json!(null), &json!(0)), "{path}");
    }
    // A cursor that somebody who sees all was given leads no further than the grants do.
    let all = app.reader().get("measures?limit=1").call().must_be(200).json();
    let cursor = all["next"].as_str().unwrap().split("cursor=").nth(1).unwrap().to_owned();
    let page = team.get(&format!("measures?limit=1&cursor={cursor}")).call().must_be(200).json();
    assert_eq!(page["items"], json!([]));
    let page = holding(&app, &["provider:measure=M-2"]).get(&format!("measures?limit=1&cursor={cursor}")).call();
    assert_eq!(page.must_be(200).json()["items"][0]["code"], "M-2");
}

#[test]
fn the_answer_kept_for_another_is_not_replayed() {
    let app = start();
    let body = json!({"measure": "M-1", "quarter": "2024-25-Q4", "data_period": "2024-25-Q4", "value": 1});
    let post = |client: &crate::support::Client| {
        client.post("quarterly-submissions").header("Idempotency-Key", "import-1").send(&body)
    };
    post(&app.provider()).must_be(201);
    let team = holding(&app, &["provider:measure=M-2"]);
    let answer = post(&team);
    answer.problem(422, "unknown_reference");
    assert_eq!(answer.header("idempotent-replayed"), "");
    let owner = holding(&app, &["provider:measure=M-1", "provider:measure=M-2"]);
    let answer = post(&owner);
    answer.problem(409, "already_exists");
    assert_eq!(answer.header("idempotent-replayed"), "");
    assert_eq!(post(&app.provider()).must_be(201).header("idempotent-replayed"), "true");
    // A limited caller's own answers are kept and replayed for it alone.
    let again = |client: &crate::support::Client| {
        client.post("quarterly-submissions/M-2/2024-25-Q2/submit").header("Idempotency-Key", "mine").call()
    };
    again(&team).must_be(200);
    assert_eq!(again(&team).must_be(200).header("idempotent-replayed"), "true");
    assert_eq!(again(&app.provider()).header("idempotent-replayed"), "");
}

#[test]
fn conditions_on_what_is_foreign_tell_nothing() {
    let app = start();
    let team = holding(&app, &["measure_owner:measure=M-1"]);
    let etag = app.reader().get("quarterly-submissions/N-1/2024-25-Q2").call().etag();
    for tag in [etag.as_str(), "\"1\"", "*"] {
        let of = |measure: &str| {
            let path = format!("quarterly-submissions/{measure}/2024-25-Q2");
            let body = json!({"data_period": "2024-25-Q2", "value": 1});
            [
                team.get(&path).if_none_match(tag).call(),
                team.put(&path).if_match(tag).send(&body),
                team.put(&path).if_none_match(tag).send(&body),
                team.delete(&path).if_match(tag).call(),
                team.post(&format!("{path}/submit")).if_match(tag).call(),
            ]
        };
        for (foreign, nowhere) in of("N-1").iter().zip(of("N-0")) {
            assert_eq!(said(foreign, "N-1"), said(&nowhere, "N-0"), "{tag}");
        }
    }
}

#[test]
fn no_body_but_that_of_a_webhook_endpoint_has_an_address_that_the_service_would_ask() {
    // Papers of a meeting are an address for people; nothing fetches it. Where dashboards connect to is told, and never taken. Any other such field needs a thought, and a test: those of the
    // address that is called are `webhook_endpoints::create` and `failing`.
    let reviewed = |schema: &str, field: &str| {
        field == "papers" || schema == "ConnectionAddress" || (schema.contains("WebhookEndpoint") && field == "url")
    };
    let schemas = crate::support::document::document()["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        for (field, told) in schema["properties"].as_object().into_iter().flatten() {
            let format = told["format"].as_str().unwrap_or_default();
            let is_address = ["uri", "url", "iri"].contains(&format)
                || ["url", "uri", "href", "callback", "webhook"].contains(&field.as_str());
            assert!(!is_address || reviewed(name, field), "{name}.{field} may be an address");
        }
    }
}
