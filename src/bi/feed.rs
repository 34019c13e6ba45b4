//! The feed's rows: a page, a count, or all of them block by block; every statement of an answer sees one moment.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::Stream;
use tokio::sync::mpsc;

use crate::bi::catalogue;
use crate::bi::cell::Cell;
use crate::bi::facts::Facts;
use crate::bi::filter::Filter;
use crate::bi::forms::ees::Council;
use crate::bi::store::{Choice, FeedRow, Fetch, Statement};
use crate::db::DbError;
use crate::db::schema::{areas, comparator_groups, measures};
use crate::db::snapshot::Snapshot;
use crate::reports::comparators::target::Benchmarks;

/// The values of one row, in the order of the catalogue.
pub type Cells = Vec<Cell>;

/// The measures that rows are of, each once where its rows stand together.
pub fn measures_of(rows: &[Cells]) -> impl Iterator<Item = &str> {
    let [measure, ..] = catalogue::key();
    let mut last = None;
    rows.iter().filter_map(move |row| match &row[measure.0] {
        Cell::Text(code) if last != Some(code) => {
            last = Some(code);
            Some(code.as_str())
        }
        _ => None,
    })
}

/// Blocks that wait to be written while the next are read.
const AHEAD: usize = 2;

/// One moment of the feed.
pub struct Feed {
    snapshot: Snapshot,
    today: NaiveDate,
}

/// Rows as they were read, with what they are judged by.
struct Block {
    rows: Vec<FeedRow>,
    benchmarks: Benchmarks,
}

impl Block {
    async fn of(connection: &AsyncPgConnection, rows: Vec<FeedRow>) -> Result<Self, DbError> {
        let needed: HashSet<_> = rows.iter().filter_map(FeedRow::needs).collect();
        Ok(Self { benchmarks: Benchmarks::load(connection, needed).await?, rows })
    }

    /// The rows that the filter lets through, judged.
    fn cells(self, today: NaiveDate, filter: &Filter) -> Vec<Cells> {
        let Self { rows, benchmarks } = self;
        let judged = rows.into_iter().filter_map(|row| Facts::of(row, today, &benchmarks));
        judged.map(|facts| facts.cells()).filter(|cells| filter.holds(cells)).collect()
    }
}

impl Feed {
    /// The feed at the snapshot's moment; `today` is the day in London.
    pub const fn new(snapshot: Snapshot, today: NaiveDate) -> Self {
        Self { snapshot, today }
    }

    /// Gives the connection back.
    pub async fn end(self) {
        self.snapshot.end().await;
    }

