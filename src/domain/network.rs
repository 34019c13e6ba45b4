//! Networks: ranges of internet addresses that a key may be used from, or that a proxy stands in.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use thiserror::Error;

use super::text_form::text_form;

/// A range of addresses such as `10.20.0.0/16` or `2001:db8::/32`; one address is a range of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    first: IpAddr,
    prefix: u8,
}

/// A text that is not a network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// Not an address, or not a number of bits.
    #[error(
        "`{0}` is not a network: write an address and how many of its bits are fixed, such as 10.20.0.0/16 or 2001:db8::/32"
    )]
    Form(String),
    /// The address has bits beyond the fixed ones, so that it is not plain what was meant.
    #[error("`{0}` has bits set beyond its prefix: the network is {1}")]
    Beyond(String, Network),
}

impl Network {
    /// Whether the address lies in the range. An IPv4 address is the same when it is written as one of IPv6.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (own, other) = (self.first, address.to_canonical());
        own.is_ipv4() == other.is_ipv4() && masked(other, self.prefix) == own
    }
}

fn longest(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with all bits after the first `prefix` cleared.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((v4.to_bits() & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask))
        }
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = || NetworkError::Form(text.chars().take(60).collect());
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let digits = |bits: &&str| !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = match bits {
            None => longest(address),
            Some(bits) => Some(bits).filter(digits).and_then(|bits| bits.parse().ok()).ok_or_else(wrong)?,
        };
        if prefix > longest(address) {
            return Err(wrong());
        }
        let network = Self { first: masked(address, prefix), prefix };
        if network.first == address { Ok(network) } else { Err(NetworkError::Beyond(text.to_owned(), network)) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

text_form!(
    Network, format: "network", pattern: "^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$", example: "10.20.0.0/16",
    "An address and how many of its bits are fixed, such as 10.20.0.0/16 or 2001:db8::/32; no bits may be set beyond those."
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_address_and_its_fixed_bits() {
        for (text, read) in [
            ("10.20.0.0/16", Some("10.20.0.0/16")),
            ("192.0.2.7", Some("192.0.2.7/32")),
            ("2001:db8::/32", Some("2001:db8::/32")),
            ("::1", Some("::1/128")),
            ("0.0.0.0/0", Some("0.0.0.0/0")),
            ("::/0", Some("::/0")),
            ("10.20.0.1/16", None),
            ("10.20.0.0/33", None),
            ("2001:db8::/129", None),
            ("10.20.0.0/", None),
            ("10.20.0.0/+8", None),
            ("10.20.0.0/ 8", None),
            ("10.20/16", None),
            ("example.org/8", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok().map(|network: Network| network.to_string()).as_deref(), read, "{text}");
        }
        let told = "10.20.0.1/16".parse::<Network>().err().map(|error| error.to_string());
        assert_eq!(told.as_deref(), Some("`10.20.0.1/16` has bits set beyond its prefix: the network is 10.20.0.0/16"));
    }

    #[test]
    fn an_address_lies_in_a_network_or_not() -> Result<(), Box<dyn std::error::Error>> {
        for (network, address, inside) in [
            ("10.20.0.0/16", "10.20.255.255", true),
            ("10.20.0.0/16", "10.21.0.0", false),
            ("10.20.0.0/16", "::ffff:10.20.3.4", true),
            ("10.20.0.0/16", "::10.20.3.4", false),
            ("192.0.2.7/32", "192.0.2.8", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false),
            ("::/0", "2001:db8::1", true),
            ("::1/128", "127.0.0.1", false),
        ] {
            assert_eq!(network.parse::<Network>()?.contains(address.parse()?), inside, "{address} in {network}");
        }
        Ok(())
    }
}
