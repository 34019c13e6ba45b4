//! Published files in the tidy form, by a mapping.

use serde_json::json;

use super::{app, errors, outcomes, receipt_alone, send_csv, stored};
use crate::support::App;

const HEAD: &str = "time_period,time_identifier,geographic_level,country_code,old_la_code,category,count,total,percent";

/// Figures of the council's own area for the measures `M-1` (all) and `M-2` (girls), by year ending in March.
fn mapped() -> App {
    let app = app();
    for code in ["M-1", "M-2"] {
        app.editor().patch(&format!("measures/{code}")).send(&json!({"frequency": "annual"})).must_be(200);
    }
    let measure = |code: &str, category: &str| {
        json!({
            "measure": code, "years": "financial_year_ending", "filters": {"category": category}, "numerator": "count", "denominator": "total", "value": "percent"
        })
    };
    let body = json!({
        "title": "A file", "filters": {"geographic_level": "Local authority", "old_la_code": "373"},
        "measures": [measure("M-1", "All"), measure("M-2", "Girls")], "decimal_places": 1
    });
    app.editor().put("import-mappings/FILE").send(&body).must_be(201);
    app
}

#[test]
fn rows_that_are_meant_become_figures_of_our_measures() {
    let app = mapped();
    let content = format!(
        "\u{feff}{HEAD}\r\n2025,Reporting year,National,E92000001,,All,10,20,50\r\n2025,Reporting year,Local authority,E92000001,373,All,12,24,50.0000001\r\n\
         2025,Reporting year,Local authority,E92000001,373,Girls,c,24,c\r\n2024,Reporting year,Local authority,E92000001,373,All,1,3,33.333333333333336\r\n\
         2024,Reporting year,Local authority,E92000001,382,All,1,2,50\r\n"
    );
    let answer = send_csv(&app, "?mapping=FILE", content.clone()).must_be(200);
    assert_eq!(outcomes(&answer), ["created", "created", "created"], "{answer}");
    assert_eq!(answer.json()["mapping"], "FILE");
    assert_eq!(stored(&app, "M-1", "2024-25-Q4"), "1 draft 50.0");
    assert_eq!(stored(&app, "M-2", "2024-25-Q4"), "1 draft c");
    assert_eq!(stored(&app, "M-1", "2023-24-Q4"), "1 draft 33.3");
    let period = app.sql().value("SELECT data_period || ' ' || stage FROM quarterly_submissions WHERE measure = 'M-1' AND quarter = '2024-25-Q4'");
    assert_eq!(period, "2024-25 final");
    assert!(answer.json()["rows"][2]["notes"][0].as_str().unwrap().contains("rounded to 33.3"), "{answer}");
    let again = receipt_alone(&app, || send_csv(&app, "?mapping=FILE", content)).must_be(200);
    assert_eq!(again.json()["counts"]["unchanged"], 3);
}

#[test]
fn what_cannot_be_placed_is_refused_and_not_passed_over() {
    let app = mapped();
    let row = |row: &str| {
        send_csv(&app, "?mapping=FILE&mode=row_by_row&dry_run=true", format!("{HEAD}\n{row}\n")).must_be(200)
    };
    for (content, column, code) in [
        ("2025,Reporting year,Local Authority,E92000001,373,All,1,2,50", "geographic_level", "geographic_level"),
        ("2025,Reporting year,Local authority,E92000001,,All,1,2,50", "geographic_level", "geography_missing"),
        ("2025,Reporting Year,Local authority,E92000001,373,All,1,2,50", "time_identifier", "time_identifier"),
        ("202425,Reporting year,Local authority,E92000001,373,All,1,2,50", "time_period", "time_period"),
        ("2025 (prov),Reporting year,Local authority,E92000001,373,All,1,2,50", "time_period", "time_period"),
        ("2025,Week 3,Local authority,E92000001,373,All,1,2,50", "time_identifier", "period_not_supported"),
        ("2025,Reporting year,Local authority,E92000001,373,All,1,2,", "percent", "blank"),
        ("2025,Reporting year,Local authority,E92000001,373,All,1,2,NULL", "percent", "unknown_symbol"),
        ("2025,Reporting year,Local authority,E92000001,373,All,\"1,000\",2,50", "count", "thousands_separator"),
        ("2025,Reporting year,Local authority,E92000001,373,All,3,2,50", "count", "numerator_exceeds_denominator"),
        ("202425,Academic year,Local authority,E92000001,373,All,1,2,50,7", "", "wrong_number_of_cells"),
    ] {
        let answer = row(content);
        assert!(errors(&answer, 0).contains(&(column.to_owned(), code.to_owned())), "{content}: {answer}");
    }
    // The same row twice is a contradiction.
    let twice = "2025,Reporting year,Local authority,E92000001,373,All,1,2,50\n2025,Reporting year,Local authority,E92000001,373,All,1,2,50";
    assert_eq!(errors(&row(twice), 1), [(String::new(), "duplicate_row".to_owned())]);
}

#[test]
fn a_file_without_the_columns_is_refused_as_a_whole() {
    let app = mapped();
    for (head, code) in [
        (HEAD.replace("time_period", "year"), "column_missing"),
        (HEAD.replace(",percent", ""), "column_missing"),
        (HEAD.replace("percent", "count"), "duplicate_column"),
        (HEAD.replace(',', ";"), "wrong_separator"),
    ] {
        let refused = app.storing_nothing(|| send_csv(&app, "?mapping=FILE", format!("{head}\n")));
        refused.problem(422, "import_unreadable").only_fault("", code);
    }
    send_csv(&app, "?mapping=NONE", HEAD).problem(422, "unknown_reference").says("no import mapping `NONE`");
    let json = app.provider().post("imports?mapping=FILE").send(&json!([]));
    json.problem(422, "import_unreadable").only_fault("", "no_csv");
}
