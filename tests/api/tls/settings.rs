//! The settings: both files or neither, each as it must be, or a clear word and exit code 2.

use std::fs;

use super::{Folder, made};
use crate::commands::{self, Process};
use crate::support::db::Database;

#[test]
fn wrong_files_are_named_with_what_is_wrong() {
    let folder = Folder::new("-tls-settings");
    let (certificate, key) = (folder.certificate().display().to_string(), folder.key().display().to_string());
    let other = |name: &str, text: &str| {
        let file = folder.0.join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let (other_key, empty) = (other("other.pem", &made().1), other("empty.pem", ""));
    let broken = other("broken.pem", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
    for (settings, told) in [
        (vec![("TLS_CERTIFICATE", certificate.as_str())], "TLS_KEY is not: name both files, or neither"),
        (vec![("TLS_KEY", key.as_str())], "TLS_CERTIFICATE is not: name both files, or neither"),
        (
            vec![("TLS_CERTIFICATE", "/nowhere.pem"), ("TLS_KEY", &key)],
            "TLS_CERTIFICATE is `/nowhere.pem`: No such file",
        ),
        (vec![("TLS_CERTIFICATE", &empty), ("TLS_KEY", &key)], "it holds no certificate in PEM"),
        (vec![("TLS_CERTIFICATE", &broken), ("TLS_KEY", &key)], "it is not PEM"),
        (
            vec![("TLS_CERTIFICATE", &certificate), ("TLS_KEY", "/nowhere.pem")],
            "TLS_KEY is `/nowhere.pem`: No such file",
        ),
        (vec![("TLS_CERTIFICATE", &certificate), ("TLS_KEY", &certificate)], "it holds no private key in PEM"),
        (vec![("TLS_CERTIFICATE", &certificate), ("TLS_KEY", &other_key)], "it is not the key of the certificate"),
        (
            vec![
                ("TLS_CERTIFICATE", &certificate),
                ("TLS_KEY", &key),
                ("PUBLIC_URL", "http://performance.example.gov.uk"),
            ],
            "must begin with https",
        ),
    ] {
        let (code, printed, log) = commands::run(&settings, &["serve"]);
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{log}");
        assert!(log.contains(told), "{told} in {log}");
    }
}

#[test]
fn the_program_serves_by_https_and_finds_itself_healthy() {
    let (folder, database) = (Folder::new("-tls-program"), Database::fresh());
    let (certificate, key) = (folder.certificate().display().to_string(), folder.key().display().to_string());
    let tls = [("TLS_CERTIFICATE", certificate.as_str()), ("TLS_KEY", key.as_str())];
    let url = database.url();
    let (mut service, base) = Process::start(&[tls[0], tls[1], ("DATABASE_URL", &url)]);
    let port = base.strip_prefix("https://127.0.0.1:").unwrap_or_else(|| panic!("{base}"));
    assert_eq!(commands::run(&[tls[0], tls[1], ("PORT", port)], &["health"]).0, Some(0));
    assert_eq!(commands::run(&[("PORT", port)], &["health"]).0, Some(1), "plain HTTP is answered");
    let (code, log) = service.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("listening on https://"), "{log}");
    let (code, _, log) =
        commands::run(&[tls[0], tls[1], ("DATABASE_URL", &url), ("DATA_DIR", "/dev/null/none")], &["demo"]);
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("over plain HTTP"), "{log}");
}
