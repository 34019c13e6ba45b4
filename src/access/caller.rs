//! The caller of a request, with the permission that its handler asks for, and the database as far as that reaches. A handler
//! cannot forget the check: it is in its type. Who calls is found out before anything else is read, so that a body tells a
//! stranger nothing.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};

use super::audience::Audience;
use super::authenticate;
use super::holder::Holder;
use super::scope::{Permission, Scope};
use crate::db::reach::Reach;
use crate::db::{Author, Connections, Db};
use crate::http::edge::{FailedAuthentication, Reader, RequestId};
use crate::http::problem::Problem;
use crate::http::{odata, problems};

/// A caller who has the permission `P`.
#[derive(Debug)]
pub struct Caller<P> {
    author: Author,
    holder: Arc<Holder>,
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

    /// Whether the caller also has another scope, everywhere.
    pub fn has(&self, scope: Scope) -> bool {
        self.holder.authority.reach(&[scope]) == Some(Reach::Everywhere)
    }

    /// Whose eyes the caller has.
    pub fn audience(&self) -> Audience {
        self.holder.authority.audience()
    }

    /// Who it is, and by what it proved so.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }
}

/// Who the request is by, or why it is by nobody; found before anything else of the request is looked at.
struct Identity(Result<Arc<Holder>, Problem>);

/// Middleware: finds out who calls, for every address below `/api/` and `/odata/`. Handlers ask for permission by [`Caller`].
///
/// # Errors
/// Those of the service behind it.
pub async fn identify<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    if request.path().starts_with("/api/") || odata::below(request.path()) {
        let identity = Identity(authenticate::holder(&request).await);
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
        Some(Identity(Ok(holder))) => tell(Standing::Known(&holder.name)),
        Some(Identity(Err(_))) if extensions.contains::<FailedAuthentication>() => tell(Standing::Refused),
        _ => tell(Standing::Stranger),
    }
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
        return Err(Problem::internal("a caller was asked for outside /api/ and /odata/"));
    };
    let holder = found?;
    let audience = holder.authority.audience().into();
    request.extensions_mut().insert(Reader { name: holder.name.clone(), audience });
    let Some(reach) = holder.authority.reach(P::SCOPES) else {
        let needed: Vec<String> = P::SCOPES.iter().map(|scope| format!("`{}`", scope.as_ref())).collect();
        let detail = format!("This needs a key or role with the scope {}.", needed.join(" or "));
        return Err(Problem::new(problems::FORBIDDEN, detail));
    };
    if matches!(reach, Reach::Disclosed(_))
        && !holder.authority.audience().sees(&request.match_pattern().unwrap_or_default())
    {
        let detail = format!(
            "This is for those who work with the figures, not for the audience `{}`.",
            holder.authority.audience()
        );
        return Err(Problem::new(problems::FORBIDDEN, detail));
    }
    request.extensions_mut().insert(reach);
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Caller { author: Author { actor: holder.name.clone(), request_id }, holder, permission: PhantomData })
}

/// The database, as far as the caller reaches with the permission that the handler asked for. There is none without a caller
/// before it.
impl FromRequest for Db {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let connections = request.app_data::<Data<Connections>>().cloned();
        let reach = request.extensions().get::<Reach>().cloned();
        ready(match (connections, reach) {
            (Some(connections), Some(reach)) => Ok(Self::new(connections.into_inner(), reach)),
            _ => Err(Problem::internal("the database was asked for before it was known for whom")),
        })
    }
}
