//! Real figures, imported twice from independent publications through the API, must give equal answers.
//!
//! The local authority interactive tool (LAIT) and Explore Education Statistics (EES) publish the same four indicators of
//! Sheffield. The files lie beside the repository and are never committed; where they are not, the test says so.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use crate::support::App;

/// The Department for Education's number of Sheffield, which does not change, as the official code does.
const SHEFFIELD: &str = "373";

/// A row of a file.
pub type Row = BTreeMap<String, String>;

/// An indicator in both publications.
struct Indicator {
    code: &'static str,
    terms: Value,
    lait: &'static str,
    ees: &'static str,
    only: (&'static str, &'static str),
    value: &'static str,
    parts: (&'static str, &'static str),
    /// Whether the published parts, rounded as they are, give the published value in every year.
    exact: bool,
    years: usize,
    period: fn(i32) -> (String, String),
}

fn in_year(year: i32) -> (String, String) {
    let period = format!("{}-{:02}", year - 1, year % 100);
    (period.clone(), format!("{period}-Q4"))
}

/// Percentages by financial year, whose parts give them exactly.
fn percentage(code: &'static str, lait: &'static str, ees: &'static str) -> Indicator {
    Indicator {
        code,
        terms: json!({"unit": "percent", "decimal_places": 1, "polarity": "low", "frequency": "annual"}),
        lait,
        ees,
        only: ("geographic_level", "Local authority"),
        value: "",
        parts: ("", ""),
        exact: true,
        years: 10,
        period: in_year,
    }
}

fn indicators() -> [Indicator; 4] {
    let referrals = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv";
    let snapshot = json!({"frequency": "annual", "accumulation": "snapshot"});
    let with = |terms: Value| {
        let fields = [snapshot.clone(), terms].into_iter().flat_map(|terms| terms.as_object().unwrap().clone());
        Value::Object(fields.collect())
    };
    [
        Indicator {
            terms: with(json!({"unit": "rate", "rate_base": 10_000, "decimal_places": 0, "polarity": "neutral"})),
            only: ("population_type", "Children looked after on 31 March each year"),
            value: "rate_per_10000",
            parts: ("children_count", "population_estimate"),
            years: 5,
            period: |year| (format!("{year}-03-31"), in_year(year).1),
            ..percentage("CIC-01", "LAC", "cla_number_and_rate_per_10k_children.csv")
        },
        Indicator {
            value: "rereferral_percent",
            parts: ("rereferral_count", "referral_count"),
            ..percentage("CSC-02", "ReReferral", referrals)
        },
        Indicator {
            value: "CPP_subsequent_percent",
            parts: ("CPP_subsequent", "CPP_start"),
            ..percentage("CSC-08", "PrevRegCPR", "d3_cpps_subsequent_plan_2013_to_2025.csv")
        },
        Indicator {
            terms: with(json!({"unit": "ratio", "decimal_places": 1, "polarity": "low", "calendar": "september"})),
            value: "caseload_fte",
            parts: ("cases", "case_holders_fte"),
            exact: false,
            years: 9,
            period: |year| (format!("{year}-09-30"), format!("{year}-{:02}-Q2", (year + 1) % 100)),
            ..percentage("WF-01", "Work_Force_AvgNumCase_SW", "csww_indicators_2017_to_2025.csv")
        },
    ]
}

/// The folder of real data, if it is there.
pub fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    folder.is_dir().then_some(folder)
}

/// The rows of a file, by the names of their columns.
pub fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The published cell as a number of so many places: files hold floats such as `9.6999999999999993`.
pub fn number(cell: &str, places: u64) -> Option<Value> {
    let number: Decimal = cell.trim().parse().ok()?;
    let places = u32::try_from(places).unwrap();
    let rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    Some(serde_json::from_str(&rounded.to_string()).unwrap())
}

/// Figures by year, from each publication.
fn figures(indicator: &Indicator, folder: &Path) -> BTreeMap<i32, (Value, Row)> {
    let places = indicator.terms["decimal_places"].as_u64().unwrap();
    let lait = rows(&folder.join("lait/lait_sheffield_neighbours_extract.csv"));
    let lait = lait.iter().filter(|row| row["LA and Regions"] == "Sheffield" && row["Short Desc"] == indicator.lait);
    let lait: BTreeMap<i32, Value> =
        lait.filter_map(|row| Some((row["Years"].parse().ok()?, number(&row["Values"], places)?))).collect();
    let ees = rows(&folder.join("ees").join(indicator.ees)).into_iter();
    let ees = ees.filter(|row| row["old_la_code"] == SHEFFIELD && row[indicator.only.0] == indicator.only.1);
    let both = |row: Row| {
        let year = row["time_period"].parse().ok()?;
        Some((year, (lait.get(&year)?.clone(), row)))
    };
    ees.filter_map(both).collect()
}

/// Imports both publications as two measures, and compares all that the API tells of them.
fn import_and_compare(app: &App, indicator: &Indicator, folder: &Path) {
    let figures = figures(indicator, folder);
    assert_eq!(figures.len(), indicator.years, "years of {} in both files", indicator.code);
    let codes = [format!("{}-LAIT", indicator.code), format!("{}-EES", indicator.code)];
    codes.iter().for_each(|code| drop(app.measure(code).with(indicator.terms.clone()).create()));
    for (year, (lait, ees)) in &figures {
        let (period, quarter) = (indicator.period)(*year);
        app.submission(&codes[0], &quarter).with(json!({"data_period": period, "value": lait})).approved();
        let cell = |name: &str| number(&ees[name], 4).unwrap();
        let mut body = json!({"data_period": period, "numerator": cell(indicator.parts.0), "denominator": cell(indicator.parts.1)});
        if !indicator.exact {
            body["value"] = cell(indicator.value);
            body["quality_note"] = json!("Full-time equivalents are published rounded.");
        }
        let stored = app.submission(&codes[1], &quarter).with(body).approved().json();
        let stored = Decimal::from_str_exact(&stored["value"].to_string()).unwrap();
        assert_eq!(
            stored,
            Decimal::from_str_exact(&cell(indicator.value).to_string()).unwrap(),
            "{year}: the parts give another value"
        );
        let answers = codes.each_ref().map(|code| answer(app, code, &quarter));
        assert_eq!(answers[0], answers[1], "{} in {year}", indicator.code);
    }
}

/// What the scorecard makes of a figure.
fn answer(app: &App, code: &str, quarter: &str) -> Value {
    let card = app.card(code, quarter);
    json!({"value": card["figure"]["value"], "rag": card["rag"], "direction": card["direction"]})
}

/// Says aloud that real data are not there.
pub fn say_skipped() {
    // Not by `eprintln!`, which the runner keeps to itself for a test that passes.
    let told = b"SKIPPED: there is no ../shared/data beside the repository, so no real figures were imported\n";
    io::stderr().write_all(told).unwrap();
}

#[test]
fn two_publications_give_equal_answers() {
    let Some(folder) = shared() else {
        return say_skipped();
    };
    let app = App::with_outcome();
    for indicator in indicators() {
        import_and_compare(&app, &indicator, &folder);
    }
}