    /// The rows of a choice that has a limit.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn page(&self, choice: &Choice) -> Result<Vec<Cells>, DbError> {
        if !choice.is_stored() {
            return self.walk(choice).await;
        }
        let mut connection: &AsyncPgConnection = &self.snapshot;
        let rows: Vec<FeedRow> = Statement::rows(choice.clone()).load(&mut connection).await?;
        Ok(Block::of(connection, rows).await?.cells(self.today, &Filter::EVERYTHING))
    }

    /// How many rows the filter lets through.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn count(&self, filter: &Filter) -> Result<usize, DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        if filter.is_stored() {
            let counted: i64 = Statement::count(filter.clone()).get_result(&mut connection).await?;
            return Ok(usize::try_from(counted).unwrap_or_default());
        }
        let mut counted = 0;
        self.each(&Choice::all(filter.clone()), |rows| counted += rows.len()).await?;
        Ok(counted)
    }

    /// Shows every row of a choice, block by block.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn each(&self, choice: &Choice, mut show: impl FnMut(&[Cells])) -> Result<(), DbError> {
        self.open(choice).await?;
        let (filter, mut left) = (choice.filter.judged(), choice.limit.unwrap_or(usize::MAX));
        while let Some(block) = self.fetch().await? {
            let mut rows = block.cells(self.today, &filter);
            rows.truncate(left);
            left -= rows.len();
            show(&rows);
            if left == 0 {
                break;
            }
        }
        self.close().await
    }

    /// The council whose figures they are: the area whose neighbours all groups hold that are somebody's.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn council(&self) -> Result<Council, DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        let homes =
            comparator_groups::table.inner_join(areas::table).select((areas::code, areas::old_code, areas::name));
        let homes: Vec<Council> = homes.distinct().limit(2).load(&mut connection).await?;
        Ok(<[Council; 1]>::try_from(homes).map(|[home]| home).unwrap_or_default())
    }

    /// Which of these measures the caller reaches.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn measures(&self, codes: &[String]) -> Result<HashSet<String>, DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        let reached = measures::table.filter(measures::code.eq_any(codes)).select(measures::code);
        Ok(reached.load::<String>(&mut connection).await?.into_iter().collect())
    }

    /// A page of what only the rules can choose or order: rows are judged until enough are found, or all where the order is theirs.
    async fn walk(&self, choice: &Choice) -> Result<Vec<Cells>, DbError> {
        let ordered = choice.order.is_stored();
        let limit = choice.limit.unwrap_or(usize::MAX);
        // Which rows are passed over is known at once where they come in order, and otherwise at the end.
        let (mut ahead, late) = if ordered { (choice.offset, 0) } else { (0, choice.offset) };
        let most = limit.saturating_add(late);
        self.open(choice).await?;
        let filter = choice.filter.judged();
        let mut found: Vec<Cells> = Vec::new();
        while let Some(block) = self.fetch().await? {
            let rows = block.cells(self.today, &filter);
            let passed = ahead.min(rows.len());
            ahead -= passed;
            found.extend(rows.into_iter().skip(passed));
            if ordered && found.len() >= most {
                break;
            }
            if !ordered && found.len() >= most.saturating_mul(2) {
                keep_first(&mut found, choice, most);
            }
        }
        self.close().await?;
        keep_first(&mut found, choice, most);
        Ok(found.split_off(late.min(found.len())))
    }

    /// Every row of a choice, block by block. What the last block fails of is told in its place, and nothing follows.
    pub fn stream(self, choice: Choice) -> impl Stream<Item = Result<Vec<Cells>, DbError>> {
        let (blocks, read) = mpsc::channel::<Result<Block, DbError>>(AHEAD);
        let (today, filter, limit) = (self.today, choice.filter.judged(), choice.limit);
        actix_web::rt::spawn(self.read_ahead(choice, blocks));
        let begun = (read, filter, limit.unwrap_or(usize::MAX));
        futures_util::stream::unfold(begun, move |(mut read, filter, left)| async move {
            let block = if left == 0 { None } else { read.recv().await };
            let cells = block?.map(|block| {
                let mut cells = block.cells(today, &filter);
                cells.truncate(left);
                cells
            });
            let left = left - cells.as_ref().map_or(left, Vec::len);
            Some((cells, (read, filter, left)))
        })
    }

    async fn read_ahead(self, choice: Choice, blocks: mpsc::Sender<Result<Block, DbError>>) {
        if let Err(error) = self.open(&choice).await {
            drop(blocks.send(Err(error)).await);
            return;
        }
        loop {
            let block = match self.fetch().await {
                Ok(Some(block)) => Ok(block),
                Ok(None) => break,
                Err(error) => Err(error),
            };
            let failed = block.is_err();
            // Whoever asked may have gone.
            if blocks.send(block).await.is_err() || failed {
                return;
            }
        }
        drop(blocks);
        self.end().await;
    }

    async fn open(&self, choice: &Choice) -> Result<(), DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        Statement::cursor(choice.clone()).execute(&mut connection).await?;
        Ok(())
    }

    async fn fetch(&self) -> Result<Option<Block>, DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        let rows: Vec<FeedRow> = Fetch.load(&mut connection).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        Block::of(connection, rows).await.map(Some)
    }

    async fn close(&self) -> Result<(), DbError> {
        let mut connection: &AsyncPgConnection = &self.snapshot;
        diesel::sql_query("CLOSE feed").execute(&mut connection).await?;
        Ok(())
    }
}

fn keep_first(found: &mut Vec<Cells>, choice: &Choice, limit: usize) {
    if !choice.order.is_stored() {
        found.sort_by(|one, other| choice.order.compare(one, other));
    }
    found.truncate(limit);
}
