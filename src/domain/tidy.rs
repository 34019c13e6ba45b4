//! The periods and places of published files in the Department for Education's tidy form: what `time_period` and `time_identifier`
//! say, and which levels of geography there are (Explore education statistics, data standards).

pub mod authority;

use chrono::NaiveDate;

use super::data_period::DataPeriod;
use super::month::Month;
use super::period::Quarter;
use super::words::words;

words! {
    /// What a year of a file is for a measure.
    YearType {
        /// As the file's own words say: an academic, financial or calendar year.
        Named,
        /// The financial year that ends in the year that is named.
        FinancialYearEnding,
        /// The academic year that ends in the year that is named.
        AcademicYearEnding,
        /// The fourth quarter of the financial year that ends in the year that is named: for a quarterly measure that counts up over the
        /// year, or covers twelve months.
        FourthQuarter,
        /// The day 31 March of the year, or of that in which it ends.
        MarchThirtyFirst,
        /// The day 30 September of the year, or of that in which it ends.
        SeptemberThirtieth,
    }
}

/// Levels of geography.
pub const LEVELS: &[&str] = &[
    "National",
    "Regional",
    "Local authority",
    "Local authority district",
    "RSC region",
    "Parliamentary constituency",
    "Local enterprise partnership",
    "English devolved area",
    "Opportunity area",
    "Ward",
    "Multi academy trust",
    "MAT",
    "Sponsor",
    "School",
    "Provider",
    "Institution",
    "Planning area",
    "Local skills improvement plan area",
    "Police force area",
];

/// Kinds of period that are known, and that no measure here has.
const FOREIGN: &[&str] =
    &["Part 1 (April to September)", "Part 2 (October to March)", "Autumn and spring term", "Tax year"];

/// Something that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TidyFault {
    /// Column at fault.
    pub column: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: String,
}

fn wrong(column: &'static str, code: &'static str, detail: String) -> TidyFault {
    TidyFault { column, code, detail }
}

/// The period that a row is about.
///
/// # Errors
/// What cannot be read, and what would be right.
pub fn period(time_period: &str, time_identifier: &str, years: YearType) -> Result<DataPeriod, TidyFault> {
    let (text, named) = (time_period.trim(), time_identifier.trim());
    let unfit = |form: &str| {
        let detail = format!("`{text}` is not the period of `{named}`, which is written as {form}");
        wrong("time_period", "time_period", detail)
    };
    let two = || two_years(text).ok_or_else(|| unfit("two consecutive years, such as 202425"));
    let one = || one_year(text).ok_or_else(|| unfit("a year, such as 2025"));
    let parsed = |told: String| {
        told.parse::<DataPeriod>().map_err(|error| wrong("time_period", "time_period", error.to_string()))
    };
    let over = |year: i32| of_year(year, years);
    match named {
        "Academic year" => {
            two().and_then(|begins| over(begins + 1).map_or_else(|| parsed(format!("AY{}", pair(begins))), Ok))
        }
        "Financial year" => two().and_then(|begins| over(begins + 1).map_or_else(|| parsed(pair(begins)), Ok)),
        "Calendar year" | "Reporting year" => {
            one().and_then(|year| over(year).map_or_else(|| parsed(format!("CY{year:04}")), Ok))
        }
        "Autumn term" | "Spring term" | "Summer term" => {
            let term = match named {
                "Autumn term" => "AUT",
                "Spring term" => "SPR",
                _ => "SUM",
            };
            two().and_then(|begins| parsed(format!("AY{}-{term}", pair(begins))))
        }
        _ => other(text, named, &unfit),
    }
}

/// Quarters and months.
fn other(text: &str, named: &str, unfit: &dyn Fn(&str) -> TidyFault) -> Result<DataPeriod, TidyFault> {
    let quarter =
        |of: &str| named.strip_prefix(of)?.strip_prefix(" Q")?.parse::<u32>().ok().filter(|n| (1..=4).contains(n));
    if let Some(number) = quarter("Financial year") {
        let begins = two_years(text).ok_or_else(|| unfit("two consecutive years, such as 202425"))?;
        return format!("{}-Q{number}", pair(begins))
            .parse()
            .map_err(|_| unfit("two consecutive years, such as 202425"));
    }
    if let Some(number) = quarter("Calendar year") {
        let year = one_year(text).ok_or_else(|| unfit("a year, such as 2025"))?;
        let end = NaiveDate::from_ymd_opt(year, number * 3, 1).ok_or_else(|| unfit("a year, such as 2025"))?;
        return Ok(DataPeriod::Quarter(Quarter::containing(end)));
    }
    if Month::named(0, named).is_some() {
        let year = one_year(text).ok_or_else(|| unfit("a year, such as 2025"))?;
        return Month::named(year, named).map(DataPeriod::Month).ok_or_else(|| unfit("a year, such as 2025"));
    }
    let week = named.strip_prefix("Week ").is_some_and(|number| number.parse::<u8>().is_ok());
    let quarter_of_another = ["Academic year Q", "Tax year Q"].iter().any(|begins| named.starts_with(begins));
    let (code, told) = if week || quarter_of_another || FOREIGN.contains(&named) {
        ("period_not_supported", "no measure has such periods")
    } else {
        (
            "time_identifier",
            "it is such as `Academic year`, `Financial year`, `Calendar year`, `Reporting year`, `Financial year Q1`, `Summer term` or `January`, in just these letters",
        )
    };
    Err(wrong("time_identifier", code, format!("`{named}` cannot be read as a kind of period: {told}")))
}

