//! Days as callers write them: `2025-06-16`, and nothing looser.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, de::Error as _};

use super::period_error::{PeriodError, PeriodFault, digits};

/// Reads a day of the years 1 to 9999.
///
/// # Errors
/// Why the text is no such day.
pub fn read(text: &str) -> Result<NaiveDate, PeriodError> {
    let wrong = |fault| PeriodError::new(text, "a date", fault);
    let shape = || wrong(PeriodFault::Shape("`2025-06-16`"));
    let [year, month, day] = *text.split('-').collect::<Vec<_>>() else { return Err(shape()) };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return Err(shape());
    };
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs())
        .filter(|date| date.year() > 0)
        .ok_or_else(|| wrong(PeriodFault::NoSuchDay))
}

/// Reads the day of a query, of which chrono's own reader would take looser forms.
///
/// # Errors
/// As [`read`].
pub fn of_query<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| read(&text).map_err(D::Error::custom)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_days_and_nothing_else() {
        for text in ["2025-06-16", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(read(text).map(|date| date.format("%Y-%m-%d").to_string()).as_deref(), Ok(text));
        }
        for (text, told) in [
            ("2025-02-29", "there is no such day"),
            ("2025-13-01", "there is no such day"),
            ("0000-01-01", "there is no such day"),
            ("2025-6-16", "write it like `2025-06-16`"),
            ("+2025-06-16", "write it like `2025-06-16`"),
            ("2025-06-16T10:00:00Z", "write it like `2025-06-16`"),
            ("16/06/2025", "write it like `2025-06-16`"),
            ("", "write it like `2025-06-16`"),
        ] {
            let refused = read(text).map_err(|error| error.to_string());
            assert_eq!(refused, Err(format!("`{text}` is not a date: {told}")));
        }
    }
}
