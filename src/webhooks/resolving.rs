//! Names of hosts that are called: looked up here, and refused where they lead into a network that is not to be called. The connection is
//! then made to the very addresses that were looked at, so that a name cannot lead elsewhere a moment later.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::domain::outside::Outside;

/// A host that is not called.
#[derive(Debug, thiserror::Error)]
#[error("{host} leads to {address}, which is not called, for it is {what}")]
struct NotCalled {
    host: String,
    address: SocketAddr,
    what: &'static str,
}

/// Looks names up for the calls of one client.
pub struct Resolver(pub Outside);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let outside = self.0.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            // One address that is refused refuses the name: whoever gives a mixed answer is trying something.
            let refused = found.iter().find_map(|address| Some((*address, outside.refuses(address.ip())?)));
            match refused {
                Some((address, what)) => Err(NotCalled { host, address, what }.into()),
                None => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    /// Where a name leads, or why it is not called.
    fn look_up(outside: &Outside, name: &str) -> Result<Vec<SocketAddr>, String> {
        let resolving = Resolver(outside.clone()).resolve(name.parse().unwrap());
        let found = actix_web::rt::System::new().block_on(resolving);
        found.map(Iterator::collect).map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_is_called_only_if_all_that_it_leads_to_is() {
        let refused = look_up(&Outside::default(), "localhost").unwrap_err();
        assert!(refused.starts_with("localhost leads to ") && refused.contains("not called"), "{refused}");
        let networks = ["127.0.0.0/8", "::1"].map(|network| network.parse().unwrap()).to_vec();
        let let_in = look_up(&Outside { http: false, networks }, "localhost").unwrap();
        assert!(!let_in.is_empty() && let_in.iter().all(|address| address.ip().is_loopback()), "{let_in:?}");
    }
}
