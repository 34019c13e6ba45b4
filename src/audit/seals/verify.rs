//! Verifying the log in its database: one seal after the other, in constant memory.

use diesel_async::AsyncPgConnection;
use serde_json::Value;

use super::chain::{Fingerprint, Head, Record, Seal};
use super::names::{REGISTER, Registered};
use super::store;
use super::verdict::{Verdict, Verifier};
use crate::audit::store::Place;
use crate::db::DbError;

/// Goes along the chain: each seal, with the changes that lie under it as they are found.
pub struct Walk<'a> {
    connection: &'a AsyncPgConnection,
    number: i64,
    place: Option<Place>,
}

impl<'a> Walk<'a> {
    /// From the first seal on.
    pub fn new(connection: &'a AsyncPgConnection) -> Self {
        Self { connection, number: 0, place: None }
    }

    /// The next seal; none at the end.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn next(&mut self) -> Result<Option<(Seal, Vec<Record>)>, DbError> {
        let Some(seal) = store::next(self.connection, self.number).await? else { return Ok(None) };
        let mut found = store::under(self.connection, self.place, &seal).await?;
        // One that was moved in the log is shown where it was sealed, so that what was altered can be named.
        let lost: Vec<i64> = seal.sequences.iter().flatten().copied().collect();
        let lost: Vec<i64> = lost.into_iter().filter(|one| !found.iter().any(|there| there.sequence == *one)).collect();
        if !lost.is_empty() {
            found.extend(store::numbered(self.connection, &lost).await?);
        }
        self.number = seal.number;
        self.place = Some(Place { transaction_number: seal.last_transaction, sequence: seal.last_sequence });
        Ok(Some((seal, found)))
    }
}

/// Verifies every seal that is there, and that the register gives every number the name that it was registered with; `noted` is a head that must be part of the chain.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn database(connection: &AsyncPgConnection, noted: Option<Head>) -> Result<Verdict, DbError> {
    let mut walk = Walk::new(connection);
    let mut verifier = Verifier::new(noted);
    let mut registered = Registered::default();
    while let Some((seal, found)) = walk.next().await? {
        let changes: Vec<Value> = found.into_iter().map(Record::into_json).collect();
        verifier.take(&seal, &changes.iter().map(Fingerprint::of).collect::<Vec<_>>());
        for change in changes.iter().filter(|change| change["resource"] == REGISTER) {
            registered.note(seal.number, change);
        }
    }
    // Read in this order: what is erased between the two is told as erased.
    let names = store::names(connection).await?;
    let erased = store::erased(connection).await?;
    verifier.found(registered.altered(&names));
    verifier.found(registered.missing(&names, &erased));
    Ok(verifier.end())
}
