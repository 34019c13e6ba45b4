//! The forms in which rows are written. Each writes what it begins with, block after block of rows, and what it ends with.

mod csv;
pub mod csvw;
pub mod ees;
pub mod json;
mod jsonstat;
mod ndjson;
mod parquet;

pub use json::{Told, object, page};

use crate::bi::ask::Ask;
use crate::bi::catalogue::{Head, heads};
use crate::bi::feed::{Cells, Feed};
use crate::bi::form::Form;
use crate::bi::store::Choice;
use crate::http::problem::Problem;

/// Something that writes rows.
pub trait Writer {
    /// What stands before the first row.
    ///
    /// # Errors
    /// `internal_error` if it cannot be written.
    fn begin(&mut self) -> Result<Vec<u8>, Problem>;

    /// Rows, as far as they can be written by now.
    ///
    /// # Errors
    /// As [`Writer::begin`].
    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem>;

    /// What stands after the last row.
    ///
    /// # Errors
    /// As [`Writer::begin`].
    fn end(&mut self) -> Result<Vec<u8>, Problem> {
        Ok(Vec::new())
    }
}

/// The writer of the form that is asked for. Those that must know all rows before the first one is written look through them.
///
/// # Errors
/// Those of reading; `several_year_types` where a form does not allow that.
pub async fn writer(ask: &Ask, feed: &Feed, choice: &Choice) -> Result<Box<dyn Writer>, Problem> {
    Ok(match ask.form {
        Form::Csv => Box::new(csv::Csv { bom: ask.bom, heads: heads() }),
        Form::Parquet => Box::new(parquet::Parquet::new()?),
        Form::Jsonstat => {
            let mut dimensions = jsonstat::Dimensions::default();
            feed.each(choice, |rows| dimensions.gather(rows)).await?;
            Box::new(jsonstat::JsonStat::new(dimensions))
        }
        Form::Ees => {
            let mut kinds = ees::Kinds::default();
            feed.each(choice, |rows| kinds.gather(rows)).await?;
            kinds.check()?;
            Box::new(ees::Ees::new(feed.council().await?, ask.bom))
        }
        Form::Json | Form::Ndjson | Form::EesMeta | Form::Csvw => {
            Box::new(ndjson::Ndjson { names: json::NAMES.clone() })
        }
    })
}

/// A whole table, flat.
///
/// # Errors
/// `internal_error` if it cannot be written.
pub fn flat(form: Form, heads: &[Head], rows: &[Cells], bom: bool) -> Result<Vec<u8>, Problem> {
    let mut writer: Box<dyn Writer> = match form {
        Form::Csv => Box::new(csv::Csv { bom, heads: heads.to_vec() }),
        _ => Box::new(ndjson::Ndjson { names: json::names(heads) }),
    };
    Ok([writer.begin()?, writer.rows(rows)?, writer.end()?].concat())
}
