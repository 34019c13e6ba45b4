//! Tokens that are believed: who they name, and what their roles mean.

use serde_json::json;

use super::{ROLES, key, start, with};
use crate::support::issuer::{Issuer, SigningKey};

#[test]
fn a_token_says_who_somebody_is_and_their_roles_what_they_may_do() {
    let (issuer, app) = start();
    let me = with(&app, &issuer.claims()).get("me").call().must_be(200).json();
    assert_eq!((&me["kind"], &me["key"]), (&json!("person"), &json!(null)));
    assert!(me["name"].as_str().unwrap().starts_with("jane@council.example (oidc:"), "{me}");
    assert_eq!(me["scopes"], json!(["read", "submit", "approve", "configure"]));
    assert_eq!(me["grants"][0]["role"], "performance_officer");
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    with(&app, &issuer.claims()).put("frameworks/F").send(&body).must_be(201);
    let team = with(&app, &issuer.claims_with(json!({"roles": "Team"})));
    team.get("frameworks/F").call().must_be(200);
    team.put("frameworks/F").send(&body).problem(403, "forbidden").says("`configure`");
    let actor = app.sql().value("SELECT account_name(actor) FROM changes WHERE resource = 'frameworks'");
    assert_eq!(actor, me["name"]);
}

#[test]
fn every_algorithm_that_is_believed_is_checked_with_a_key_of_its_kind() {
    let (rsa, ec, ed) = (key(), SigningKey::ec("ec"), SigningKey::ed("ed"));
    let issuer = Issuer::publishing(&[rsa, &ec, &ed]);
    let app = issuer.believed_by(ROLES);
    for key in [rsa, &ec, &ed] {
        app.anonymous().with_key(&key.token(&issuer.claims())).get("measures").call().must_be(200);
    }
    let pss = rsa.token_with(&json!({"alg": "PS256", "kid": rsa.id}), &issuer.claims());
    app.anonymous().with_key(&pss).get("measures").call().must_be(200);
}

#[test]
fn roles_and_groups_that_mean_nothing_give_nothing() {
    let (issuer, app) = start();
    for roles in [json!([]), json!(["Nobody"]), json!("officer"), json!(null), json!({"Officer": true})] {
        let nobody = with(&app, &issuer.claims_with(json!({"roles": roles})));
        let me = nobody.get("me").call().must_be(200).json();
        assert_eq!((&me["scopes"], &me["grants"]), (&json!([]), &json!([])), "{roles}");
        nobody.get("measures").call().problem(403, "forbidden");
    }
    let auditor = with(&app, &issuer.claims_with(json!({"roles": ["g-17", "Nobody"]})));
    auditor.get("keys").call().must_be(200);
}

#[test]
fn several_audiences_and_a_little_difference_of_clocks_are_borne() {
    let (issuer, app) = start();
    let now = performance_framework::clock::now().timestamp();
    for changes in [
        json!({"aud": ["another", "performance"]}),
        json!({"nbf": null, "iat": null}),
        json!({"nbf": now + 20}),
        json!({"exp": now - 5}),
        json!({"preferred_username": null, "email": "j@council.example"}),
    ] {
        with(&app, &issuer.claims_with(changes.clone())).get("measures").call().must_be(200);
    }
}

#[test]
fn a_person_is_the_same_person_under_another_name() {
    let (issuer, app) = start();
    app.framework("F").create();
    app.outcome("O-1").create();
    app.measure("M-1").create();
    app.submission("M-1", "2024-25-Q1").set("value", 50).create();
    let path = |action: &str| format!("quarterly-submissions/M-1/2024-25-Q1/{action}");
    with(&app, &issuer.claims()).post(&path("submit")).call().must_be(200);
    let married = issuer.claims_with(json!({"preferred_username": "jane.smith@council.example"}));
    app.storing_nothing(|| with(&app, &married).post(&path("approve")).call()).problem(403, "four_eyes");
    // The database says it again, should the service ever forget.
    let forged = app.sql().try_run(
        "UPDATE quarterly_submissions SET state = 'approved', approved_at = now(), approved_by = replace(submitted_by, 'jane', 'john')",
    );
    assert_eq!(forged.unwrap_err().constraint, "quarterly_submissions_four_eyes");
    let colleague = issuer.claims_with(json!({"sub": "subject-2"}));
    with(&app, &colleague).post(&path("approve")).call().must_be(200);
}

#[test]
fn no_key_can_have_the_name_of_a_person() {
    let (issuer, app) = start();
    let name = with(&app, &issuer.claims()).get("me").call().json()["name"].clone();
    let body = json!({"name": name, "scopes": ["read"]});
    app.storing_nothing(|| app.admin().post("keys").send(&body)).problem(422, "validation_failed").says("person");
}
