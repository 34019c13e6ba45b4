//! Rows without a figure: they say nothing of it, and what is stored stays.

use serde_json::json;

use super::{app, outcomes, receipt_alone, row, send, send_csv, stored};
use crate::support::App;

const TEXTS: &str = "measure,quarter,data_period,narrative.challenges\nM-1,2024-25-Q1,2024-25-Q1,So.\n";

/// The newest revision's figure, whole.
fn figure(app: &App) -> String {
    let whole = "SELECT concat_ws(' ', revision, value, value_symbol, numerator, numerator_symbol, denominator, denominator_symbol) \
                 FROM quarterly_submissions WHERE measure = 'M-1' ORDER BY revision DESC LIMIT 1";
    app.sql().value(whole)
}

/// A service with a draft that has value, numerator and denominator.
fn drafted() -> App {
    let app = app();
    let first = json!({"measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "numerator": 12, "denominator": 24});
    send(&app, "", &[first]).must_be(200);
    app
}

#[test]
fn a_row_of_texts_keeps_the_figure_of_a_draft() {
    let app = drafted();
    let before = figure(&app);
    let cells =
        "measure,quarter,data_period,value,numerator,denominator,quality_note\nM-1,2024-25-Q1,2024-25-Q1,,,,Counted.\n";
    for content in [TEXTS, cells] {
        assert_eq!(outcomes(&send_csv(&app, "", content).must_be(200)), ["updated"], "{content}");
        assert_eq!(figure(&app), before, "{content}");
    }
    let texts = json!({"measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "stage": "final"});
    assert_eq!(outcomes(&send(&app, "", &[texts]).must_be(200)), ["updated"]);
    assert_eq!(figure(&app), before);
    let again = receipt_alone(&app, || send_csv(&app, "", TEXTS));
    assert_eq!(outcomes(&again.must_be(200)), ["unchanged"]);
}

#[test]
fn a_row_that_says_a_part_of_the_figure_says_all_of_it() {
    for (field, told, left) in
        [("value", json!(40), "1 40"), ("value_symbol", json!("x"), "1 x"), ("value", json!(null), "1")]
    {
        let app = drafted();
        let mut one =
            json!({"measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "quality_note": "Counted."});
        one[field] = told;
        send(&app, "", &[one]).must_be(200);
        assert_eq!(figure(&app).trim_end_matches(".0"), left, "{field}");
    }
}

#[test]
fn a_proposed_revision_keeps_the_approved_numbers_and_so_does_what_is_foreseen() {
    let app = app();
    app.target("M-1", "2024-25", 50).create();
    app.approved("M-1", "2024-25-Q1", 47);
    let query = "?approved=revise&reason=Words.";
    let tried = receipt_alone(&app, || send_csv(&app, &format!("{query}&dry_run=true"), TEXTS)).must_be(200).json();
    let effect = &tried["effect"];
    assert_eq!((&effect["moved"], &effect["measures"][0]["after"]), (&json!(0), &effect["measures"][0]["before"]));
    assert_eq!(outcomes(&send_csv(&app, query, TEXTS).must_be(200)), ["proposed"]);
    assert_eq!(stored(&app, "M-1", "2024-25-Q1"), "2 draft 47");
}

#[test]
fn a_new_record_without_a_figure_has_none() {
    let app = app();
    assert_eq!(outcomes(&send_csv(&app, "", TEXTS).must_be(200)), ["created"]);
    assert_eq!(stored(&app, "M-1", "2024-25-Q1"), "1 draft nothing");
    assert_eq!(outcomes(&send(&app, "", &[row("M-1", "2024-25-Q1", 50)]).must_be(200)), ["updated"]);
}
