//! Addresses that may be called: what can be told from the address alone. What a name leads to is looked at each time it is called.

use std::net::IpAddr;

use reqwest::Url;

use crate::domain::outside::{Outside, may_call_port};
use crate::http::problem::{Fault, Problem};
use crate::http::{problems, secrets};

/// What is wrong with an address: a code, and what would be right.
type Wrong = (&'static str, String);

/// Refuses an address that may not be called.
///
/// # Errors
/// `validation_failed`, with what would be right.
pub fn allow(outside: &Outside, text: &str) -> Result<(), Problem> {
    let Err((code, detail)) = read(outside, text) else { return Ok(()) };
    Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![Fault::new("/url", code, detail)]))
}

/// The address, if it may be called.
///
/// # Errors
/// A code and what would be right.
pub fn read(outside: &Outside, text: &str) -> Result<Url, Wrong> {
    let right = if outside.http { "https:// or http://" } else { "https://" };
    let wrong = |code, detail: String| Err((code, detail));
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return wrong("not_an_address", format!("This is no address ({error}): it begins with {right}.")),
    };
    if url.scheme() != "https" && !(outside.http && url.scheme() == "http") {
        return wrong("scheme_refused", format!("The address begins with {right}, not with {}://.", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong(
            "credentials_refused",
            "The address holds a user name or password: leave it out; what is sent is signed.".to_owned(),
        );
    }
    if secrets::ours_in(url.as_str()) {
        return wrong(
            "key_refused",
            "The address holds a key of this service, which the receiver would have: leave it out; what is sent is signed.".to_owned(),
        );
    }
    if url.fragment().is_some() {
        return wrong(
            "fragment_refused",
            "The address has a part after `#`, which is never sent: leave it out.".to_owned(),
        );
    }
    if let Some(port) = url.port_or_known_default().filter(|port| !may_call_port(*port)) {
        return wrong("port_refused", format!("Port {port} is not called: it is 443, 80, or from 1024 on."));
    }
    if let Some((host, what)) = host_refused(outside, &url) {
        let detail = format!(
            "{host} is not called, for it is {what}. It is an address in the public internet, or in a network that \
             WEBHOOK_NETWORKS names."
        );
        return wrong("host_refused", detail);
    }
    Ok(url)
}

/// The host and what it is, where that stands in the address itself.
fn host_refused(outside: &Outside, url: &Url) -> Option<(String, &'static str)> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let literal: Option<IpAddr> = host.parse().ok();
    let address = literal.or_else(|| is_this_machine(host).then_some(IpAddr::from([127, 0, 0, 1])))?;
    Some((host.to_owned(), outside.refuses(address)?))
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(outside: &Outside, text: &str) -> &'static str {
        read(outside, text).err().map_or("", |(code, _)| code)
    }

    #[test]
    fn only_an_address_in_public_is_taken() {
        for (text, wrong) in [
            ("https://hooks.example.org/performance?sig=a%20b", ""),
            ("https://hooks.example.org:8443/", ""),
            ("https://93.184.216.34/", ""),
            ("https://[2606:4700::1111]/", ""),
            ("hooks.example.org", "not_an_address"),
            ("https://", "not_an_address"),
            ("https://exa mple.org/", "not_an_address"),
            ("http://hooks.example.org/", "scheme_refused"),
            ("ftp://hooks.example.org/", "scheme_refused"),
            ("file:///etc/passwd", "scheme_refused"),
            ("https://hooks.example.org/?key=pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k", "key_refused"),
            ("https://hooks.example.org/%70f_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k/in", "key_refused"),
            ("https://hooks.example.org/?sig=eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln", ""),
            ("https://user@hooks.example.org/", "credentials_refused"),
            ("https://user:pass@hooks.example.org/", "credentials_refused"),
            ("https://hooks.example.org/#part", "fragment_refused"),
            ("https://hooks.example.org:22/", "port_refused"),
            ("https://hooks.example.org:0/", "port_refused"),
            ("https://localhost/", "host_refused"),
            ("https://localhost./", "host_refused"),
            ("https://api.localhost/", "host_refused"),
            ("https://127.0.0.1/", "host_refused"),
            ("https://127.1/", "host_refused"),
            ("https://2130706433/", "host_refused"),
            ("https://0x7f000001/", "host_refused"),
            ("https://0177.0.0.1/", "host_refused"),
            ("https://\u{ff11}\u{ff12}7.0.0.1/", "host_refused"),
            ("https://169.254.169.254/latest/meta-data", "host_refused"),
            ("https://[::1]/", "host_refused"),
            ("https://[::ffff:10.0.0.1]/", "host_refused"),
            ("https://[fd00:ec2::254]/", "host_refused"),
        ] {
            assert_eq!(code(&Outside::default(), text), wrong, "{text}");
        }
    }

    #[test]
    fn the_operator_may_let_http_and_networks_in() -> Result<(), Box<dyn std::error::Error>> {
        let outside = Outside { http: true, networks: vec!["127.0.0.0/8".parse()?] };
        for (text, wrong) in [
            ("http://127.0.0.1:9000/", ""),
            ("http://localhost:9000/", ""),
            ("https://localhost/", ""),
            ("http://10.0.0.1/", "host_refused"),
            ("http://[::1]/", "host_refused"),
            ("ftp://127.0.0.1/", "scheme_refused"),
        ] {
            assert_eq!(code(&outside, text), wrong, "{text}");
        }
        Ok(())
    }
}
