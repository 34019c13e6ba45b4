//! `src/db/schema.rs` and the vocabulary of the domain agree with the live database, so that no truth is kept twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use performance_framework::access::scope::Scope;
use performance_framework::domain::event::EventType;
use performance_framework::domain::import;
use performance_framework::domain::redelivery::DeliveryState;
use performance_framework::domain::report::{ReportKind, ReportState};
use performance_framework::domain::terms;
use strum::{VariantArray, VariantNames};

use crate::support::App;
use crate::support::sql::Sql;

/// Each closed list of words in the database, with the same list in the code.
fn vocabulary() -> BTreeMap<&'static str, Vec<&'static str>> {
    let scopes = Scope::VARIANTS.iter().map(AsRef::as_ref).collect();
    let lists: [(&'static str, &'static [&'static str]); 43] = [
        ("annual_target_reviews_status_known", terms::ReviewStatus::VARIANTS),
        ("areas_kind_known", terms::AreaKind::VARIANTS),
        ("benchmarks_method_known", terms::BenchmarkMethod::VARIANTS),
        ("benchmarks_stage_known", terms::Stage::VARIANTS),
        ("benchmarks_value_symbol_known", terms::Symbol::VARIANTS),
        ("changes_action_known", &["created", "updated", "deleted"]),
        ("comparator_groups_kind_known", terms::GroupKind::VARIANTS),
        ("disclosures_policy_known", terms::DisclosurePolicy::VARIANTS),
        ("frameworks_status_known", terms::FrameworkStatus::VARIANTS),
        ("import_mappings_stage_known", terms::Stage::VARIANTS),
        ("import_rows_outcome_known", import::RowOutcome::VARIANTS),
        ("imports_approved_known", import::ApprovedRows::VARIANTS),
        ("imports_charset_known", import::Charset::VARIANTS),
        ("imports_form_known", import::ContentForm::VARIANTS),
        ("imports_mode_known", import::ImportMode::VARIANTS),
        ("imports_state_known", import::ImportState::VARIANTS),
        ("imports_strategy_known", import::ImportStrategy::VARIANTS),
        ("issues_of_concern_state_known", terms::ConcernState::VARIANTS),
        ("measures_accumulation_known", terms::Accumulation::VARIANTS),
        ("measures_calendar_known", terms::Calendar::VARIANTS),
        ("measures_disclosure_policy_known", terms::DisclosurePolicy::VARIANTS),
        ("measures_frequency_known", terms::Frequency::VARIANTS),
        ("measures_kind_known", terms::Kind::VARIANTS),
        ("measures_level_known", terms::Level::VARIANTS),
        ("measures_polarity_known", terms::Polarity::VARIANTS),
        ("measures_status_known", terms::MeasureStatus::VARIANTS),
        ("measures_unit_known", terms::Unit::VARIANTS),
        ("meetings_kind_known", terms::MeetingKind::VARIANTS),
        ("outcomes_status_known", terms::OutcomeStatus::VARIANTS),
        ("quarterly_reports_kind_known", ReportKind::VARIANTS),
        ("quarterly_reports_state_known", ReportState::VARIANTS),
        ("quarterly_submissions_denominator_symbol_known", terms::Symbol::VARIANTS),
        ("quarterly_submissions_numerator_symbol_known", terms::Symbol::VARIANTS),
        ("quarterly_submissions_stage_known", terms::Stage::VARIANTS),
        ("quarterly_submissions_state_known", terms::SubmissionState::VARIANTS),
        ("quarterly_submissions_value_symbol_known", terms::Symbol::VARIANTS),
        ("recovery_plans_state_known", terms::RecoveryState::VARIANTS),
        ("targets_comparator_statistic_known", terms::ComparatorStatistic::VARIANTS),
        ("targets_kind_known", terms::TargetKind::VARIANTS),
        ("targets_source_known", terms::TargetSource::VARIANTS),
        ("targets_tolerance_kind_known", terms::ToleranceKind::VARIANTS),
        ("webhook_deliveries_state_known", DeliveryState::VARIANTS),
        ("webhook_endpoints_events_known", EventType::VARIANTS),
    ];
    lists.into_iter().map(|(name, words)| (name, words.to_vec())).chain([("api_keys_scopes_known", scopes)]).collect()
}

#[test]
fn closed_lists_are_the_same_in_the_database_and_in_the_code() {
    let app = App::start();
    let rows = app.sql().rows(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
         AND contype = 'c' AND conname LIKE '%\\_known' AND conname NOT LIKE '%er\\_known'",
    );
    let mut ours = vocabulary();
    for row in rows {
        let words: Vec<&str> = row[1].split('\'').skip(1).step_by(2).collect();
        let same = ours.remove(row[0].as_str()).unwrap_or_else(|| panic!("`{}` is not compared with the code", row[0]));
        assert_eq!(words, same, "{}", row[0]);
    }
    assert_eq!(ours, BTreeMap::new(), "no such list in the database");
}

#[test]
fn schema_rs_is_what_the_database_prints() {
    let app = App::start();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs");
    let kept = fs::read_to_string(path).unwrap();
    let tables = app.sql().column(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND \
         relname <> '__diesel_schema_migrations' ORDER BY relname",
    );
    for table in &tables {
        let block = block(app.sql(), table);
        assert!(kept.contains(&block), "src/db/schema.rs is not as the database has it; it should say:\n{block}");
    }
    let blocks = kept.matches("diesel::table!").count();
    assert_eq!(blocks, tables.len(), "src/db/schema.rs has tables that the database does not have");
    // Where two keys lead to one table, diesel has no way to choose and prints neither.
    let joins = app.sql().column(
        "SELECT format('diesel::joinable!(%s -> %s (%s));', conrelid::regclass, confrelid::regclass, attname) FROM pg_constraint \
         JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f' AND cardinality(conkey) = 1 AND \
         conrelid <> confrelid AND \
         connamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint other WHERE other.contype = 'f' AND \
         other.oid <> pg_constraint.oid AND (other.conrelid, other.confrelid) = (pg_constraint.conrelid, pg_constraint.confrelid))",
    );
    for join in &joins {
        assert!(kept.contains(join), "src/db/schema.rs should say: {join}");
    }
    assert_eq!(kept.matches("diesel::joinable!").count(), joins.len());
}

/// The block of one table as `diesel print-schema` writes it.
fn block(sql: &Sql, table: &str) -> String {
    let key = sql.value(&format!(
        "SELECT string_agg(attname, ', ' ORDER BY position) FROM pg_index, unnest(indkey) WITH ORDINALITY AS k (number, position) \
         JOIN pg_attribute ON attnum = number AND attrelid = '{table}'::regclass WHERE indrelid = '{table}'::regclass AND indisprimary"
    ));
    let comment = sql.value(&format!("SELECT obj_description('{table}'::regclass, 'pg_class')"));
    let columns = sql.rows(&format!(
        "SELECT attname, format_type(atttypid, NULL), attnotnull, col_description(attrelid, attnum) FROM pg_attribute \
         WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    ));
    let column = |row: &Vec<String>| {
        let kind = if row[2] == "t" { diesel_type(&row[1]) } else { format!("Nullable<{}>", diesel_type(&row[1])) };
        format!("        /// {}\n        {} -> {kind},\n", row[3], row[0])
    };
    let columns: String = columns.iter().map(column).collect();
    format!("diesel::table! {{\n    /// {comment}\n    {table} ({key}) {{\n{columns}    }}\n}}\n")
}

fn diesel_type(postgres: &str) -> String {
    let known = match postgres {
        "text" => "Text",
        "boolean" => "Bool",
        "smallint" => "Int2",
        "integer" => "Int4",
        "bigint" => "Int8",
        "numeric" => "Numeric",
        "jsonb" => "Jsonb",
        "uuid" => "Uuid",
        "bytea" => "Bytea",
        "date" => "Date",
        "timestamp with time zone" => "Timestamptz",
        "text[]" => "Array<Nullable<Text>>",
        "bigint[]" => "Array<Nullable<Int8>>",
        other => panic!("the type {other} has no diesel type in this test"),
    };
    known.to_owned()
}
