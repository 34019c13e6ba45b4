//! A content that is too large to be answered for at once: kept in parts as it arrives, so that no more of it than a part is ever in
//! memory, and worked afterwards.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::body::Import;
use super::incoming::Incoming;
use super::query::Options;
use super::store::{self, New};
use super::{at_once, contents, handlers, queue};
use crate::clock;
use crate::db::reach::Reach;
use crate::db::{Author, Db};
use crate::domain::import::{ImportState, RowCounts};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::retry::Retry;

/// Bytes of a part.
const PART: usize = 256 * 1024;

/// Keeps a content, and answers that it will be worked. The same content of the same caller, while that is in hand, is that one.
///
/// # Errors
/// `body_too_large`, `import_unreadable`; those of the database.
pub async fn accept(db: &Db, author: &Author, options: &Options, mut content: Incoming, retry: Retry) -> Answer {
    let new = New {
        author,
        options,
        form: content.form,
        charset: None,
        state: ImportState::Receiving,
        bytes: 0,
        hash: None,
        counts: RowCounts::default(),
        notes: Vec::new(),
        layout: None,
        effect: None,
        reach: reach(db.reach()),
    };
    let number = db.write(author, async |connection| store::begin(connection, &new).await).await?.number;
    let accepted = match receive(db, author, number, &mut content).await {
        Ok(()) => answer(db, author, options, number, &content, retry).await,
        Err(problem) => Err(problem),
    };
    let ours = format!("/api/v1/imports/{number}");
    let is_ours = |reply: &Reply| reply.headers.iter().any(|(_, value)| value.as_bytes() == ours.as_bytes());
    if !accepted.as_ref().is_ok_and(is_ours) {
        // Refused, or an answer that was given before: what has just been kept is nobody's.
        db.write(author, async |connection| queue::forget(connection, number).await).await?;
    }
    accepted
}

/// How far the caller reaches, as it is kept; null for everywhere.
fn reach(reach: &Reach) -> Option<Value> {
    match reach {
        Reach::Within(within) => {
            Some(json!({"frameworks": within.frameworks, "outcomes": within.outcomes, "measures": within.measures}))
        }
        Reach::Everywhere | Reach::Disclosed(_) => None,
    }
}

async fn receive(db: &Db, author: &Author, number: i64, content: &mut Incoming) -> Result<(), Problem> {
    let (mut first, mut part) = (0u64, Vec::with_capacity(PART));
    loop {
        let more = content.next().await?;
        let ends = more.is_none();
        part.extend(more.unwrap_or_default());
        while part.len() >= PART || (ends && !part.is_empty()) {
            let rest = part.split_off(part.len().min(PART));
            db.write(author, async |connection| contents::keep(connection, number, first, &part).await).await?;
            first += part.len() as u64;
            part = rest;
        }
        if ends {
            return Ok(());
        }
    }
}

async fn answer(db: &Db, author: &Author, options: &Options, number: i64, content: &Incoming, retry: Retry) -> Answer {
    let charset = content.charset()?;
    super::reading::Reading::new(content.form, charset, options.mapping.clone())?;
    let (bytes, hash) = (content.bytes(), content.hash());
    let notes = at_once::notes(content.form, charset);
    retry
        .write(db, author, async |connection| {
            let kept = match queue::same_in_hand(connection, number, &hash).await? {
                Some(other) => other,
                None => queue::received(connection, number, charset, bytes, &hash, &notes).await?,
            };
            let mut reply = Reply::json(&Import::of(kept.clone(), clock::now())?)?;
            reply.status = StatusCode::ACCEPTED;
            handlers::located(reply, kept.number)
        })
        .await
}
