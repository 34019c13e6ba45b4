//! `POST /api/v1/annual-target-reviews/{framework}/{year}/apply`, and `GET …/changes`.

use serde_json::{Value, json};

use super::six::{self, REVIEW, act, decided, definition, patch, proposal, submitted};
use crate::support::App;

fn changes(app: &App) -> Value {
    app.reader().get(&format!("{REVIEW}/changes")).call().must_be(200).json()
}

/// A review of only these proposals, the rest retained, all agreed.
fn agreed(app: &App, proposals: Value) {
    app.review("2025-26").set("proposals", proposals).create();
    let filled = act(app, "prefill").must_be(200).json();
    patch(app, json!({"status": "proposals_in"})).must_be(200);
    patch(app, json!({"status": "submitted"})).must_be(200);
    let each = filled["proposals"].as_array().unwrap().iter();
    let outcomes: Vec<_> =
        each.map(|one| json!({"measure": one["measure"], "clause": "a", "outcome": "agreed"})).collect();
    app.officer()
        .post(&format!("{REVIEW}/decide"))
        .send(&json!({"decision": "D-2", "outcomes": outcomes}))
        .must_be(200);
}

#[test]
fn makes_the_targets_of_the_next_year_and_lists_what_it_made() {
    let app = six::framework();
    // The next year has a target already: one that is the same, and one that is another.
    let set = json!({"source": "decision", "decision": "D-1"});
    app.target("M-1", "2026-27", 55).with(set.clone()).create();
    app.target("M-2", "2026-27", 55).with(set).create();
    decided(&app);
    assert_eq!(changes(&app)["applied_changes"], Value::Null);
    let applied = act(&app, "apply").must_be(200).json();
    assert_eq!((&applied["status"], &applied["applied_by"]), (&json!("applied"), &json!("admin")));
    let listed = changes(&app);
    assert_eq!(listed["applied_at"], applied["applied_at"]);
    let lines: Vec<String> = listed["applied_changes"].as_array().unwrap().iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "M-2 retarget a agreed kept=true target_version M-2 2026-27 v2",
            "M-3 amend a agreed kept=true measure_version M-3 v2 target_created M-3 2026-27 v1",
            "M-4 replace a agreed kept=false measure_retired M-4 v2 measure_added N-4 v1 target_created N-4 2026-27 v1",
            "M-5 retire a agreed kept=false measure_retired M-5 v2",
            "M-6 retarget b rejected kept=true",
            "N-1 add a agreed kept=false measure_added N-1 v1 target_created N-1 2026-27 v1",
            "M-1 retain a agreed kept=true target_unchanged M-1 2026-27 v1",
        ]
    );
    let target = app.reader().get("targets/M-2/2026-27").call().json();
    let named = [
        &target["value"],
        &target["tolerance"],
        &target["decision"],
        &target["effective_from"],
        &target["change_reason"],
    ];
    assert_eq!(named, [&json!(65), &json!(3), &json!("D-2"), &json!("2026-27-Q1"), &json!("Why M-2.")]);
    app.reader().get("targets/M-6/2026-27").call().problem(404, "not_found");
}

/// A line of the change list.
fn line(change: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut told = ["measure", "action", "clause", "outcome"].map(|field| text(&change[field])).join(" ");
    told.push_str(&format!(" kept={}", change["kept"]));
    for made in change["made"].as_array().unwrap() {
        told.push_str(&format!(" {} {}", text(&made["what"]), text(&made["measure"])));
        if !made["year"].is_null() {
            told.push_str(&format!(" {}", text(&made["year"])));
        }
        told.push_str(&format!(" v{}", made["version"]));
    }
    told
}

#[test]
fn only_a_decided_review_is_applied_and_only_once() {
    let app = six::framework();
    act(&app, "apply").problem(404, "not_found");
    submitted(&app);
    let early = app.storing_nothing(|| act(&app, "apply"));
    assert_eq!(early.problem(409, "transition_not_allowed").member("state"), "submitted");
    app.officer().post(&format!("{REVIEW}/decide")).send(&six::decision()).must_be(200);
    app.editor().post(&format!("{REVIEW}/apply")).call().problem(403, "forbidden");
    app.officer().post(&format!("{REVIEW}/apply")).if_match("\"1\"").call().problem(412, "precondition_failed");
    act(&app, "apply").must_be(200);
    let again = app.storing_nothing(|| act(&app, "apply"));
    assert_eq!(again.problem(409, "transition_not_allowed").member("allowed"), &json!([]));
    // What was found can still be put into words; what was done cannot be changed.
    patch(&app, json!({"summary": "Applied without questions."})).must_be(200);
    let past = app.sql().try_run("UPDATE annual_target_reviews SET applied_changes = '[]'");
    assert_eq!(past.map_err(|refused| refused.constraint), Err("annual_target_reviews_record_kept".to_owned()));
}

