//! `$filter`, `$orderby` and `$select`, as they come over the wire.

use super::{council, entities, filtered, get, query, rows};

#[test]
fn each_operator_and_function_chooses() {
    let app = council();
    let all = filtered(&app, "1 eq 1");
    assert_eq!(all.len(), 8);
    for (filter, wanted) in [
        ("measure eq 'M-1' and quarter eq '2024-25-Q2'", vec!["M-1 2024-25-Q2 total"]),
        ("value gt 54.2 and value lt 60", vec!["M-1 2024-25-Q1 total"]),
        ("value ge 60.0", vec!["M-1 2024-25-Q4 total"]),
        ("(((value)) lt ((18))) or category eq 'Male'", vec!["M-2 2024-25-Q1 Female", "M-2 2024-25-Q1 Male"]),
        ("rag eq 'red'", vec!["M-1 2024-25-Q2 total"]),
        ("rag in ('red','amber') and not (quarter eq '2024-25-Q2')", vec!["M-1 2024-25-Q1 total"]),
        ("value_symbol eq 'x'", vec!["M-1 2024-25-Q3 total"]),
        ("value eq null", vec!["M-1 2024-25-Q3 total"]),
        ("value eq null or value gt null", vec!["M-1 2024-25-Q3 total"]),
        ("contains(category,'emal')", vec!["M-2 2024-25-Q1 Female"]),
        ("startswith(category,'M')", vec!["M-2 2024-25-Q1 Male"]),
        ("endswith(quarter,'Q4') and year(quarter_end) eq 2025", vec!["M-1 2024-25-Q4 total"]),
        ("month(quarter_start) eq 1 and year(quarter_start) lt 2025", vec!["M-1 2023-24-Q4 total"]),
        ("quarter_start eq 2024-10-01", vec!["M-1 2024-25-Q3 total"]),
        ("quarter_start ge '2025-01-01'", vec!["M-1 2024-25-Q4 total"]),
        ("measure_title eq 'O''Brien & <sons>' and dimension eq 'total'", vec!["M-2 2024-25-Q1 total"]),
        ("contains(narrative_challenges,'\"posts\"')", vec!["M-2 2024-25-Q1 total"]),
    ] {
        assert_eq!(filtered(&app, filter), wanted, "{filter}");
    }
    for (filter, counted) in [
        ("value ne null", 7),
        ("value ne 48", 7),
        ("not (value gt 0)", 1),
        ("value_symbol ne 'x'", 7),
        ("value_symbol eq null", 7),
        // Neither true nor false of what is not there.
        ("contains(value_symbol,'x')", 1),
        ("not contains(value_symbol,'x')", 0),
        ("contains(value_symbol,'y') eq false", 1),
        ("not (value_symbol in ('x'))", 7),
        ("rag eq 'green' or rag eq 'red' or rag eq 'amber'", 3),
        ("contains(measure_title,'%')", 0),
        ("contains(measure_title,'_')", 0),
        ("updated_at gt 2020-01-01T00:00:00Z and updated_at lt 2100-01-01T00:00:00.0000000+01:00", 8),
        ("1 eq 0", 0),
    ] {
        assert_eq!(filtered(&app, filter).len(), counted, "{filter}");
    }
}

#[test]
fn a_query_is_decoded_exactly_once() {
    let app = council();
    for encoded in [
        "$filter=quarter%20eq%20'2024-25-Q2'",
        "%24filter=quarter%20eq%20'2024-25-Q2'",
        "%24filter=quarter+eq+%272024-25-Q2%27",
        "$filter=((quarter)%20eq%20('2024-25-Q2'))",
        "$filter=quarter%20eq%20%272024-25-Q2%27&$top=1000",
        "$filter=quarter_start%20ge%202024-07-01%20and%20quarter_start%20lt%202024-10-01",
    ] {
        let found = get(&app, &format!("Observations?{encoded}")).must_be(200).json();
        assert_eq!(rows(found["value"].as_array().unwrap()), ["M-1 2024-25-Q2 total"], "{encoded}");
    }
    let twice = get(&app, "Observations?$filter=quarter%2520eq%2520'x'").must_be(400);
    assert!(twice.text().contains("column 8"), "{twice}");
    for instant in [
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00+00:00",
        "2020-01-01T00:00:00%2B01:00",
        "2020-01-01T00:00:00-05:00",
    ] {
        let found = get(&app, &format!("Observations?$filter=updated_at%20ge%20{instant}")).must_be(200).json();
        assert_eq!(found["value"].as_array().unwrap().len(), 8, "{instant}");
    }
    let quoted = query(&[("$filter", "measure_title eq 'O''Brien & <sons>'")]);
    assert_eq!(get(&app, &format!("Observations?{quoted}")).must_be(200).json()["value"].as_array().unwrap().len(), 3);
}

