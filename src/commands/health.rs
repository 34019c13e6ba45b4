//! `health`: asks the running service whether it is ready, for container health checks.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::Failure;
use crate::config::Config;

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks `/health/ready`.
pub fn run(config: &Config) -> Result<(), Failure> {
    // A service that listens on all addresses is asked on the nearest.
    let host = match config.host {
        IpAddr::V4(host) if host.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(host) if host.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        host => host,
    };
    let address = format!("{}://{}/health/ready", config.scheme(), SocketAddr::new(host, config.port));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(ask(&address)).map_err(|error| Failure::Told(format!("{address}: {error}")))?;
    println!("ready");
    Ok(())
}

async fn ask(address: &str) -> reqwest::Result<()> {
    // The service is on this machine: no proxy of the environment stands between, and its certificate names another address. Nothing
    // secret is sent.
    let client =
        reqwest::Client::builder().timeout(PATIENCE).no_proxy().tls_danger_accept_invalid_certs(true).build()?;
    client.get(address).send().await?.error_for_status().map(drop)
}
