//! TLS by the service itself: its certificate and key, read at start, and again when their files are renewed.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{Error, InconsistentKeys, ServerConfig};

/// Between two looks whether the files were renewed.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);

/// Where certificate and key are; both in PEM.
#[derive(Clone, Debug)]
pub struct Files {
    /// The certificate, and after it those that lead to its root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// When the two files were last changed.
type Changed = [Option<SystemTime>; 2];

/// The certificate that is served, shared by whoever holds it.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    files: Files,
    current: RwLock<(Changed, Arc<CertifiedKey>)>,
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// Which setting is wrong, and what would be right.
    pub fn read(files: Files) -> Result<Self, String> {
        let read = (changed(&files), Arc::new(load(&files)?));
        Ok(Self(Arc::new(Inner { files, current: RwLock::new(read) })))
    }

    /// Reads the files again if they were changed since; answers whether they were. If they are wrong now, what was read before is
    /// served on.
    ///
    /// # Errors
    /// As [`Certificate::read`].
    pub fn renew(&self) -> Result<bool, String> {
        let now = changed(&self.0.files);
        if self.0.current.read().unwrap_or_else(PoisonError::into_inner).0 == now {
            return Ok(false);
        }
        let read = Arc::new(load(&self.0.files)?);
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = (now, read);
        Ok(true)
    }

    /// Looks once a minute whether the files were renewed. Does not end.
    pub async fn renew_when_changed(self) {
        loop {
            tokio::time::sleep(BETWEEN_LOOKS).await;
            match self.renew() {
                Ok(true) => log::info!("the certificate was renewed"),
                Ok(false) => {}
                Err(wrong) => log::error!("the certificate was not renewed, the one before is served on: {wrong}"),
            }
        }
    }

    /// How connections are encrypted: TLS 1.2 or 1.3, with the certificate of the moment, and without client certificates.
    ///
    /// # Errors
    /// [`Error`] if the cryptography library has no such versions.
    pub fn server_config(&self) -> Result<ServerConfig, Error> {
        let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(&[&TLS13, &TLS12])?;
        Ok(builder.with_no_client_auth().with_cert_resolver(Arc::new(self.clone())))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Certificate").field(&self.0.files).finish()
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.current.read().unwrap_or_else(PoisonError::into_inner).1))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn changed(files: &Files) -> Changed {
    let of = |file: &Path| fs::metadata(file).and_then(|told| told.modified()).ok();
    [of(&files.certificate), of(&files.key)]
}

fn load(files: &Files) -> Result<CertifiedKey, String> {
    let chain = certificates(&files.certificate)
        .map_err(|told| format!("TLS_CERTIFICATE is `{}`: {told}", files.certificate.display()))?;
    let of_key = |told: &str| format!("TLS_KEY is `{}`: {told}", files.key.display());
    let pem = fs::read(&files.key).map_err(|error| of_key(&error.to_string()))?;
    let key = PrivateKeyDer::from_pem_slice(&pem);
    let key = key.map_err(|_| of_key("it holds no private key in PEM that is not encrypted"))?;
    CertifiedKey::from_der(chain, key, &provider()).map_err(|error| match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => of_key("it is not the key of the certificate"),
        error => of_key(&error.to_string()),
    })
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let pem = fs::read(file).map_err(|error| error.to_string())?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let chain = read.map_err(|error| format!("it is not PEM: {error}"))?;
    if chain.is_empty() { Err("it holds no certificate in PEM".to_owned()) } else { Ok(chain) }
}
