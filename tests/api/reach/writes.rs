//! What limited grants may write: what is theirs, by the scope that the very grant gives.

use serde_json::json;

use super::{holding, said, start};
use crate::support::Client;

fn push(client: &Client, measure: &str) -> crate::support::Answer {
    let body = json!({"data_period": "2024-25-Q3", "value": 43});
    client.put(&format!("quarterly-submissions/{measure}/2024-25-Q3")).send(&body)
}

#[test]
fn a_provider_pushes_the_figures_of_its_own_measures() {
    let app = start();
    let team = holding(&app, &["provider:measure=M-1"]);
    push(&team, "M-1").must_be(201);
    team.post("quarterly-submissions/M-1/2024-25-Q3/submit").call().must_be(200);
    team.patch("quarterly-submissions/M-1/2024-25-Q2").send(&json!({"value": 44})).must_be(200);
    team.post("quarterly-submissions/M-1/2024-25-Q1/revise").send(&json!({"reason": "Late."})).must_be(201);
    team.delete("quarterly-submissions/M-1/2024-25-Q2").call().must_be(204);
    let new = json!({"measure": "M-1", "quarter": "2024-25-Q4", "data_period": "2024-25-Q4", "value": 1});
    team.post("quarterly-submissions").send(&new).must_be(201);
    // What was written is logged, and remembered, as everybody's.
    let logged = "changes WHERE account_name(actor) LIKE 'holder%' AND resource_key LIKE 'M-1/%'";
    assert!(app.sql().count(logged) >= 6);
    assert!(app.sql().count("history.quarterly_submissions WHERE measure = 'M-1'") >= 3);
    team.post("quarterly-submissions/M-1/2024-25-Q3/approve").call().problem(403, "forbidden").says("`approve`");
    team.put("targets/M-1/2025-26").send(&json!({"kind": "none", "source": "illustrative"})).problem(403, "forbidden");
}

#[test]
fn writes_outside_are_answered_as_for_what_does_not_exist() {
    let app = start();
    let team = holding(&app, &["measure_owner:measure=M-1"]);
    let draft = json!({"data_period": "2024-25-Q2", "value": 1});
    let reason = json!({"reason": "None expected."});
    let of = |measure: &str| {
        let key = format!("quarterly-submissions/{measure}");
        [
            team.put(&format!("{key}/2024-25-Q2")).send(&draft),
            team.put(&format!("{key}/2024-25-Q2")).if_match("\"1\"").send(&draft),
            team.patch(&format!("{key}/2024-25-Q2")).send(&json!({"value": 1})),
            team.delete(&format!("{key}/2024-25-Q2")).call(),
            team.post(&format!("{key}/2024-25-Q2/submit")).call(),
            team.post(&format!("{key}/2024-25-Q2/approve")).call(),
            team.post(&format!("{key}/2024-25-Q1/publish")).call(),
            team.post(&format!("{key}/2024-25-Q1/revise")).send(&reason),
            team.post("quarterly-submissions")
                .send(&json!({"measure": measure, "quarter": "2024-25-Q2", "data_period": "2024-25-Q2", "value": 1})),
            team.post(&format!("data-requests/{measure}/2024-25-Q1/waive")).send(&reason),
            team.post(&format!("recovery-plans/P-{measure}/agree")).call(),
            team.post(&format!("recovery-plans/P-{measure}/close")).send(&reason),
        ]
    };
    let before = app.everything();
    for ((foreign, sibling), nowhere) in of("N-1").iter().zip(of("M-2")).zip(of("N-0")) {
        assert!([404, 412, 422].contains(&nowhere.status), "{nowhere}");
        assert_eq!(said(foreign, "N-1"), said(&nowhere, "N-0"));
        assert_eq!(said(&sibling, "M-2"), said(&nowhere, "N-0"));
    }
    assert_eq!(app.everything(), before);
}

#[test]
fn a_scope_reaches_no_further_than_the_grant_that_gives_it() {
    let app = start();
    let both = holding(&app, &["director:framework=F", "provider:measure=N-1"]);
    both.get("measures/M-1").call().must_be(200);
    push(&both, "N-1").must_be(201);
    // May read it, and may submit elsewhere.
    app.storing_nothing(|| push(&both, "M-1")).problem(404, "not_found");
    app.provider().post("quarterly-submissions/N-1/2024-25-Q2/submit").call().must_be(200);
    app.provider().post("quarterly-submissions/M-1/2024-25-Q2/submit").call().must_be(200);
    let approve = |measure: &str| both.post(&format!("quarterly-submissions/{measure}/2024-25-Q2/approve")).call();
    app.storing_nothing(|| approve("N-1")).problem(404, "not_found");
    approve("M-1").must_be(200);
}

