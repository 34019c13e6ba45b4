//! The string formats that the OpenAPI document names, so that a text is refused in the words of the type it should be.

use std::fmt::Display;
use std::str::FromStr;

use super::code::Code;
use super::data_period::DataPeriod;
use super::day;
use super::period::{FinancialYear, Quarter};

/// Says what is wrong with a text; nothing where it has the format.
pub type FormatCheck = fn(&str) -> Option<String>;

/// Every format that is refused in our own words, by its name in the document.
pub const FORMATS: &[(&str, FormatCheck)] = &[
    ("code", fault_of::<Code>),
    ("data-period", fault_of::<DataPeriod>),
    ("financial-quarter", fault_of::<Quarter>),
    ("financial-year", fault_of::<FinancialYear>),
    ("date", |text| day::read(text).err().map(|error| error.to_string())),
];

fn fault_of<T: FromStr<Err: Display>>(text: &str) -> Option<String> {
    text.parse::<T>().err().map(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn every_format_takes_its_own_example() -> Result<(), serde_json::Error> {
        let schemas = [Code::schema(), DataPeriod::schema(), Quarter::schema(), FinancialYear::schema()];
        for ((name, check), schema) in FORMATS.iter().zip(schemas) {
            let schema = serde_json::to_value(schema)?;
            assert_eq!(schema["format"], *name);
            assert_eq!(check(schema["examples"][0].as_str().unwrap_or_default()), None);
            assert!(check("?").is_some_and(|told| told.starts_with("`?` is not a")));
        }
        Ok(())
    }
}
