//! Receipts as CSV: of the rows that are asked for, or of all.

use super::{app, row, send};

#[test]
fn the_file_has_the_rows_that_are_asked_for() {
    let app = app();
    send(&app, "", &[row("M-3", "2024-25-Q1", 5)]).must_be(200);
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 104), row("M-3", "2024-25-Q1", 5)];
    send(&app, "?mode=row_by_row", &rows).must_be(200);
    let file = |query: &str| app.reader().get(&format!("imports/2/rows?{query}")).call().must_be(200).text();
    let mend = file("format=csv");
    assert!(mend.contains("M-2") && !mend.contains("M-1") && !mend.contains("M-3"), "{mend}");
    assert_eq!(file("format=csv&outcome=refused"), mend);
    let head =
        "row,line,outcome,measure,quarter,revision,error_code,error_place,error_value,error_detail,warnings,notes\n";
    assert_eq!(file("format=csv&outcome=created"), format!("{head}1,1,created,M-1,2024-25-Q1,1,,,,,,\n"));
    assert_eq!(file("format=csv&outcome=unchanged"), format!("{head}3,1,unchanged,M-3,2024-25-Q1,1,,,,,,\n"));
    assert_eq!(file("format=csv&outcome=updated"), head);
    assert_eq!(file("format=csv&warned=true"), head);
    let all = file("format=csv_receipts");
    assert_eq!(all.lines().count(), 4, "{all}");
    assert!(all.contains("\n2,1,refused,M-2,2024-25-Q1,,out_of_range,/1/value,104,"), "{all}");
    assert_eq!(file("format=csv_receipts&outcome=refused").lines().count(), 2);
}
