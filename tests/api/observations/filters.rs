//! Filters: by any column, in the database or after the rules, and nothing unknown is passed over.

use serde_json::Value;

use super::{council, get, items, keys};

fn all_of(rows: &[Value], holds: impl Fn(&Value) -> bool) -> Vec<String> {
    keys(&rows.iter().filter(|row| holds(row)).cloned().collect::<Vec<_>>())
}

fn decimal(row: &Value, name: &str) -> Option<f64> {
    row[name].as_f64()
}

#[test]
fn each_lets_through_what_it_says() {
    let app = council();
    let rows = items(&app, "");
    type Holds = fn(&Value) -> bool;
    let asked: &[(&str, Holds)] = &[
        ("measure=M-2", |row| row["measure"] == "M-2"),
        ("measure=M-1,M-2&quarter=2024-25-Q1", |row| row["quarter"] == "2024-25-Q1"),
        ("measure=M-1&measure=M-2", |_| true),
        ("framework=NONE", |_| false),
        ("rag=red,amber", |row| row["rag"] == "red" || row["rag"] == "amber"),
        ("rag=red&measure=M-1", |row| row["rag"] == "red"),
        ("value_symbol=x", |row| row["value_symbol"] == "x"),
        ("value_ge=54.3", |row| decimal(row, "value").is_some_and(|value| value >= 54.3)),
        ("value_gt=54.3", |row| decimal(row, "value").is_some_and(|value| value > 54.3)),
        ("value_lt=18&value_ge=12", |row| decimal(row, "value").is_some_and(|value| (12.0..18.0).contains(&value))),
        ("target_le=55", |row| !row["target"].is_null()),
        ("target_lower_ge=0", |row| !row["target_lower"].is_null()),
        ("england_value_ge=0", |row| !row["england_value"].is_null()),
        ("distance_change_lt=0", |row| decimal(row, "distance_change").is_some_and(|value| value < 0.0)),
        // No value at all, alone and beside others; in the database and after the rules.
        ("value_symbol=", |row| row["value_symbol"].is_null()),
        ("value=", |row| row["value"].is_null()),
        ("value_symbol=,x", |_| true),
        ("direction_short=,improving", |row| row["direction_short"].is_null() || row["direction_short"] == "improving"),
        ("quarter_ge=2024-25-Q2", |row| row["quarter"].as_str() >= Some("2024-25-Q2")),
        ("quarter_end_lt=2024-07-01", |row| row["quarter_end"].as_str() < Some("2024-07-01")),
        ("data_period_start_ge=2024-07-01", |row| row["data_period_start"].as_str() >= Some("2024-07-01")),
        ("measure_title=%3D1%2B1,%20%22quoted%22", |row| row["measure"] == "M-2"),
        ("updated_at_ge=2000-01-01T00:00:00Z", |_| true),
        ("updated_at_lt=2000-01-01T00:00:00%2B00:00", |_| false),
        ("dimension=total&direction_short=improving", |row| row["direction_short"] == "improving"),
    ];
    for (query, holds) in asked {
        let found = items(&app, &format!("?limit=1&{query}"));
        assert_eq!(keys(&found), all_of(&rows, holds), "{query}");
        assert_eq!(
            keys(&items(&app, &format!("?{query}"))),
            all_of(&rows, holds),
            "{query}, by a statement that is kept"
        );
        let counted = get(&app, &format!("?count=true&limit=1&{query}")).must_be(200).json();
        assert_eq!(counted["total"], found.len(), "{query}");
    }
}

#[test]
fn what_is_not_known_is_refused() {
    let app = council();
    for (query, code, told) in [
        ("levle=outcome", "unknown_parameter", "`measure`"),
        ("narrative=x", "unknown_parameter", "There is no parameter `narrative`"),
        ("rag_ge=red", "unknown_parameter", "There is no parameter `rag_ge`"),
        ("rag=purple", "invalid_parameter", "green, amber, red"),
        ("value_ge=many", "invalid_parameter", "a decimal number"),
        ("updated_at_ge=2025-01-01", "invalid_parameter", "an instant with its offset"),
        ("quarter_end=2025-02-30", "invalid_parameter", "a day"),
        ("limit=0", "invalid_parameter", "from 1 to 1000"),
        ("limit=1001", "invalid_parameter", "from 1 to 1000"),
        ("sort=nothing", "invalid_parameter", "no column `nothing`"),
        ("sort=value,rag,quarter,measure,stage", "invalid_parameter", "at most 4"),
        ("value_ge=1e3", "invalid_parameter", "a decimal number"),
        ("format=xlsx", "invalid_parameter", "ndjson"),
        ("format=csv&format=json", "invalid_parameter", "twice"),
        ("cursor=abc", "invalid_cursor", "not given out"),
        ("count=yes", "invalid_parameter", "true or false"),
        ("as_of=yesterday", "invalid_parameter", "`as_of`"),
        ("changed_since=yesterday", "invalid_cursor", "not given out"),
    ] {
        let problem = get(&app, &format!("?{query}")).must_be(400).json();
        assert_eq!(problem["code"], code, "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(told), "{query}: {problem}");
    }
}
