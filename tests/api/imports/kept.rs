//! What a row does not say stays as it is, and what a file of refused rows cannot hold is not taken for mended.

use serde_json::json;

use super::{app, errors, outcomes, row, send, send_csv};
use crate::support::App;

const HEAD: &str = "measure,quarter,data_period,value";

fn with_texts(app: &App) {
    let texts = json!({"value": 50, "narrative": {"challenges": "So.", "results": "Better."}, "quality_note": "Counted late.",
        "breakdowns": [{"dimension": "sex", "category": "Female", "value": 20}], "breakdown_note": "Others did not say."});
    app.submission("M-1", "2024-25-Q1").with(texts).create();
}

#[test]
fn a_file_of_figures_empties_no_text_that_somebody_wrote() {
    let app = app();
    with_texts(&app);
    let read = || app.reader().get("quarterly-submissions/M-1/2024-25-Q1").call().must_be(200).json();
    let before = read();
    let same = send_csv(&app, "", format!("{HEAD}\nM-1,2024-25-Q1,2024-25-Q1,50\n")).must_be(200);
    assert_eq!(outcomes(&same), ["unchanged"], "{same}");
    let other = send_csv(&app, "", format!("{HEAD},narrative.challenges\nM-1,2024-25-Q1,2024-25-Q1,51,Other.\n"));
    assert_eq!(outcomes(&other.must_be(200)), ["updated"]);
    let after = read();
    assert_eq!(after["narrative"], json!({"challenges": "Other.", "results": "Better."}));
    assert_eq!(after["value"], 51.0);
    for kept in ["stage", "quality_note", "breakdowns", "breakdown_note"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    // What is said to be nothing is nothing.
    let mut cleared = row("M-1", "2024-25-Q1", 51);
    cleared["quality_note"] = json!(null);
    assert_eq!(outcomes(&send(&app, "", &[cleared]).must_be(200)), ["updated"]);
    assert_eq!(read()["quality_note"], json!(null));
}

#[test]
fn a_correction_is_as_final_as_what_it_corrects() {
    let app = app();
    app.submission("M-1", "2024-25-Q1").set("value", 50).approved();
    let content = format!("{HEAD}\nM-1,2024-25-Q1,2024-25-Q1,51\n");
    let answer = send_csv(&app, "?approved=revise&reason=Late", content).must_be(200);
    assert_eq!(outcomes(&answer), ["proposed"], "{answer}");
    assert_eq!(app.sql().column("SELECT stage FROM quarterly_submissions ORDER BY revision"), ["final", "final"]);
}

#[test]
fn what_does_not_fit_into_the_file_of_refused_rows_is_refused_again_unmended() {
    let app = app();
    let mend = |number: i64| {
        let path = format!("imports/{number}/rows?outcome=refused&format=csv");
        app.reader().get(&path).call().must_be(200).text()
    };
    let mut unknown = row("M-2", "2024-25-Q1", 50);
    unknown["valu"] = json!(51);
    unknown.as_object_mut().unwrap().shift_remove("value");
    for refused in [
        send_csv(&app, "?mode=row_by_row", format!("{HEAD}\nM-1,2024-25-Q1,2024-25-Q1,1,234\n")),
        send_csv(&app, "?mode=row_by_row", format!("{HEAD}\nM-1,2024-25-Q1,2024-25-Q1\n")),
        send(&app, "?mode=row_by_row", &[unknown]),
    ] {
        let number = refused.must_be(200).json()["number"].as_i64().unwrap();
        let file = mend(number);
        let again = send_csv(&app, "?mode=row_by_row", file.clone()).must_be(200);
        assert_eq!(outcomes(&again), ["refused"], "{file}\n{again}");
        assert!(!errors(&again, 0).is_empty());
    }
    assert_eq!(app.sql().count("quarterly_submissions"), 0);
}
