//! CSV on the Web: the description by which programs read the CSV form with its types (W3C Tabular Metadata).

use serde_json::{Value, json};

use crate::bi::catalogue::{COLUMNS, Column, KEY, Kind};

/// The description of the CSV at this address.
pub fn description(address: &str) -> Value {
    json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": "Observations",
        "dc:description": "Every figure, and every part of a figure that is broken down, with all that is told of it.",
        "dialect": {"delimiter": ",", "header": true, "encoding": "utf-8", "lineTerminators": ["\r\n"], "quoteChar": "\"", "doubleQuote": true},
        "tableSchema": {
            "columns": COLUMNS.iter().map(|column| one(column)).collect::<Vec<_>>(),
            "primaryKey": KEY,
        }
    })
}

fn one(column: &Column) -> Value {
    let datatype = match column.kind {
        Kind::Code | Kind::Text => json!("string"),
        Kind::Integer => json!("integer"),
        Kind::Decimal => json!("decimal"),
        Kind::Date => json!({"base": "date", "format": "yyyy-MM-dd"}),
        Kind::Instant => json!("dateTime"),
        Kind::Boolean => json!({"base": "boolean", "format": "true|false"}),
    };
    json!({
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": datatype,
        "required": !column.nullable,
        // What is missing is an empty cell.
        "null": "",
    })
}
