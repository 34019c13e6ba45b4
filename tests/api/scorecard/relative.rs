//! Targets relative to a comparator: what they come to, and what is said where they come to nothing.

use serde_json::{Value, json};

use super::number;
use crate::support::App;

const QUARTER: &str = "2024-25-Q4";

/// A service with `M-1` at 66.4, the group `G` with `A-1` to `A-3`, the country `NATION`, and a target with these terms.
fn app(target: Value) -> App {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"baseline_period": "2023-24-Q4", "baseline_value": 44.2})).create();
    app.group("G").create();
    for area in ["A-1", "A-2", "A-3"] {
        app.area(area).create();
        app.membership("G", area, "2021-04-01").create();
    }
    app.area("NATION").set("kind", "country").create();
    app.target("M-1", "2024-25", json!(null)).with(target).create();
    app.approved("M-1", QUARTER, number("66.4"));
    app
}

fn above_mean() -> Value {
    json!({"kind": "above", "comparator": "G", "comparator_statistic": "mean"})
}

fn published(app: &App, comparator: &str, value: &str, day: &str) {
    app.benchmark("M-1", comparator, QUARTER, number(value)).set("release_date", day).create();
}

#[test]
fn above_the_mean_of_the_neighbours() {
    let app = app(above_mean());
    published(&app, "A-1", "50", "2025-08-01");
    published(&app, "A-2", "58.4", "2025-09-11");
    let card = app.card("M-1", QUARTER);
    assert_eq!(card["rag"]["explanation"], "green because 66.4 is above 54.2, the mean of G for 2024-25-Q4");
    assert_eq!((&card["rag"]["status"], &card["rag"]["target"]), (&json!("green"), &number("54.2")));
    let expected = json!({
        "comparator": "G", "statistic": "mean", "margin": 0, "data_period": QUARTER, "value": number("54.2"),
        "target": number("54.2"), "contributors": 2, "members": 3, "release_date": "2025-09-11", "gap": null
    });
    assert_eq!(card["target_comparator"], expected);
    let distance = &card["distance"];
    assert_eq!(
        (&distance["target"], &distance["percent_of_gap_closed"], &distance["met"]),
        (&number("54.2"), &number("222.0"), &json!(true))
    );
}

#[test]
fn a_margin_is_added_and_a_tolerance_is_of_the_sum() {
    let terms = json!({"comparator": "NATION", "comparator_statistic": "published", "comparator_margin": 20});
    let app = app(terms);
    published(&app, "NATION", "59.5", "2025-09-11");
    let card = app.card("M-1", QUARTER);
    assert_eq!(
        card["rag"]["explanation"],
        "red because 66.4 is below the floor 71.55 = 79.5 less 10 %; the target is the published value of NATION for 2024-25-Q4 \
         (59.5) plus 20"
    );
    let block = &card["target_comparator"];
    assert_eq!((&block["value"], &block["target"]), (&number("59.5"), &number("79.5")));
    assert_eq!((&block["contributors"], &block["release_date"]), (&json!(null), &json!("2025-09-11")));
}

#[test]
fn the_live_scorecard_follows_the_newest_benchmark_and_membership() {
    let app = app(above_mean());
    published(&app, "A-1", "50", "2025-08-01");
    published(&app, "A-2", "90", "2025-08-01");
    let target = || app.card("M-1", QUARTER)["rag"]["target"].clone();
    assert_eq!(target(), json!(70));
    app.benchmark("M-1", "A-2", QUARTER, 80).put().must_be(200);
    assert_eq!(target(), json!(65));
    app.editor().delete("comparator-memberships/G/A-2/2021-04-01").call().must_be(204);
    assert_eq!(target(), json!(50));
    app.benchmark("M-1", "A-3", QUARTER, 20).create();
    assert_eq!(target(), json!(35));
}

