//! How a session that serves is set up: with limits, and in the role that may do what requests need and nothing else. All of it is
//! in the connection's own options, so that it costs no round trip.

use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::error::DbError;
use super::reach::Eyes;

/// The role of every session that serves; the migrations say what it may do.
pub const ROLE: &str = "performance_framework_service";

/// The role of every session for a caller whose grants are limited; whoever may take the service's may take it.
pub const LIMITED_ROLE: &str = "performance_framework_limited";

/// The role of every session for members and the public; it reads the views of schema `disclosed` and nothing else.
pub const AUDIENCE_ROLE: &str = "performance_framework_audience";

/// So that no statement, lock or forgotten transaction holds others up for long. Migrations run without.
const LIMITS: &[(&str, u64)] = &[
    ("statement_timeout", STATEMENT_SECONDS),
    ("lock_timeout", LOCK_SECONDS),
    ("idle_in_transaction_session_timeout", IDLE_SECONDS),
];

/// What a request asks looks at few rows, also of a table of millions: neither further workers nor compiled code are worth their
/// start, which a wrong estimate would have every statement pay.
const PLANS: &[(&str, &str)] = &[("max_parallel_workers_per_gather", "0"), ("jit", "off")];

/// Where sessions of members and the public look for tables; the second is for functions, of whose tables they may read none.
pub const DISCLOSED_PATH: &str = "disclosed,public";

/// The same in the past.
pub const DISCLOSED_PAST_PATH: &str = "disclosed_as_of,public";

/// Seconds for which one statement may run.
pub const STATEMENT_SECONDS: u64 = 30;

/// Seconds for which a transaction may do nothing, until its session is ended.
pub const IDLE_SECONDS: u64 = 60;

/// Seconds for which a statement waits for what another holds.
pub const LOCK_SECONDS: u64 = 5;

/// The URL for sessions in the role of the service.
pub fn serving(url: &str) -> String {
    in_role(url, ROLE)
}

/// The URL for sessions of callers with limited grants.
pub fn limited(url: &str) -> String {
    in_role(url, LIMITED_ROLE)
}

/// The setting by which the views know whose eyes a session has; the public's where it is not set.
pub const AUDIENCE: &str = "app.audience";

/// The URL for sessions of the public, in which each table is what it may see of it.
pub fn disclosed(url: &str) -> String {
    let session = in_role(url, AUDIENCE_ROLE);
    format!("{session}%20{}", option("search_path", DISCLOSED_PATH).replace(',', "%2C"))
}

/// The same for members.
pub fn disclosed_to_members(url: &str) -> String {
    format!("{}%20{}", disclosed(url), option(AUDIENCE, Eyes::Members.word()))
}

/// The URL for sessions in this role. Options that it has already are kept: of two for one setting the last counts, so they
/// prevail over our limits, but not over the role.
pub fn in_role(url: &str, role: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (options, mut others): (Vec<&str>, Vec<&str>) =
        query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| pair.starts_with("options="));
    if !others.iter().any(|pair| pair.starts_with("connect_timeout=")) {
        others.push("connect_timeout=3");
    }
    let limits = LIMITS.iter().map(|(name, seconds)| option(name, &format!("{seconds}s")));
    let plans = PLANS.iter().map(|(name, value)| option(name, value));
    let own = options.iter().filter_map(|pair| pair.strip_prefix("options=")).map(str::to_owned);
    let all: Vec<String> = limits.chain(plans).chain(own).chain([option("role", role)]).collect();
    format!("{address}?{}&options={}", others.join("&"), all.join("%20"))
}

/// A connection of its own, outside the pools, in the role of the service.
///
/// # Errors
/// [`DbError::Unavailable`] when the database cannot be reached, or does not let the login serve.
pub async fn connect(url: &str) -> Result<AsyncPgConnection, DbError> {
    Ok(AsyncPgConnection::establish(&serving(url)).await?)
}

/// One setting as it stands in a URL.
fn option(name: &str, value: &str) -> String {
    format!("-c%20{name}%3D{value}")
}

#[cfg(test)]
mod tests {
    use super::in_role;

    #[test]
    fn limits_and_role_stand_beside_what_the_url_has() {
        const LIMITS: &str = "-c%20statement_timeout%3D30s%20-c%20lock_timeout%3D5s%20-c%20idle_in_transaction_session_timeout%3D60s\
                              %20-c%20max_parallel_workers_per_gather%3D0%20-c%20jit%3Doff";
        for (given, begins, own) in [
            ("postgres://a@h/d", "postgres://a@h/d?connect_timeout=3", ""),
            ("postgres://a@h/d?", "postgres://a@h/d?connect_timeout=3", ""),
            ("postgres://a@h/d?connect_timeout=9", "postgres://a@h/d?connect_timeout=9", ""),
            (
                "postgres://a@h/d?options=-c%20search_path%3Dpublic&application_name=pf",
                "postgres://a@h/d?application_name=pf&connect_timeout=3",
                "%20-c%20search_path%3Dpublic",
            ),
            (
                "postgres://a@h/d?options=-c%20role%3Downer",
                "postgres://a@h/d?connect_timeout=3",
                "%20-c%20role%3Downer",
            ),
        ] {
            assert_eq!(in_role(given, "r"), format!("{begins}&options={LIMITS}{own}%20-c%20role%3Dr"), "{given}");
        }
    }
}
