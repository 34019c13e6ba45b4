//! What the addresses of a set are answered with: a page, a count or one entity. As in the feed, `304` where the caller has it
//! already, and the bytes that were kept where nothing was written since.

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use actix_web::web::{Bytes, Data};

use super::form::Form;
use super::handlers::root;
use super::key;
use super::model::EntitySet;
use super::options::Options;
use super::read::{Asked, PAGE};
use super::write::Writer;
use crate::bi::answer::FeedAnswer;
use crate::bi::form::Form as FeedForm;
use crate::bi::fresh::{Freshness, Page, Pages};
use crate::bi::version::Versions;
use crate::db::Db;
use crate::db::replica::Written;
use crate::http::moment::{Moment, PARAMETER as AS_OF};
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
        self.answer(&asked.moment, headers.collect(), async |written| {
            let page = self.set.source.page(&self.db, written, &asked, &options).await?;
            let next = page.next.map(|query| format!("{root}/{}?{query}", self.set.name));
            writer.page(&page.rows, page.count, next.as_deref())
        })
        .await
    }

    /// How many entities the filter lets through, as text.
    ///
    /// # Errors
    /// As [`Desk::page`].
    pub async fn count(&self) -> Result<FeedAnswer, Problem> {
        let options = Options::of(self.request.query_string())?;
        options.only(&["$filter", "$format", AS_OF], "`$count`")?;
        let asked = Asked::read(&options, self.set, PAGE)?;
        let text = (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        self.answer(&asked.moment, vec![text], async |written| {
            Ok(self.set.source.count(&self.db, written, &asked).await?.to_string().into_bytes())
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
        self.answer(&asked.moment, vec![form.header()], async |written| {
            let found = self.set.source.page(&self.db, written, &asked, &options).await?;
            let missing = || Problem::not_found(format!("entity `{}({key})`", self.set.name));
            writer.entity(found.rows.first().ok_or_else(missing)?)
        })
        .await
    }

    /// An answer with these headers and the bytes that `write` makes. The headers tell all that the bytes depend on beside the
    /// address and the data: how much is told of types, and how many rows a page has.
    async fn answer(
        &self,
        moment: &Moment,
        headers: Vec<(HeaderName, HeaderValue)>,
        write: impl AsyncFnOnce(Option<Written>) -> Result<Vec<u8>, Problem>,
    ) -> Result<FeedAnswer, Problem> {
        let told: Vec<&str> = headers.iter().filter_map(|(_, value)| value.to_str().ok()).collect();
        let told = told.join(" ");
        let fresh = Freshness::of(moment, &told, &self.db, &self.versions).await?;
        // No option of OData takes it.
        let fresh = Freshness { since: None, ..fresh };
        let varies = (VARY, HeaderValue::from_static("Accept, Authorization, Prefer"));
        let common = fresh.headers().into_iter().chain(moment.headers()).chain([varies]);
        if self.conditions.knows(&fresh.tag) {
            return Ok(FeedAnswer::unchanged().with(common));
        }
        let bytes = self.kept(&format!("{} {told}", self.request.uri()), &fresh, write).await?;
        Ok(FeedAnswer::whole(FeedForm::Json, bytes).with(common).with(headers))
    }

    /// The bytes that were kept of this version; else those that `write` makes.
    async fn kept(
        &self,
        asked: &str,
        fresh: &Freshness,
        write: impl AsyncFnOnce(Option<Written>) -> Result<Vec<u8>, Problem>,
    ) -> Result<Bytes, Problem> {
        let pages = self.request.app_data::<Data<Pages>>();
        let key = pages.and_then(|pages| Some((pages, Pages::key(asked, &self.db)?)));
        if let Some(page) = key.as_ref().and_then(|(pages, key)| pages.find(key, fresh.version)) {
            return Ok(page.bytes);
        }
        let _place = Limits::of(&self.request)?.page()?;
        let bytes = Bytes::from(write(fresh.written).await?);
        if let Some((pages, key)) = key {
            pages.keep(key, fresh.version, Page { bytes: bytes.clone(), link: None });
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
