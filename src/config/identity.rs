//! Settings of who is who: the service's own certificate, the proxies that are believed, and the issuer of sign-ins.

use super::Reading;
use crate::access::oidc::Settings;
use crate::access::oidc::settings::{is_issuer, read_roles};
use crate::domain::network::Network;
use crate::tls::{Certificate, Files};

/// The certificate of the service, if it has one of its own.
pub(super) fn certificate(reading: &mut Reading<'_>) -> Option<Certificate> {
    let read = match (reading.text("TLS_CERTIFICATE"), reading.text("TLS_KEY")) {
        (None, None) => return None,
        (Some(certificate), Some(key)) => Certificate::read(Files { certificate: certificate.into(), key: key.into() }),
        (Some(_), None) => Err("TLS_CERTIFICATE is set, but TLS_KEY is not: name both files, or neither".to_owned()),
        (None, Some(_)) => Err("TLS_KEY is set, but TLS_CERTIFICATE is not: name both files, or neither".to_owned()),
    };
    if reading.text("PUBLIC_URL").is_some_and(|url| url.starts_with("http://")) {
        let told = "PUBLIC_URL begins with http, but must begin with https where TLS_CERTIFICATE is set";
        reading.wrong.push(told.to_owned());
    }
    read.map_err(|told| reading.wrong.push(told)).ok()
}

/// The networks of trusted proxies.
pub(super) fn proxies(reading: &mut Reading<'_>) -> Vec<Network> {
    let Some(text) = reading.text("TRUSTED_PROXIES") else { return Vec::new() };
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let read: Result<Vec<Network>, _> = parts.map(str::parse).collect();
    read.unwrap_or_else(|error| {
        reading.wrong.push(format!("TRUSTED_PROXIES is `{text}`: {error}; join several by commas"));
        Vec::new()
    })
}

/// The issuer of sign-ins, if one is set.
pub(super) fn issuer(reading: &mut Reading<'_>) -> Option<Settings> {
    let audiences: Vec<String> = list(reading.text("OIDC_AUDIENCE"));
    let roles = reading.text("OIDC_ROLES").map(read_roles);
    let roles_claim = reading.text("OIDC_ROLES_CLAIM");
    let Some(issuer) = reading.text("OIDC_ISSUER") else {
        let alone =
            ["OIDC_AUDIENCE", "OIDC_ROLES", "OIDC_ROLES_CLAIM"].into_iter().find(|name| reading.text(name).is_some());
        if let Some(name) = alone {
            reading.wrong.push(format!("{name} is set, but OIDC_ISSUER is not: set the issuer, or leave all four out"));
        }
        return None;
    };
    if !is_issuer(issuer) {
        reading.wrong.push(format!(
            "OIDC_ISSUER is `{issuer}`, but must be an https address such as https://login.microsoftonline.com/TENANT/v2.0; http only on this machine"
        ));
    }
    if audiences.is_empty() {
        reading.wrong.push(
            "OIDC_AUDIENCE is missing: with OIDC_ISSUER, name the audience that tokens for this service have"
                .to_owned(),
        );
    }
    let roles = roles.unwrap_or_else(|| Err("it is missing".to_owned())).unwrap_or_else(|told| {
        reading.wrong.push(format!(
            "OIDC_ROLES must say what roles mean, such as Performance.Officer=performance_officer: {told}"
        ));
        Vec::new()
    });
    let roles_claim = roles_claim.unwrap_or("roles").to_owned();
    Some(Settings { issuer: issuer.to_owned(), audiences, roles_claim, roles })
}

fn list(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Config, WrongSettings};

    fn read(pairs: &[(&str, &str)]) -> Result<Config, WrongSettings> {
        Config::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const WHOLE: [(&str, &str); 3] = [
        ("OIDC_ISSUER", "https://login.example.org/council"),
        ("OIDC_AUDIENCE", "api://performance, 6f1c"),
        ("OIDC_ROLES", "Officer=performance_officer"),
    ];

    #[test]
    fn an_issuer_is_set_whole_or_not_at_all() -> Result<(), WrongSettings> {
        assert_eq!(read(&[])?.oidc, None);
        let oidc = read(&WHOLE)?.oidc.unwrap_or_else(|| unreachable!("it is set"));
        assert_eq!(
            (oidc.audiences, oidc.roles_claim.as_str()),
            (vec!["api://performance".to_owned(), "6f1c".to_owned()], "roles")
        );
        for left_out in WHOLE {
            let rest: Vec<_> = WHOLE.into_iter().filter(|pair| *pair != left_out).collect();
            let told = read(&rest).map(|_| String::new()).unwrap_or_else(|wrong| wrong.to_string());
            assert!(told.contains(left_out.0), "without {}: {told}", left_out.0);
        }
        for (name, value, told) in [
            ("OIDC_ISSUER", "http://login.example.org", "must be an https address"),
            ("OIDC_ROLES", "Officer=king", "there is no role `king`"),
            ("TRUSTED_PROXIES", "10.0.0.1/8", "bits set beyond its prefix"),
        ] {
            let mut settings: Vec<_> = WHOLE.into_iter().filter(|pair| pair.0 != name).collect();
            settings.push((name, value));
            let wrong = read(&settings).map(|_| String::new()).unwrap_or_else(|wrong| wrong.to_string());
            assert!(wrong.contains(name) && wrong.contains(told), "{wrong}");
        }
        Ok(())
    }
}
