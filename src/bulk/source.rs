//! The rows of a kept content, read from any place on and in parts, so that few of them are in memory at one time.

use diesel_async::AsyncPgConnection;

use super::contents;
use super::queue::Job;
use super::reading::Reading;
use super::row::Row;
use super::split::{Place, Splitter};
use crate::domain::import::{Charset, ContentForm};
use crate::http::problem::Problem;

/// Where the rows of an import come from.
#[derive(Debug)]
pub struct Source {
    import: i64,
    bytes: u64,
    /// The byte from which on the content is still to be fed.
    next: u64,
    ended: bool,
    splitter: Splitter,
    reading: Reading,
}

impl Source {
    /// Begins where the import is.
    ///
    /// # Errors
    /// `import_unreadable`; when the database cannot be reached.
    pub async fn open(connection: &mut AsyncPgConnection, job: &Job, place: Place) -> Result<Self, Problem> {
        let mapping = job.mapped.clone().map(serde_json::from_value).transpose().map_err(Problem::internal)?;
        let reading = Reading::new(job.form, job.charset.unwrap_or(Charset::Utf8), mapping)?;
        let at = |place: Place, reading| Self {
            import: job.number,
            bytes: u64::try_from(job.content_bytes).unwrap_or(0),
            next: place.byte,
            ended: false,
            splitter: Splitter::new(job.form, place),
            reading,
        };
        if job.form != ContentForm::Csv || place.byte == 0 {
            return Ok(at(place, reading));
        }
        // The line of names stands at the beginning, wherever the work goes on.
        let mut beginning = at(Place::default(), reading);
        if let Some(record) = beginning.record(connection).await? {
            beginning.reading.rows(&record)?;
        }
        // Work goes on behind rows alone.
        beginning.reading.goes_on();
        Ok(at(place, beginning.reading))
    }

    async fn record(&mut self, connection: &mut AsyncPgConnection) -> Result<Option<super::split::Record>, Problem> {
        loop {
            if let Some(record) = self.splitter.cut()? {
                return Ok(Some(record));
            }
            if self.ended {
                return Ok(None);
            }
            if self.next < self.bytes {
                let part = contents::from(connection, self.import, self.next).await?;
                self.next += part.len() as u64;
                self.splitter.feed(&part);
            } else {
                self.ended = true;
                self.splitter.end();
            }
        }
    }

    /// The next rows, at most so many; fewer only at the end.
    ///
    /// # Errors
    /// `import_unreadable`, `malformed_json`; when the database cannot be reached.
    pub async fn rows(&mut self, connection: &mut AsyncPgConnection, most: usize) -> Result<Vec<Row>, Problem> {
        let mut rows = Vec::with_capacity(most);
        while rows.len() < most {
            match self.record(connection).await? {
                Some(record) => rows.extend(self.reading.rows(&record)?),
                None => {
                    self.reading.ended()?;
                    break;
                }
            }
        }
        Ok(rows)
    }

    /// What comes next.
    pub fn place(&self) -> Place {
        self.splitter.place()
    }

    /// Names of the columns of a CSV content.
    pub fn layout(&self) -> Option<&[String]> {
        self.reading.names()
    }
}
