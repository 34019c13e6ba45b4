//! What a row says: the figure as the scorecard judges it, and the parts beside the whole.

use serde_json::{Value, json};

use super::{correct, council, items, keys, number};
use crate::support::App;

fn row(app: &App, query: &str) -> Value {
    let rows = items(app, query);
    assert_eq!(rows.len(), 1, "{query}");
    rows[0].clone()
}

#[test]
fn each_figure_that_counts_has_one_and_each_part_of_it() {
    let app = council();
    app.submission("M-1", "2025-26-Q1").set("value", 50).create();
    let wanted = [
        "M-1 2023-24-Q4 total total",
        "M-1 2024-25-Q1 total total",
        "M-1 2024-25-Q2 total total",
        "M-1 2024-25-Q3 total total",
        "M-1 2024-25-Q4 total total",
        "M-2 2024-25-Q1 sex Female",
        "M-2 2024-25-Q1 sex Male",
        "M-2 2024-25-Q1 total total",
    ];
    assert_eq!(keys(&items(&app, "")), wanted);
}

#[test]
fn it_is_judged_as_the_scorecard_judges_it() {
    let app = council();
    for quarter in ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4"] {
        let row = row(&app, &format!("?measure=M-1&quarter={quarter}"));
        let card = app.card("M-1", quarter);
        for (column, pointer) in [
            ("value", "/figure/value"),
            ("value_as_pushed", "/figure/value_as_pushed"),
            ("value_symbol", "/figure/value_symbol"),
            ("rag", "/rag/status"),
            ("rag_reason", "/rag/reason"),
            ("rag_explanation", "/rag/explanation"),
            ("target", "/rag/target"),
            ("tolerance_floor", "/rag/floor"),
            ("direction_short", "/direction/short/result"),
            ("change_short", "/direction/short/change"),
            ("direction_long", "/direction/long/result"),
            ("change_long", "/direction/long/change"),
            ("baseline", "/distance/baseline"),
            ("distance_reason", "/distance/reason"),
            ("state", "/figure/state"),
            ("approved_at", "/figure/approved_at"),
        ] {
            assert_eq!(&row[column], card.pointer(pointer).unwrap(), "{quarter} {column}");
        }
    }
    assert_eq!(row(&app, "?measure=M-1&quarter=2024-25-Q1")["value"], number("54.3"), "rounded as it is judged");
    assert_eq!(row(&app, "?measure=M-1&quarter=2024-25-Q1")["rag"], "amber");
    assert_eq!(row(&app, "?measure=M-1&quarter=2024-25-Q3")["rag_reason"], "x");
}

#[test]
fn a_part_has_numbers_and_no_judgement() {
    let app = council();
    let part = row(&app, "?dimension=sex&category=Female");
    assert_eq!(
        (&part["value"], &part["stage"], &part["rag"], &part["target"]),
        (&json!(12), &json!("final"), &json!(null), &json!(null))
    );
    assert_eq!(part["narrative"], json!(null), "the words are about the whole");
    let whole = row(&app, "?measure=M-2&dimension=total");
    assert_eq!((&whole["value"], &whole["rag"]), (&json!(30), &json!("not_rated")));
    assert_eq!(whole["narrative_challenges"], "-2 posts,\r\n\"vacant\"");
}

#[test]
fn the_newest_figure_that_counts_stands_for_the_quarter() {
    let app = council();
    let shown = || row(&app, "?measure=M-1&quarter=2024-25-Q4");
    assert_eq!((&shown()["revision"], &shown()["value"]), (&json!(1), &number("60.0")));
    correct(&app, "M-1", "2024-25-Q4", &json!({"value": 61}));
    assert_eq!((&shown()["revision"], &shown()["value"]), (&json!(2), &number("61.0")));
}

#[test]
fn what_others_publish_stands_beside_it() {
    let app = council();
    for (code, kind) in [("E92000001", "country"), ("E12000003", "region")] {
        app.area(code).set("kind", kind).create();
    }
    app.area("E08000019").create();
    app.area("E08000035").create();
    app.group("SN").with(json!({"kind": "statistical_neighbours", "home_area": "E08000019"})).create();
    app.membership("SN", "E08000035", "2020-04-01").create();
    for (code, value) in [("E92000001", 46), ("E12000003", 51), ("E08000035", 40)] {
        app.benchmark("M-1", code, "2024-25-Q2", value).create();
    }
    let row = row(&app, "?measure=M-1&quarter=2024-25-Q2");
    for (column, value) in [
        ("england_value", number("46.0")),
        ("region", json!("E12000003")),
        ("region_value", number("51.0")),
        ("neighbours", json!("SN")),
        ("neighbours_mean", number("40.0")),
        ("neighbours_with_value", json!(1)),
        ("rank", json!(1)),
        ("rank_out_of", json!(2)),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    assert_eq!(
        items(&app, "?measure=M-1&quarter=2024-25-Q1")[0]["england_value"],
        json!(null),
        "another period's is not shown"
    );
}
