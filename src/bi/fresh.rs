//! What tells a caller whether anything is new: `ETag`, `Last-Modified`, `304`; and pages kept in memory for as long as nothing is.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderName, HeaderValue, LAST_MODIFIED, VARY};
use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::audit::cursor;
use crate::bi::catalogue::COLUMNS;
use crate::bi::shown;
use crate::bi::version::{DataVersion, Look, Versions};
use crate::db::reach::Reach;
use crate::db::replica::Written;
use crate::db::{Db, DbError};
use crate::domain::rag::RULE_SET_VERSION;
use crate::http::date;
use crate::http::moment::Moment;
use crate::http::version::Conditions;

/// Bytes of pages that are kept in memory by all workers together.
const KEPT: usize = 32 * 1024 * 1024;

/// Header with the text by which what changes from now on can be asked for.
pub const CHANGED_SINCE: HeaderName = HeaderName::from_static("changed-since");

/// How fresh an answer is.
#[derive(Clone, Debug)]
pub struct Freshness {
    /// The version of what is shown, as an entity tag; weak, because packed answers have it too.
    pub tag: String,
    /// The version of all data, by which pages are kept: unlike a tag of what is shown it never comes back.
    pub version: DataVersion,
    /// How far the database had written by then, if there is a standby.
    pub written: Option<Written>,
    /// What is told as its date, to the second.
    pub modified: Option<DateTime<Utc>>,
    /// Whether nothing else has that date, so that it can be asked by.
    dated: bool,
    /// By what what changes from now on can be asked for; none for what was known in the past, and for members and the public.
    pub since: Option<String>,
}

impl Freshness {
    /// How fresh an answer in this form is, if it is read from now on.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn of(moment: &Moment, form: &str, db: &Db, versions: &Versions) -> Result<Self, DbError> {
        let Look { version, modified } = versions.now().await?;
        let written = versions.written(version);
        let now = moment.as_of().is_none();
        if let Reach::Disclosed(eyes) = db.reach() {
            // Of what is shown alone: no write to anything else may be seen by it.
            let shown = shown::version(db, versions, version, *eyes).await?;
            // Rows that are shown again after they were hidden have their old dates again: nothing is told by these.
            let modified = shown.changed_at.filter(|_| now);
            let tag = tag(form, db.reach(), &shown.text);
            return Ok(Self { tag, version, written, modified, dated: false, since: None });
        }
        // Also what was known in the past changes: less of it may be shown, and names are erased from it.
        // A date does not tell how far its caller reached: who reaches farther now, or by another key, must not be told it is the same.
        let modified = modified.filter(|_| now && *db.reach() == Reach::Everywhere);
        let since = now.then(|| cursor::write(version.place()));
        Ok(Self { tag: tag(form, db.reach(), &version.text()), version, written, modified, dated: true, since })
    }

    /// Whether the caller has this already.
    pub fn known(&self, conditions: &Conditions) -> bool {
        conditions.knows(&self.tag) || conditions.known_by_date(self.modified.filter(|_| self.dated))
    }

    /// The headers that say so. Answers may be kept by the caller alone, and are asked about before they are used again.
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let texts = [(ETAG, Some(self.tag.clone())), (CHANGED_SINCE, self.since.clone())];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, HeaderValue::from_str(&text?).ok()?)));
        let fixed = [(CACHE_CONTROL, "private, no-cache"), (VARY, "Accept, Authorization")];
        let modified = self.modified.map(|at| (LAST_MODIFIED, date::header(at)));
        texts.chain(modified).chain(fixed.map(|(name, text)| (name, HeaderValue::from_static(text)))).collect()
    }
}

/// Of a version of the data, who is answered, the form and the program: another program may tell more of the same data.
fn tag(form: &str, reach: &Reach, version: &str) -> String {
    let program = env!("CARGO_PKG_VERSION");
    let all = format!("{version} {reach:?} {form} {program} {RULE_SET_VERSION} {}", COLUMNS.len());
    let digest = Sha256::digest(all.as_bytes());
    let mut text = String::from("W/\"");
    for byte in &digest[..12] {
        // To a text it cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    text
}

/// A page in memory.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its body.
    pub bytes: Bytes,
    /// Its `Link` header.
    pub link: Option<HeaderValue>,
    /// The measures that it tells of.
    pub measures: Arc<[String]>,
}

/// Pages in memory, by what was asked, of whoever reaches as far.
#[derive(Default)]
pub struct Pages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    pages: HashMap<String, (DataVersion, Page)>,
    bytes: usize,
}

impl Pages {
    /// By what a page is kept: all that it depends on. None for one that is not, because what limited callers see is their own.
    pub fn key(asked: &str, db: &Db) -> Option<String> {
        let eyes = match db.reach() {
            Reach::Everywhere => "all",
            Reach::Disclosed(eyes) => eyes.word(),
            Reach::Within(_) => return None,
        };
        Some(format!("{eyes} {asked}"))
    }

    /// The page that was kept, if it is of this very version.
    pub fn find(&self, key: &str, version: DataVersion) -> Option<Page> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pages.get(key).filter(|(of, _)| *of == version).map(|(_, page)| page.clone())
    }

    /// Keeps a page. When there is no more room everything goes: what is asked again soon is there again soon.
    pub fn keep(&self, key: String, version: DataVersion, page: Page) {
        let beside = key.len() + 1024;
        let size = beside + page.bytes.len();
        if size > KEPT / 8 {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + size > KEPT {
            *kept = Kept::default();
        }
        kept.bytes += size;
        if let Some((_, old)) = kept.pages.insert(key, (version, page)) {
            kept.bytes = kept.bytes.saturating_sub(beside + old.bytes.len());
        }
    }
}
