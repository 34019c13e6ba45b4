//! The Department for Education's own broken files, made for its data screener, each of which breaks one rule and says in its name which.
//!
//! They lie beside the repository and are never committed; where they are not, the test says so. Each is imported by a mapping of one
//! of its columns, as a dry run. What is here a figure's business is refused with its code; what concerns only how a table is published
//! (labels, groups, units and hints of the metadata, names of files, spelling of regions) is accepted, for no figure depends on it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::send_csv;
use crate::real_data::{say_skipped, shared};
use crate::support::App;

/// What is expected of a file.
enum Wanted {
    /// Every row can be stored; but for rows about one figure, of which there are many: files have a row for each school type.
    Taken,
    /// The content as a whole is refused.
    Whole(&'static str),
    /// Some rows are refused.
    Rows(&'static str),
}
use Wanted::{Rows, Taken, Whole};

const PERCENT: &str = "sess_overall_percent";
const EXACT: &str = "enrolments_pa_10_exact";

/// File, column, and what is expected. What is not here is taken with the column `sess_overall_percent`.
const FILES: &[(&str, &str, Wanted)] = &[
    // Columns.
    ("fileValidation/data_mandatory_cols", PERCENT, Whole("column_missing")),
    ("fileValidation/naming_convention_meta", PERCENT, Whole("column_missing")), // metadata sent as data
    ("preCheck1/duplicate_variable_names", PERCENT, Whole("duplicate_column")),
    ("fileValidation/rows_to_cols", "t_schools", Taken), // a column of nothing at the end, as spreadsheets leave it
    ("fileValidation/meta_empty_rows", "t_schools", Taken),
    ("fileValidation/file_separator", "overall", Taken), // the metadata have other separators, the data have commas
    // Cells.
    ("mainTests/blanks_indicators", "enrolments_pa_10_exact_percent", Rows("blank")),
    ("mainTests/null", PERCENT, Rows("unknown_symbol")),
    ("mainTests/no_data_symbols", EXACT, Rows("unknown_symbol")),
    ("mainTests/notavailable_symbols", EXACT, Taken), // `:` is read as `x`, and the receipt says so
    ("mainTests/roundedzero_symbols", EXACT, Taken),  // `~` is read as `k`
    // Time.
    ("mainTests/time_period", PERCENT, Rows("time_period")),
    ("mainTests/time_period_six", PERCENT, Rows("time_period")),
    ("preCheck2/time_validation", "pt_neet", Rows("time_period")),
    ("preCheck1/time_identifier", PERCENT, Rows("time_identifier")),
    ("preCheck2/time_identifier_mix", PERCENT, Rows("period_kind_mismatch")),
    ("otherData/financial_half", "number", Rows("period_not_supported")),
    ("otherData/financial_quarter", "q4_p_total", Taken),
    // Places.
    ("preCheck1/geographic_level", PERCENT, Rows("geographic_level")),
    ("preCheck2/geography_level_present", PERCENT, Rows("geography_missing")),
    ("mainTests/geography_level_completed", PERCENT, Rows("geography_missing")),
    ("otherData/regional_blanks", PERCENT, Rows("geography_missing")),
    // Codes and names of authorities that contradict each other; files about other combinations have such rows, too.
    ("mainTests/la_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/country_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/region_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/eda_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/lad_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/lep_combinations", PERCENT, Rows("geography_mismatch")),
    ("mainTests/pcon_combinations", PERCENT, Rows("geography_mismatch")),
    // The same twice.
    ("mainTests/duplicate_rows", PERCENT, Rows("duplicate_row")),
    // Taken with another column than most have.
    ("mainTests/check_data_dictionary_col_name", "enrolment_count", Taken),
    ("mainTests/check_data_dictionary_filter_item", "enrolment_count", Taken),
    ("mainTests/ethnicity_characteristics_filter_wrong_group_and_values", "headcount", Taken),
    ("mainTests/ethnicity_characteristics_filter_wrong_values", "headcount", Taken),
    ("mainTests/ethnicity_meets_standards", "pupil_count", Taken),
    ("mainTests/ethnicity_value_advisory", "headcount", Taken),
    ("mainTests/filter_item_length", "enrolments", Taken),
    ("mainTests/indicator_unit_validation", "perc_persistent_absentees", Taken),
    ("mainTests/indicators_smushed", "pupil_count_other", Taken),
    ("mainTests/location_code_length", "enrolments", Taken),
    ("mainTests/location_name_length", "enrolments", Taken),
    ("mainTests/lsip_combinations", "achievements", Taken),
    ("mainTests/na_geography", "Total_all_pc", Taken),
    ("mainTests/na_geography_code", "Total_all_pc", Taken),
    ("mainTests/non_standard_headers", "headcount", Taken),
    ("mainTests/not_table_tool", "headcount", Taken),
    ("mainTests/other_geography_code_duplicates", "Total_all_pc", Taken),
    ("mainTests/other_geography_duplicates", "Total_all_pc", Taken),
    ("mainTests/sch_prov_duplicates", "headcount", Taken),
    ("mainTests/variable_characteristic", "headcount", Taken),
    ("mainTests/variable_label_length", "enrolments", Taken),
    ("mainTests/variable_name_length", "num_schools", Taken),
    ("mainTests/variable_snake_case", "headcount", Taken),
    ("mainTests/ward_combinations", "percent_validated", Taken),
    ("mainTests/whitespace_filters", "Total_all_pc", Taken), // spaces around a cell mean nothing
    ("otherData/blankFilterGroups", "count", Taken),
    ("otherData/filter_hint_indicator_bug", "75th_percentile", Taken),
    ("otherData/missing_region_name", "number_dragons", Taken),
    ("otherData/multiple_stripped_filter_groups", "number_of_pupils", Taken),
    ("otherData/passes_na_name", "one_plus_susp_rate", Taken),
    ("otherData/provider_col_incorrect", "Achievements", Taken),
    ("otherData/quoted_blank_geographies", "q4_p_total", Taken),
    ("preCheck2/utf8", "pupil_gender_girls_percent", Taken),
];

/// A measure for each kind of period, whose figures are whatever number there is.
fn app() -> App {
    let app = App::with_outcome();
    for (code, calendar, frequency) in [
        ("ACADEMIC", "academic", "annual"),
        ("CALENDAR", "calendar", "annual"),
        ("QUARTERLY", "financial", "quarterly"),
    ] {
        let terms = json!({"unit": "score", "decimal_places": 4, "polarity": "neutral", "calendar": calendar, "frequency": frequency});
        app.measure(code).with(terms).create();
    }
    app
}

/// Codes of what is wrong with a file: of the whole, or of its rows.
fn found(app: &App, content: Vec<u8>, column: &str) -> Result<BTreeSet<String>, String> {
    let text = String::from_utf8_lossy(&content);
    let measure = ["Financial year Q", "Calendar year", "Reporting year"].iter().position(|kind| text.contains(kind));
    let measure = measure.map_or("ACADEMIC", |at| ["QUARTERLY", "CALENDAR", "CALENDAR"][at]);
    let mapping = json!({"title": "A file", "decimal_places": 4, "measures": [{"measure": measure, "value": column}]});
    app.editor().put("import-mappings/FILE").send(&mapping);
    let answer = send_csv(app, "?mapping=FILE&mode=row_by_row&dry_run=true", content);
    let codes = |errors: &Value| -> BTreeSet<String> {
        errors.as_array().into_iter().flatten().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
    };
    let body = answer.json();
    match answer.status {
        200 => Ok(body["rows"].as_array().unwrap().iter().flat_map(|row| codes(&row["errors"])).collect()),
        422 => Err(codes(&body["errors"]).into_iter().next().unwrap_or_default()),
        _ => panic!("{answer}"),
    }
}

#[test]
fn each_file_is_taken_or_refused_with_the_reason_that_its_name_says() {
    let Some(folder) = shared().map(|shared| shared.join("screener")).filter(|folder| folder.is_dir()) else {
        return say_skipped();
    };
    let app = app();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for part in ["fileValidation", "mainTests", "otherData", "preCheck1", "preCheck2"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let Some(stem) = name.strip_suffix(".csv").filter(|stem| !stem.ends_with(".meta")) else { continue };
            let file = format!("{part}/{stem}");
            let listed = FILES.iter().find(|(one, ..)| *one == file);
            let (column, wanted) = listed.map_or((PERCENT, &Taken), |(_, column, wanted)| (*column, wanted));
            let found = found(&app, std::fs::read(&path).unwrap(), column);
            let right = match (wanted, &found) {
                (Taken, Ok(codes)) => codes.iter().all(|code| code == "duplicate_row"),
                (Rows(code), Ok(codes)) => codes.contains(*code),
                (Whole(code), Err(found)) => code == found,
                _ => false,
            };
            if !right {
                wrong.push(format!("{file}: {found:?}"));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 100, "only {tried} files");
    assert_eq!(app.sql().count("quarterly_submissions"), 0);
}
