//! The progress of an import as server-sent events: one whenever it went on, and a last one when it is over.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_ENCODING, ContentEncoding};
use actix_web::web::Bytes;
use chrono::{DateTime, Utc};

use super::body::{Import, Kept};
use super::store;
use crate::audit::waiting::Follower;
use crate::clock;
use crate::db::{Author, Db};
use crate::http::problem::Problem;

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// Looks without news after which a comment is sent, so that nobody between takes the connection for dead.
const SILENCE: u32 = 30;

/// What was told last.
struct Told {
    kept: Option<Kept>,
    updated_at: Option<DateTime<Utc>>,
    silent: u32,
    follower: Follower,
}

/// The events of an import, until it is over or the service stops; then the client asks again.
pub fn answer(db: Db, author: Author, kept: Kept, follower: Follower) -> HttpResponse {
    let number = kept.number;
    let begin = Told { kept: Some(kept), updated_at: None, silent: 0, follower };
    let events = futures_util::stream::try_unfold(Some(begin), move |told| {
        let (db, author) = (db.clone(), author.clone());
        async move {
            let Some(mut told) = told else { return Ok::<_, Problem>(None) };
            loop {
                let now = match told.kept.take() {
                    Some(kept) => Some(kept),
                    None => {
                        if !told.follower.pauses(PAUSE).await {
                            return Ok(None);
                        }
                        db.write(&author, async |connection| store::find(connection, number).await).await?
                    }
                };
                // Deleted meanwhile: there is nothing more to tell.
                let Some(now) = now else { return Ok(None) };
                let import = Import::of(now, clock::now())?;
                if told.updated_at != Some(import.updated_at) || import.state.is_over() {
                    let (event, over) = if import.state.is_over() { ("end", true) } else { ("progress", false) };
                    let data = serde_json::to_string(&import).map_err(Problem::internal)?;
                    let text = format!("event: {event}\ndata: {data}\n\n");
                    let updated_at = Some(import.updated_at);
                    let next = (!over).then_some(Told { kept: None, updated_at, silent: 0, ..told });
                    return Ok(Some((Bytes::from(text), next)));
                }
                told.silent += 1;
                if told.silent > SILENCE {
                    return Ok(Some((Bytes::from_static(b": waiting\n\n"), Some(Told { silent: 0, ..told }))));
                }
            }
        }
    });
    // Not packed: an event is to arrive when it happens.
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CONTENT_ENCODING, ContentEncoding::Identity.as_str()))
        .streaming(events)
}
