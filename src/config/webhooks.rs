//! Settings of webhooks: where they may call.

use super::{Reading, Setting};
use crate::domain::outside::Outside;

/// The rows of these settings in THE table.
pub const SETTINGS: &[Setting] = &[
    (
        "WEBHOOK_HTTP",
        "`false`",
        "Whether webhooks may be sent by plain HTTP, where anybody on the way can read them; for trying out.",
    ),
    (
        "WEBHOOK_NETWORKS",
        "none: the public internet alone",
        "Networks that webhooks may be sent to although they are not public, joined by commas, such as `10.20.0.0/16`: the service then calls \
         whatever an administrator names there.",
    ),
];

/// Where webhooks may be sent.
pub(super) fn outside(reading: &mut Reading<'_>) -> Outside {
    Outside {
        http: reading.parsed("WEBHOOK_HTTP", "true or false", |_| true).unwrap_or_default(),
        networks: reading.all("WEBHOOK_NETWORKS", "networks such as 10.20.0.0/16", |text| text.parse().ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, WrongSettings};

    fn read(pairs: &[(&str, &str)]) -> Result<Config, WrongSettings> {
        Config::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn nothing_but_the_public_internet_is_called_unless_it_is_set() -> Result<(), WrongSettings> {
        let usual = read(&[])?.outside;
        assert!(!usual.http && usual.networks.is_empty());
        let set = read(&[("WEBHOOK_HTTP", "true"), ("WEBHOOK_NETWORKS", "10.20.0.0/16, fd12::/16")])?.outside;
        assert_eq!((set.http, set.networks.len()), (true, 2));
        let wrong = read(&[("WEBHOOK_HTTP", "yes"), ("WEBHOOK_NETWORKS", "10.20.0.1/16")]);
        let told = wrong.map(|_| String::new()).unwrap_or_else(|wrong| wrong.to_string());
        assert!(
            told.contains("WEBHOOK_HTTP is `yes`") && told.contains("WEBHOOK_NETWORKS has `10.20.0.1/16`"),
            "{told}"
        );
        Ok(())
    }
}
