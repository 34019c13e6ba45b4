//! Keeping the private PostgreSQL up: should it end while the service lives, it is started again.

use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::embedded::{DATABASE, Embedded, EmbeddedError};
use super::roles::PRIVATE_LOGIN;

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// The private server, watched. It stops when this is dropped.
pub struct Private {
    owner_url: String,
    serving_url: String,
    end: Option<Sender<()>>,
    watch: Option<JoinHandle<()>>,
}

impl Private {
    /// Starts (or attaches to) the server under `data_dir`, and watches it.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub fn open(data_dir: PathBuf) -> Result<Self, EmbeddedError> {
        let mut server = Embedded::start(&data_dir)?;
        let owner_url = server.url(DATABASE);
        let serving_url = server.url_as(PRIVATE_LOGIN, DATABASE);
        let (end, ended) = channel::<()>();
        let watch = std::thread::spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(PAUSE) {
                if !server.is_up(&data_dir) {
                    log::warn!("the private PostgreSQL has ended; starting it again");
                    match Embedded::start(&data_dir) {
                        Ok(again) => server = again,
                        Err(error) => log::error!("the private PostgreSQL does not start: {error}"),
                    }
                }
            }
            server.stop();
        });
        Ok(Self { owner_url, serving_url, end: Some(end), watch: Some(watch) })
    }

    /// Where the service's database is, for the login that owns it.
    pub fn owner_url(&self) -> &str {
        &self.owner_url
    }

    /// Where it is, for the login that serves, which may do no more than the service's role.
    pub fn serving_url(&self) -> &str {
        &self.serving_url
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(watch) = self.watch.take() {
            let _ = watch.join();
        }
    }
}
