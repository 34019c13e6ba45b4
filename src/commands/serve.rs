//! `serve`: runs the service until Ctrl-C or SIGTERM.

use super::Failure;
use crate::audit::seals::sealer;
use crate::bulk::worker;
use crate::config::Config;
use crate::server::{self, Database, Listening};
use crate::webhooks::deliverer;

/// Runs the service.
pub fn run(config: &Config) -> Result<(), Failure> {
    with_service(config, |_, listening| {
        println!("ready: {} (documentation at /docs)", listening);
        Ok(())
    })
}

/// Runs the service, and `started` beside it once it listens, with the database's URL and the service's address.
pub fn with_service(
    config: &Config,
    started: impl FnOnce(&str, &str) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    log::info!("{}", config.shown());
    let database = Database::open(config)?;
    database.prepare(config)?;
    let (url, scheme) = (database.url.clone(), config.scheme());
    actix_web::rt::System::new().block_on(async {
        server::settle(&url).await?;
        let Listening { server, address, readings } = server::listen(config, &url)?;
        let handle = server.handle();
        let base = format!("{scheme}://{address}");
        actix_web::rt::spawn(server::purge_hourly(url.clone()));
        actix_web::rt::spawn(sealer::run(url.clone()));
        let told = config.base_url(address.port());
        actix_web::rt::spawn(deliverer::run(url.clone(), told, config.outside.clone()));
        actix_web::rt::spawn(worker::run(url.clone()));
        // On a thread of its own: it may call the service over HTTP, as any other client.
        let beside = std::thread::spawn(move || started(&url, &base));
        let watch = actix_web::rt::spawn(async move {
            while !beside.is_finished() {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let outcome = beside.join().unwrap_or_else(|_| Err(Failure::Told("the start broke off".to_owned())));
            if outcome.is_err() {
                // Not awaited: the service ends when this task has, or its outcome would be lost.
                actix_web::rt::spawn(handle.stop(false));
            }
            outcome
        });
        let served = server.await;
        readings.write_or_tell(&database.url).await;
        served?;
        if watch.is_finished() { watch.await.unwrap_or(Ok(())) } else { Ok(()) }
    })
    // The private PostgreSQL stops with `database`, after the last answer.
}
