//! The caller of a request, with the permission that its handler asks for. A handler cannot forget the check: it is in
//! its type. Who calls is found out before anything else is read, so that a body tells a stranger nothing.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};

use super::body::Key;
use super::cache::KeyCache;
use super::scope::{Permission, Scope};
use super::store;
use crate::clock;
use crate::db::{Author, Db};
use crate::http::edge::{CallerName, RequestId};
use crate::http::problem::Problem;
use crate::http::problems;

/// A caller who has the permission `P`.
#[derive(Debug)]
pub struct Caller<P> {
    author: Author,
    key: Arc<Key>,
    permission: PhantomData<P>,
}

impl<P> Caller<P> {
    /// Name and request, as the change log records them.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Name of the caller.
    pub fn name(&self) -> &str {
        &self.author.actor
    }

    /// Whether the caller also has another scope.
    pub fn has(&self, scope: Scope) -> bool {
        grants(&self.key.scopes, scope)
    }
}

fn grants(scopes: &[Option<String>], scope: Scope) -> bool {
    scopes.iter().flatten().any(|held| held == scope.as_ref() || held == Scope::Admin.as_ref())
}

/// Whose key the request carries, or why it is nobody's; found before anything else of the request is looked at.
struct Identity(Result<Arc<Key>, Problem>);

/// Middleware: finds out who calls, for every address below `/api/`. Handlers ask for permission by [`Caller`].
///
/// # Errors
/// Those of the service behind it.
pub async fn identify<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    if request.path().starts_with("/api/") {
        let identity = Identity(authenticate(&request).await);
        request.extensions_mut().insert(identity);
    }
    next.call(request).await
}

/// How a caller stands before the handler has asked for a permission.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// Known, by this name.
    Known(&'a String),
    /// Nobody: without credentials, or at an address that asks for none.
    Stranger,
    /// Nobody, whose credentials were looked at and do not work.
    Refused,
}

/// Tells how the caller of a request stands, once [`identify`] has found it out.
pub fn standing<T>(request: &ServiceRequest, tell: impl FnOnce(Standing<'_>) -> T) -> T {
    let extensions = request.extensions();
    match extensions.get::<Identity>() {
        Some(Identity(Ok(key))) => tell(Standing::Known(&key.name)),
        Some(Identity(Err(problem))) if problem.kind().status == 401 && sent_credentials(request) => {
            tell(Standing::Refused)
        }
        _ => tell(Standing::Stranger),
    }
}

/// Whether there is something behind the name of a scheme: clients that sign in only when asked first send none, or an empty one.
fn sent_credentials(request: &ServiceRequest) -> bool {
    let sent = request.headers().get(header::AUTHORIZATION).map(|value| value.as_bytes().trim_ascii());
    sent.is_some_and(|sent| sent.contains(&b' '))
}

impl<P: Permission> FromRequest for Caller<P> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(permitted(request))
    }
}

fn permitted<P: Permission>(request: &HttpRequest) -> Result<Caller<P>, Problem> {
    let Some(Identity(found)) = request.extensions_mut().remove() else {
        return Err(Problem::internal("a caller was asked for outside /api/"));
    };
    let key = found?;
    request.extensions_mut().insert(CallerName(key.name.clone()));
    if !grants(&key.scopes, P::SCOPE) {
        let detail = format!("This needs a key with the scope `{}`.", P::SCOPE.as_ref());
        return Err(Problem::new(problems::FORBIDDEN, detail));
    }
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Caller { author: Author { actor: key.name.clone(), request_id }, key, permission: PhantomData })
}

fn unknown() -> Problem {
    Problem::new(problems::UNAUTHENTICATED, "Send a valid key as `Authorization: Bearer <key>`.")
        .header(header::WWW_AUTHENTICATE, "Bearer realm=\"performance-framework\"")
}

async fn authenticate(request: &ServiceRequest) -> Result<Arc<Key>, Problem> {
    let bearer = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
    let hash = store::hash(bearer.ok_or_else(unknown)?);
    let cache = request.app_data::<Data<KeyCache>>().ok_or_else(|| Problem::internal("no key cache"))?;
    let key = match cache.get(&hash) {
        Some(key) => key,
        None => {
            let db = request.app_data::<Data<Db>>().ok_or_else(|| Problem::internal("no database"))?;
            let connection = db.reader().await?;
            let key = Arc::new(store::find_by_hash(&connection, &hash).await?.ok_or_else(unknown)?);
            cache.put(hash, Arc::clone(&key));
            key
        }
    };
    if key.works(clock::now()) { Ok(key) } else { Err(unknown()) }
}

/// The token of a `Bearer` header; the scheme's name has no case.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
