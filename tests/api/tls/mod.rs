//! TLS by the service itself, with certificates that the tests make.

mod settings;
mod spoken;

use std::fs;
use std::path::{Path, PathBuf};

use performance_framework::tls::{Certificate, Files};
use rcgen::{CertificateParams, KeyPair};

use crate::support::App;
use crate::support::cluster;

/// A folder with a certificate for `localhost` and its key; removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(cluster::folder(name));
        folder.renew();
        folder
    }

    fn certificate(&self) -> PathBuf {
        self.0.join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.0.join("key.pem")
    }

    fn files(&self) -> Files {
        Files { certificate: self.certificate(), key: self.key() }
    }

    /// Puts another certificate in the place of the one there; answers what clients are to trust.
    fn renew(&self) -> String {
        let (certificate, key) = made();
        fs::write(self.key(), key).unwrap();
        fs::write(self.certificate(), &certificate).unwrap();
        certificate
    }

    fn text(&self, file: &Path) -> String {
        fs::read_to_string(file).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A certificate for `localhost` that signs itself, and its key; both in PEM.
fn made() -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

/// A service with this certificate.
fn start(certificate: &Certificate) -> App {
    App::configured(|config| {
        config.tls = Some(certificate.clone());
        config.public_url = None;
    })
}
