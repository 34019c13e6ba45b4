//! A sealed report holds what its relative targets were resolved from, whatever is published later.

use serde_json::{Value, json};

use crate::support::App;

const QUARTER: &str = "2024-25-Q4";

fn read(app: &App, path: &str) -> Value {
    app.reader().get(&format!("quarterly-reports/F/{QUARTER}/{path}")).call().must_be(200).json()
}

#[test]
fn a_later_benchmark_or_membership_changes_nothing_that_was_sealed() {
    let app = App::with_measure();
    app.group("G").create();
    for area in ["A-1", "A-2"] {
        app.area(area).create();
        app.membership("G", area, "2021-04-01").create();
    }
    let terms = json!({"comparator": "G", "comparator_statistic": "mean"});
    app.target("M-1", "2024-25", json!(null)).with(terms).create();
    app.benchmark("M-1", "A-1", QUARTER, 50).create();
    app.benchmark("M-1", "A-2", QUARTER, 60).create();
    app.approved("M-1", QUARTER, 60);
    app.sealed(QUARTER);
    let sealed = read(&app, "content");
    let card = &sealed["outcomes"][0]["measures"][0]["card"];
    assert_eq!(card["rag"]["explanation"], "green because 60.0 is at least 55, the mean of G for 2024-25-Q4");
    assert_eq!(
        (&card["target_comparator"]["contributors"], &card["target_comparator"]["members"]),
        (&json!(2), &json!(2))
    );
    let group = &sealed["outcomes"][0]["measures"][0]["comparators"]["groups"][0];
    assert_eq!(group["mean"], card["target_comparator"]["value"], "the report says one thing of the group, twice");
    assert_eq!(read(&app, "verify")["differences"], json!([]));

    app.benchmark("M-1", "A-1", QUARTER, 80).put().must_be(200);
    app.editor().delete("comparator-memberships/G/A-2/2021-04-01").call().must_be(204);
    assert_eq!(read(&app, "content"), sealed);
    let proof = read(&app, "verify");
    assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)));
    let told: Vec<String> = proof["differences"].as_array().unwrap().iter().map(difference).collect();
    for expected in [
        "/rag/status \"green\" \"red\"",
        "/rag/target 55 80",
        "/target_comparator/value 55.0 80.0",
        "/target_comparator/members 2 1",
    ] {
        assert!(told.iter().any(|one| one == expected), "{expected} is not among {told:?}");
    }
    assert_eq!(app.card("M-1", QUARTER)["rag"]["status"], "red", "the live scorecard follows");
}

fn difference(one: &Value) -> String {
    format!("{} {} {}", one["pointer"].as_str().unwrap(), one["reported"], one["now"])
}

#[test]
fn what_was_unresolved_when_it_was_sealed_stays_unrated() {
    let app = App::with_measure();
    app.area("NATION").set("kind", "country").create();
    let terms = json!({"comparator": "NATION", "comparator_statistic": "published"});
    app.target("M-1", "2024-25", json!(null)).with(terms).create();
    app.approved("M-1", QUARTER, 40);
    app.sealed(QUARTER);
    app.benchmark("M-1", "NATION", QUARTER, 50).create();
    let card = read(&app, "content")["outcomes"][0]["measures"][0]["card"].clone();
    assert_eq!(card["rag"]["reason"], "benchmark_unavailable");
    let told: Vec<String> = read(&app, "verify")["differences"].as_array().unwrap().iter().map(difference).collect();
    assert!(told.contains(&"/rag/reason \"benchmark_unavailable\" \"below_floor\"".to_owned()), "{told:?}");
}
