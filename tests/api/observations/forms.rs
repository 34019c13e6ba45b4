//! Every form tells the same rows: compared with the pages of JSON, cell by cell.

use std::collections::{BTreeMap, HashMap};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use performance_framework::bi::catalogue::{COLUMNS, Column, KEY, Kind};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{council, get, items};
use crate::support::{Answer, App};

/// A row as texts by column; nothing for what is missing.
type Row = BTreeMap<&'static str, String>;

/// The text of a value in JSON, as it is compared.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn of_json(rows: &[Value]) -> Vec<Row> {
    let row = |row: &Value| COLUMNS.iter().map(|column| (column.name, text(&row[column.name]))).collect();
    rows.iter().map(row).collect()
}

/// As CSV shows it: texts that a spreadsheet would run have an apostrophe in front.
fn guarded(column: &Column, text: &str) -> String {
    let risky = column.kind == Kind::Text && text.starts_with(['=', '+', '-', '@']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

fn of_csv(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    ::csv::Reader::from_reader(answer.body.as_slice()).deserialize().map(|row| row.unwrap()).collect()
}

fn csv_says(app: &App, query: &str, rows: &[Row]) {
    let answer = get(app, &format!("?format=csv{query}")).must_be(200);
    let head = answer.text().lines().next().unwrap().to_owned();
    assert_eq!(head, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(","));
    let found = of_csv(&answer);
    assert_eq!(found.len(), rows.len());
    for (found, row) in found.iter().zip(rows) {
        for column in COLUMNS.iter() {
            assert_eq!(found[column.name], guarded(column, &row[column.name]), "{}", column.name);
        }
    }
}

fn ndjson_says(app: &App, query: &str, rows: &[Row]) {
    let answer = get(app, &format!("?format=ndjson{query}")).must_be(200);
    let found: Vec<Value> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(of_json(&found), rows);
}

/// The text of a value in Parquet, which has its decimals with fixed places, and instants in milliseconds or microseconds.
fn of_field(field: &Field, column: &Column) -> String {
    match field {
        Field::Null => String::new(),
        Field::Decimal(number) => {
            let mut bytes = [if number.data()[0] & 0x80 == 0 { 0 } else { 0xff }; 16];
            bytes[16 - number.data().len()..].copy_from_slice(number.data());
            Decimal::from_i128_with_scale(i128::from_be_bytes(bytes), column.scale).normalize().to_string()
        }
        Field::Date(days) => {
            (chrono::NaiveDate::default() + chrono::Days::new(u64::try_from(*days).unwrap())).to_string()
        }
        Field::TimestampMicros(micros) => {
            let instant = chrono::DateTime::from_timestamp_micros(*micros).unwrap();
            instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
        }
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Bool(flag) => flag.to_string(),
        other => panic!("{other:?}"),
    }
}

fn parquet_says(app: &App, query: &str, rows: &[Row]) {
    let answer = get(app, &format!("?format=parquet{query}")).must_be(200);
    let reader = SerializedFileReader::new(actix_web::web::Bytes::from(answer.body.clone())).unwrap();
    let mut seen = 0;
    for (found, row) in reader.get_row_iter(None).unwrap().zip(rows) {
        let found = found.unwrap();
        for ((name, field), column) in found.get_column_iter().zip(COLUMNS.iter()) {
            assert_eq!(name, column.name);
            let wanted = match column.kind {
                Kind::Decimal if !row[column.name].is_empty() => {
                    row[column.name].parse::<Decimal>().unwrap().normalize().to_string()
                }
                _ => row[column.name].clone(),
            };
            assert_eq!(of_field(field, column), wanted, "{name}");
        }
        seen += 1;
    }
    assert_eq!(seen, rows.len());
    assert_eq!(usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap(), rows.len());
}

fn jsonstat_says(app: &App, query: &str, rows: &[Row]) {
    let cube = get(app, &format!("?format=jsonstat{query}")).must_be(200).json();
    let ids = ["measure", "quarter", "part", "column"];
    assert_eq!((&cube["version"], &cube["class"], &cube["id"]), (&json!("2.0"), &json!("dataset"), &json!(ids)));
    let index = |id: &str| -> HashMap<String, usize> {
        let names = cube["dimension"][id]["category"]["index"].as_array().unwrap().iter();
        names.enumerate().map(|(at, name)| (text(name), at)).collect()
    };
    let all = ids.map(index);
    assert_eq!(cube["size"], json!(all.each_ref().map(HashMap::len)));
    let mut told = 0;
    for row in rows {
        let part = if row["dimension"] == "total" {
            "total".to_owned()
        } else {
            format!("{}:{}", row["dimension"], row["category"])
        };
        for column in COLUMNS.iter().filter(|column| !KEY.contains(&column.name)) {
            let at = [row["measure"].as_str(), row["quarter"].as_str(), part.as_str(), column.name];
            let place = all.iter().zip(at).fold(0, |place, (names, name)| place * names.len() + names[name]);
            let found = &cube["value"][place.to_string()];
            assert_eq!(text(found), row[column.name], "{at:?}");
            told += usize::from(!found.is_null());
        }
    }
    assert_eq!(cube["value"].as_object().unwrap().len(), told, "a cell that no row has");
}

fn ees_says(app: &App, query: &str, rows: &[Row]) {
    let found = of_csv(&get(app, &format!("?format=ees{query}")).must_be(200));
    let meta = of_csv(&get(app, &format!("?format=ees_meta{query}")).must_be(200));
    assert_eq!(found.len(), rows.len());
    assert!(meta.len() > 50 && meta.iter().all(|row| ["Filter", "Indicator"].contains(&row["col_type"].as_str())));
    for (found, row) in found.iter().zip(rows) {
        assert_eq!(found.len(), meta.len() + 8, "columns that meta does not describe");
        for column in meta.iter().map(|row| row["col_name"].as_str()) {
            let of = COLUMNS.iter().find(|one| one.name == column).unwrap();
            let symbol = row
                .get(format!("{column}_symbol").as_str())
                .filter(|_| row[column].is_empty() && ["value", "numerator", "denominator"].contains(&column));
            assert_eq!(&found[column], symbol.unwrap_or(&guarded(of, &row[column])), "{column}");
        }
    }
}

/// All forms of the rows that a query lets through.
pub fn all_say_the_same(app: &App, query: &str) -> usize {
    let rows = of_json(&items(app, &format!("?limit=1000{query}")));
    csv_says(app, query, &rows);
    ndjson_says(app, query, &rows);
    parquet_says(app, query, &rows);
    jsonstat_says(app, query, &rows);
    ees_says(app, query, &rows);
    rows.len()
}

#[test]
fn all_say_the_same_of_a_council() {
    let app = council();
    assert_eq!(all_say_the_same(&app, ""), 8);
    assert_eq!(all_say_the_same(&app, "&rag=red,amber&sort=-value"), 2);
    assert_eq!(all_say_the_same(&app, "&framework=NONE"), 0);
}

#[test]
fn a_form_comes_by_accept_and_by_format() {
    let app = council();
    let kind = |query: &str, accept: &str| {
        let answer = app.reader().get(&format!("observations{query}")).header("Accept", accept).call().must_be(200);
        assert!(answer.header("vary").to_lowercase().contains("accept"));
        answer.header("content-type").to_owned()
    };
    for (query, accept, wanted) in [
        ("", "*/*", "application/json"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", "application/x-ndjson", "application/x-ndjson"),
        ("", "application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("", "text/csv;q=0.4, application/json;q=0.9", "application/json"),
        ("?format=json", "text/csv", "application/json"),
        ("?format=csv", "application/json", "text/csv; charset=utf-8"),
        ("?format=csvw", "*/*", "application/csvm+json"),
    ] {
        assert_eq!(kind(query, accept), wanted, "{query} {accept}");
    }
    let cube = app.reader().get("observations").header("Accept", "application/vnd.json-stat+json").call().must_be(200);
    assert_eq!((cube.header("content-type"), &cube.json()["class"]), ("application/json", &Value::from("dataset")));
}

#[test]
fn csv_is_made_for_spreadsheets() {
    let app = council();
    let plain = get(&app, "?format=csv").must_be(200);
    let marked = get(&app, "?format=csv&bom=true").must_be(200);
    assert_eq!(marked.text(), format!("\u{feff}{}", plain.text()));
    let title = of_csv(&plain).iter().find(|row| row["measure"] == "M-2").unwrap()["measure_title"].clone();
    assert_eq!(title, "'=1+1, \"quoted\"");
    for coding in ["gzip", "br", "zstd"] {
        let path = "observations?format=csv";
        let packed = app.reader().get(path).header("Accept-Encoding", coding).call().must_be(200);
        assert_eq!(packed.header("content-encoding"), coding);
    }
    let described = get(&app, "?format=csvw").must_be(200).json();
    let columns = described["tableSchema"]["columns"].as_array().unwrap();
    assert_eq!(columns.len(), COLUMNS.len());
    assert!(columns.iter().zip(COLUMNS.iter()).all(|(told, column)| told["name"] == column.name));
}

#[test]
fn kinds_of_year_are_not_mixed_in_a_file_of_the_department() {
    let app = council();
    app.measure("Y-1").with(json!({"frequency": "annual"})).create();
    app.submission("Y-1", "2024-25-Q4").with(json!({"data_period": "2024-25", "value": 5})).approved();
    let problem = get(&app, "?format=ees").must_be(422).json();
    assert_eq!(problem["code"], "several_year_types");
    assert!(
        problem["detail"].as_str().unwrap().contains("`data_period_kind=financial_year` or `data_period_kind=quarter`"),
        "{problem}"
    );
    let one = of_csv(&get(&app, "?format=ees&data_period_kind=financial_year").must_be(200));
    let found: Vec<_> = one
        .iter()
        .map(|row| (row["time_period"].as_str(), row["time_identifier"].as_str(), row["value"].as_str()))
        .collect();
    assert_eq!(found, [("202425", "Financial year", "5.0")]);
}
