//! `/api/v1/observations`.

use actix_web::http::header::{HeaderValue, LINK};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, get};
use futures_util::StreamExt;

use super::answer::{FeedAnswer, Rows};
use super::ask::Ask;
use super::changed::{Key, Touched, key_of};
use super::document::{ObservationAnswer, ObservationQuery};
use super::feed::{Cells, Feed, measures_of};
use super::form::Form;
use super::forms::{self, Told};
use super::fresh::{Freshness, Page, Pages};
use super::notices;
use super::version::Versions;
use crate::access::caller::Caller;
use crate::access::readings::Reads;
use crate::access::scope::Read;
use crate::clock;
use crate::db::reach::Reach;
use crate::db::{Connections, Db};
use crate::http::page;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::version::Conditions;
use crate::limits::Limits;

/// What a feed is answered with, beside the caller's database.
struct Desk<'a> {
    request: &'a HttpRequest,
    caller: Caller<Read>,
    ask: Ask,
    db: Db,
    fresh: Freshness,
    reads: Reads,
}

/// Pull the flat feed
///
/// One wide row for each measure and quarter that has an approved or published figure, and one for each part of a figure that is
/// broken down (`dimension` and `category`; both are `total` for the whole). Colour, direction and distance are those of the
/// scorecard. JSON comes in pages; every other form gives all rows, streamed from one moment of the database. Filter by any
/// column (`measure=EDU-01,EDU-02`), compare with `_lt`, `_le`, `_gt`, `_ge` at a column's end (`value_ge=50`).
#[utoipa::path(
    tag = "feed", operation_id = "list_observations", security(("api_key" = ["read"])),
    params(ObservationQuery),
    responses(
        (status = 200, description = "The rows", content(
            (ObservationAnswer = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
            (String = "application/vnd.apache.parquet"), (serde_json::Value = "application/csvm+json")
        ))
    )
)]
#[get("/observations")]
pub async fn observations(
    caller: Caller<Read>,
    db: Db,
    conditions: Conditions,
    versions: Data<Versions>,
    request: HttpRequest,
) -> Result<FeedAnswer, Problem> {
    let ask = Ask::read(&request)?;
    let fresh = Freshness::of(&ask.moment, ask.form.as_ref(), &db, &versions).await?;
    let notices = notices::of(&request, &db, &versions, &fresh, &ask.moment, &ask.filter).await?;
    let headers: Vec<_> = fresh.headers().into_iter().chain(ask.moment.headers()).chain(notices).collect();
    let known = fresh.known(&conditions);
    let reads = Reads::of(caller.holder(), &request);
    let desk = Desk { request: &request, caller, ask, db, fresh, reads };
    if known {
        // Where the page is in memory it is known of which measures the caller makes use once more.
        desk.kept();
        return Ok(FeedAnswer::unchanged().with(headers));
    }
    Ok(desk.answer().await?.with(headers))
}

