//! A key as the service judges it: whose it is, and when and where from it works.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::authority::Authority;
use super::body::Key;
use super::holder::{Holder, Proof};
use crate::domain::network::Network;

/// A key that was found in the database.
#[derive(Clone, Debug)]
pub struct KnownKey {
    /// Who holds it.
    pub holder: Arc<Holder>,
    networks: Vec<Network>,
    revoked_at: Option<DateTime<Utc>>,
}

/// Why a key does not work. The log is told; the caller is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// It was revoked.
    Revoked,
    /// Its time is over.
    Expired,
    /// It is used from an address that it is not for.
    WrongAddress,
}

impl KnownKey {
    /// Whether the key works at `now` for a caller at the address that `peer` finds, which is asked only where it matters.
    ///
    /// # Errors
    /// Why it does not.
    pub fn works(&self, now: DateTime<Utc>, peer: impl FnOnce() -> Option<IpAddr>) -> Result<(), KeyFault> {
        if self.revoked_at.is_some() {
            return Err(KeyFault::Revoked);
        }
        if self.holder.until.is_some_and(|end| now >= end) {
            return Err(KeyFault::Expired);
        }
        let within = || peer().is_some_and(|peer| self.networks.iter().any(|network| network.contains(peer)));
        if self.networks.is_empty() || within() { Ok(()) } else { Err(KeyFault::WrongAddress) }
    }
}

impl From<Key> for KnownKey {
    fn from(key: Key) -> Self {
        let authority = if key.grants.0.is_empty() {
            Authority::Scopes(key.scopes.iter().flatten().filter_map(|scope| scope.parse().ok()).collect())
        } else {
            Authority::Grants(key.grants.0.clone())
        };
        let holder = Holder { name: key.name.clone(), authority, proof: Proof::Key(key.id), until: key.expires_at };
        let networks = key.networks.into_iter().flatten().collect();
        Self { holder: Arc::new(holder), networks, revoked_at: key.revoked_at }
    }
}
