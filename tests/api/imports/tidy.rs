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
    // Two rows about one figure that differ are a contradiction.
    let twice = "2025,Reporting year,Local authority,E92000001,373,All,1,2,50\n2025,Reporting year,Local authority,E92000001,373,All,1,4,25";
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

#[test]
fn a_file_of_which_no_row_is_meant_says_what_was_looked_for() {
    let app = mapped();
    let row = |rest: &str| format!("2025,Reporting year,Local authority,E92000001,{rest},1,2,50\n");
    let none = format!("{HEAD}\n{}{}", row("382,All"), row("383,All"));
    for query in ["?mapping=FILE", "?mapping=FILE&mode=row_by_row"] {
        let refused = app.storing_nothing(|| send_csv(&app, query, none.clone()));
        let problem = refused.problem(422, "import_unreadable").only_fault("", "no_row_meant");
        problem.says("The file has 2 rows, of which the mapping `FILE` takes none").says(
            "`category` is to be `All`, `Girls`, and is `All`; `geographic_level` is to be `Local authority`, and is `Local authority`; \
             `old_la_code` is to be `373`, and is `382`, `383`",
        );
    }
    // However many rows there are; a file with one row that is meant is as it was.
    let many = format!("{HEAD}\n{}", row("382,All").repeat(1500));
    let large = |last: &str| {
        let rest = (1..=1200).map(|n| row(&format!("373,All{n}"))).collect::<String>();
        format!("{HEAD}\n{rest}{last}")
    };
    send_csv(&app, "?mapping=FILE", many).problem(422, "import_unreadable").only_fault("", "no_row_meant");
    send_csv(&app, "?mapping=FILE", large(&row("373,Boys"))).problem(422, "import_unreadable").says("and others");
    let taken = send_csv(&app, "?mapping=FILE", large(&row("373,All"))).must_be(200);
    assert_eq!(outcomes(&taken), ["created"]);
    // One that is too large to be answered for at once finds it out at its end.
    let place = format!("382,All{}", " ".repeat(8000));
    let job = format!("{HEAD}\n{}", row(&place).repeat(1200));
    let number = send_csv(&app, "?mapping=FILE", job).must_be(202).json()["number"].as_i64().unwrap();
    super::jobs::work(&app);
    let ended = super::jobs::read(&app, number);
    assert_eq!((&ended["state"], &ended["problem"]["errors"][0]["code"]), (&json!("refused"), &json!("no_row_meant")));
}

#[test]
fn an_authority_is_known_by_any_of_its_codes_and_its_name() {
    let app = mapped();
    let head = HEAD.replace("old_la_code", "old_la_code,new_la_code,la_name");
    let send = |place: &str| {
        let row = format!("2025,Reporting year,Local authority,E92000001,{place},All,1,2,50");
        let other = "2025,Reporting year,Local authority,E92000001,373,E08000019,Sheffield,Girls,1,2,50";
        send_csv(&app, "?mapping=FILE&mode=row_by_row&dry_run=true", format!("{head}\n{row}\n{other}\n")).must_be(200)
    };
    for (place, found) in [
        ("373,E08000019,Sheffield", vec!["created", "created"]),
        (",E08000039,Sheffield", vec!["created", "created"]),
        (",,Sheffield", vec!["created", "created"]),
        (",E08000034,Kirklees", vec!["created"]),
        ("204,E09000022,Lambeth", vec!["created"]),
    ] {
        assert_eq!(outcomes(&send(place)), found, "{place}");
    }
    for (place, column, code) in [
        ("373,E08000034,Kirklees", "old_la_code", "geography_mismatch"),
        ("373,,Leeds", "la_name", "geography_mismatch"),
        (",E08000099,Hallamshire", "old_la_code", "geography_missing"),
    ] {
        assert_eq!(errors(&send(place), 0), [(column.to_owned(), code.to_owned())], "{place}");
    }
}

