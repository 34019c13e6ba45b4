//! The attacker on real tables: what the Department for Education suppressed as `c` is filled by chance, published through the API, and
//! must not be found out. Each year stands as the fourth quarter of its financial year.
//!
//! - Care leavers' activity: counts in three additive groups. None of our dimensions is activity, so it stands as `locality`.
//! - Education, health and care plans within 20 weeks: shares by sex and ethnicity, true numbers with small ones among them.
//! - Second child protection plans, and children looked after: shares and rates of whole authorities.
//!
//! Not mapped: the further columns of the referrals, which are shares without parts like the child protection plans, and the workforce,
//! which is counted in full-time equivalents and not in children.

use std::collections::BTreeMap;

use super::council::{Council, at};
use super::figures::Table;
use super::truth::{Measure, Numbers};
use super::{attack, harvest};
use crate::invariants::dice::Dice;
use crate::real_data::{Row, rows, say_skipped, shared};

/// Authorities of each table.
const AUTHORITIES: usize = 8;
const SEED: u64 = 7;
const TOTALS: [&str; 3] = [
    "Total in education, employment or training",
    "Total not in education, employment or training",
    "Total information not known",
];

/// A cell: a number, or what is suppressed; `z` is none.
fn cell(text: &str) -> Option<Option<i64>> {
    if text == "c" { Some(None) } else { text.parse().ok().map(Some) }
}

/// Numbers in place of suppressed ones: small ones by chance, and what is left of the total, where that is known.
fn filled(parts: &[Option<i64>], total: Option<i64>, dice: &mut Dice) -> (Vec<i64>, i64) {
    let mut hidden = i64::try_from(parts.iter().filter(|part| part.is_none()).count()).unwrap();
    let mut left = total.map(|total| total - parts.iter().flatten().sum::<i64>());
    let numbers: Vec<i64> = parts
        .iter()
        .map(|part| {
            part.unwrap_or_else(|| {
                hidden -= 1;
                let small = *dice.pick(&[1, 2, 3, 4, 5]);
                let number = match left {
                    Some(left) if hidden == 0 => left,
                    Some(left) => small.min((left - hidden).max(0)),
                    None => small,
                };
                left = left.map(|left| left - number);
                number
            })
        })
        .collect();
    let sum = numbers.iter().sum();
    (numbers, sum)
}

fn quarter(year: i32) -> String {
    format!("{}-{:02}-Q4", year - 1, year % 100)
}

fn measure(code: String, unit: &'static str) -> Measure {
    Measure { code, unit, policy: "cin_1_5", counts_up: false, baseline: None }
}

/// Rows of so many authorities with suppressed cells, by authority.
fn of_authorities(rows: Vec<Row>, wanted: impl Fn(&Row) -> bool) -> BTreeMap<String, Vec<Row>> {
    let mut all: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row["geographic_level"] == "Local authority") {
        all.entry(row["new_la_code"].clone()).or_default().push(row);
    }
    all.into_iter().filter(|(_, rows)| rows.iter().any(&wanted)).take(AUTHORITIES).collect()
}

/// Makes the tables of one file into measures with their figures.
type Tables = Vec<(Measure, Vec<(String, Table)>)>;

fn care_leavers(rows: Vec<Row>, dice: &mut Dice) -> Tables {
    let mut tables = Tables::new();
    for (authority, rows) in of_authorities(rows, |row| row["care_leaver_count"] == "c") {
        for (age, short) in [("17 to 18 years", "A"), ("19 to 21 years", "B")] {
            let mut groups = [const { Vec::new() }; 3];
            for year in [2024, 2025] {
                let of =
                    rows.iter().filter(|row| row["care_leaver_age"] == age && row["time_period"] == year.to_string());
                let cells: BTreeMap<&str, Option<i64>> =
                    of.filter_map(|row| Some((row["breakdown"].as_str(), cell(&row["care_leaver_count"])?))).collect();
                for (group, figures) in groups.iter_mut().enumerate() {
                    figures.extend(activity(group, &cells, dice).map(|table| (quarter(year), table)));
                }
            }
            for (group, figures) in groups.into_iter().enumerate() {
                tables.push((measure(format!("{authority}-{short}{group}"), "count"), figures));
            }
        }
    }
    tables
}