/// What a year that ends in `year` is for the measure; none where the file's own words say it.
fn of_year(year: i32, years: YearType) -> Option<DataPeriod> {
    let text = match years {
        YearType::Named => return None,
        YearType::FinancialYearEnding => pair(year - 1),
        YearType::FourthQuarter => format!("{}-Q4", pair(year - 1)),
        YearType::AcademicYearEnding => format!("AY{}", pair(year - 1)),
        YearType::MarchThirtyFirst => format!("{year:04}-03-31"),
        YearType::SeptemberThirtieth => format!("{year:04}-09-30"),
    };
    text.parse().ok()
}

/// The reporting quarter in which a period ends.
pub fn reporting_quarter(period: &DataPeriod) -> Quarter {
    Quarter::containing(period.end())
}

fn pair(begins: i32) -> String {
    format!("{begins:04}-{:02}", (begins + 1) % 100)
}

fn one_year(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// `202425`, or `2024/25` and `2024-25`.
fn two_years(text: &str) -> Option<i32> {
    let digits: String = text.chars().filter(|c| !matches!(c, '/' | '-')).collect();
    let whole = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (begins, ends): (i32, i32) = (digits.get(..4)?.parse().ok()?, digits.get(4..)?.parse().ok()?);
    (whole && (begins + 1) % 100 == ends).then_some(begins)
}

/// Whether a text is a level of geography.
///
/// # Errors
/// What it is instead.
pub fn level(text: &str) -> Result<(), TidyFault> {
    if LEVELS.contains(&text.trim()) {
        return Ok(());
    }
    let detail = format!(
        "`{text}` is no level of geography: it is such as `National`, `Regional` or `Local authority`, in just these letters"
    );
    Err(wrong("geographic_level", "geographic_level", detail))
}

/// Columns of which one at least tells where a row of this level is; none for levels that no measure here has.
pub fn places_of(level: &str) -> &'static [&'static str] {
    match level.trim() {
        "National" => &["country_code", "country_name"],
        "Regional" => &["region_code", "region_name"],
        "Local authority" => &["new_la_code", "old_la_code", "la_name"],
        "Local authority district" => &["lad_code", "lad_name"],
        _ => &[],
    }
}

/// What is wrong with a row that does not say where it is.
pub fn nowhere(level: &str) -> TidyFault {
    let detail = format!(
        "The row is of the level `{level}` and does not say where: `{}` are missing or empty.",
        places_of(level).join("`, `")
    );
    wrong("geographic_level", "geography_missing", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_with_their_kind() {
        use YearType::{
            AcademicYearEnding, FinancialYearEnding, FourthQuarter, MarchThirtyFirst, Named, SeptemberThirtieth,
        };
        for (text, named, years, period, quarter) in [
            ("201718", "Academic year", Named, "AY2017-18", "2018-19-Q2"),
            ("2017/18", "Financial year", Named, "2017-18", "2017-18-Q4"),
            ("2024", "Calendar year", Named, "CY2024", "2024-25-Q3"),
            ("2025", "Reporting year", FinancialYearEnding, "2024-25", "2024-25-Q4"),
            ("2025", "Reporting year", FourthQuarter, "2024-25-Q4", "2024-25-Q4"),
            ("2025", "Reporting year", AcademicYearEnding, "AY2024-25", "2025-26-Q2"),
            ("2025", "Reporting year", MarchThirtyFirst, "2025-03-31", "2024-25-Q4"),
            ("202425", "Financial year", MarchThirtyFirst, "2025-03-31", "2024-25-Q4"),
            ("2025", "Reporting year", SeptemberThirtieth, "2025-09-30", "2025-26-Q2"),
            ("201819", "Financial year Q1", Named, "2018-19-Q1", "2018-19-Q1"),
            ("2024", "Calendar year Q1", Named, "2023-24-Q4", "2023-24-Q4"),
            ("201718", "Summer term", Named, "AY2017-18-SUM", "2018-19-Q2"),
            ("2024", "January", Named, "2024-01", "2023-24-Q4"),
        ] {
            let found = super::period(text, named, years);
            let told = found.as_ref().map(|found| (found.to_string(), reporting_quarter(found).to_string()));
            assert_eq!(told, Ok((period.to_owned(), quarter.to_owned())), "{text} {named}");
        }
    }

    #[test]
    fn what_cannot_be_a_period_is_told() {
        for (text, named, code) in [
            ("201719", "Academic year", "time_period"),
            ("2017", "Academic year", "time_period"),
            ("2001Q4", "Financial year Q4", "time_period"),
            ("201718", "Calendar year", "time_period"),
            ("2025 (prov)", "Calendar year", "time_period"),
            ("0", "Calendar year", "time_period"),
            ("201718", "Academic Year", "time_identifier"),
            ("201718", "", "time_identifier"),
            ("202021", "Part 1 (April to September)", "period_not_supported"),
            ("2020", "Week 12", "period_not_supported"),
        ] {
            let found = super::period(text, named, YearType::Named).err().map(|fault| fault.code);
            assert_eq!(found, Some(code), "{text} {named}");
        }
        assert_eq!(level("Nation").err().map(|fault| fault.code), Some("geographic_level"));
        assert_eq!(level("Local authority"), Ok(()));
    }
}