#[test]
fn four_eyes_hold_for_limited_callers_too() {
    let app = start();
    let owner = holding(&app, &["measure_owner:measure=M-1"]);
    owner.post("quarterly-submissions/M-1/2024-25-Q2/submit").call().must_be(200);
    let approve = || owner.post("quarterly-submissions/M-1/2024-25-Q2/approve").call();
    app.storing_nothing(approve).problem(403, "four_eyes");
    app.officer().post("quarterly-submissions/M-1/2024-25-Q2/approve").call().must_be(200);
}

#[test]
fn an_officer_of_a_framework_configures_it_and_nothing_else() {
    let app = start();
    let officer = holding(&app, &["performance_officer:framework=F"]);
    let outcome = json!({"framework": "F", "title": "New"});
    officer.put("outcomes/O-2").send(&outcome).must_be(201);
    let mut measure = app.reader().get("measures/M-1").call().json();
    for field in ["code", "created_at", "updated_at", "version", "series", "baseline_series"] {
        measure.as_object_mut().unwrap().remove(field);
    }
    measure["outcome"] = json!("O-2");
    officer.put("measures/M-3").send(&measure).must_be(201);
    let target = json!({"kind": "at_least", "value": 5, "source": "illustrative"});
    officer.put("targets/M-3/2024-25").send(&target).must_be(201);
    officer.patch("measures/M-3").send(&json!({"title": "Better"})).must_be(200);
    officer.patch("measures/M-3").send(&json!({"outcome": "O-1"})).must_be(200);
    officer.patch("frameworks/F").send(&json!({"title": "Better"})).must_be(200);
    officer.delete("targets/M-3/2024-25").call().must_be(204);
    officer.delete("measures/M-3").call().must_be(204);
    officer.put("annual-target-reviews/F/2025-26").send(&json!({})).must_be(201);
    officer.put("quarterly-reports/F/2024-25-Q2").send(&json!({})).must_be(201);
    let foreign = |client: &Client| {
        [
            client.put("outcomes/O-3").send(&json!({"framework": "G", "title": "New"})),
            client.patch("outcomes/O-9").send(&json!({"title": "Mine"})),
            client.patch("frameworks/G").send(&json!({"title": "Mine"})),
            client.put("targets/N-1/2025-26").send(&target),
            client.delete("targets/N-1/2024-25").call(),
            client.put("annual-target-reviews/G/2025-26").send(&json!({})),
            client
                .put("collection-cycles/G/2024-25-Q1")
                .send(&json!({"opens_on": "2024-07-01", "due_on": "2024-07-21", "locks_on": "2024-07-31"})),
            client.put("quarterly-reports/G/2024-25-Q2").send(&json!({})),
            client.delete("frameworks/G").call(),
        ]
    };
    let before = app.everything();
    for answer in foreign(&officer) {
        assert!([404, 422].contains(&answer.status), "{answer}");
    }
    let framework = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    officer.put("frameworks/H").send(&framework).problem(403, "forbidden").says("limited");
    officer.put("meetings/MT-2").send(&json!({"committee": "C", "held_on": "2025-06-16"})).problem(403, "forbidden");
    officer.patch("decisions/D-1").send(&json!({"title": "Mine"})).problem(403, "forbidden");
    officer.delete("areas/A-1").call().problem(403, "forbidden");
    assert_eq!(app.everything(), before);
}

#[test]
fn a_clerk_of_a_framework_keeps_its_issues() {
    let app = start();
    let clerk = holding(&app, &["democratic_services:framework=F"]);
    clerk.post("issues-of-concern/I-BOTH/accept").call().must_be(200);
    clerk.post("issues-of-concern/I-M-1/decline").send(&json!({"reason": "Not ours."})).must_be(200);
    clerk.post("issues-of-concern/I-N-1/accept").call().problem(404, "not_found");
    let team = holding(&app, &["measure_owner:measure=M-2"]);
    team.get("issues-of-concern/I-M-2").call().must_be(200);
    team.post("issues-of-concern/I-M-2/decline").send(&json!({"reason": "No."})).problem(404, "not_found");
}
