//! Comma-separated values (RFC 4180): every column in its order, lines ended by CRLF, missing values empty.

use super::Writer;
use crate::bi::catalogue::{Head, Kind};
use crate::bi::feed::Cells;
use crate::http::problem::Problem;
use crate::http::spreadsheet;

/// The writer; with a byte order mark in front, Excel reads the file as UTF-8.
pub struct Csv {
    /// Whether there is one.
    pub bom: bool,
    /// Names and types of the columns.
    pub heads: Vec<Head>,
}

impl Writer for Csv {
    fn begin(&mut self) -> Result<Vec<u8>, Problem> {
        let mut out = if self.bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let names: Vec<&str> = self.heads.iter().map(|head| head.name).collect();
        out.extend_from_slice(names.join(",").as_bytes());
        out.extend_from_slice(b"\r\n");
        Ok(out)
    }

    fn rows(&mut self, rows: &[Cells]) -> Result<Vec<u8>, Problem> {
        let terminator = csv::Terminator::CRLF;
        let mut writer =
            csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::with_capacity(rows.len() * 1000));
        for row in rows {
            for (cell, head) in row.iter().zip(&self.heads) {
                let text = cell.plain();
                let written = if head.kind == Kind::Text {
                    writer.write_field(spreadsheet::safe(&text).as_bytes())
                } else {
                    writer.write_field(text)
                };
                written.map_err(Problem::internal)?;
            }
            writer.write_record(None::<&[u8]>).map_err(Problem::internal)?;
        }
        writer.into_inner().map_err(Problem::internal)
    }
}
