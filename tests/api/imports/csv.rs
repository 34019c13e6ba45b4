//! Rows as CSV in our own columns, as spreadsheets write it.

use super::{app, errors, outcomes, send_csv, stored};

#[test]
fn the_fields_of_a_submission_are_columns() {
    let app = app();
    let content = "\u{feff}measure,quarter,data_period,value,numerator,denominator,stage,quality_note,narrative.challenges,breakdowns\r\n\
        M-1,2024-25-Q1,2024-25-Q1,,12,24,final,,\"Two\r\nlines, one comma.\",\r\n\
        \r\n\
        M-2,2024-25-Q1,2024-25-Q1, 55.50 ,,,provisional,Counted twice.,,\"[{\"\"dimension\"\": \"\"sex\"\", \"\"category\"\": \"\"Female\"\", \"\"value\"\": 1}]\"\r\n\
        ,,,,,,,,,\r\n\
        M-3,2024-25-Q1,2024-25-Q1,x,,,,,,\r\n";
    let answer = send_csv(&app, "?mode=row_by_row", content).must_be(200);
    assert_eq!(outcomes(&answer), ["created", "refused", "created"], "{answer}");
    assert_eq!(errors(&answer, 1), [("breakdowns".to_owned(), "parts_do_not_add_up".to_owned())]);
    assert_eq!(answer.json()["rows"][1]["line"], 5);
    assert_eq!(
        (stored(&app, "M-1", "2024-25-Q1"), stored(&app, "M-3", "2024-25-Q1")),
        ("1 draft 50.0".into(), "1 draft x".into())
    );
    let narrative =
        app.sql().value("SELECT narrative ->> 'challenges' FROM quarterly_submissions WHERE measure = 'M-1'");
    assert_eq!(narrative, "Two\r\nlines, one comma.");
}

#[test]
fn cells_of_spreadsheets_are_read_or_refused_with_the_reason() {
    let app = app();
    let send = |cell: &str| {
        let content = format!("measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,{cell}\n");
        send_csv(&app, "?dry_run=true&mode=row_by_row", content).must_be(200)
    };
    for (cell, code) in [
        ("\"1,234\"", "thousands_separator"),
        ("=SUM(A1:A3)", "formula"),
        ("#REF!", "formula_error"),
        ("45%", "unit_in_number"),
        ("N/A", "unknown_symbol"),
        ("much", "not_a_number"),
        ("12.34567", "too_many_decimal_places"),
        ("104", "out_of_range"),
    ] {
        let answer = send(cell);
        assert_eq!(errors(&answer, 0), [("value".to_owned(), code.to_owned())], "{cell}");
        let value = answer.json()["rows"][0]["errors"][0]["value"].as_str().unwrap().to_owned();
        assert_eq!(value, cell.trim_matches('"'));
    }
    for (cell, note) in
        [("9.3699999999999992", true), ("12.5", false), (":", true), ("..", true), ("low", true), ("c", false)]
    {
        let answer = send(cell);
        assert_eq!(outcomes(&answer), ["created"], "{cell}");
        assert_eq!(!answer.json()["rows"][0]["notes"].as_array().unwrap().is_empty(), note, "{cell}: {answer}");
    }
}

#[test]
fn a_file_that_is_no_table_of_ours_is_refused_as_a_whole() {
    let app = app();
    for (content, code) in [
        ("", "empty"),
        ("measure;quarter;data_period;value\nM-1;2024-25-Q1;2024-25-Q1;1\n", "wrong_separator"),
        ("measure,quarter,data_period,value,value\n", "duplicate_column"),
        ("measure,quarter,data_period,valeu\n", "unknown_column"),
        ("measure,data_period,value\n", "column_missing"),
        ("measure,quarter,data_period,quality_note\nM-1,2024-25-Q1,2024-25-Q1,\"open\n", "unclosed_quote"),
        (
            "measure,quarter,data_period,value\rM-1,2024-25-Q1,2024-25-Q1,1\rM-2,2024-25-Q1,2024-25-Q1,2\r",
            "wrong_line_ends",
        ),
        ("\"measure\",\"quarter\",\"data_period\"\r\"M-1\",\"2024-25-Q1\",\"2024-25-Q1\"\r", "wrong_line_ends"),
    ] {
        app.storing_nothing(|| send_csv(&app, "", content)).problem(422, "import_unreadable").only_fault("", code);
    }
}

#[test]
fn a_return_within_a_line_ends_nothing() {
    let app = app();
    let row = |measure: &str| format!("{measure},2024-25-Q1,2024-25-Q1,1");
    let content = format!("measure,quarter,data_period,value\n{}\r{}\n{}\r\n", row("M-1"), row("M-2"), row("M-3"));
    let answer = send_csv(&app, "?mode=row_by_row", content).must_be(200);
    assert_eq!(outcomes(&answer), ["refused", "created"]);
    assert_eq!(errors(&answer, 0)[0], (String::new(), "wrong_number_of_cells".to_owned()));
    let content = "measure,quarter,data_period,value,quality_note\nM-1,2024-25-Q1,2024-25-Q1,1,Two\rlines.\n";
    send_csv(&app, "", content).must_be(200);
    let note = app.sql().value("SELECT quality_note FROM quarterly_submissions WHERE measure = 'M-1'");
    assert_eq!(note, "Two\rlines.");
}

#[test]
fn a_row_with_other_cells_than_columns_is_refused_by_itself() {
    let app = app();
    let content = "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,1,2\nM-2,2024-25-Q1,2024-25-Q1\nM-3,2024-25-Q1,2024-25-Q1,3\n";
    let answer = send_csv(&app, "?mode=row_by_row", content).must_be(200);
    assert_eq!(outcomes(&answer), ["refused", "refused", "created"]);
    for row in 0..2 {
        assert_eq!(errors(&answer, row), [(String::new(), "wrong_number_of_cells".to_owned())]);
    }
}
