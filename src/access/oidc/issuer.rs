//! The issuer as it was last seen: its keys and where people sign in, fetched at first need, kept, and fetched again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::fetch;
use super::keys::{self, PublicKey};
use super::settings::{Settings, is_issuer};

/// How long what was fetched is used without asking again.
const FRESH: Duration = Duration::from_secs(3600);
/// How long it is used while the issuer cannot be reached.
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// Between two fetches for keys that were not known: whoever invents key ids causes no more.
const BETWEEN_SEARCHES: Duration = Duration::from_secs(10);
/// Between two attempts to reach an issuer that is away.
pub const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(5);

/// What the issuer publishes.
pub struct Published {
    /// Its keys by their ids.
    pub keys: HashMap<String, PublicKey>,
    /// Where people sign in.
    pub authorization_endpoint: Option<String>,
    fetched: Instant,
}

/// The issuer cannot be reached, and what is known of it does not do.
#[derive(Debug)]
pub struct Away(pub String);

#[derive(Default)]
struct State {
    published: Option<Arc<Published>>,
    searched: Option<Instant>,
    failed: Option<(Instant, String)>,
}

/// An issuer; shared by all workers.
pub struct Issuer {
    /// Which one, and what its roles mean.
    pub settings: Settings,
    state: RwLock<State>,
    fetching: Mutex<()>,
}

impl Issuer {
    /// Not asked yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, state: RwLock::default(), fetching: Mutex::default() }
    }

    /// What the issuer publishes, not older than an hour; or what it published lately, while it is away.
    ///
    /// # Errors
    /// [`Away`].
    pub async fn published(&self) -> Result<Arc<Published>, Away> {
        let known = self.known();
        match known.filter(|known| known.fetched.elapsed() < FRESH) {
            Some(fresh) => Ok(fresh),
            None => {
                let _turn = self.fetching.lock().await;
                match self.known() {
                    Some(fresh) if fresh.fetched.elapsed() < FRESH => Ok(fresh),
                    stale => match (self.fetch().await, stale) {
                        (Err(_), Some(stale)) if stale.fetched.elapsed() < KEPT => Ok(stale),
                        (answer, _) => answer,
                    },
                }
            }
        }
    }

    /// The same, with the key of this id if there is one: a key that is not known may have been published since.
    ///
    /// # Errors
    /// [`Away`]: then it cannot be told whether there is such a key.
    pub async fn with_key(&self, id: &str) -> Result<Arc<Published>, Away> {
        let known = self.published().await?;
        if known.keys.contains_key(id) {
            return Ok(known);
        }
        let _turn = self.fetching.lock().await;
        let searched = self.read(|state| state.searched);
        match self.known() {
            Some(newer) if newer.fetched > known.fetched => Ok(newer),
            _ if searched.is_some_and(|last| last.elapsed() < BETWEEN_SEARCHES) => Ok(known),
            _ => {
                let found = self.fetch().await?;
                self.write(|state| state.searched = Some(Instant::now()));
                Ok(found)
            }
        }
    }

    fn known(&self) -> Option<Arc<Published>> {
        self.read(|state| state.published.clone())
    }

    /// Asks the issuer, unless it was away a moment ago.
    async fn fetch(&self) -> Result<Arc<Published>, Away> {
        let failed = self.read(|state| state.failed.clone());
        if let Some((_, told)) = failed.filter(|(at, _)| at.elapsed() < BETWEEN_ATTEMPTS) {
            return Err(Away(told));
        }
        match self.ask().await {
            Ok(published) => {
                let published = Arc::new(published);
                self.write(|state| {
                    state.published = Some(Arc::clone(&published));
                    state.failed = None;
                });
                Ok(published)
            }
            Err(told) => {
                log::warn!("the issuer of sign-ins cannot be asked: {told}");
                self.write(|state| state.failed = Some((Instant::now(), told.clone())));
                Err(Away(told))
            }
        }
    }

    async fn ask(&self) -> Result<Published, String> {
        let issuer = &self.settings.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let told = fetch::document(&address).await?;
        if told["issuer"] != *issuer.as_str() {
            return Err(format!("{address} is of the issuer {}, not of {issuer}", told["issuer"]));
        }
        let set = told["jwks_uri"].as_str().filter(|uri| is_address(uri));
        let set = set.ok_or_else(|| format!("{address} names no keys that could be fetched safely"))?;
        let keys = keys::read(&fetch::document(set).await?);
        if keys.is_empty() {
            return Err(format!("{set} has no key that can be used"));
        }
        let endpoint = told["authorization_endpoint"].as_str().filter(|uri| is_address(uri));
        Ok(Published { keys, authorization_endpoint: endpoint.map(str::to_owned), fetched: Instant::now() })
    }

    fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Whether what the issuer publishes is an address over TLS or on this machine; a query may follow.
fn is_address(uri: &str) -> bool {
    is_issuer(uri.split_once('?').map_or(uri, |(address, _)| address))
        && uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"')
}
