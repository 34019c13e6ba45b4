//! Cuts a content into records as it arrives: elements of a JSON list, lines of NDJSON, records of CSV with their quoted line
//! breaks. Needs no more memory than one record and the bytes that were fed last.

use serde::{Deserialize, Serialize};

use super::ROW_BYTES;
use crate::domain::import::ContentForm;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;

/// How far a content was cut: what comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Byte, from 0.
    pub byte: u64,
    /// Line breaks before it.
    pub line: u32,
    /// Records before it.
    pub record: u32,
    stage: Stage,
}

/// Where in a JSON content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    #[default]
    Before,
    Inside {
        wrapped: bool,
    },
    After {
        wrapped: bool,
    },
}

/// One record, as its bytes.
#[derive(Debug)]
pub struct Record {
    /// Number of the record, from 0.
    pub number: u32,
    /// Line on which it begins, from 1.
    pub line: u32,
    /// Its bytes, without what separates it from the next.
    pub bytes: Vec<u8>,
}

/// Cuts one content.
#[derive(Debug)]
pub struct Splitter {
    form: ContentForm,
    place: Place,
    buffer: Vec<u8>,
    /// Where in the buffer the place is.
    at: usize,
    ended: bool,
}

/// The mark of UTF-8 that may stand before the first record.
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Splitter {
    /// Begins at a place, from whose byte on the content is fed.
    pub fn new(form: ContentForm, place: Place) -> Self {
        Self { form, place, buffer: Vec::new(), at: 0, ended: false }
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.at);
        self.at = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Says that there are no more.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// What comes next.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The next record; none where more bytes are needed, or all were cut.
    ///
    /// # Errors
    /// `malformed_json`, or `import_unreadable` for a record without an end.
    pub fn cut(&mut self) -> Result<Option<Record>, Problem> {
        if self.place.byte == 0 {
            if self.rest().starts_with(MARK) {
                self.pass(MARK.len());
            } else if MARK.starts_with(self.rest()) && !self.ended {
                return Ok(None);
            }
        }
        let record = match self.form {
            ContentForm::Json => self.cut_json(),
            ContentForm::Ndjson | ContentForm::Csv => self.cut_line(),
        }?;
        let (line, length) = match &record {
            Some(record) => (record.line, record.bytes.len()),
            None => (self.place.line + 1, self.rest().len()),
        };
        if length > ROW_BYTES {
            let detail = format!(
                "The row that begins on line {line} has no end within {ROW_BYTES} bytes: a quotation mark may not be closed, or lines end in CR alone."
            );
            return Err(unreadable("row_too_large", detail));
        }
        Ok(record)
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Goes on by so many bytes, counting lines.
    fn pass(&mut self, bytes: usize) {
        let lines = self.rest()[..bytes].iter().filter(|byte| **byte == b'\n').count();
        self.place.line += u32::try_from(lines).unwrap_or(u32::MAX);
        self.place.byte += bytes as u64;
        self.at += bytes;
    }

    /// Takes so many bytes as the next record, which ends with `after` further bytes.
    fn take(&mut self, bytes: usize, after: usize) -> Record {
        let record =
            Record { number: self.place.record, line: self.place.line + 1, bytes: self.rest()[..bytes].to_vec() };
        self.place.record += 1;
        self.pass(bytes + after);
        record
    }

    /// A line; in CSV one that goes on while a quotation mark is open.
    fn cut_line(&mut self) -> Result<Option<Record>, Problem> {
        loop {
            let quotes = self.form == ContentForm::Csv;
            let Some(end) = end_of_line(self.rest(), quotes) else {
                if !self.ended || self.rest().is_empty() {
                    return Ok(None);
                }
                if quotes && end_of_line(&[self.rest(), b"\n"].concat(), true).is_none() {
                    let detail = format!(
                        "A quotation mark in the row that begins on line {} is not closed.",
                        self.place.line + 1
                    );
                    return Err(unreadable("unclosed_quote", detail));
                }
                let (length, bare) = (self.rest().len(), without_return(self.rest()).len());
                return Ok((!is_blank(self.rest())).then(|| self.take(bare, length - bare)).or_else(|| {
                    self.pass(length);
                    None
                }));
            };
            let bare = without_return(&self.rest()[..end]).len();
            if is_blank(&self.rest()[..end]) {
                self.pass(end + 1);
                continue;
            }
            return Ok(Some(self.take(bare, end + 1 - bare)));
        }
    }

    fn cut_json(&mut self) -> Result<Option<Record>, Problem> {
        self.pass(spaces(self.rest()));
        match self.place.stage {
            Stage::Before => self.open().and_then(|opened| if opened { self.cut_json() } else { Ok(None) }),
            Stage::After { wrapped } => self.close(wrapped).map(|()| None),
            Stage::Inside { wrapped } => {
                if self.rest().first() == Some(&b']') && self.place.record == 0 {
                    self.pass(1);
                    self.place.stage = Stage::After { wrapped };
                    return self.cut_json();
                }
                let Some(end) = end_of_element(self.rest()) else {
                    return if self.ended { Err(self.malformed("the list of rows does not end")) } else { Ok(None) };
                };
                let length = self.rest()[..end].trim_ascii_end().len();
                if length == 0 {
                    return Err(self.malformed("a row is missing"));
                }
                let last = self.rest()[end] == b']';
                let record = self.take(length, end + 1 - length);
                if last {
                    self.place.stage = Stage::After { wrapped };
                }
                Ok(Some(record))
            }
        }
    }

    /// Passes what stands before the first row; false where more bytes are needed.
    fn open(&mut self) -> Result<bool, Problem> {
        let wanted = "send a list of rows, or an object whose one field `rows` is that list";
        let mut wrapped = false;
        let mut at = 0;
        for part in [&b"{"[..], b"\"rows\"", b":", b"["] {
            at += spaces(&self.rest()[at..]);
            let rest = &self.rest()[at..];
            if part == b"{" && !rest.is_empty() && !rest.starts_with(part) {
                // A list of rows is not wrapped.
                if rest.starts_with(b"[") {
                    at += 1;
                    break;
                }
                return Err(self.malformed(wanted));
            }
            if rest.len() < part.len() {
                return if self.ended { Err(self.malformed(wanted)) } else { Ok(false) };
            }
            if !rest.starts_with(part) {
                return Err(self.malformed(wanted));
            }
            wrapped = true;
            at += part.len();
        }
        self.pass(at);
        self.place.stage = Stage::Inside { wrapped };
        Ok(true)
    }

    /// Looks at what stands after the last row.
    fn close(&mut self, wrapped: bool) -> Result<(), Problem> {
        let rest = self.rest().trim_ascii();
        match (wrapped, rest) {
            (false, b"") | (true, b"}") => Ok(()),
            (true, b"") if !self.ended => Ok(()),
            (true, b"") => Err(self.malformed("the object around the list of rows does not end")),
            _ => Err(self.malformed("something stands after the list of rows")),
        }
    }

    fn malformed(&self, told: &str) -> Problem {
        let detail = format!("The content is not a JSON list of rows, at line {}: {told}.", self.place.line + 1);
        Problem::new(problems::MALFORMED_JSON, detail)
    }
}

/// `import_unreadable` with this fault of the content as a whole.
pub fn unreadable(code: &str, detail: impl Into<String>) -> Problem {
    Problem::of_faults(problems::IMPORT_UNREADABLE, vec![Fault::new("", code, detail)])
}

/// Where the line ends, if it does: the place of its break. Within quotation marks a break does not end it.
fn end_of_line(bytes: &[u8], quotes: bool) -> Option<usize> {
    if !quotes {
        return bytes.iter().position(|byte| *byte == b'\n');
    }
    let (mut quoted, mut begins, mut closed) = (false, true, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if quoted => (quoted, closed) = (false, true),
            // A mark right after one that closed was doubled; one within an unquoted cell is a character of it.
            b'"' if begins || closed => (quoted, closed) = (true, false),
            b'\n' if !quoted => return Some(at),
            _ => closed = false,
        }
        begins = !quoted && *byte == b',';
    }
    None
}

/// Where an element of a list ends, if it does: the place of the comma or bracket after it.
fn end_of_element(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b',' | b']' if !in_text && depth == 0 => return Some(at),
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A line without the CR of its CRLF.
fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests;
