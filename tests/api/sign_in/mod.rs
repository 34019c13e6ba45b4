//! People who sign in with the council's own accounts: tokens of a real issuer, that the tests start.

mod accepted;
mod away;
mod challenge;
mod refused;
mod rotation;

use serde_json::Value;

use crate::support::issuer::{Issuer, SigningKey};
use crate::support::{App, Client};

/// What roles mean in these tests.
const ROLES: &str = "Officer=performance_officer, Team=provider, g-17=auditor";

/// An issuer with one RSA key, and a service that believes it.
pub fn start() -> (Issuer, App) {
    let issuer = Issuer::publishing(&[key()]);
    let app = issuer.believed_by(ROLES);
    (issuer, app)
}

/// The key that the issuer signs with.
pub fn key() -> &'static SigningKey {
    SigningKey::rsa("2026-a")
}

/// A caller with a token of these claims, signed by the issuer's key.
fn with(app: &App, claims: &Value) -> Client {
    app.anonymous().with_key(&key().token(claims))
}