#[test]
fn an_order_puts_null_where_the_standard_does() {
    let app = council();
    let by = |order: &str| {
        let all =
            entities(&app, &format!("Observations?{}", query(&[("$orderby", order), ("$filter", "measure eq 'M-1'")])));
        rows(&all).iter().map(|row| row[4..14].to_owned()).collect::<Vec<_>>()
    };
    let rising = ["2024-25-Q3", "2024-25-Q2", "2023-24-Q4", "2024-25-Q1", "2024-25-Q4"];
    assert_eq!(by("value"), rising);
    assert_eq!(by("value asc"), rising);
    let falling: Vec<&str> = rising.iter().rev().copied().collect();
    assert_eq!(by("value desc"), falling);
    assert_eq!(by("rag desc,quarter")[0], "2024-25-Q2", "red stands last among colours");
    assert_eq!(by("quarter desc"), ["2024-25-Q4", "2024-25-Q3", "2024-25-Q2", "2024-25-Q1", "2023-24-Q4"]);
}

#[test]
fn nulls_are_written_and_only_what_is_selected() {
    let app = council();
    let missing = get(&app, &format!("Observations?{}", query(&[("$filter", "value eq null")]))).must_be(200).json();
    let row = missing["value"][0].as_object().unwrap();
    assert!(row.contains_key("value") && row["value"].is_null());
    let columns = app.reader().get("observations?limit=1").call().must_be(200).json();
    assert_eq!(row.keys().collect::<Vec<_>>(), columns["items"][0].as_object().unwrap().keys().collect::<Vec<_>>());
    let some = get(&app, "Observations?$select=value,%20measure&$top=1").must_be(200).json();
    assert_eq!(some["value"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["measure", "value"]);
    let all = get(&app, "Observations?$select=*&$top=1").must_be(200).json();
    assert_eq!(all["value"][0].as_object().unwrap().len(), row.len());
}

#[test]
fn dates_are_days_and_instants_have_their_offset() {
    let app = council();
    let row = entities(&app, "Observations?$top=1")[0].clone();
    assert_eq!(row["quarter_start"], "2024-01-01");
    assert!(row["updated_at"].as_str().unwrap().ends_with('Z'), "{}", row["updated_at"]);
    assert_eq!(row["value"].to_string(), "53.1");
}

#[test]
fn the_tables_beside_are_asked_alike() {
    let app = council();
    let codes = |address: &str| -> Vec<String> {
        entities(&app, address).iter().map(|row| row["measure"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes("Measures"), ["M-1", "M-2"]);
    assert_eq!(codes("Measures?$orderby=measure%20desc"), ["M-2", "M-1"]);
    assert_eq!(codes("Measures?$filter=unit%20eq%20'count'"), ["M-2"]);
    assert_eq!(codes("Measures?$filter=contains(measure_title,'Brien')&$count=true"), ["M-2"]);
    assert_eq!(codes("Measures?$skip=1"), ["M-2"]);
    let page = app.reader().get("/odata/v1/Measures").header("Prefer", "odata.maxpagesize=1").call().must_be(200);
    assert_eq!(page.header("preference-applied"), "odata.maxpagesize=1");
    let next = page.json()["@odata.nextLink"].as_str().unwrap().to_owned();
    assert_eq!(app.reader().follow(&next).call().must_be(200).json()["value"][0]["measure"], "M-2");
    assert_eq!(get(&app, "Measures/$count?$filter=unit%20eq%20'count'").must_be(200).text(), "1");
    for set in ["Frameworks", "Outcomes", "Periods", "Comparators"] {
        get(&app, &format!("{set}?$count=true")).must_be(200);
    }
    let quarters =
        entities(&app, "Periods?$filter=quarter_start%20ge%202024-04-01%20and%20quarter_start%20lt%202025-04-01");
    assert_eq!(quarters.len(), 4);
}
