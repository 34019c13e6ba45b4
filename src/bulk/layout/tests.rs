//! What cells of our own columns come to.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::*;

fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

fn read(columns: &str, cells: &[&str]) -> Cells {
    let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    Layout::of(names(&format!("measure,quarter,data_period,{columns}")))
        .unwrap()
        .read(&[vec!["M-1".to_owned(), "2024-25-Q1".to_owned(), "2024-25-Q1".to_owned()], cells].concat())
}

#[test]
fn cells_become_the_document_of_a_submission() {
    let found = read(
        "value,numerator,denominator,narrative.challenges,breakdowns,quality_note",
        &["16.50", " 12 ", "c", "Two\nlines.", "[{\"dimension\": \"sex\"}]", ""],
    );
    let wanted = json!({
        "measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "numerator": 12, "denominator_symbol": "c",
        "breakdowns": [{"dimension": "sex"}], "narrative": {"challenges": "Two\nlines."}
    });
    let mut document = found.document;
    let value = document.as_object_mut().unwrap().shift_remove("value").unwrap();
    assert_eq!((document, value.to_string().as_str()), (wanted, "16.50"));
    assert_eq!(found.faults, []);
}

#[test]
fn what_a_cell_cannot_be_is_told_with_its_column() {
    let found = read("value,numerator,breakdowns", &["1,234", "=A1", "not json"]);
    let told: Vec<(&str, &str)> =
        found.faults.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    assert_eq!(told, [("/value", "thousands_separator"), ("/numerator", "formula"), ("/breakdowns", "malformed_json")]);
    let found = read("value,value_symbol", &["x", "c"]);
    assert_eq!(found.faults.iter().map(|fault| fault.code.as_str()).collect::<Vec<_>>(), ["two_symbols"]);
    assert_eq!(read("value,value_symbol", &["x", "x"]).faults, []);
    for twice in ["[{\"dimension\": \"sex\", \"dimension\": \"sen\"}]", "[{\"$serde_json::private::Number\": \"1\"}]"] {
        let found = read("breakdowns", &[twice]);
        assert_eq!(found.faults[0].code, "malformed_json", "{twice}");
        assert!(found.faults[0].detail.starts_with("The cell is not valid JSON"), "{}", found.faults[0].detail);
    }
    let found = read("value", &[]);
    assert_eq!(found.faults[0].code, "wrong_number_of_cells");
}

#[test]
fn places_are_told_by_the_columns_of_the_file() {
    let layout = Layout::of(names("measure,quarter,data_period,value,narrative.challenges,stage")).unwrap();
    for (pointer, column) in [
        ("/measure", Some("measure")),
        ("/value", Some("value")),
        ("/value_symbol", Some("value")),
        ("/narrative/challenges", Some("narrative.challenges")),
        ("/narrative/jokes", None),
        ("/denominator", None),
        ("", None),
    ] {
        assert_eq!(layout.column_of(pointer).map(|at| layout.names()[at].as_str()), column, "{pointer}");
    }
}

#[test]
fn files_whose_columns_are_not_ours_are_refused_as_a_whole() {
    for (columns, code) in [
        ("measure,quarter,data_period,valeu", "unknown_column"),
        ("measure,quarter,data_period,value,Value ", "duplicate_column"),
        ("measure,quarter,value", "column_missing"),
        ("measure;quarter;data_period", "wrong_separator"),
        ("measure\tquarter\tdata_period", "wrong_separator"),
        ("measure", "column_missing"),
        ("measure,quarter,data_period,value\rM-1,2024-25-Q1,2024-25-Q1,1\r", "wrong_line_ends"),
        ("measure;quarter;value\rM-1;2024-25-Q1;1", "wrong_line_ends"),
    ] {
        let refused = Layout::of(names(columns)).unwrap_err();
        assert_eq!(refused.faults()[0].code, code, "{columns}");
    }
    // Left by a spreadsheet, and by the file of refused rows.
    assert!(Layout::of(names("measure,quarter,data_period,,,error_code,error_detail")).is_ok());
}

#[test]
fn a_column_without_a_name_has_no_cells() {
    assert_eq!(read("value,,", &["1", "", " "]).faults, []);
    let found = read("value,,", &["1", "", "2"]);
    assert_eq!((found.faults[0].code.as_str(), found.faults.len()), ("unnamed_column", 1));
    assert!(
        found.faults[0].detail.starts_with("Column 6 has no name, and its cell has `2`"),
        "{}",
        found.faults[0].detail
    );
}
