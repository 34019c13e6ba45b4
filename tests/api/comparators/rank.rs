//! Rank and quartile.

use serde_json::{Value, json};

use super::{app, comparators};
use crate::support::App;

fn standing(app: &App, query: &str) -> Value {
    comparators(app, &format!("data_period=2024-25{query}"))["standing"].clone()
}

#[test]
fn ranks_among_all_authorities_by_what_is_good_and_shares_the_best_rank() {
    let app = app();
    for (area, value) in [("A-1", 60.0), ("A-2", 50.04), ("A-3", 40.0), ("A-4", 30.0), ("REGION", 99.0)] {
        app.benchmark("M-1", area, "2024-25", value).create();
    }
    app.submission("M-1", "2024-25-Q4").with(json!({"data_period": "2024-25", "value": 50})).approved();
    let high = standing(&app, "");
    assert_eq!((&high["rank"], &high["out_of"], &high["quartile"]), (&json!(2), &json!(5), &json!("C")));
    assert_eq!((&high["rank_gap"], &high["quartile_gap"]), (&json!(null), &json!(null)));
    app.editor().patch("measures/M-1").send(&json!({"polarity": "low"})).must_be(200);
    let low = standing(&app, "");
    assert_eq!((&low["rank"], &low["out_of"], &low["quartile"]), (&json!(3), &json!(5), &json!("B")));
    let other = standing(&app, "&area=A-4");
    assert_eq!((&other["rank"], &other["out_of"], &other["quartile"]), (&json!(1), &json!(4), &json!("A")));
}

#[test]
fn there_are_quartiles_from_four_values_on() {
    let app = app();
    app.benchmark("M-1", "HOME", "2024-25", 10).create();
    let alone = standing(&app, "");
    assert_eq!(
        (&alone["rank"], &alone["rank_gap"]),
        (&json!(null), &json!("too_few_values")),
        "first of one is no rank"
    );
    for (area, value) in [("A-1", 20), ("A-2", 30)] {
        app.benchmark("M-1", area, "2024-25", value).create();
    }
    let three = standing(&app, "");
    assert_eq!((&three["rank"], &three["out_of"]), (&json!(3), &json!(3)));
    assert_eq!((&three["quartile"], &three["quartile_gap"]), (&json!(null), &json!("too_few_values")));
    app.benchmark("M-1", "A-3", "2024-25", 40).create();
    assert_eq!(standing(&app, "")["quartile"], "D");
}

#[test]
fn what_has_no_good_direction_is_never_ranked() {
    let app = app();
    for (area, value) in [("HOME", 10), ("A-1", 20), ("A-2", 30), ("A-3", 40)] {
        app.benchmark("M-1", area, "2024-25", value).create();
    }
    for (polarity, gap) in [("neutral", "neutral_polarity"), ("band", "band_polarity")] {
        app.editor().patch("measures/M-1").send(&json!({"polarity": polarity})).must_be(200);
        let none = standing(&app, "");
        assert_eq!((&none["rank"], &none["out_of"], &none["quartile"]), (&json!(null), &json!(null), &json!(null)));
        assert_eq!((&none["rank_gap"], &none["quartile_gap"]), (&json!(gap), &json!(gap)));
    }
    app.editor().patch("measures/M-1").send(&json!({"polarity": "high"})).must_be(200);
    assert_eq!(standing(&app, "&area=NATION")["rank_gap"], "not_an_authority");
}
