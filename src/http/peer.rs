//! From which address a request comes: the peer of the connection, or what a trusted proxy says of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderMap, HeaderName};

/// Header in which proxies say for whom they ask, the nearest last.
pub const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Which addresses are those of proxies that tell the truth.
#[derive(Clone)]
pub struct TrustedProxies(pub Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl TrustedProxies {
    /// The address from which a request came that this peer handed over. Who is no trusted proxy is believed nothing.
    pub fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let told = headers.get_all(X_FORWARDED_FOR).filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut origin = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            // What stands left of an untrusted hop, or of one that cannot be read, anybody may have written.
            let before = address(hop).filter(|_| (self.0)(origin));
            let Some(before) = before else { break };
            origin = before.to_canonical();
        }
        origin
    }
}

/// An address as proxies write it: with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// The address from which this request comes; none where the connection has none.
pub fn of(request: &ServiceRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let proxies = request.app_data::<TrustedProxies>();
    Some(proxies.map_or_else(|| peer.to_canonical(), |proxies| proxies.origin(peer, request.headers())))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() -> Result<(), Box<dyn std::error::Error>> {
        let proxies = TrustedProxies(Arc::new(|address| address.to_string().starts_with("10.")));
        for (peer, told, origin) in [
            ("192.0.2.1", vec!["203.0.113.9"], "192.0.2.1"),
            ("10.0.0.1", vec!["203.0.113.9"], "203.0.113.9"),
            ("::ffff:10.0.0.1", vec!["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", vec!["198.51.100.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("10.0.0.1", vec!["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", vec!["203.0.113.9:4711"], "203.0.113.9"),
            ("10.0.0.1", vec!["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.1", vec!["[2001:db8::1]"], "2001:db8::1"),
            ("10.0.0.1", vec!["203.0.113.9, unknown"], "10.0.0.1"),
            ("10.0.0.1", vec![""], "10.0.0.1"),
            ("10.0.0.1", vec![], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            told.iter().for_each(|value| headers.append(X_FORWARDED_FOR, HeaderValue::from_static(value)));
            assert_eq!(proxies.origin(peer.parse()?, &headers), origin.parse::<IpAddr>()?, "{peer} told {told:?}");
        }
        Ok(())
    }
}
