//! The sealed log as a file, which is verified without a database: a line of JSON for each change, after those of one seal the seal,
//! then names if they were asked for, and at the end the head.

use std::io::{self, BufRead, Write};

use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::chain::{Fingerprint, Head, Seal};
use super::names::{Name, Registered};
use super::store;
use super::verdict::{Verdict, Verifier};
use super::verify::Walk;
use crate::db::DbError;
use crate::http::canonical;

/// Why a file cannot be written or verified.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database cannot be read.
    #[error("{0}")]
    Database(#[from] DbError),
    /// The file cannot be written or read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// A line is none of an export.
    #[error("line {line} is not one of an export, after seal {seal}: {told}")]
    Line {
        /// Number of the line, from 1.
        line: usize,
        /// The last seal before it.
        seal: i64,
        /// What is wrong with it.
        told: String,
    },
}

/// A line of the file.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Change(Value),
    Seal(Box<Seal>),
    Name(Name),
    Head(Head),
}

impl Line {
    /// The line as an export writes it: the only way in which it is one, so that every reader reads the same.
    fn text(&self) -> String {
        canonical::text(&match self {
            Self::Change(change) => json!({"change": change}),
            Self::Seal(seal) => json!({"seal": seal}),
            Self::Name(name) => json!({"name": name}),
            Self::Head(head) => json!({"head": head}),
        })
    }
}

/// Writes every sealed change and every seal; answers the head. Changes have numbers in place of names, which are written only if
/// they are asked for.
///
/// # Errors
/// [`ExportError`] when the database cannot be read, or the file not be written.
pub async fn write(connection: &AsyncPgConnection, to: &mut impl Write, with_names: bool) -> Result<Head, ExportError> {
    let mut walk = Walk::new(connection);
    let mut head = Head::origin();
    let mut registered = Registered::default();
    while let Some((seal, found)) = walk.next().await? {
        for record in found {
            let change = record.into_json();
            registered.note(seal.number, &change);
            writeln!(to, "{}", Line::Change(change).text())?;
        }
        writeln!(to, "{}", canonical::text(&json!({"seal": seal})))?;
        head = Head::from(&seal);
    }
    let names = if with_names { store::names(connection).await? } else { Vec::new() };
    // Of those who are not registered under a seal yet the file could prove nothing.
    for name in names.into_iter().filter(|name| registered.knows(name.number)) {
        writeln!(to, "{}", canonical::text(&json!({"name": name})))?;
    }
    writeln!(to, "{}", canonical::text(&json!({"head": head})))?;
    Ok(head)
}

/// Verifies a file that was written so.
///
/// # Errors
/// [`ExportError`] when the file cannot be read, or is no whole export.
pub fn verify(from: impl BufRead, noted: Option<Head>) -> Result<Verdict, ExportError> {
    let mut verifier = Verifier::new(noted);
    let mut registered = Registered::default();
    let (mut found, mut names) = (Vec::new(), Vec::new());
    let mut number = 0;
    let mut seal = 0;
    let mut end = None;
    for line in from.split(b'\n') {
        number += 1;
        let wrong = |told: String| ExportError::Line { line: number, seal, told };
        if end.is_some() {
            return Err(wrong("it comes after the head, which is the last".to_owned()));
        }
        let bytes = line?;
        let line: Line = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if line.text().as_bytes() != bytes {
            return Err(wrong("it does not stand as an export writes it: something was altered or put in".to_owned()));
        }
        match line {
            Line::Change(change) => {
                registered.note(seal + 1, &change);
                found.push(Fingerprint::of(&change));
            }
            Line::Name(name) if registered.knows(name.number) => names.push(name),
            Line::Name(_) => return Err(wrong("it names somebody whom no change above registered".to_owned())),
            Line::Seal(next) => {
                verifier.take(&next, &found);
                found.clear();
                seal = next.number;
            }
            Line::Head(head) => end = Some(head),
        }
    }
    verifier.found(registered.altered(&names));
    let verdict = verifier.end();
    if found.is_empty() && end.as_ref() == Some(&verdict.head) {
        return Ok(verdict);
    }
    let told = "the file does not end with its last seal and the head; it was cut off or altered there".to_owned();
    Err(ExportError::Line { line: number, seal, told })
}