#[test]
fn without_a_figure_for_the_very_period_nothing_is_rated() {
    let told = |app: &App| {
        let card = app.card("M-1", QUARTER);
        assert_eq!(
            (&card["rag"]["status"], &card["rag"]["reason"]),
            (&json!("not_rated"), &json!("benchmark_unavailable"))
        );
        assert_eq!(
            (&card["rag"]["target"], &card["target_comparator"]["value"], &card["target_comparator"]["target"]),
            (&json!(null), &json!(null), &json!(null))
        );
        let distance = &card["distance"];
        assert_eq!(
            (&distance["reason"], &distance["percent_of_gap_closed"], &distance["change"]),
            (&json!("benchmark_unavailable"), &json!(null), &number("22.2"))
        );
        (card["rag"]["explanation"].clone(), card["target_comparator"]["gap"].clone())
    };
    let group = app(above_mean());
    // Those of other quarters are not taken in its place, and a value of the group as a whole is not a mean of its members.
    group.benchmark("M-1", "A-1", "2024-25-Q3", 50).create();
    group.benchmark("M-1", "G", QUARTER, 50).create();
    let sentence = "not rated because the target is the mean of G for 2024-25-Q4, and there is no such figure";
    assert_eq!(told(&group), (json!(sentence), json!("no_member_has_a_value")));
    let nation = app(json!({"comparator": "NATION", "comparator_statistic": "published"}));
    let sentence =
        "not rated because the target is the published value of NATION for 2024-25-Q4, and there is no such figure";
    assert_eq!(told(&nation), (json!(sentence), json!("no_value")));
    nation.benchmark("M-1", "NATION", QUARTER, json!(null)).set("value_symbol", "c").create();
    assert_eq!(told(&nation).1, "symbol");
}

#[test]
fn without_a_figure_of_ones_own_it_only_names_the_comparator() {
    let app = app(above_mean());
    published(&app, "A-1", "50", "2025-08-01");
    let card = app.card("M-1", "2024-25-Q3");
    assert_eq!(card["rag"]["status"], "no_data");
    let block = &card["target_comparator"];
    assert_eq!(
        (&block["comparator"], &block["data_period"], &block["value"], &block["gap"]),
        (&json!("G"), &json!(null), &json!(null), &json!(null))
    );
    app.target("M-1", "2025-26", 55).create();
    assert_eq!(app.card("M-1", "2025-26-Q1")["target_comparator"], json!(null));
}

#[test]
fn a_running_total_is_judged_only_over_a_whole_year() {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative"})).create();
    app.measure("M-2")
        .with(json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative", "frequency": "annual"}))
        .create();
    app.area("NATION").set("kind", "country").create();
    for (measure, period, quarter) in [("M-1", "2024-25-Q2", "2024-25-Q2"), ("M-2", "2024-25", "2024-25-Q4")] {
        let terms = json!({"comparator": "NATION", "comparator_statistic": "published"});
        app.target(measure, "2024-25", json!(null)).with(terms).create();
        app.benchmark(measure, "NATION", period, 50).create();
        app.submission(measure, quarter).with(json!({"data_period": period, "value": 60})).approved();
    }
    assert_eq!(app.card("M-1", "2024-25-Q2")["rag"]["reason"], "profile_missing");
    assert_eq!(app.card("M-2", "2024-25-Q4")["rag"]["status"], "green");
}

#[test]
fn an_earlier_answer_keeps_what_it_was_resolved_from() {
    let app = app(above_mean());
    published(&app, "A-1", "50", "2025-08-01");
    let instant =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    let ask = || {
        let path = format!("frameworks/F/scorecard?quarter={QUARTER}&as_of={instant}");
        app.reader().get(&path).call().must_be(200).json()
    };
    let before = ask();
    app.benchmark("M-1", "A-1", QUARTER, 90).put().must_be(200);
    app.benchmark("M-1", "A-2", QUARTER, 90).create();
    app.editor().delete("comparator-memberships/G/A-3/2021-04-01").call().must_be(204);
    app.editor().patch("targets/M-1/2024-25").send(&json!({"comparator_margin": -1})).must_be(200);
    assert_eq!(ask(), before);
    assert_eq!(before["outcomes"][0]["measures"][0]["rag"]["target"], 50);
    assert_eq!(app.card("M-1", QUARTER)["rag"]["target"], 89);
}

#[test]
fn the_flat_form_says_it_too() {
    let app = app(above_mean());
    published(&app, "A-1", "50", "2025-08-01");
    app.measure("M-2").create();
    let path = format!("frameworks/F/scorecard?quarter={QUARTER}&format=csv");
    let text = app.reader().get(&path).call().must_be(200).text();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<std::collections::BTreeMap<String, String>> = reader.deserialize().map(|row| row.unwrap()).collect();
    let cells = |row: usize| {
        ["", "_statistic", "_margin", "_value", "_contributors", "_members", "_release_date"]
            .map(|part| rows[row][&format!("target_comparator{part}")].as_str())
    };
    assert_eq!(cells(0), ["G", "mean", "0", "50.0", "1", "3", "2025-08-01"]);
    assert_eq!(cells(1), [""; 7]);
}