#[test]
fn a_refused_proposal_leaves_everything_as_it_was_and_is_named() {
    let app = six::framework();
    decided(&app);
    // Between decision and application the code is given to another measure, and a target changes late in the next year.
    app.measure("N-1").set("status", "proposed").create();
    let taken = app.storing_nothing(|| act(&app, "apply"));
    taken.problem(409, "already_exists").only_fault("/proposals/5", "already_exists");

    let app = six::framework();
    decided(&app);
    let late = json!({"source": "decision", "decision": "D-1", "effective_from": "2026-27-Q3"});
    app.target("M-2", "2026-27", 60).with(late).create();
    let early = app.storing_nothing(|| act(&app, "apply"));
    early.problem(422, "validation_failed").only_fault("/proposals/0/effective_from", "targets_effective_in_order");
    assert_eq!(changes(&app)["status"], "decided");
}

#[test]
fn a_target_that_no_longer_fits_is_named_where_it_is_proposed() {
    let app = six::framework();
    agreed(&app, json!([proposal("M-2", "retarget", json!({"target_value": 65}))]));
    let change =
        json!({"polarity": "low", "decision": "D-2", "effective_from": "2026-27-Q1", "change_reason": "Turned round."});
    app.editor().patch("measures/M-2").send(&change).must_be(200);
    let refused = app.storing_nothing(|| act(&app, "apply"));
    refused.problem(422, "validation_failed").only_fault("/proposals/0/proposed/target_kind", "kind_against_polarity");
}

#[test]
fn an_amendment_within_the_series_keeps_comparison() {
    let app = six::with_figures();
    let words = json!({"measure": {"title": "Better words", "owner": "Head of Service"}});
    let anew = json!({"measure": {"definition": "Counted by person.", "new_series": true}});
    agreed(&app, json!([proposal("M-1", "amend", words), proposal("M-2", "amend", anew)]));
    act(&app, "apply").must_be(200);
    let (kept, begun) =
        (app.reader().get("measures/M-1").call().json(), app.reader().get("measures/M-2").call().json());
    assert_eq!([&kept["version"], &kept["series"], &kept["owner"]], [&json!(2), &json!(1), &json!("Head of Service")]);
    assert_eq!([&begun["version"], &begun["series"]], [2, 2]);
    assert_eq!(app.card("M-1", "2025-26-Q4")["title"], "Measure M-1");
    assert_eq!(app.card("M-1", "2026-27-Q1")["title"], "Better words");
}

#[test]
fn of_two_at_once_one_applies() {
    let app = six::framework();
    decided(&app);
    let mut answers: Vec<u16> = std::thread::scope(|scope| {
        let hands = [scope.spawn(|| act(&app, "apply").status), scope.spawn(|| act(&app, "apply").status)];
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    answers.sort_unstable();
    assert_eq!(answers, [200, 409]);
    assert_eq!(
        app.sql().count("changes WHERE resource = 'targets' AND action = 'created' AND resource_key LIKE '%/2026-27'"),
        5
    );
}

#[test]
fn applies_to_a_draft_as_well() {
    let app = App::with_measure();
    app.target("M-1", "2025-26", 55).create();
    app.meeting("MT-1").create();
    app.decision("D-2").create();
    agreed(&app, json!([proposal("N-1", "add", json!({"measure": definition("A further one")}))]));
    act(&app, "apply").must_be(200);
    assert_eq!(app.reader().get("targets/M-1/2026-27").call().json()["source"], "decision");
}

#[test]
fn applied_late_it_holds_from_the_first_quarter_that_is_not_sealed() {
    let app = six::framework();
    decided(&app);
    let report = "quarterly-reports/F/2026-27-Q1";
    app.admin().put(report).send(&json!({})).must_be(201);
    app.admin().post(&format!("{report}/review")).call().must_be(200);
    app.admin().post(&format!("{report}/sign-off")).call().must_be(200);
    act(&app, "apply").must_be(200);
    let from = |path: &str| app.reader().get(path).call().must_be(200).json()["effective_from"].clone();
    for path in ["targets/M-1/2026-27", "targets/M-2/2026-27", "measures/M-3", "measures/M-5", "measures/N-1"] {
        assert_eq!(from(path), "2026-27-Q2", "{path}");
    }
}
