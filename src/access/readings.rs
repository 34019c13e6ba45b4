//! Which keys read which measures: noted in memory while answers are made, and written beside them, so that a read waits for nothing
//! and fails of nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::Data;
use chrono::NaiveDate;
use diesel::sql_types::{Array, Date, Text, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::holder::{Holder, Proof};
use crate::clock;
use crate::db::{DbError, session};

/// How long what was noted waits to be written.
const WRITTEN_EVERY: Duration = Duration::from_secs(60);

/// Pairs of a key and a measure that are held at most; more are noted again later.
const MOST: usize = 100_000;

/// Keys, measures that the database has no more, and days that it knows already are passed over. In one order, so that instances
/// which write at once do not wait for each other in a ring.
const WRITE: &str = "INSERT INTO measure_reads (key, measure, first_read_on, last_read_on) \
    SELECT k.id, m.code, min(r.day), max(r.day) FROM unnest($1, $2, $3) AS r (key, measure, day) JOIN api_keys k ON k.id = r.key \
    JOIN measures m ON m.code = r.measure GROUP BY k.id, m.code ORDER BY k.id, m.code \
    ON CONFLICT (key, measure) DO UPDATE SET last_read_on = EXCLUDED.last_read_on \
    WHERE measure_reads.last_read_on < EXCLUDED.last_read_on";

/// What was read by whom, for all workers.
#[derive(Default)]
pub struct Readings(Mutex<Noted>);

#[derive(Default)]
struct Noted {
    day: NaiveDate,
    /// What was noted on this day, by key.
    seen: HashMap<Uuid, HashSet<String>>,
    pairs: usize,
    /// What is not written yet.
    waiting: Vec<(Uuid, String, NaiveDate)>,
}

impl Noted {
    fn note<'a>(&mut self, key: Uuid, measures: impl IntoIterator<Item = &'a str>, day: NaiveDate) {
        if day != self.day || self.pairs >= MOST {
            *self = Self { day, waiting: std::mem::take(&mut self.waiting), ..Self::default() };
        }
        let seen = self.seen.entry(key).or_default();
        for measure in measures {
            // While the database is away no more is kept than would be of a day.
            if !seen.contains(measure) && self.waiting.len() < MOST {
                seen.insert(measure.to_owned());
                self.pairs += 1;
                self.waiting.push((key, measure.to_owned(), day));
            }
        }
    }
}

impl Readings {
    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what was noted since the last time. What cannot be written waits for the next.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn write(&self, url: &str) -> Result<(), DbError> {
        let waiting = std::mem::take(&mut self.noted().waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let written = async { insert(&mut session::connect(url).await?, &waiting).await }.await;
        if written.is_err() {
            let mut noted = self.noted();
            let room = MOST.saturating_sub(noted.waiting.len());
            noted.waiting.extend(waiting.into_iter().take(room));
        }
        written
    }

    /// Writes, and tells the log if that fails.
    pub async fn write_or_tell(&self, url: &str) {
        if let Err(error) = self.write(url).await {
            log::warn!("it was not noted which keys read which measures: {error}");
        }
    }
}

/// Writes what is noted again and again. Does not end.
pub async fn write_regularly(readings: Data<Readings>, url: String) {
    loop {
        tokio::time::sleep(WRITTEN_EVERY).await;
        readings.write_or_tell(&url).await;
    }
}

async fn insert(connection: &mut AsyncPgConnection, waiting: &[(Uuid, String, NaiveDate)]) -> Result<(), DbError> {
    let keys: Vec<Uuid> = waiting.iter().map(|(key, ..)| *key).collect();
    let measures: Vec<&str> = waiting.iter().map(|(_, measure, _)| measure.as_str()).collect();
    let days: Vec<NaiveDate> = waiting.iter().map(|(.., day)| *day).collect();
    let insert = diesel::sql_query(WRITE).bind::<Array<SqlUuid>, _>(keys);
    insert.bind::<Array<Text>, _>(measures).bind::<Array<Date>, _>(days).execute(connection).await?;
    Ok(())
}

/// The reads of one caller.
#[derive(Clone)]
pub struct Reads(Option<(Data<Readings>, Uuid)>);

impl Reads {
    /// Those of whoever holds this. People are not noted: what a member of staff looks at is nobody's business, and who reads on a
    /// screen sees there that a measure is retired.
    pub fn of(holder: &Holder, request: &HttpRequest) -> Self {
        let key = match holder.proof {
            Proof::Key(key) => Some(key),
            Proof::Token => None,
        };
        Self(request.app_data::<Data<Readings>>().cloned().zip(key))
    }

    /// Notes that it read of these measures today.
    pub fn note<'a>(&self, measures: impl IntoIterator<Item = &'a str>) {
        if let Some((readings, key)) = &self.0 {
            readings.noted().note(*key, measures, clock::today());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_waits_once_a_day() {
        let (day, key) = (NaiveDate::default(), Uuid::from_u128(1));
        let mut noted = Noted::default();
        noted.note(key, ["M-1", "M-2", "M-1"], day);
        noted.note(key, ["M-2"], day);
        noted.note(Uuid::from_u128(2), ["M-2"], day);
        assert_eq!(noted.waiting.len(), 3);
        noted.waiting.clear();
        noted.note(key, ["M-1", "M-2"], day);
        assert_eq!(noted.waiting.len(), 0);
        noted.note(key, ["M-1"], day + chrono::Days::new(1));
        assert_eq!(noted.waiting.len(), 1);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let mut noted = Noted::default();
        for key in 0..(MOST as u128 + 10) {
            noted.note(Uuid::from_u128(key), ["M-1"], NaiveDate::default());
        }
        assert_eq!(noted.waiting.len(), MOST);
        assert!(noted.seen.len() <= MOST);
    }
}
