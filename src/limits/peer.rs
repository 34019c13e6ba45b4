//! Where a request comes from: the address that connected, or the one that a trusted proxy says it forwards.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderMap, HeaderName};

use crate::config::traffic::Network;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of a request. Of an IPv6 address the network counts, for one host has as many addresses as it likes there.
pub fn of(request: &ServiceRequest, proxies: &[Network]) -> IpAddr {
    let connected = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip());
    network(forwarded(connected, request.headers(), proxies))
}

/// The last address in `X-Forwarded-For` that is not itself a trusted proxy: what stands before it, anybody may have written.
fn forwarded(connected: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let trusted = |address: IpAddr| proxies.iter().any(|network| network.holds(address));
    let told: Vec<&str> = headers
        .get_all(X_FORWARDED_FOR)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .collect();
    let mut found = connected;
    for text in told.iter().rev() {
        if !trusted(found) {
            break;
        }
        let Some(address) = address(text.trim()) else { break };
        found = address;
    }
    found
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        canonical => canonical,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use actix_web::test::TestRequest;

    use super::*;
    use crate::config::Config;

    fn from(connected: &str, told: &[&str]) -> Option<String> {
        let settings = BTreeMap::from([("TRUSTED_PROXIES".to_owned(), "10.0.0.0/8,::1".to_owned())]);
        let proxies = Config::read(&settings).ok()?.traffic.proxies;
        let request = TestRequest::default().peer_addr(SocketAddr::new(connected.parse().ok()?, 1));
        let request = told.iter().fold(request, |request, told| request.append_header((X_FORWARDED_FOR, *told)));
        Some(of(&request.to_srv_request(), &proxies).to_string())
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (connected, told, found) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1", &["198.51.100.1, nonsense"], "10.0.0.1"),
            ("::1", &["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::"),
            ("::ffff:203.0.113.9", &[], "203.0.113.9"),
        ] {
            assert_eq!(from(connected, told).as_deref(), Some(found), "{connected} {told:?}");
        }
    }
}
