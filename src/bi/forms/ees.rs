//! Tidy CSV as the Department for Education publishes its statistics, with the file that describes it: time and place first, then
//! what rows are filtered by, then numbers. A number that is missing shows its symbol. Long texts and instants have no place in it.

use std::collections::BTreeSet;

use super::Writer;
use crate::bi::catalogue::{Asked, COLUMNS, Column, Field, Kind};
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::domain::data_period::{DataPeriod, DataPeriodKind};
use crate::domain::month::Month;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::spreadsheet;

/// Columns of time and place, as the department names them.
const BEFORE: [&str; 8] = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "old_la_code",
    "new_la_code",
    "la_name",
];

/// The council, whose figures they are; nothing where no comparator group says whose neighbours it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, diesel::Queryable)]
pub struct Council {
    /// Its official code.
    pub code: String,
    /// The department's own number.
    pub old_code: Option<String>,
    /// Its name.
    pub name: String,
}

/// Whether rows hold more than one kind of year.
#[derive(Debug, Default)]
pub struct Kinds(BTreeSet<String>);

impl Kinds {
    /// Takes rows in.
    pub fn gather(&mut self, rows: &[Cells]) {
        if let Some(field) = Field::named("data_period_kind") {
            self.0.extend(rows.iter().map(|row| row[field.0].plain()));
        }
    }

    /// That there is one kind at most: the department's files never mix them.
    ///
    /// # Errors
    /// `several_year_types`, naming the filters that would do.
    pub fn check(&self) -> Result<(), Problem> {
        if self.0.len() < 2 {
            return Ok(());
        }
        let filters: Vec<String> = self.0.iter().map(|kind| format!("`data_period_kind={kind}`")).collect();
        let detail = format!(
            "The rows are of several kinds of period, which one such file must not mix: add {}.",
            filters.join(" or ")
        );
        Err(Problem::new(problems::SEVERAL_YEAR_TYPES, detail))
    }
}

/// What a column is in such a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Filter,
    Indicator,
}

/// The columns that such a file has, numbers last.
fn columns() -> impl Iterator<Item = (usize, &'static Column, Part)> {
    let of = |wanted: Part| {
        let all = COLUMNS.iter().copied().enumerate().map(|(at, column)| (at, column, part(column)));
        all.filter_map(move |(at, column, part)| Some((at, column, part.filter(|part| *part == wanted)?)))
    };
    of(Part::Filter).chain(of(Part::Indicator))
}

fn part(column: &Column) -> Option<Part> {
    match column.kind {
        _ if column.asked == Asked::Never || column.name == "sequence" => None,
        Kind::Code | Kind::Text | Kind::Boolean => Some(Part::Filter),
        Kind::Integer | Kind::Decimal => Some(Part::Indicator),
        Kind::Date | Kind::Instant => None,
    }
}

/// The writer of the file.
pub struct Ees {
    council: Council,
    bom: bool,
    symbols: Vec<(usize, usize)>,
}

impl Ees {
    /// Of this council's figures.
    pub fn new(council: Council, bom: bool) -> Self {
        let pair = |name: &str| Some((Field::named(name)?.0, Field::named(&format!("{name}_symbol"))?.0));
        Self { council, bom, symbols: ["value", "numerator", "denominator"].into_iter().filter_map(pair).collect() }
    }

    fn place(&self) -> [String; 6] {
        let (country, name) = if self.council.code.starts_with('E') { ("E92000001", "England") } else { ("", "") };
        let council = self.council.clone();
        [
            "Local authority".to_owned(),
            country.to_owned(),
            name.to_owned(),
            council.old_code.unwrap_or_default(),
            council.code,
            council.name,
        ]
    }
}

