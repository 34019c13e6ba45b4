//! What limited grants show: lists of what is theirs, and of the rest the same as of what does not exist.

use serde_json::json;

use super::{holding, measures, said, start};
use crate::support::{App, Client};

/// Every list with the field that names the measure.
const LISTS: &[(&str, &str)] = &[
    ("measures", "code"),
    ("targets", "measure"),
    ("quarterly-submissions?which=all", "measure"),
    ("benchmarks", "measure"),
    ("recovery-plans", "measure"),
];

/// Addresses of what belongs to a measure.
fn of(measure: &str) -> [String; 13] {
    [
        format!("measures/{measure}"),
        format!("measures/{measure}/versions"),
        format!("measures/{measure}/comparators?data_period=2024-25-Q1"),
        format!("targets/{measure}/2024-25"),
        format!("targets/{measure}/2024-25/versions"),
        format!("quarterly-submissions/{measure}/2024-25-Q1"),
        format!("quarterly-submissions/{measure}/2024-25-Q1/revisions"),
        format!("quarterly-submissions/{measure}/2024-25-Q1/revisions/1"),
        format!("benchmarks/{measure}/A-1/2024-25-Q1"),
        format!("data-requests/{measure}/2024-25-Q1"),
        format!("recovery-plans/P-{measure}"),
        format!("recovery-plans/P-{measure}/progress"),
        format!("issues-of-concern/I-{measure}"),
    ]
}

#[track_caller]
fn shows(client: &Client, expected: &[&str], at: &str) {
    for (path, field) in LISTS {
        let path = format!("{path}{}{at}", if path.contains('?') { "&" } else { "?" });
        assert_eq!(measures(client, &path, field), expected, "{path}");
    }
    for measure in ["M-1", "M-2", "N-1"] {
        let status = if expected.contains(&measure) { 200 } else { 404 };
        for path in of(measure) {
            let path = format!("{path}{}{at}", if path.contains('?') { "&" } else { "?" });
            client.get(&path).call().must_be(status);
        }
    }
}

#[test]
fn each_limit_shows_what_belongs_to_it() {
    let app = start();
    for (grants, expected) in [
        (&["provider:measure=M-1"][..], &["M-1"][..]),
        (&["provider:measure=M-1", "provider:measure=N-1"], &["M-1", "N-1"]),
        (&["provider:outcome=O-1"], &["M-1", "M-2"]),
        (&["director:framework=G"], &["N-1"]),
        (&["director:framework=F", "provider:measure=N-1"], &["M-1", "M-2", "N-1"]),
    ] {
        shows(&holding(&app, grants), expected, "");
    }
    app.measure("GONE").create();
    let of_what_is_gone = holding(&app, &["provider:measure=GONE"]);
    app.editor().delete("measures/GONE").call().must_be(204);
    shows(&of_what_is_gone, &[], "");
    shows(&holding(&app, &["director"]), &["M-1", "M-2", "N-1"], "");
}

#[test]
fn the_past_is_as_narrow_as_the_present() {
    let app = start();
    let now =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    app.editor().patch("measures/M-1").send(&json!({"title": "Later"})).must_be(200);
    app.editor().patch("measures/N-1").send(&json!({"title": "Later"})).must_be(200);
    let team = holding(&app, &["provider:measure=M-1"]);
    let then = format!("as_of={now}");
    shows(&team, &["M-1"], &then);
    assert_eq!(team.get(&format!("measures/M-1?{then}")).call().json()["title"], "Measure M-1");
    assert_eq!(team.get("measures/M-1").call().json()["title"], "Later");
    let card = team.get(&format!("frameworks/F/scorecard?quarter=2024-25-Q1&{then}")).call().must_be(200);
    assert!(card.text().contains("M-1") && !card.text().contains("M-2"), "{card}");
    team.get(&format!("frameworks/G/scorecard?quarter=2024-25-Q1&{then}")).call().must_be(404);
}

