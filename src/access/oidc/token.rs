//! Checking a token: signed by the issuer, with an algorithm that fits its key, for this service, and in time.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Validation, decode, decode_header};
use serde_json::{Map, Value};

use super::claims;
use super::issuer::{Away, Issuer};
use crate::access::authority::Authority;
use crate::access::holder::{Holder, Proof};
use crate::domain::token_times::{self, Untimely};

/// The most characters of a token.
const LONGEST: usize = 16 * 1024;
/// Claims that every token must have; when it ends is asked below.
const REQUIRED: [&str; 3] = ["iss", "aud", "sub"];

/// Why a token proves nothing.
#[derive(Debug)]
pub enum TokenFault {
    /// It is refused: the class of the reason, for the log.
    Refused(&'static str),
    /// It cannot be judged, because the issuer is away: why, for the log.
    Away(String),
}

impl From<Away> for TokenFault {
    fn from(away: Away) -> Self {
        Self::Away(away.0)
    }
}

impl Issuer {
    /// Who is meant by a token.
    ///
    /// # Errors
    /// [`TokenFault`].
    pub async fn holder(&self, token: &str, now: DateTime<Utc>) -> Result<Holder, TokenFault> {
        let claims = self.claims(token).await?;
        let seconds = |name: &str| claims::seconds(&claims, name);
        token_times::check(seconds("nbf")?, seconds("exp")?, now.timestamp()).map_err(|untimely| {
            TokenFault::Refused(match untimely {
                Untimely::Endless => "token_without_end",
                Untimely::Expired => "token_expired",
                Untimely::Early => "token_not_yet_valid",
            })
        })?;
        let settings = &self.settings;
        Ok(Holder {
            name: claims::name(&claims, &settings.issuer).ok_or(TokenFault::Refused("token_without_subject"))?,
            authority: Authority::Grants(claims::grants(&claims, settings)),
            proof: Proof::Token,
            until: seconds("exp")?.and_then(|end| DateTime::from_timestamp(end, 0)),
        })
    }

    /// The claims of a token that is the issuer's own and for us.
    async fn claims(&self, token: &str) -> Result<Map<String, Value>, TokenFault> {
        if token.len() > LONGEST {
            return Err(TokenFault::Refused("token_too_long"));
        }
        // What the header says is only a question: which key, and does that fit what it says. Where it says that keys are to be
        // had is not read at all.
        let header = decode_header(token).map_err(|_| TokenFault::Refused("token_unreadable"))?;
        if header.crit.is_some() {
            return Err(TokenFault::Refused("token_asks_for_extensions"));
        }
        if !header.typ.as_deref().is_none_or(is_of_access) {
            return Err(TokenFault::Refused("token_for_another_use"));
        }
        let id = header.kid.ok_or(TokenFault::Refused("token_without_key_id"))?;
        let published = self.with_key(&id).await?;
        let key = published.keys.get(&id).ok_or(TokenFault::Refused("token_of_unknown_key"))?;
        if !key.fits(header.alg) {
            return Err(TokenFault::Refused("token_of_wrong_algorithm"));
        }
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_audience(&self.settings.audiences);
        validation.set_required_spec_claims(&REQUIRED);
        // The times are judged by our own rule, to which the clock is an argument.
        validation.validate_exp = false;
        let claims = decode::<Map<String, Value>>(token, &key.key, &validation);
        let claims = claims.map_err(|error| TokenFault::Refused(class(&error)))?.claims;
        // The library takes a list with our issuer in it, too; RFC 7519, section 4.1.1, has one.
        if !claims.get("iss").is_some_and(Value::is_string) {
            return Err(TokenFault::Refused("token_of_another_issuer"));
        }
        Ok(claims)
    }
}

/// Whether the type of a token says that it lets in: what an issuer signs beside, such as for a log-out, does not (RFC 8725, section 3.11).
fn is_of_access(typ: &str) -> bool {
    let typ = typ.to_ascii_lowercase();
    matches!(typ.strip_prefix("application/").unwrap_or(&typ), "jwt" | "at+jwt")
}

fn class(error: &jsonwebtoken::errors::Error) -> &'static str {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidSignature => "token_signature",
        ErrorKind::InvalidAudience => "token_for_another_audience",
        ErrorKind::InvalidIssuer => "token_of_another_issuer",
        ErrorKind::MissingRequiredClaim(_) => "token_lacks_a_claim",
        _ => "token_unreadable",
    }
}
