//! Which addresses the service may call on behalf of an administrator: those of the public internet, and networks that the
//! operator names. Whoever can make it call others could look into the council's own network (server-side request forgery).

use std::net::IpAddr;

use super::network::Network;

/// Ranges that are nobody's in public, by the registries of IANA (RFC 6890): each with what it is.
const NOT_PUBLIC: &[(&str, &str)] = &[
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by carriers"),
    ("127.0.0.0/8", "this machine"),
    ("168.63.129.16/32", "a cloud's own service"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "a relay"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("2002::/16", "a relay"),
    ("3fff::/20", "for documentation"),
];

/// All that is public in IPv6; loopback, local, mapped, translated and multicast addresses lie outside.
const PUBLIC_V6: &str = "2000::/3";

/// Where calls may go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// Whether also by plain HTTP.
    pub http: bool,
    /// Networks that may be called although they are not public.
    pub networks: Vec<Network>,
}

impl Outside {
    /// What speaks against an address; nothing if it may be called.
    pub fn refuses(&self, address: IpAddr) -> Option<&'static str> {
        // An IPv4 address is the same when it is written as one of IPv6.
        let address = address.to_canonical();
        if self.networks.iter().any(|network| network.contains(address)) {
            return None;
        }
        let within = |text: &str| text.parse().is_ok_and(|network: Network| network.contains(address));
        let found = NOT_PUBLIC.iter().find(|(network, _)| within(network));
        let local = || (address.is_ipv6() && !within(PUBLIC_V6)).then_some("not public");
        found.map(|(_, what)| *what).or_else(local)
    }
}

/// Whether a port may be called: that of the scheme, or one that no service of the system itself listens on.
pub const fn may_call_port(port: u16) -> bool {
    matches!(port, 80 | 443 | 1024..)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn every_range_can_be_read() {
        for (network, _) in NOT_PUBLIC.iter().chain(&[(PUBLIC_V6, "")]) {
            assert!(network.parse::<Network>().is_ok(), "{network}");
        }
    }

    #[test]
    fn only_public_addresses_are_called() {
        for (address, refused) in [
            ("93.184.216.34", ""),
            ("8.8.8.8", ""),
            ("172.15.255.255", ""),
            ("172.32.0.0", ""),
            ("100.63.255.255", ""),
            ("100.128.0.0", ""),
            ("2606:4700::1111", ""),
            ("2a00:1450:4009::1", ""),
            ("0.0.0.0", "this network"),
            ("10.0.0.1", "private"),
            ("100.64.0.1", "shared by carriers"),
            ("100.100.100.200", "shared by carriers"),
            ("127.0.0.1", "this machine"),
            ("127.255.255.254", "this machine"),
            ("168.63.129.16", "a cloud's own service"),
            ("169.254.169.254", "link-local"),
            ("172.16.0.1", "private"),
            ("172.31.255.255", "private"),
            ("192.0.0.170", "reserved for protocols"),
            ("192.168.1.1", "private"),
            ("198.19.255.255", "for benchmarks"),
            ("224.0.0.1", "multicast"),
            ("239.255.255.255", "multicast"),
            ("255.255.255.255", "reserved"),
            ("::", "not public"),
            ("::1", "not public"),
            ("::127.0.0.1", "not public"),
            ("::ffff:10.0.0.1", "private"),
            ("::ffff:169.254.169.254", "link-local"),
            ("::ffff:93.184.216.34", ""),
            ("64:ff9b::a00:1", "not public"),
            ("64:ff9b:1::1", "not public"),
            ("2001::1", "reserved for protocols"),
            ("2001:db8::1", "for documentation"),
            ("2002:a00:1::1", "a relay"),
            ("3fff::1", "for documentation"),
            ("fc00::1", "not public"),
            ("fd00:ec2::254", "not public"),
            ("fe80::1", "not public"),
            ("fec0::1", "not public"),
            ("ff02::1", "not public"),
            ("100::1", "not public"),
        ] {
            let found = Outside::default().refuses(address.parse().unwrap());
            assert_eq!(found.unwrap_or_default(), refused, "{address}");
        }
    }

    #[test]
    fn the_operator_may_let_a_network_in_and_no_other() {
        let networks = ["10.20.0.0/16", "fd12::/16"].map(|network| network.parse().unwrap());
        let outside = Outside { http: false, networks: networks.to_vec() };
        for (address, may) in [
            ("10.20.3.4", true),
            ("::ffff:10.20.3.4", true),
            ("fd12::1", true),
            ("93.184.216.34", true),
            ("10.21.0.1", false),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("fd13::1", false),
        ] {
            assert_eq!(outside.refuses(address.parse().unwrap()).is_none(), may, "{address}");
        }
    }

    #[test]
    fn ports_of_the_system_are_not_called() {
        for (port, may) in [
            (443, true),
            (80, true),
            (8443, true),
            (1024, true),
            (65535, true),
            (0, false),
            (22, false),
            (25, false),
            (1023, false),
        ] {
            assert_eq!(may_call_port(port), may, "{port}");
        }
    }
}
