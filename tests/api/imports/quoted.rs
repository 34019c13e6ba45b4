//! Text behind the quotation mark that closes a cell.

use super::{app, errors, outcomes, send_csv, stored};

#[test]
fn it_is_glued_onto_no_cell() {
    let app = app();
    let content = "measure,quarter,data_period,value,quality_note\n\
        M-1,2024-25-Q1,2024-25-Q1,\"6\"1,\n\
        M-2,2024-25-Q1,2024-25-Q1,7,\"Two\nlines\" more\n\
        M-3,2024-25-Q1,2024-25-Q1,\"8\" ,\"say \"\"so\"\"\"\n";
    let answer = send_csv(&app, "?mode=row_by_row", content).must_be(200);
    assert_eq!(outcomes(&answer), ["refused", "refused", "created"]);
    for (row, column, value, line) in
        [(0, "value", "\"6\"1", "line 2"), (1, "quality_note", "\"Two\nlines\" more", "line 4")]
    {
        assert_eq!(errors(&answer, row), [(column.to_owned(), "text_after_quote".to_owned())]);
        let error = &answer.json()["rows"][row]["errors"][0];
        assert_eq!(error["value"], value);
        assert!(error["detail"].as_str().unwrap().contains(line), "{error}");
    }
    assert_eq!(
        (stored(&app, "M-1", "2024-25-Q1"), stored(&app, "M-3", "2024-25-Q1")),
        (String::new(), "1 draft 8".into())
    );
    // The file of refused rows has not glued them on either.
    let text = app.reader().get("imports/1/rows?format=csv").call().must_be(200).text();
    assert!(!text.contains(",61,") && text.contains("text_after_quote,value"), "{text}");
    assert_eq!(outcomes(&send_csv(&app, "?mode=row_by_row", text).must_be(200)), ["refused", "refused"]);
}

#[test]
fn in_the_line_of_names_it_refuses_the_file() {
    let app = app();
    let content = "measure,quarter,data_period,\"val\"ue\nM-1,2024-25-Q1,2024-25-Q1,6\n";
    app.storing_nothing(|| send_csv(&app, "", content))
        .problem(422, "import_unreadable")
        .only_fault("", "text_after_quote");
}