#[test]
fn what_is_not_there_and_what_is_not_yours_is_the_same() {
    let app = start();
    let team = holding(&app, &["provider:measure=M-1"]);
    for (foreign, nowhere) in of("N-1").iter().zip(of("N-0")) {
        let (foreign, nowhere) = (team.get(foreign).call(), team.get(&nowhere).call());
        assert_eq!(said(&foreign, "N-1"), said(&nowhere, "N-0"));
    }
    for path in
        ["outcomes/O-9", "frameworks/G", "frameworks/G/chase-list?quarter=2024-25-Q1", "collection-cycles/G/2024-25-Q1"]
    {
        team.get(path).call().problem(404, "not_found");
    }
}

#[test]
fn computed_answers_count_what_is_reached() {
    let app = start();
    let team = holding(&app, &["provider:measure=M-1"]);
    let card = team.get("frameworks/F/scorecard?quarter=2024-25-Q1").call().must_be(200);
    assert!(card.text().contains("M-1") && !card.text().contains("M-2"), "{card}");
    for path in ["chase-list?quarter=2024-25-Q1", "deadlines.ics"] {
        let answer = team.get(&format!("frameworks/F/{path}")).call().must_be(200);
        assert!(!answer.text().contains("M-2") && !answer.text().contains("N-1"), "{answer}");
    }
    let requests = |framework: &str| format!("data-requests?framework={framework}&quarter=2024-25-Q1");
    assert_eq!(measures(&team, &requests("F"), "measure"), ["M-1"]);
    assert_eq!(said(&team.get(&requests("G")).call(), "G"), said(&team.get(&requests("X")).call(), "X"));
    let counted = team.get("measures?count=true").call().must_be(200).json();
    assert_eq!((&counted["total"], &counted["next"]), (&json!(1), &json!(null)));
    assert_eq!(measures(&team, "outcomes", "code"), ["O-1"]);
    assert_eq!(measures(&team, "frameworks", "code"), ["F"]);
    assert_eq!(measures(&team, "collection-cycles", "framework"), ["F"]);
    assert_eq!(measures(&team, "issues-of-concern", "code"), ["I-M-1"]);
    assert_eq!(measures(&team, "import-mappings", "code"), ["IM-1"]);
}

#[test]
fn what_tells_of_a_whole_framework_is_for_those_who_reach_it_whole() {
    let app = start();
    let (team, director) = (holding(&app, &["provider:measure=M-1"]), holding(&app, &["director:framework=F"]));
    for path in [
        "annual-target-reviews/F/2024-25",
        "quarterly-reports/F/2024-25-Q1",
        "quarterly-reports/F/2024-25-Q1/readiness",
        "frameworks/F/review-status",
        "issues-of-concern/I-BOTH",
        "import-mappings/IM-BOTH",
    ] {
        team.get(path).call().problem(404, "not_found");
        director.get(path).call().must_be(200);
    }
    for path in ["annual-target-reviews", "quarterly-reports"] {
        assert_eq!(measures(&team, path, "framework"), Vec::<String>::new(), "{path}");
        assert_eq!(measures(&director, path, "framework"), ["F"], "{path}");
    }
    director.get("quarterly-reports/G/2024-25-Q1").call().problem(404, "not_found");
}

#[test]
fn what_belongs_to_no_measure_is_shown_to_all_and_the_log_to_none_of_them() {
    let app = start();
    let team = holding(&app, &["provider:measure=M-1"]);
    for path in ["meetings/MT-1", "decisions/D-1", "areas/A-1", "comparator-groups", "comparator-memberships"] {
        team.get(path).call().must_be(200);
    }
    team.get("changes").call().problem(403, "forbidden").says("limited");
    team.get("keys").call().problem(403, "forbidden");
    let me = team.get("me").call().must_be(200).json();
    assert_eq!(me["grants"], json!([{"role": "provider", "framework": null, "outcome": null, "measure": "M-1"}]));
}

#[test]
fn grants_taken_away_end_at_once() {
    let app = App::with_measure();
    let body = json!({"name": "team", "grants": [{"role": "provider", "measure": "M-1"}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let team = app.anonymous().with_key(made["key"].as_str().unwrap());
    team.get("measures/M-1").call().must_be(200);
    app.admin().post(&format!("keys/{}/revoke", made["details"]["id"].as_str().unwrap())).call().must_be(200);
    team.get("measures/M-1").call().problem(401, "unauthenticated");
}
