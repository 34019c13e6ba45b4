//! What is spoken: TLS 1.2 and 1.3 with the certificate of the moment, and nothing else.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use performance_framework::tls::Certificate;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion};

use super::{Folder, start};
use crate::support::{App, raw};

/// The answer to a request over TLS by a client that trusts this certificate alone.
fn ask(app: &App, trusted: &str, version: &'static SupportedProtocolVersion, path: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let mut config =
        config.with_protocol_versions(&[version]).unwrap().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let client = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let mut stream = StreamOwned::new(client, raw::connect(app.base()));
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())?;
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn both_versions_are_spoken_and_browsers_are_told_to_stay() {
    let folder = Folder::new("-tls-spoken");
    let trusted = folder.text(&folder.certificate());
    let app = start(&Certificate::read(folder.files()).unwrap());
    for version in [&TLS12, &TLS13] {
        for (path, status) in
            [("/health/live", "200 OK"), ("/nowhere", "404 Not Found"), ("/api/v1/measures", "401 Unauthorized")]
        {
            let answer = ask(&app, &trusted, version, path).unwrap();
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{answer}");
            assert!(answer.contains("\r\nstrict-transport-security: max-age=31536000\r\n"), "{answer}");
        }
    }
    let stranger = super::made().0;
    assert!(ask(&app, &stranger, &TLS13, "/health/live").is_err(), "another certificate is trusted");
}

#[test]
fn what_is_no_tls_is_cut_off() {
    let folder = Folder::new("-tls-plain");
    let trusted = folder.text(&folder.certificate());
    let app = start(&Certificate::read(folder.files()).unwrap());
    let client_hello_of_tls_1_0 = "\u{16}\u{3}\u{1}\0\u{2d}\u{1}\0\0\u{29}\u{3}\u{1}";
    for sent in ["GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\0\0\0\0\0", client_hello_of_tls_1_0] {
        let mut stream: TcpStream = raw::connect(app.base());
        stream.write_all(sent.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let answer = raw::until_closed(stream);
        assert!(!answer.contains("HTTP/1.1"), "{sent:?}: {answer:?}");
    }
    assert!(ask(&app, &trusted, &TLS13, "/health/live").unwrap().starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_renewed_certificate_is_served_without_a_new_start() {
    let folder = Folder::new("-tls-renewed");
    let first = folder.text(&folder.certificate());
    let certificate = Certificate::read(folder.files()).unwrap();
    let app = start(&certificate);
    ask(&app, &first, &TLS13, "/health/live").unwrap();
    assert_eq!(certificate.renew(), Ok(false));
    std::thread::sleep(std::time::Duration::from_millis(20));
    let second = folder.renew();
    assert_eq!(certificate.renew(), Ok(true));
    ask(&app, &second, &TLS13, "/health/live").unwrap();
    assert!(ask(&app, &first, &TLS13, "/health/live").is_err(), "the one before is still served");
    // Half of a renewal, or a broken one, changes nothing.
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::write(folder.key(), super::made().1).unwrap();
    assert!(certificate.renew().unwrap_err().contains("not the key"));
    ask(&app, &second, &TLS13, "/health/live").unwrap();
}
