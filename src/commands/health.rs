//! `health`: asks the running service whether it is ready, for container health checks.

use std::net::IpAddr;
use std::time::Duration;

use super::Failure;
use crate::config::Config;

/// Asks `/health/ready`.
pub fn run(config: &Config) -> Result<(), Failure> {
    // A service that listens on all addresses is asked on the nearest.
    let host = match config.host {
        IpAddr::V4(host) if host.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(host) if host.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        host => host,
    };
    let address = format!("http://{}/health/ready", std::net::SocketAddr::new(host, config.port));
    // The service is on this machine: no proxy of the environment stands between.
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).proxy(None);
    let agent: ureq::Agent = config.build().into();
    agent.get(&address).call().map_err(|error| Failure::Told(format!("{address}: {error}")))?;
    println!("ready");
    Ok(())
}
