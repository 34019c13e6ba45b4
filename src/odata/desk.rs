//! What the addresses of a set are answered with: a page, a count or one entity. As in the feed, `304` where the caller has it
//! already, and the bytes that were kept where nothing was written since.

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use actix_web::web::{Bytes, Data};

use super::form::Form;
use super::handlers::root;
use super::key;
use super::model::{EntitySet, Source};
use super::options::Options;
use super::read::{Asked, PAGE};
use super::write::Writer;
use crate::access::readings::Reads;
use crate::bi::answer::FeedAnswer;
use crate::bi::feed::{Cells, measures_of};
use crate::bi::form::Form as FeedForm;
use crate::bi::fresh::{Freshness, Page, Pages};
use crate::bi::notices::{self, Headers};
use crate::bi::version::Versions;
use crate::db::Db;
use crate::db::replica::Written;
use crate::http::moment::PARAMETER as AS_OF;
use crate::http::problem::Problem;
use crate::http::version::Conditions;
use crate::limits::Limits;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Who asks a set, and what an answer is made with.
pub struct Desk {
    /// The set.
    pub set: &'static EntitySet,
    /// The database, as far as the caller reaches.
    pub db: Db,
    /// What the caller has already.
    pub conditions: Conditions,
    /// Asks for the version of the data.
    pub versions: Data<Versions>,
    /// What the caller reads is noted by this.
    pub reads: Reads,
    /// The request.
    pub request: HttpRequest,
}

impl Desk {
    /// A page.
    ///
    /// # Errors
    /// What is wrong with which option; `unavailable` when the database cannot be reached.
    pub async fn page(&self) -> Result<FeedAnswer, Problem> {
        let options = Options::of(self.request.query_string())?;
        let (rows, preferred) = page_rows(&self.request);
        let form = Form::of(&options, self.request.headers())?;
        let asked = Asked::read(&options, self.set, rows)?;
        let (root, select) = (root(&self.request), options.select(self.set)?);
        let writer = Writer { set: self.set, root: &root, form, select: select.as_deref() };
        let headers = [form.header()].into_iter().chain(preferred.map(|value| (PREFERENCE_APPLIED, value)));
        self.answer(&asked, headers.collect(), async |written| {
            let page = self.set.source.page(&self.db, written, &asked, &options).await?;
            let next = page.next.map(|query| format!("{root}/{}?{query}", self.set.name));
            Ok((writer.page(&page.rows, page.count, next.as_deref())?, self.measures(&page.rows)))
        })
        .await
    }