/// One additive group of care leavers' activity: in education or work, not in it, and all with what is not known.
fn activity(group: usize, cells: &BTreeMap<&str, Option<i64>>, dice: &mut Dice) -> Option<Table> {
    let (total, is_part): (&str, fn(&str) -> bool) = match group {
        0 => (TOTALS[0], |name| !name.starts_with("Not in") && !name.starts_with("Total")),
        1 => (TOTALS[1], |name| name.starts_with("Not in")),
        _ => ("Total", |name| TOTALS.contains(&name)),
    };
    let total = *cells.get(total)?;
    let (names, parts): (Vec<&str>, Vec<Option<i64>>) = cells.iter().filter(|(name, _)| is_part(name)).unzip();
    let (numbers, sum) = filled(&parts, total, dice);
    let number = |counted: i64| Numbers { counted, of: None };
    let each = names.into_iter().zip(numbers).map(|(name, counted)| (at("locality", name), number(counted)));
    Some(each.chain([(None, number(sum))]).collect())
}

fn plans(rows: Vec<Row>) -> Tables {
    let mut tables = Tables::new();
    for (authority, rows) in of_authorities(rows, |row| row["breakdown_topic"] == "Sex") {
        let mut years: BTreeMap<i32, Table> = BTreeMap::new();
        for row in rows.iter().filter(|row| ["2023", "2024"].contains(&row["time_period"].as_str())) {
            let place = match row["breakdown_topic"].as_str() {
                "All EHC plans issued" => None,
                "Sex" => at("sex", &row["breakdown"]),
                "Ethnicity" => at("ethnicity", &row["breakdown"]),
                _ => continue,
            };
            let number = |column: &str| row[column].parse::<i64>().ok();
            if let (Some(counted), of @ Some(_)) = (number("plans_issued_within_20_weeks"), number("plans_issued_den"))
            {
                years.entry(row["time_period"].parse().unwrap()).or_default().insert(place, Numbers { counted, of });
            }
        }
        let figures = years.into_iter().map(|(year, table)| (quarter(year), table)).collect();
        tables.push((measure(format!("{authority}-PLANS"), "percent"), figures));
    }
    tables
}

/// Whole authorities: a numerator and a denominator.
fn wholes(rows: Vec<Row>, unit: &'static str, columns: (&str, &str), dice: &mut Dice) -> Tables {
    let mut tables = Tables::new();
    for (authority, rows) in of_authorities(rows, |row| row[columns.0] == "c") {
        let mut figures = BTreeMap::new();
        for row in rows.iter().filter(|row| row["time_period"].parse::<i32>().is_ok_and(|year| year >= 2021)) {
            let (Some(counted), Some(of)) = (cell(&row[columns.0]), cell(&row[columns.1])) else { continue };
            let counted = counted.unwrap_or_else(|| *dice.pick(&[1, 2, 3, 4, 5]));
            let of = Some(of.unwrap_or_else(|| counted.max(*dice.pick(&[1, 2, 3, 4, 5]))));
            figures
                .insert(quarter(row["time_period"].parse().unwrap()), Table::from([(None, Numbers { counted, of })]));
        }
        tables.push((measure(format!("{authority}-{}", unit.to_uppercase()), unit), figures.into_iter().collect()));
    }
    tables
}

#[test]
fn no_suppressed_number_of_real_tables_follows_from_what_is_published() {
    let Some(folder) = shared() else {
        return say_skipped();
    };
    let mut dice = Dice::new(SEED);
    let file = |name: &str| rows(&folder.join("ees").join(name));
    let looked_after = |row: &Row| row["population_type"] == "Children looked after on 31 March each year";
    let rates = file("cla_number_and_rate_per_10k_children.csv").into_iter().filter(looked_after).collect();
    let shares = file("d3_cpps_subsequent_plan_2013_to_2025.csv");
    let tables = [
        care_leavers(file("la_care_leavers_activity.csv"), &mut dice),
        plans(file("timeliness_20_week.csv")),
        wholes(shares, "percent", ("CPP_subsequent", "CPP_start"), &mut dice),
        wholes(rates, "rate", ("children_count", "population_estimate"), &mut dice),
    ];
    let mut council = Council::new();
    for (measure, _) in tables.iter().flatten() {
        council.add_measure(measure.clone(), serde_json::json!({}));
    }
    council.adopt();
    for (measure, figures) in tables.iter().flatten() {
        figures.iter().for_each(|(quarter, table)| council.publish_whole(measure, quarter, table));
    }
    let numbers = council.published.iter().flat_map(|one| one.numbers.values());
    assert!(numbers.filter(|numbers| (1..=5).contains(&numbers.counted)).count() > 100, "few numbers are small");
    for role in ["public", "member"] {
        let harvest = harvest(&council, role, false, &mut dice);
        let told = attack(&council, &harvest);
        assert!(told.is_empty(), "the {role} finds out {} numbers:\n{}", told.len(), told.join("\n"));
    }
}