impl Writer for Ees {
    fn begin(&mut self) -> Result<Vec<u8>, Problem> {
        let names = BEFORE.into_iter().chain(columns().map(|(_, column, _)| column.name));
        let head = names.collect::<Vec<_>>().join(",");
        Ok(format!("{}{head}\r\n", if self.bom { "\u{feff}" } else { "" }).into_bytes())
    }

    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let period = Field::named("data_period");
        let monthly = Field::named("data_period_kind");
        let place = self.place();
        for row in rows {
            let text = |field: Option<Field>| field.map(|field| row[field.0].plain()).unwrap_or_default();
            let time = time(&text(period), text(monthly) == DataPeriodKind::Month.as_ref());
            let symbol =
                |at: usize| self.symbols.iter().find(|(number, _)| *number == at).map(|(_, symbol)| &row[*symbol]);
            let told = columns().map(|(at, column, _)| match (&row[at], symbol(at)) {
                (Cell::Null, Some(symbol)) => symbol.plain(),
                (cell, _) if column.kind == Kind::Text => spreadsheet::safe(&cell.plain()).into_owned(),
                (cell, _) => cell.plain(),
            });
            let record = time.into_iter().chain(place.clone()).chain(told);
            writer.write_record(record).map_err(Problem::internal)?;
        }
        writer.into_inner().map_err(Problem::internal)
    }
}

/// The department's writing of a period: `time_period` and `time_identifier`.
fn time(period: &str, monthly: bool) -> [String; 2] {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // The twelve texts that are a year or a month are told apart by the row.
    if monthly {
        let month = period.get(5..7).and_then(|month| month.parse::<i32>().ok()).unwrap_or(1);
        let name = Month::january(0).plus(month.max(1) - 1).name();
        return [period.get(..4).unwrap_or_default().to_owned(), name.to_owned()];
    }
    match period.parse() {
        Ok(DataPeriod::Quarter(quarter)) => {
            [digits(&quarter.year().to_string()), format!("Financial year Q{}", quarter.number())]
        }
        Ok(DataPeriod::FinancialYear(year)) => [digits(&year.to_string()), "Financial year".to_owned()],
        Ok(DataPeriod::AcademicYear(_)) => [digits(period), "Academic year".to_owned()],
        Ok(DataPeriod::AcademicTerm(_)) => {
            let term = match period.rsplit('-').next() {
                Some("AUT") => "Autumn term",
                Some("SPR") => "Spring term",
                _ => "Summer term",
            };
            [digits(period), term.to_owned()]
        }
        Ok(DataPeriod::CalendarYear(year)) => [year.to_string(), "Calendar year".to_owned()],
        // A count on a day is published for the year it was taken in.
        _ => [period.get(..4).unwrap_or_default().to_owned(), "Reporting year".to_owned()],
    }
}

/// The file that describes it.
///
/// # Errors
/// `internal_error` if it cannot be written.
pub fn meta() -> Result<Vec<u8>, Problem> {
    const HEAD: [&str; 8] = [
        "col_name",
        "col_type",
        "label",
        "indicator_grouping",
        "indicator_unit",
        "indicator_dp",
        "filter_hint",
        "filter_grouping_column",
    ];
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEAD).map_err(Problem::internal)?;
    for (_, column, part) in columns() {
        let label = column.name.replace('_', " ");
        let about = spreadsheet::safe(column.about);
        let row = match part {
            Part::Filter => [column.name, "Filter", &label, "", "", "", about.as_ref(), ""],
            Part::Indicator if column.kind == Kind::Integer => [column.name, "Indicator", &label, "", "", "0", "", ""],
            Part::Indicator => [column.name, "Indicator", &label, "", "", "", "", ""],
        };
        writer.write_record(row).map_err(Problem::internal)?;
    }
    writer.into_inner().map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn periods_are_written_as_the_department_writes_them() {
        for (period, monthly, wanted) in [
            ("2024-25-Q2", false, ["202425", "Financial year Q2"]),
            ("2024-25", false, ["202425", "Financial year"]),
            ("AY2023-24", false, ["202324", "Academic year"]),
            ("AY2023-24-AUT", false, ["202324", "Autumn term"]),
            ("CY2024", false, ["2024", "Calendar year"]),
            ("2025-03", true, ["2025", "March"]),
            ("2010-11", true, ["2010", "November"]),
            ("2010-11", false, ["201011", "Financial year"]),
            ("2025-03-31", false, ["2025", "Reporting year"]),
        ] {
            assert_eq!(time(period, monthly), wanted, "{period}");
        }
    }
}