    /// How many entities the filter lets through, as text, whatever page of them is asked for (OData 4.0, part 1, section 11.2.9).
    ///
    /// # Errors
    /// As [`Desk::page`].
    pub async fn count(&self) -> Result<FeedAnswer, Problem> {
        let options = Options::of(self.request.query_string())?;
        options.only(&["$filter", "$format", "$orderby", "$skip", "$top", AS_OF], "`$count`")?;
        let asked = Asked::read(&options, self.set, PAGE)?;
        let text = (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        self.answer(&asked, vec![text], async |written| {
            let count = self.set.source.count(&self.db, written, &asked).await?;
            Ok((count.to_string().into_bytes(), Vec::new()))
        })
        .await
    }

    /// The entity with this key.
    ///
    /// # Errors
    /// As [`Desk::page`]; `not_found` where the caller reaches none with it.
    pub async fn entity(&self, key: &str) -> Result<FeedAnswer, Problem> {
        let options = Options::of(self.request.query_string())?;
        options.only(&["$select", "$format", AS_OF], "one entity")?;
        let form = Form::of(&options, self.request.headers())?;
        let asked = Asked::one(key::condition(self.set, key)?, self.set, options.moment()?)?;
        let (root, select) = (root(&self.request), options.select(self.set)?);
        let writer = Writer { set: self.set, root: &root, form, select: select.as_deref() };
        self.answer(&asked, vec![form.header()], async |written| {
            let found = self.set.source.page(&self.db, written, &asked, &options).await?;
            let missing = || Problem::not_found(format!("entity `{}({key})`", self.set.name));
            let bytes = writer.entity(found.rows.first().ok_or_else(missing)?)?;
            Ok((bytes, self.measures(&found.rows)))
        })
        .await
    }

    /// The measures whose figures are among these rows.
    fn measures(&self, rows: &[Cells]) -> Vec<String> {
        match self.set.source {
            Source::Feed => measures_of(rows).map(str::to_owned).collect(),
            Source::Dimension(_) => Vec::new(),
        }
    }

    /// What is told of retired measures beside figures.
    async fn notices(&self, asked: &Asked, fresh: &Freshness) -> Result<Headers, Problem> {
        match self.set.source {
            Source::Feed => {
                notices::of(&self.request, &self.db, &self.versions, fresh, &asked.moment, asked.filter()).await
            }
            Source::Dimension(_) => Ok(Headers::new()),
        }
    }

    /// An answer with these headers and the bytes that `write` makes. The headers tell all that the bytes depend on beside the
    /// address and the data: how much is told of types, and how many rows a page has.
    async fn answer(
        &self,
        asked: &Asked,
        headers: Headers,
        write: impl AsyncFnOnce(Option<Written>) -> Result<(Vec<u8>, Vec<String>), Problem>,
    ) -> Result<FeedAnswer, Problem> {
        let moment = &asked.moment;
        let told: Vec<&str> = headers.iter().filter_map(|(_, value)| value.to_str().ok()).collect();
        let told = told.join(" ");
        let mut fresh = Freshness::of(moment, &told, &self.db, &self.versions).await?;
        // No option of OData takes it.
        fresh.since = None;
        let varies = (VARY, HeaderValue::from_static("Accept, Authorization, Prefer"));
        let notices = self.notices(asked, &fresh).await?;
        let common = fresh.headers().into_iter().chain(moment.headers()).chain([varies]).chain(notices);
        let place = self.place(&told);
        let kept = place.as_ref().and_then(|(pages, key)| pages.find(key, fresh.version));
        if let Some(page) = &kept {
            self.reads.note(page.measures.iter().map(String::as_str));
        }
        if fresh.known(&self.conditions) {
            return Ok(FeedAnswer::unchanged().with(common));
        }
        let bytes = match kept {
            Some(page) => page.bytes,
            None => self.made(place, &fresh, write).await?,
        };
        Ok(FeedAnswer::whole(FeedForm::Json, bytes).with(common).with(headers))
    }

    /// Where an answer is kept, if it may be.
    fn place(&self, told: &str) -> Option<(&Data<Pages>, String)> {
        let pages = self.request.app_data::<Data<Pages>>()?;
        Some((pages, Pages::key(&format!("{} {told}", self.request.uri()), &self.db)?))
    }

    /// The bytes that `write` makes, which are kept in the place that they may have.
    async fn made(
        &self,
        place: Option<(&Data<Pages>, String)>,
        fresh: &Freshness,
        write: impl AsyncFnOnce(Option<Written>) -> Result<(Vec<u8>, Vec<String>), Problem>,
    ) -> Result<Bytes, Problem> {
        let _place = Limits::of(&self.request)?.page()?;
        let (bytes, measures) = write(fresh.written).await?;
        self.reads.note(measures.iter().map(String::as_str));
        let bytes = Bytes::from(bytes);
        if let Some((pages, key)) = place {
            pages.keep(key, fresh.version, Page { bytes: bytes.clone(), link: None, measures: measures.into() });
        }
        Ok(bytes)
    }
}

/// Rows in a page: as the caller prefers, but no more than there are at most.
fn page_rows(request: &HttpRequest) -> (usize, Option<HeaderValue>) {
    let preferred = request.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
    let asked = preferred.flat_map(|text| text.split([',', ';'])).find_map(|one| {
        let (name, rows) = one.split_once('=')?;
        let named = ["odata.maxpagesize", "maxpagesize"].contains(&name.trim().to_ascii_lowercase().as_str());
        rows.trim().parse::<usize>().ok().filter(|rows| named && *rows > 0)
    });
    let Some(rows) = asked.map(|rows| rows.min(PAGE)) else { return (PAGE, None) };
    (rows, HeaderValue::from_str(&format!("odata.maxpagesize={rows}")).ok())
}
