//! Reading what is asked of a set: a page, a count, or one entity. The feed is read by its own statement; a dimension is small,
//! and is read whole.

use super::model::{EntitySet, Source};
use super::options::Options;
use super::sort::Sort;
use crate::bi::cell::Cell;
use crate::bi::dimensions::Dimension;
use crate::bi::feed::{Cells, Feed};
use crate::bi::filter::Filter;
use crate::bi::order::Order;
use crate::bi::store::Choice;
use crate::clock;
use crate::db::Db;
use crate::db::replica::Written;
use crate::http::moment::Moment;
use crate::http::problem::Problem;
use crate::http::problems;

/// Rows in a page at most. Clients preview with `$top=1000`, or page by `$top=500` and take a shorter page for the last.
pub const PAGE: usize = 1000;

/// Rows that can be passed over at most where the order is by what a rule decides: all before them are held then.
const FARTHEST: usize = 10_000;

/// What is asked of a set.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As at which instant.
    pub moment: Moment,
    filter: Filter,
    sort: Sort,
    top: Option<usize>,
    skip: usize,
    place: Option<Vec<Cell>>,
    counts: bool,
    page: usize,
}

/// A page: its rows, how many there are in all, and where it goes on.
#[derive(Debug, Default)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Cells>,
    /// How many rows the filter lets through, if that was asked for.
    pub count: Option<usize>,
    /// The options with which it goes on.
    pub next: Option<String>,
}

impl Asked {
    /// Reads the options; `page` is how many rows a page has at most.
    ///
    /// # Errors
    /// What is wrong with which option.
    pub fn read(options: &Options, set: &'static EntitySet, page: usize) -> Result<Self, Problem> {
        let sort = Sort::read(options.get("$orderby").unwrap_or_default(), set)?;
        Ok(Self {
            moment: options.moment()?,
            filter: options.filter(set)?,
            place: options.get("$skiptoken").map(|token| sort.place(token)).transpose()?,
            top: options.rows("$top")?,
            skip: options.rows("$skip")?.unwrap_or_default(),
            counts: options.flag("$count")?,
            sort,
            page,
        })
    }

    /// The entity that a condition names.
    pub fn one(filter: Filter, set: &'static EntitySet, moment: Moment) -> Result<Self, Problem> {
        let sort = Sort::read("", set)?;
        Ok(Self { moment, filter, sort, top: Some(1), skip: 0, place: None, counts: false, page: 1 })
    }

    /// Which rows.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Rows of this page.
    fn wanted(&self) -> usize {
        self.top.map_or(self.page, |top| top.min(self.page))
    }

    /// Whether more rows may follow the page.
    fn goes_on(&self) -> bool {
        self.top.is_none_or(|top| top > self.page)
    }

    /// Rows to read: one more than the page, where it can go on.
    fn limit(&self) -> usize {
        self.wanted() + usize::from(self.goes_on())
    }

    fn finish(&self, mut rows: Vec<Cells>, count: Option<usize>, options: &Options) -> Result<Page, Problem> {
        let more = rows.len() > self.wanted();
        rows.truncate(self.wanted());
        let next = match rows.last() {
            Some(last) if more => {
                let mut put_in = vec![("$skiptoken", self.sort.token_after(last)?)];
                put_in.extend(self.top.map(|top| ("$top", (top - rows.len()).to_string())));
                Some(options.with(&["$skip", "$skiptoken", "$top", "$count"], &put_in))
            }
            _ => None,
        };
        Ok(Page { rows, count, next })
    }
}

impl Source {
    /// A page of what is asked, of a database that had written so far.
    ///
    /// # Errors
    /// `unavailable` when the database cannot be reached.
    pub async fn page(
        self,
        db: &Db,
        written: Option<Written>,
        asked: &Asked,
        options: &Options,
    ) -> Result<Page, Problem> {
        match self {
            Self::Feed => {
                let order = order(asked)?;
                of_feed(feed(db, written, asked).await?, order, asked, options).await
            }
            Self::Dimension(dimension) => {
                let mut rows = self.all(dimension, db, asked).await?;
                let count = asked.counts.then_some(rows.len());
                rows.retain(|row| asked.place.as_ref().is_none_or(|place| asked.sort.is_after(row, place)));
                rows.sort_by(|one, other| asked.sort.compare(one, other));
                asked.finish(rows.into_iter().skip(asked.skip).take(asked.limit()).collect(), count, options)
            }
        }
    }

    /// How many rows the filter lets through.
    ///
    /// # Errors
    /// As [`Source::page`].
    pub async fn count(self, db: &Db, written: Option<Written>, asked: &Asked) -> Result<usize, Problem> {
        match self {
            Self::Feed => {
                let feed = feed(db, written, asked).await?;
                let count = feed.count(&asked.filter).await?;
                feed.end().await;
                Ok(count)
            }
            Self::Dimension(dimension) => Ok(self.all(dimension, db, asked).await?.len()),
        }
    }

    async fn all(self, dimension: &'static Dimension, db: &Db, asked: &Asked) -> Result<Vec<Cells>, Problem> {
        let connection = db.reading(asked.moment.as_of()).await?;
        let mut rows = dimension.rows(&connection).await?;
        rows.retain(|row| asked.filter.holds(row));
        Ok(rows)
    }
}

async fn feed(db: &Db, written: Option<Written>, asked: &Asked) -> Result<Feed, Problem> {
    let as_of = asked.moment.as_of();
    Ok(Feed::new(db.snapshot(as_of, written).await?, clock::day_of(as_of)))
}

/// The order that is asked for, in which it must be possible to skip as many rows.
fn order(asked: &Asked) -> Result<Order, Problem> {
    let order = asked.sort.order();
    if asked.skip > FARTHEST && !order.is_stored() {
        let told =
            format!("`$skip` goes to {FARTHEST} where `$orderby` names what a rule decides: follow `@odata.nextLink`.");
        return Err(Problem::new(problems::INVALID_PARAMETER, told));
    }
    Ok(order)
}

async fn of_feed(feed: Feed, order: Order, asked: &Asked, options: &Options) -> Result<Page, Problem> {
    let count = if asked.counts { Some(feed.count(&asked.filter).await?) } else { None };
    let after = asked.place.as_ref().map(|place| order.after(place));
    let filter = after.into_iter().fold(asked.filter.clone(), Filter::and);
    let choice = Choice { filter, order, limit: Some(asked.limit()), offset: asked.skip, usual: false };
    let rows = if asked.limit() > 0 { feed.page(&choice).await? } else { Vec::new() };
    feed.end().await;
    asked.finish(rows, count, options)
}
