//! Newline-delimited JSON: the objects of the JSON form, one on each line.

use super::{Writer, object};
use crate::bi::feed::Cells;
use crate::http::problem::Problem;

/// The writer.
pub struct Ndjson {
    /// Names as they stand in an object.
    pub names: Vec<String>,
}

impl Writer for Ndjson {
    fn begin(&mut self) -> Result<Vec<u8>, Problem> {
        Ok(Vec::new())
    }

    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem> {
        let mut out = Vec::with_capacity(rows.len() * 3000);
        for row in rows {
            object(&self.names, row, &mut out)?;
            out.push(b'\n');
        }
        Ok(out)
    }
}
