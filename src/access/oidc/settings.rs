//! Where people sign in, and which of their roles and groups there mean which role here.

use std::net::IpAddr;

use reqwest::Url;

use crate::access::grant::Grant;

/// The issuer whose tokens are believed, and what its roles mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address of the issuer, as its tokens name it.
    pub issuer: String,
    /// Audiences of which a token must name one: this service, as it is registered there.
    pub audiences: Vec<String>,
    /// Claim that holds a person's roles or groups.
    pub roles_claim: String,
    /// What the roles and groups mean: each can stand several times.
    pub roles: Vec<(String, Grant)>,
}

/// Whether a text can be the address of an issuer: over TLS, or on this machine.
pub fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let plain =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    plain && (url.scheme() == "https" || is_local(&url))
}

/// Whether the address is on this machine, where no TLS is needed and no proxy stands between.
pub fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    url.scheme() == "http" && loopback
}

/// Reads what roles mean: `name=grant`, joined by commas, such as `Officer=performance_officer, 6f1c=provider:measure=EDU-01`.
///
/// # Errors
/// What is wrong with the first part that cannot be read.
pub fn read_roles(text: &str) -> Result<Vec<(String, Grant)>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let read = parts.map(|part| {
        let (name, grant) = part.split_once('=').ok_or_else(|| format!("`{part}` does not say what it means"))?;
        let name = name.trim();
        if name.is_empty() {
            return Err(format!("`{part}` has no name"));
        }
        Ok((name.to_owned(), grant.trim().parse::<Grant>().map_err(|error| error.to_string())?))
    });
    let roles: Vec<_> = read.collect::<Result<_, String>>()?;
    if roles.is_empty() { Err("nothing is mapped".to_owned()) } else { Ok(roles) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_reached_over_tls_or_on_this_machine() {
        for (text, fits) in [
            ("https://login.microsoftonline.com/0b2f/v2.0", true),
            ("https://example.eu.auth0.com/", true),
            ("http://127.0.0.1:8123", true),
            ("http://[::1]:8123/realms/council", true),
            ("http://localhost/", true),
            ("http://login.example.org", false),
            ("http://localhost.example.org", false),
            ("https://user:word@login.example.org", false),
            ("https://login.example.org/?tenant=1", false),
            ("https://login.example.org/#1", false),
            ("file:///etc/passwd", false),
            ("login.example.org", false),
            ("", false),
        ] {
            assert_eq!(is_issuer(text), fits, "{text}");
        }
    }

    #[test]
    fn roles_are_read_or_the_fault_is_told() {
        let read = |text: &str| {
            let roles = read_roles(text)?;
            Ok::<_, String>(roles.iter().map(|(name, grant)| format!("{name} {grant}")).collect::<Vec<_>>())
        };
        assert_eq!(
            read(
                "Performance.Officer=performance_officer, 6f1c-4d=provider:measure=EDU-01,6f1c-4d=director:outcome=O-1,"
            ),
            Ok(vec![
                "Performance.Officer performance_officer".to_owned(),
                "6f1c-4d provider:measure=EDU-01".to_owned(),
                "6f1c-4d director:outcome=O-1".to_owned()
            ])
        );
        for (text, told) in [
            ("", "nothing is mapped"),
            ("Officer", "`Officer` does not say what it means"),
            ("=provider", "`=provider` has no name"),
            ("Officer=king", "there is no role `king`"),
            ("Officer=provider:measure", "`measure` is no limit"),
        ] {
            assert!(read(text).is_err_and(|error| error.contains(told)), "{text}: {:?}", read(text));
        }
    }
}
