//! Fetching what the issuer publishes: with time-outs, up to a size, and from nowhere but where it was asked.

use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};
use serde_json::Value;

use super::settings::is_local;

/// How long a connection may take to be made.
const TO_CONNECT: Duration = Duration::from_secs(3);
/// How long an answer may take altogether.
const TO_ANSWER: Duration = Duration::from_secs(5);
/// The most bytes that are read.
const LARGEST: usize = 256 * 1024;
/// The most redirects that are followed, all within one host.
const MOST_REDIRECTS: usize = 3;

/// The JSON document at an address.
///
/// # Errors
/// What went wrong, for the log.
pub async fn document(address: &str) -> Result<Value, String> {
    let told = |error: reqwest::Error| format!("{address}: {}", causes(&error));
    let url = Url::parse(address).map_err(|error| format!("{address}: {error}"))?;
    let mut response = client(&url).map_err(told)?.get(url).send().await.map_err(told)?;
    if !response.status().is_success() {
        return Err(format!("{address}: answered {}", response.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(format!("{address}: more than {LARGEST} bytes"));
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).map_err(|error| format!("{address}: {error}"))
}

/// A client for one fetch: they are an hour apart, and a client kept would be shared by the runtimes of several workers.
fn client(url: &Url) -> reqwest::Result<Client> {
    let local = is_local(url);
    let builder = Client::builder().connect_timeout(TO_CONNECT).timeout(TO_ANSWER).https_only(!local);
    let builder = builder.redirect(Policy::custom(within_the_host)).pool_max_idle_per_host(0);
    if local { builder.no_proxy() } else { builder }.build()
}

fn within_the_host(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let same = |first: &Url| first.origin() == attempt.url().origin();
    if attempt.previous().first().is_some_and(same) && attempt.previous().len() <= MOST_REDIRECTS {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

/// An error with its causes: reqwest's own words say only what was being done.
fn causes(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", causes(source)),
        None => error.to_string(),
    }
}
