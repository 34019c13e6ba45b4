//! Real benchmarks, imported through the API, must give the means and ranks that were computed from the same files by
//! others: `sheffield_measures.csv` holds them, for 53 measures.
//!
//! What the extract of the local authority interactive tool (LAIT) does not hold is the other 140 authorities, so ranks
//! are tried on the files of Explore Education Statistics (EES), which name all of them. Only one rank of the six is the
//! very same, because the two publications leave out different authorities: each row below says which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::real_data::{Row, number, rows, say_skipped, shared};
use crate::support::App;

/// The columns that name areas in the extract but are no neighbours.
const ENGLAND: &str = "England";
const REGION: &str = "Yorkshire and the Humber";
const SHEFFIELD: &str = "Sheffield";

/// Calendar and data period of the year in which a figure of this year type ends.
fn calendar(year_type: &str, label: &str) -> (&'static str, String) {
    let year = label.split([' ', '/']).next().unwrap();
    // 2023/24 is named by the year in which it begins, all others by the one in which they end.
    let ends = year.parse::<u16>().unwrap() + u16::from(label.contains('/'));
    let consecutive = format!("{}-{:02}", ends - 1, ends % 100);
    match year_type {
        "Academic Year" => ("academic", format!("AY{consecutive}")),
        "Financial Year" => ("financial", consecutive),
        _ => ("calendar", format!("CY{ends}")),
    }
}

/// A measure of the table, its year, and the published cells by area.
struct Published {
    row: Row,
    period: String,
    cells: BTreeMap<String, Value>,
}

fn published(folder: &Path) -> Vec<Published> {
    let extract = rows(&folder.join("lait/lait_sheffield_neighbours_extract.csv"));
    let measures = rows(&folder.join("measures/sheffield_measures.csv"));
    let with_source = measures.into_iter().filter(|row| !row["lait"].is_empty());
    with_source
        .map(|row| {
            let own = extract
                .iter()
                .filter(|cell| cell["Short Desc"] == row["lait"] && cell["Years"] == row["latest_period"]);
            let cells =
                own.filter_map(|cell| Some((cell["LA and Regions"].clone(), number(&cell["Values"], 4)?))).collect();
            Published { period: calendar(&row["year_type"], &row["latest_period"]).1, cells, row }
        })
        .collect()
}

/// A code for an area of the extract, which has names only.
fn code(area: &str) -> String {
    area.to_uppercase().replace(' ', "-")
}

/// The areas of the extract, with all but Sheffield, England and the region as Sheffield's neighbours.
fn areas(app: &App, all: &[Published]) {
    let names: BTreeSet<&String> = all.iter().flat_map(|measure| measure.cells.keys()).collect();
    assert_eq!(names.len(), 13);
    app.area(&code(SHEFFIELD)).create();
    app.group("SN").set("home_area", code(SHEFFIELD)).create();
    for name in names.into_iter().filter(|name| *name != SHEFFIELD) {
        let kind = if name == ENGLAND {
            "country"
        } else if name == REGION {
            "region"
        } else {
            "local_authority"
        };
        app.area(&code(name)).set("kind", kind).create();
        if kind == "local_authority" {
            app.membership("SN", &code(name), "2000-01-01").create();
        }
    }
}

fn import(app: &App, measure: &Published) {
    let terms = json!({
        "unit": "score", "decimal_places": 2, "polarity": measure.row["polarity"], "frequency": "annual",
        "calendar": calendar(&measure.row["year_type"], &measure.row["latest_period"]).0
    });
    app.measure(&measure.row["code"]).with(terms).create();
    for (area, value) in &measure.cells {
        app.benchmark(&measure.row["code"], &code(area), &measure.period, value).create();
    }
}

