//! A baseline is a figure that everybody sees: beside it nothing small may follow from what is published, nor from it beside that.

use serde_json::{Value, json};

use crate::support::{App, Client};

/// An adopted framework with `M-1`, a percentage, and `M-2`, a count that grows over the year.
fn adopted() -> App {
    let app = App::with_measure();
    app.measure("M-2").with(json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative"})).create();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app
}

fn adopt(app: &App) -> Client {
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let made =
        app.admin().post("keys").send(&json!({"name": "anybody", "grants": [{"role": "public"}]})).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

fn baseline(app: &App, measure: &str, period: &str, value: i64) {
    let body = json!({"baseline_period": period, "baseline_value": value, "baseline_reason": "The last of before."});
    app.editor().patch(&format!("measures/{measure}")).send(&body).must_be(200);
}

/// What is shown of a measure's baseline: by itself, and in its versions.
fn shown(client: &Client, measure: &str) -> Value {
    let one = client.get(&format!("measures/{measure}")).call().must_be(200).json();
    let versions = client.get(&format!("measures/{measure}/versions")).call().must_be(200).json();
    let newest = versions["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(one["baseline_value"], newest["baseline_value"]);
    assert_eq!(one["baseline_value"].is_null(), one["baseline_reason"].is_null());
    one["baseline_value"].clone()
}

fn value(client: &Client, measure: &str, quarter: &str) -> Value {
    client.get(&format!("quarterly-submissions/{measure}/{quarter}")).call().must_be(200).json()["value"].clone()
}

#[test]
fn a_figure_is_hidden_that_the_baseline_of_its_year_would_tell_apart() {
    let app = adopted();
    baseline(&app, "M-2", "2024-25-Q4", 23);
    let public = adopt(&app);
    for (quarter, figure) in [("2024-25-Q2", 12), ("2024-25-Q3", 20), ("2025-26-Q1", 20)] {
        app.submission("M-2", quarter).set("value", figure).published();
    }
    assert_eq!(value(&public, "M-2", "2024-25-Q2"), 12);
    assert_eq!(value(&public, "M-2", "2024-25-Q3"), Value::Null, "23 less 20 is 3");
    let why = app.reader().get("quarterly-submissions/M-2/2024-25-Q3/disclosure").call().must_be(200).json();
    assert_eq!(why["reasons"][0]["code"], "small_difference");
    // Another year begins at nothing.
    assert_eq!(value(&public, "M-2", "2025-26-Q1"), 20);
}

#[test]
fn a_baseline_set_beside_what_was_published_is_hidden_where_it_would_tell() {
    let app = adopted();
    app.submission("M-2", "2024-25-Q3").set("value", 20).published();
    baseline(&app, "M-2", "2024-25-Q4", 23);
    let public = adopt(&app);
    assert_eq!(shown(&public, "M-2"), Value::Null);
    assert_eq!(app.reader().get("measures/M-2").call().must_be(200).json()["baseline_value"], 23);
    let app = adopted();
    app.submission("M-2", "2024-25-Q3").set("value", 20).published();
    baseline(&app, "M-2", "2024-25-Q4", 26);
    assert_eq!(shown(&adopt(&app), "M-2"), 26);
}

#[test]
fn a_baseline_does_not_say_what_is_hidden_of_its_own_period() {
    let app = adopted();
    baseline(&app, "M-1", "2024-25-Q1", 97);
    let public = adopt(&app);
    assert_eq!(shown(&public, "M-1"), 97);
    app.submission("M-1", "2024-25-Q1").with(json!({"numerator": 97, "denominator": 100})).published();
    assert_eq!((value(&public, "M-1", "2024-25-Q1"), shown(&public, "M-1")), (Value::Null, Value::Null));
    app.submission("M-1", "2024-25-Q2").with(json!({"numerator": 80, "denominator": 100})).published();
    let card = public.get("frameworks/F/scorecard?quarter=2024-25-Q2").call().must_be(200).json();
    let distance = &card["outcomes"][0]["measures"][0]["distance"];
    assert_eq!((&distance["baseline"], &distance["change"]), (&Value::Null, &Value::Null), "{card}");
    // One whose figure is shown is shown.
    let app = adopted();
    baseline(&app, "M-1", "2024-25-Q1", 80);
    app.submission("M-1", "2024-25-Q1").with(json!({"numerator": 80, "denominator": 100})).published();
    assert_eq!(shown(&adopt(&app), "M-1"), 80);
}

#[test]
fn an_exact_baseline_is_not_shown_beside_rounded_counts() {
    for (value, told) in [(62, Value::Null), (60, json!(60)), (5, Value::Null)] {
        let app = adopted();
        app.editor().patch("measures/M-2").send(&json!({"disclosure_policy": "round5_suppress_1_7"})).must_be(200);
        baseline(&app, "M-2", "2023-24-Q4", value);
        assert_eq!(shown(&adopt(&app), "M-2"), told, "{value}");
    }
}