impl Desk<'_> {
    async fn answer(&self) -> Result<FeedAnswer, Problem> {
        match self.ask.form {
            Form::Json if self.ask.since.is_some() => self.changed().await,
            Form::Json => self.page().await,
            Form::EesMeta => Ok(FeedAnswer::whole(Form::EesMeta, forms::ees::meta()?.into())),
            Form::Csvw => {
                let address = page::address(self.request, &[("format", "csv")], &["cursor"]);
                let told = serde_json::to_vec(&forms::csvw::description(&address)).map_err(Problem::internal)?;
                Ok(FeedAnswer::whole(Form::Csvw, told.into()))
            }
            _ => self.streamed().await,
        }
    }

    async fn feed(&self) -> Result<Feed, Problem> {
        let as_of = self.ask.moment.as_of();
        Ok(Feed::new(self.db.snapshot(as_of, self.fresh.written).await?, clock::day_of(as_of)))
    }

    async fn streamed(&self) -> Result<FeedAnswer, Problem> {
        let place = Limits::of(self.request)?.export(self.caller.name())?;
        let choice = self.ask.choice(self.ask.limit);
        let few = choice.limit.is_some_and(|limit| limit <= usize::from(page::GREATEST_LIMIT));
        if !choice.order.is_stored() && !few {
            let detail = "`sort` by what a rule decides needs all rows before the first: say a `limit` of at most 1000, or sort them yourself.";
            return Err(Problem::new(problems::INVALID_PARAMETER, detail));
        }
        let feed = self.feed().await?;
        let writer = forms::writer(&self.ask, &feed, &choice).await?;
        let rows: Rows = if choice.order.is_stored() {
            Box::pin(feed.stream(choice))
        } else {
            let rows = feed.page(&choice).await?;
            feed.end().await;
            Box::pin(futures_util::stream::once(async { Ok(rows) }))
        };
        // The place is left when the last row is written, or nobody waits for it any more.
        let reads = self.reads.clone();
        let rows = rows.map(move |rows| {
            let _held = &place;
            if let Ok(rows) = &rows {
                reads.note(measures_of(rows));
            }
            rows
        });
        FeedAnswer::streamed(self.ask.form, writer, Box::pin(rows)).await
    }

    /// Where the page is kept, if it may be.
    fn place(&self) -> Option<(&Data<Pages>, String)> {
        let pages = self.request.app_data::<Data<Pages>>().filter(|_| self.ask.form == Form::Json)?;
        Some((pages, Pages::key(&self.request.uri().to_string(), &self.db)?))
    }

    /// The page that was kept and is still right, which the caller reads now.
    fn kept(&self) -> Option<Page> {
        let (pages, key) = self.place()?;
        let kept = pages.find(&key, self.fresh.version)?;
        self.reads.note(kept.measures.iter().map(String::as_str));
        Some(kept)
    }

    /// A page, from memory where nothing was written since it was read.
    async fn page(&self) -> Result<FeedAnswer, Problem> {
        if let Some(kept) = self.kept() {
            return Ok(whole(kept.bytes, kept.link));
        }
        let _place = Limits::of(self.request)?.page()?;
        let feed = self.feed().await?;
        let limit = self.ask.page_rows();
        let rows = feed.page(&self.ask.choice(Some(limit + 1))).await?;
        let total = if self.ask.count { Some(feed.count(&self.ask.filter).await?) } else { None };
        feed.end().await;
        let (rows, next) = self.cut(rows, None)?;
        let told = Told { next: next.as_deref(), total, changed_since: self.fresh.since.as_deref(), removed: None };
        let measures: Vec<String> = measures_of(&rows).map(str::to_owned).collect();
        self.reads.note(measures.iter().map(String::as_str));
        let (bytes, link) = (forms::page(&rows, &told)?.into(), page::link(next.as_deref()));
        let kept = Page { bytes, link, measures: measures.into() };
        if let Some((pages, key)) = self.place() {
            pages.keep(key, self.fresh.version, kept.clone());
        }
        Ok(whole(kept.bytes, kept.link))
    }

    /// What changed, with the keys of what is gone: rows that the filter no longer lets through among them.
    async fn changed(&self) -> Result<FeedAnswer, Problem> {
        if matches!(self.db.reach(), Reach::Disclosed(_)) {
            let detail = "What changed since then is told to those who work with the figures; compare the `ETag`.";
            return Err(Problem::new(problems::FORBIDDEN, detail));
        }
        let connections = self.request.app_data::<Data<Connections>>();
        let connections = connections.ok_or_else(|| Problem::internal("no database"))?;
        let Some(since) = self.ask.since else { return self.page().await };
        let _place = Limits::of(self.request)?.page()?;
        let touched = Touched::after(connections, since).await?;
        let feed = self.feed().await?;
        let limit = self.ask.page_rows();
        let mut choice = self.ask.choice(Some(limit + 1));
        let after = self.ask.place.as_ref().map(|place| self.ask.order.after(place));
        choice.filter = after.into_iter().fold(touched.filter(), crate::bi::filter::Filter::and);
        choice.usual = false;
        let rows = feed.page(&choice).await?;
        let gone = if self.ask.place.is_none() { touched.gone(&feed).await? } else { Default::default() };
        feed.end().await;
        // The first page says from where to ask the next time: what is written while pages are read is told again then.
        let since_then = self.ask.since_then.as_deref().or(self.fresh.since.as_deref());
        let (rows, next) = self.cut(rows, since_then)?;
        let (rows, others): (Vec<Cells>, Vec<Cells>) = rows.into_iter().partition(|row| self.ask.filter.holds(row));
        self.reads.note(measures_of(&rows));
        let removed: Vec<Key> = gone.into_iter().chain(others.iter().map(|row| key_of(row))).collect();
        let told = Told { next: next.as_deref(), total: None, changed_since: since_then, removed: Some(&removed) };
        Ok(whole(forms::page(&rows, &told)?.into(), page::link(next.as_deref())))
    }

    /// The rows of the page, and the address of the next one.
    fn cut(&self, mut rows: Vec<Cells>, since_then: Option<&str>) -> Result<(Vec<Cells>, Option<String>), Problem> {
        let limit = self.ask.page_rows();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let cursor = rows.last().filter(|_| more).map(|last| self.ask.cursor_after(last, since_then)).transpose()?;
        Ok((rows, cursor.map(|cursor| page::next_address(self.request, &cursor))))
    }
}

fn whole(bytes: Bytes, link: Option<HeaderValue>) -> FeedAnswer {
    FeedAnswer::whole(Form::Json, bytes).with(link.map(|link| (LINK, link)))
}
