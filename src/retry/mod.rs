//! Safe repetition of `POST`: the first answer is stored in the transaction of its effect and replayed for 24 hours.

pub mod seal;
pub mod store;

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use diesel_async::AsyncPgConnection;
use sha2::{Digest, Sha256};

use self::seal::Seal;
use self::store::Stored;
use crate::db::{Author, Db};
use crate::http::body::{self, BodyHash};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};

/// Header by which a caller names its request.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Most characters of such a name.
pub const LONGEST_KEY: usize = 255;
/// Header that marks a replayed answer.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A request that may be repeated.
#[derive(Debug)]
pub struct Retry {
    key: Option<String>,
    request: HttpRequest,
    shows_a_secret: bool,
}

impl FromRequest for Retry {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    /// Of an action that takes no body, what came as one is read all the same where a key names the request: the key stands for all of
    /// it. Handlers name their body before this, so that here none is left of those who take one.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let key = read_key(&request);
        let left = if matches!(key, Ok(Some(_))) { payload.take() } else { Payload::None };
        Box::pin(async move {
            let key = key?;
            if !matches!(left, Payload::None) {
                body::hash(&request, left).await?;
            }
            Ok(Self { key, request, shows_a_secret: false })
        })
    }
}

fn read_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let wrong = || {
        Problem::new(
            problems::INVALID_HEADER,
            format!("`Idempotency-Key` must be 1 to {LONGEST_KEY} printable ASCII characters, such as a UUID."),
        )
    };
    let key = value.to_str().map_err(|_| wrong())?.trim();
    if (1..=LONGEST_KEY).contains(&key.len()) { Ok(Some(key.to_owned())) } else { Err(wrong()) }
}

impl Retry {
    /// The same for an answer that shows a secret: it is kept encrypted, and only who has the credential of the request can open it.
    #[must_use]
    pub fn sealed(self) -> Self {
        Self { shows_a_secret: true, ..self }
    }

    /// Runs `work` in one transaction and stores its answer beside its effect; a repeated request gets that answer.
    ///
    /// # Errors
    /// Those of `work`, which are not stored; `idempotency_key_reused` and `request_in_flight`.
    pub async fn write<W>(self, db: &Db, author: &Author, work: W) -> Answer
    where
        W: AsyncFnOnce(&mut AsyncPgConnection) -> Answer,
    {
        let Some(key) = &self.key else {
            return db.write(author, work).await;
        };
        let hash = self.hash();
        let seal = self.seal(author, key, &hash)?;
        db.write(author, async |connection| {
            if !store::claim(connection, &author.actor, key).await? {
                return Err(Problem::new(
                    problems::REQUEST_IN_FLIGHT,
                    "The first request with this Idempotency-Key is still being answered.",
                ));
            }
            if let Some(stored) = store::find(connection, &author.actor, key).await? {
                return replay(stored, &hash, seal.as_ref());
            }
            let reply = work(connection).await?;
            store::keep(connection, &author.actor, key, &hash, &reply, seal.as_ref()).await?;
            Ok(reply)
        })
        .await
    }

    /// What an answer that shows a secret is closed and opened by.
    fn seal(&self, author: &Author, key: &str, hash: &[u8; 32]) -> Result<Option<Seal>, Problem> {
        if !self.shows_a_secret {
            return Ok(None);
        }
        let seal = Seal::of(self.request.headers(), &author.actor, key, hash)?;
        seal.map(Some).ok_or_else(|| Problem::internal("a secret was to be shown to a caller without a credential"))
    }

    /// Method, address and body: all that makes the request this request.
    fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(self.request.method().as_str());
        hasher.update([0]);
        hasher.update(self.request.uri().to_string());
        hasher.update([0]);
        if let Some(body) = self.request.extensions().get::<BodyHash>() {
            hasher.update(body.0);
        }
        hasher.finalize().into()
    }
}

fn replay(mut stored: Stored, hash: &[u8; 32], seal: Option<&Seal>) -> Answer {
    if stored.request_hash != hash {
        let detail = "This Idempotency-Key came first with another method, address or body.";
        return Err(Problem::new(problems::IDEMPOTENCY_KEY_REUSED, detail));
    }
    if stored.sealed {
        let opened = seal.and_then(|seal| seal.open(&stored.body));
        stored.body = opened.ok_or_else(|| {
            let detail = "This Idempotency-Key came first with another credential of the same caller. The answer showed a secret, and is \
                          told again to that credential alone.";
            Problem::new(problems::IDEMPOTENCY_KEY_REUSED, detail)
        })?;
    }
    let reply: Reply = stored.try_into()?;
    Ok(reply.with((REPLAYED, HeaderValue::from_static("true"))))
}
