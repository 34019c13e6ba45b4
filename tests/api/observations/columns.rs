//! Names of columns are a contract: they stay, with their types. New ones are added here when they are added there.

use performance_framework::bi::catalogue::{COLUMNS, Kind};

/// Every column there ever was, with its type.
const PROMISED: &str = "
    code framework outcome measure level measure_kind measure_status unit polarity frequency calendar accumulation financial_year
    code quarter data_period data_period_kind dimension value_symbol numerator_symbol denominator_symbol break_symbol stage state
    code target_source target_decision target_comparator target_comparator_statistic rag rag_reason signal direction_short
    code direction_short_reason compared_short direction_long direction_long_reason compared_long distance_reason england_symbol
    code region region_symbol neighbours quartile
    text framework_title outcome_title priority measure_title owner category quality_note breakdown_note narrative_challenges
    text narrative_interventions narrative_results narrative rag_explanation region_title
    integer rate_base decimal_places definition_version series revision target_version rule_set_version neighbours_with_value
    integer neighbours_members rank rank_out_of sequence
    decimal value value_as_pushed numerator denominator target target_lower target_upper tolerance_floor tolerance_ceiling
    decimal target_comparator_value change_short compared_short_value change_long compared_long_value baseline distance_change
    decimal distance_improvement distance_percent_of_gap_closed england_value region_value neighbours_mean neighbours_median
    decimal neighbours_published
    date quarter_start quarter_end data_period_start data_period_end
    instant approved_at published_at updated_at
    boolean target_set_in_arrears
";

#[test]
fn no_column_is_renamed_removed_or_given_another_type() {
    let kind = |kind: Kind| format!("{kind:?}").to_lowercase();
    let mut there: Vec<(String, &str)> = COLUMNS.iter().map(|column| (kind(column.kind), column.name)).collect();
    for line in PROMISED.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap().to_owned();
        for name in words {
            let at = there.iter().position(|(found, column)| *column == name && *found == kind);
            there.remove(at.unwrap_or_else(|| panic!("there is no column {name} of type {kind} any more")));
        }
    }
    assert!(there.is_empty(), "columns that are not promised yet: {there:?}");
}

#[test]
fn each_has_a_name_of_its_own_and_is_explained() {
    for (at, column) in COLUMNS.iter().enumerate() {
        assert!(column.about.ends_with('.'), "{}: {}", column.name, column.about);
        assert!(column.name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'), "{}", column.name);
        assert!(!COLUMNS[..at].iter().any(|other| other.name == column.name), "{} is there twice", column.name);
        let compares = ["_lt", "_le", "_gt", "_ge"].iter().any(|ending| column.name.ends_with(ending));
        assert!(!compares, "{} reads as a comparison", column.name);
    }
}
