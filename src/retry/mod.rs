//! Safe repetition of `POST`: the first answer is stored in the transaction of its effect and replayed for 24 hours.

pub mod store;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use diesel_async::AsyncPgConnection;
use sha2::{Digest, Sha256};

use crate::db::{Author, Db};
use crate::http::body::BodyHash;
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
}

impl FromRequest for Retry {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_key(request).map(|key| Self { key, request: request.clone() }))
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
        db.write(author, async |connection| {
            if !store::claim(connection, &author.actor, key).await? {
                return Err(Problem::new(
                    problems::REQUEST_IN_FLIGHT,
                    "The first request with this Idempotency-Key is still being answered.",
                ));
            }
            if let Some(stored) = store::find(connection, &author.actor, key).await? {
                return replay(stored, &hash);
            }
            let reply = work(connection).await?;
            store::keep(connection, &author.actor, key, &hash, &reply).await?;
            Ok(reply)
        })
        .await
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

fn replay(stored: store::Stored, hash: &[u8; 32]) -> Answer {
    if stored.request_hash != hash {
        let detail = "This Idempotency-Key came first with another method, address or body.";
        return Err(Problem::new(problems::IDEMPOTENCY_KEY_REUSED, detail));
    }
    let reply: Reply = stored.try_into()?;
    Ok(reply.with((REPLAYED, HeaderValue::from_static("true"))))
}