#[test]
fn a_record_of_several_figures_is_mended_and_sent_again() {
    let app = mapped();
    let measure =
        |code: &str, column: &str| json!({"measure": code, "years": "financial_year_ending", "value": column});
    let body = json!({"title": "A file", "measures": [measure("M-1", "percent"), measure("M-2", "share"), measure("M-3", "rate")]});
    app.editor().patch("measures/M-3").send(&json!({"frequency": "annual"})).must_be(200);
    app.editor().put("import-mappings/WIDE").send(&body).must_be(201);
    let head = "time_period,time_identifier,geographic_level,country_code,percent,share,rate";
    let row = |year: u16, cells: &str| format!("{year},Calendar year,National,E92000001,{cells}\n");
    let content = format!("{head}\n{}{}", row(2025, "104,\"1,0\",30"), row(2024, "104,105,106"));
    send_csv(&app, "?mapping=WIDE&mode=row_by_row", content).must_be(200);
    let text = app.reader().get("imports/1/rows?format=csv").call().must_be(200).text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[1].contains("out_of_range; thousands_separator,percent; share,"), "{text}");
    assert!(lines[2].contains("percent; share; rate,104; 105; 106"), "{text}");
    let mended = text.replace("104,\"1,0\",30,", "10,11,30,").replace("104,105,106,out", "1,2,3,out");
    let again = send_csv(&app, "?mapping=WIDE&mode=row_by_row", mended).must_be(200);
    assert_eq!(outcomes(&again), ["created", "created", "unchanged", "created", "created", "created"], "{again}");
    // Also where the file is written in parts: 660 refused rows of 30 records.
    let measures: Vec<_> = (10..32).map(|n| measure(&format!("M-{n}"), "percent")).collect();
    (10..32).for_each(|n| drop(app.measure(&format!("M-{n}")).with(json!({"frequency": "annual"})).create()));
    app.editor().put("import-mappings/BIG").send(&json!({"title": "A file", "measures": measures})).must_be(201);
    let many: String = (1991..2021).map(|year| row(year, "104,105,106")).collect();
    send_csv(&app, "?mapping=BIG&mode=row_by_row", format!("{head}\n{many}")).must_be(200);
    let text = app.reader().get("imports/3/rows?format=csv").call().must_be(200).text();
    assert_eq!(text.lines().count(), 31);
    let mended = send_csv(&app, "?mapping=BIG", text.replace("104,105,106,out", "1,2,3,out")).must_be(200);
    assert_eq!(mended.json()["counts"]["created"], 660);
}

#[test]
fn the_mapping_of_the_demonstration_takes_its_own_file() {
    let app = app();
    let mappings: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../../src/demo/data/import_mappings.json")).unwrap();
    let mapping = mappings.iter().find(|mapping| mapping["code"] == "EES-REFERRALS").unwrap();
    let measures: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../../src/demo/data/measures_safeguarding.json")).unwrap();
    let measure = measures.iter().find(|measure| measure["code"] == "CSC-02").unwrap();
    let terms = ["unit", "decimal_places", "polarity", "kind", "frequency", "calendar", "accumulation"]
        .map(|name| (name.to_owned(), measure[name].clone()));
    app.measure("CSC-02").with(serde_json::Value::Object(terms.into_iter().collect())).create();
    app.editor().post("import-mappings").send(mapping).must_be(201);
    let content = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,\
        la_name,category,referral_count,rereferral_count,rereferral_percent\n\
        2025,Reporting year,National,E92000001,England,,,,,,Referrals and Re-referrals,632830,142900,22.6\n\
        2025,Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,373,E08000019,Sheffield,\
        Referrals and Re-referrals,4910,810,16.5\n";
    let answer = send_csv(&app, "?mapping=EES-REFERRALS", content).must_be(200);
    assert_eq!(outcomes(&answer), ["created"], "{answer}");
    assert_eq!(stored(&app, "CSC-02", "2024-25-Q4"), "1 draft 16.5");
}
