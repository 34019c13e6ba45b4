//! A council's worth of published figures, and its neighbours': the local authority interactive tool's extract, loaded as a framework,
//! comes back equal through every form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::forms::all_say_the_same;
use super::items;
use crate::real_data::{number, rows, say_skipped, shared};
use crate::support::App;

/// Decimal places that are stored.
const PLACES: u64 = 4;

/// Published figures by indicator and area, then by year: the digits, or nothing.
type Published = BTreeMap<(String, String), BTreeMap<i32, Option<String>>>;

fn published(folder: &std::path::Path) -> Published {
    let mut all = Published::new();
    for row in rows(&folder.join("lait/lait_sheffield_neighbours_extract.csv")) {
        // A note stands behind some: 2018 (Rev). Such figures are a series of their own.
        let (years, note) = row["Years"].split_once(" (").unwrap_or((&row["Years"], ""));
        // The last year of several, in two digits or four: 2014-16, 2024.
        let last = years.rsplit(['-', '/']).next().unwrap_or_default();
        let Ok(year) = last.parse::<i32>() else { continue };
        let year = if year < 100 { 2000 + year } else { year };
        if !(2001..2100).contains(&year) {
            continue;
        }
        let digits = number(&row["Values"], PLACES).map(|value| value.to_string());
        let indicator =
            if note.is_empty() { row["Short Desc"].clone() } else { format!("{} ({note}", row["Short Desc"]) };
        all.entry((indicator, row["LA and Regions"].clone())).or_default().insert(year, digits);
    }
    all
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Loads them in sets: pushing so many one by one, with their approvals, would take the test minutes.
fn load(app: &App, published: &Published) {
    let (mut measures, mut figures) = (Vec::new(), Vec::new());
    for (place, ((indicator, area), years)) in published.iter().enumerate() {
        measures.push(format!("('L-{place:05}', {})", quoted(&format!("{indicator} of {area}"))));
        for (year, digits) in years {
            let quarter = format!("{}-{:02}-Q4", year - 1, year % 100);
            let (value, symbol) = digits.as_ref().map_or(("NULL", "'x'"), |digits| (digits.as_str(), "NULL"));
            figures.push(format!("('L-{place:05}', '{quarter}', 'CY{year}', {value}::numeric, {symbol})"));
        }
    }
    for some in measures.chunks(1000) {
        app.sql().run(&format!(
            "INSERT INTO measures (code, outcome, level, title, definition, unit, decimal_places, polarity, kind, frequency, calendar, accumulation, \
             expected_lag_days, disclosure_policy, stable_band, status) SELECT code, 'O-1', 'committee', title, 'As published.', 'ratio', 2, 'high', 'kpi', \
             'annual', 'calendar', 'in_period', 0, 'none', 0, 'active' FROM (VALUES {}) t (code, title)",
            some.join(", ")
        ));
    }
    for some in figures.chunks(4000) {
        app.sql().run(&format!(
            "INSERT INTO quarterly_submissions (measure, quarter, revision, data_period, value, value_symbol, stage, narrative, state, submitted_by, \
             submitted_at, approved_by, approved_at) SELECT measure, quarter, 1, data_period, value, symbol, 'final', '{{}}', 'approved', 'loader', now(), \
             'officer', now() FROM (VALUES {}) t (measure, quarter, data_period, value, symbol)",
            some.join(", ")
        ));
    }
    app.sql().run("ANALYZE");
}

/// Every page of OData, one after the other: each cell is that of JSON.
fn same_by_odata(app: &App, rows: &[Value]) {
    let mut page = app.reader().get("/odata/v1/Observations?$count=true").call().must_be(200).json();
    assert_eq!(page["@odata.count"], rows.len());
    let mut seen = 0;
    loop {
        for entity in page["value"].as_array().unwrap() {
            assert_eq!(Some(entity), rows.get(seen), "row {seen}");
            seen += 1;
        }
        let Some(next) = page["@odata.nextLink"].as_str() else { break };
        page = app.reader().follow(next).call().must_be(200).json();
    }
    assert_eq!(seen, rows.len());
}

#[test]
fn the_extract_comes_back_equal_through_every_form() {
    let Some(folder) = shared() else {
        return say_skipped();
    };
    let app = App::with_outcome();
    let published = published(&folder);
    load(&app, &published);
    let wanted = published.values().flat_map(|years| years.values().cloned());
    let rows = items(&app, "?limit=1000");
    let digits = |row: &Value| (!row["value_as_pushed"].is_null()).then(|| row["value_as_pushed"].to_string());
    let found: Vec<Option<String>> = rows.iter().map(digits).collect();
    assert_eq!(found, wanted.collect::<Vec<_>>());
    assert!(found.len() > 49_000, "only {} figures", found.len());
    same_by_odata(&app, &rows);
    drop(rows);
    assert_eq!(all_say_the_same(&app, ""), found.len());
}
