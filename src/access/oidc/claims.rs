//! What a token's claims say of a person: the name, and the roles that theirs mean here.

use std::fmt::Write;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::settings::Settings;
use super::token::TokenFault;
use crate::access::grant::Grant;
use crate::domain::caller_name::{self, MARK_DIGITS};

type Claims = Map<String, Value>;

/// A claim that is a time, in seconds since 1970; none where it is not there.
///
/// # Errors
/// It is there and is no time.
pub fn seconds(claims: &Claims, name: &str) -> Result<Option<i64>, TokenFault> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let text = value.as_number().map(ToString::to_string).filter(|text| !text.contains(['e', 'E']));
    let whole = text.and_then(|text| text.split('.').next()?.parse().ok());
    whole.map(Some).ok_or(TokenFault::Refused("token_with_no_time"))
}

/// The name of a person: the readable one that the issuer gives, and the mark of issuer and subject.
pub fn name(claims: &Claims, issuer: &str) -> Option<String> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let subject = text("sub")?;
    let called = text("preferred_username").or_else(|| text("email")).unwrap_or(subject);
    Some(caller_name::of_person(called, &mark(issuer, subject)))
}

/// The mark of a person: the same for as long as issuer and subject are.
fn mark(issuer: &str, subject: &str) -> String {
    let digest = Sha256::new().chain_update(issuer).chain_update([0]).chain_update(subject).finalize();
    digest.iter().take(MARK_DIGITS / 2).fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    })
}

/// What the person's roles or groups mean here. Those that mean nothing are passed over.
pub fn grants(claims: &Claims, settings: &Settings) -> Vec<Grant> {
    let held = match find(claims, &settings.roles_claim) {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let meant = settings.roles.iter().filter(|(name, _)| held.contains(&name.as_str()));
    meant.map(|(_, grant)| grant.clone()).collect()
}

/// The claim of this name; where there is none, dots lead into objects, as in `realm_access.roles`.
fn find<'a>(claims: &'a Claims, name: &str) -> Option<&'a Value> {
    claims.get(name).or_else(|| {
        let mut steps = name.split('.');
        let first = claims.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_name_is_readable_and_belongs_to_issuer_and_subject() {
        let of = |value: Value, issuer: &str| name(&claims(value), issuer).unwrap_or_default();
        let whole = of(json!({"sub": "1", "email": "a@b", "preferred_username": "A. Jones"}), "https://i");
        assert!(whole.starts_with("A. Jones (oidc:"), "{whole}");
        assert!(of(json!({"sub": "1", "email": "a@b", "preferred_username": " "}), "i").starts_with("a@b ("));
        assert!(of(json!({"sub": "1", "email": 7}), "i").starts_with("1 ("));
        assert_eq!(of(json!({"sub": ""}), "i"), "");
        let identity = |value: Value, issuer: &str| caller_name::identity(&of(value, issuer)).to_owned();
        assert_eq!(identity(json!({"sub": "1"}), "i"), identity(json!({"sub": "1", "email": "new@b"}), "i"));
        assert_ne!(identity(json!({"sub": "1"}), "i"), identity(json!({"sub": "1"}), "j"));
        assert_ne!(identity(json!({"sub": "1"}), "i"), identity(json!({"sub": "2"}), "i"));
    }

    #[test]
    fn roles_and_groups_mean_what_is_configured() -> Result<(), String> {
        let roles = super::super::settings::read_roles(
            "Officer=performance_officer, g1=provider:measure=M-1, g1=director:outcome=O-1",
        )?;
        let meant = |claim: &str, value: Value| -> Vec<String> {
            let settings = Settings {
                issuer: String::new(),
                audiences: vec![],
                roles_claim: claim.to_owned(),
                roles: roles.clone(),
            };
            grants(&claims(value), &settings).iter().map(ToString::to_string).collect()
        };
        assert_eq!(meant("roles", json!({"roles": ["Officer", "Other"]})), ["performance_officer"]);
        assert_eq!(meant("roles", json!({"roles": "Officer"})), ["performance_officer"]);
        assert_eq!(meant("groups", json!({"groups": ["g1"]})), ["provider:measure=M-1", "director:outcome=O-1"]);
        assert_eq!(
            meant("realm_access.roles", json!({"realm_access": {"roles": ["Officer"]}})),
            ["performance_officer"]
        );
        assert_eq!(meant("https://c/roles", json!({"https://c/roles": ["Officer"]})), ["performance_officer"]);
        for none in [
            json!({}),
            json!({"roles": ["officer"]}),
            json!({"roles": {"Officer": true}}),
            json!({"roles": [["Officer"]]}),
        ] {
            assert!(meant("roles", none.clone()).is_empty(), "{none}");
        }
        Ok(())
    }

    #[test]
    fn times_are_whole_numbers_or_refused() {
        let read = |value: Value| seconds(&claims(json!({"exp": value})), "exp").ok();
        assert_eq!(read(json!(1_700_000_000)), Some(Some(1_700_000_000)));
        assert_eq!(read(json!(1_700_000_000.5)), Some(Some(1_700_000_000)));
        assert_eq!(seconds(&Claims::new(), "exp").ok(), Some(None));
        for wrong in [json!("1700000000"), json!(null), json!([1]), json!(1e300), json!(true)] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
    }
}