/// The cell as a number of two places, as the answer writes it; empty for none.
fn cell(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[test]
fn means_and_nations_are_those_of_the_table() {
    let Some(folder) = shared() else { return say_skipped() };
    let app = App::with_outcome();
    let all = published(&folder);
    areas(&app, &all);
    let mut compared = 0;
    for measure in &all {
        import(&app, measure);
        let (row, path) = (&measure.row, format!("measures/{}/comparators", measure.row["code"]));
        let answer = app.reader().get(&format!("{path}?data_period={}", measure.period)).call().must_be(200).json();
        let side = |at: usize| answer["published"][at]["benchmark"]["value"].as_f64();
        let group = &answer["groups"][0];
        assert_eq!(group["mean"].as_f64(), cell(&row["sn_mean"]), "mean of {}", row["code"]);
        assert_eq!(group["contributors"].to_string(), row["sn_n"], "contributors of {}", row["code"]);
        assert_eq!(side(1), cell(&row["yh"]), "region of {}", row["code"]);
        // The table leaves out England's cell of YJ-01 (1258), which is on another scale than those of authorities.
        if row["code"] != "YJ-01" {
            assert_eq!(side(0), cell(&row["england"]), "England of {}", row["code"]);
        }
        assert_eq!(answer["standing"]["rank"].is_null(), row["polarity"] == "neutral", "rank of {}", row["code"]);
        compared += 1;
    }
    assert_eq!(compared, 53);
}

/// An indicator of EES that names every authority.
struct Ranked {
    measure: &'static str,
    file: &'static str,
    only: (&'static str, &'static str),
    column: &'static str,
    year: &'static str,
    polarity: &'static str,
    rank: (u64, u64),
}

/// In the order: what EES gives, and why it is not what the table has from LAIT.
fn ranked() -> [Ranked; 6] {
    let csww = |measure, column, rank| Ranked {
        measure,
        file: "csww_indicators_2017_to_2025.csv",
        only: ("geographic_level", "Local authority"),
        column,
        year: "2025",
        polarity: "low",
        rank,
    };
    [
        // The table: 80/151. EES gives no value for three authorities, LAIT for two.
        Ranked {
            measure: "EDU-01",
            file: "timeliness_20_week.csv",
            only: ("breakdown", "All EHC plans issued"),
            column: "PC_plans_issued_20_weeks_ex",
            year: "2024",
            polarity: "high",
            rank: (79, 150),
        },
        // The table: 32/153, the same.
        Ranked {
            measure: "CSC-02",
            file: "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
            column: "rereferral_percent",
            rank: (32, 153),
            ..csww("", "", (0, 0))
        },
        // The table: 33/152. EES has one authority more, and it is ahead.
        Ranked {
            measure: "CSC-08",
            file: "d3_cpps_subsequent_plan_2013_to_2025.csv",
            column: "CPP_subsequent_percent",
            rank: (34, 153),
            ..csww("", "", (0, 0))
        },
        // The table: 64/151, 8/151 and 59/150. Two pairs of authorities share a service: EES has a row for each pair, LAIT
        // one for each authority. For agency workers LAIT has one authority more besides.
        csww("WF-01", "caseload_fte", (62, 149)),
        csww("WF-02", "agency_rate_fte", (7, 148)),
        csww("WF-03", "turnover_rate_fte", (58, 148)),
    ]
}

#[test]
fn ranks_among_all_authorities_are_those_of_the_publication() {
    let Some(folder) = shared() else { return say_skipped() };
    let app = App::with_outcome();
    let mut known = BTreeSet::new();
    for ranked in ranked() {
        let terms = json!({"unit": "score", "decimal_places": 1, "polarity": ranked.polarity, "frequency": "annual", "calendar": "calendar"});
        app.measure(ranked.measure).with(terms).create();
        let period = format!("CY{}", ranked.year);
        let all = rows(&folder.join("ees").join(ranked.file)).into_iter().filter(|row| {
            row["time_period"] == ranked.year
                && row["geographic_level"] == "Local authority"
                && row[ranked.only.0] == ranked.only.1
        });
        let mut own = String::new();
        for row in all {
            // Two authorities that share a service share a row, and have both their codes in it.
            let code = row["new_la_code"].replace(" / ", "-");
            // Sheffield's code is another one in the workforce census of 2025; the old number has stayed.
            if row["old_la_code"] == "373" {
                own.clone_from(&code);
            }
            if known.insert(code.clone()) {
                app.area(&code).create();
            }
            let value = number(&row[ranked.column], 4);
            let symbol = if value.is_none() { json!("x") } else { json!(null) };
            let benchmark = app.benchmark(ranked.measure, &code, &period, value);
            benchmark.set("value_symbol", symbol).create();
        }
        let path = format!("measures/{}/comparators?data_period={period}&area={own}", ranked.measure);
        let standing = app.reader().get(&path).call().must_be(200).json()["standing"].clone();
        let found = (standing["rank"].as_u64().unwrap(), standing["out_of"].as_u64().unwrap());
        assert_eq!(found, ranked.rank, "{}", ranked.measure);
    }
}
