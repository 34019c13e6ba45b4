//! Finding out who calls. Whatever is wrong with a key or token, the caller hears the same; the log hears the reason.

use std::sync::Arc;

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::header;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::cache::{KeyCache, Seen};
use super::credential::Credential;
use super::holder::{Holder, Proof};
use super::known_key::{KeyFault, KnownKey};
use super::oidc::issuer::BETWEEN_ATTEMPTS;
use super::oidc::{Issuer, TokenFault};
use super::store;
use crate::clock;
use crate::db::Connections;
use crate::http::edge::{FailedAuthentication, RequestId};
use crate::http::problem::Problem;
use crate::http::{logged, peer, problems, secrets};

/// The realm of every challenge.
const REALM: &str = "realm=\"performance-framework\"";

/// Who calls.
///
/// # Errors
/// `unauthenticated`, the same for every reason; `unavailable` when it cannot be found out just now.
pub async fn holder(request: &ServiceRequest) -> Result<Arc<Holder>, Problem> {
    if secrets::in_address(request.uri()) {
        let detail = "The address has a key or token in it. Addresses are kept in logs and histories: send it in the \
                      `Authorization` header, and revoke the one that was sent.";
        return Err(Problem::new(problems::INVALID_PARAMETER, detail));
    }
    match Credential::of(request.headers()) {
        Credential::None => Err(unknown(request)),
        Credential::EmptyBearer => Err(where_to_sign_in(request).await),
        Credential::Key(key) => of_key(request, &key).await,
        Credential::Token(token) => of_token(request, &token).await,
        Credential::Unreadable => Err(failed(request, "unreadable")),
    }
}

async fn of_key(request: &ServiceRequest, key: &str) -> Result<Arc<Holder>, Problem> {
    let now = clock::now();
    let Some(seen) = look_up(request, key).await? else { return Err(failed(request, "key_unknown")) };
    seen.key.works(now, || peer::of(request)).map_err(|fault| failed(request, class(fault)))?;
    if let Proof::Key(id) = seen.key.holder.proof
        && seen.to_be_noted(now)
    {
        note_use(request, id, now);
    }
    Ok(Arc::clone(&seen.key.holder))
}

const fn class(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::Revoked => "key_revoked",
        KeyFault::Expired => "key_expired",
        KeyFault::WrongAddress => "key_used_from_elsewhere",
    }
}

async fn look_up(request: &ServiceRequest, key: &str) -> Result<Option<Seen>, Problem> {
    let hash = store::hash(key);
    let cache = request.app_data::<Data<KeyCache>>().ok_or_else(|| Problem::internal("no key cache"))?;
    if let Some(seen) = cache.get(&hash) {
        return Ok(Some(seen));
    }
    let connection = connections(request)?.reader().await?;
    let found = store::find_by_hash(&connection, &hash).await?;
    Ok(found.map(|key| cache.put(hash, Arc::new(KnownKey::from(key)))))
}

/// Notes the use beside the request, which does not wait for it.
fn note_use(request: &ServiceRequest, id: Uuid, at: DateTime<Utc>) {
    let Ok(connections) = connections(request).cloned() else { return };
    actix_web::rt::spawn(async move {
        let noted = async { store::note_use(&*connections.writer().await?, id, at).await };
        if let Err(error) = noted.await {
            log::warn!("the use of key {id} was not noted: {error}");
        }
    });
}

fn connections(request: &ServiceRequest) -> Result<&Data<Connections>, Problem> {
    request.app_data::<Data<Connections>>().ok_or_else(|| Problem::internal("no database"))
}

async fn of_token(request: &ServiceRequest, token: &str) -> Result<Arc<Holder>, Problem> {
    let Some(issuer) = request.app_data::<Data<Issuer>>() else {
        return Err(failed(request, "token_without_issuer"));
    };
    issuer.holder(token, clock::now()).await.map(Arc::new).map_err(|fault| match fault {
        TokenFault::Refused(class) => failed(request, class),
        TokenFault::Away(cause) => {
            let detail =
                "Who signed in cannot be checked just now, because the issuer does not answer. Keys work as ever.";
            let wait = BETWEEN_ATTEMPTS.as_secs().to_string();
            Problem::new(problems::UNAVAILABLE, detail).header(header::RETRY_AFTER, &wait).caused_by(cause)
        }
    })
}

/// A client that sends an empty `Bearer`, as Power Query does to sign in with an organisational account, is told where.
async fn where_to_sign_in(request: &ServiceRequest) -> Problem {
    let published = match request.app_data::<Data<Issuer>>() {
        Some(issuer) => issuer.published().await.ok(),
        None => None,
    };
    match published.as_ref().and_then(|published| published.authorization_endpoint.as_ref()) {
        Some(endpoint) => refusal(request, &format!("Bearer authorization_uri=\"{endpoint}\"")),
        None => unknown(request),
    }
}

/// Something was sent, and proves nothing. Logged, and left on the request for whoever slows such callers down.
fn failed(request: &ServiceRequest, class: &'static str) -> Problem {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let from = logged::address(peer::of(request));
    log::warn!(target: "authentication", "refused reason={class} peer={from} request={id}");
    request.extensions_mut().insert(FailedAuthentication);
    unknown(request)
}

fn unknown(request: &ServiceRequest) -> Problem {
    refusal(request, &format!("Bearer {REALM}"))
}

fn refusal(request: &ServiceRequest, challenge: &str) -> Problem {
    let detail = "Send a valid key as `Authorization: Bearer <key>`, or as the password of Basic; or the token of somebody signed in.";
    let problem = Problem::new(problems::UNAUTHENTICATED, detail).header(header::WWW_AUTHENTICATE, challenge);
    // A page that calls us shows its own dialog: for Basic the browser would put its own before it.
    if request.headers().contains_key("sec-fetch-mode") {
        return problem;
    }
    problem.header(header::WWW_AUTHENTICATE, &format!("Basic {REALM}, charset=\"UTF-8\""))
}
