//! What came before a figure, and what is unlikely of the figure beside that.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Numeric, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::rules::Judging;
use crate::db::DbError;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::fault::Fault;
use crate::domain::figure::Figure;
use crate::domain::period::Quarter;
use crate::domain::plausibility::Earlier;
use crate::domain::quantity::Quantity;

/// For each figure those that count of its series and of earlier quarters, newest first; each by the index of what is reported.
const EARLIER: &str = "
    SELECT a.place, h.periods, h.amounts, h.denominators
    FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS a (measure, quarter, series, most, place)
    CROSS JOIN LATERAL (
        SELECT array_agg(e.data_period) AS periods, array_agg(e.value) AS amounts, array_agg(e.denominator) AS denominators
        FROM (
            SELECT s.data_period, s.value, s.denominator FROM quarterly_submissions s
            WHERE s.measure = a.measure AND s.quarter < a.quarter AND s.state IN ('approved', 'published')
                AND s.quarter >= CASE WHEN a.series = 1 THEN '' ELSE
                    (SELECT min(v.effective_from) FROM measure_versions v WHERE v.measure = a.measure AND v.series = a.series) END
            ORDER BY s.quarter DESC, s.revision DESC LIMIT a.most
        ) e
    ) h WHERE h.periods IS NOT NULL";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Array<Text>)]
    periods: Vec<DataPeriod>,
    #[diesel(sql_type = Array<Nullable<Numeric>>)]
    amounts: Vec<Option<Quantity>>,
    #[diesel(sql_type = Array<Nullable<Numeric>>)]
    denominators: Vec<Option<Quantity>>,
}

/// A figure that can be true, to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// Its measure.
    pub measure: &'a Code,
    /// The quarter in which it is reported.
    pub quarter: Quarter,
    /// The period that it is about.
    pub period: DataPeriod,
    /// The figure.
    pub figure: Figure,
    /// What it is judged by.
    pub judging: &'a Judging,
}

/// What is unlikely of each of these figures. What came before all of them is read by one query.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn doubts(mut connection: &AsyncPgConnection, looked: &[Looked<'_>]) -> Result<Vec<Vec<Fault>>, DbError> {
    if looked.is_empty() {
        return Ok(Vec::new());
    }
    let most = |one: &Looked<'_>| i32::try_from(one.judging.looks_back()).unwrap_or(i32::MAX);
    let query = diesel::sql_query(EARLIER)
        .bind::<Array<Text>, _>(looked.iter().map(|one| one.measure).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(looked.iter().map(|one| one.quarter).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(looked.iter().map(|one| one.judging.series()).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(looked.iter().map(most).collect::<Vec<_>>());
    let found: Vec<Found> = query.load(&mut connection).await?;
    let mut earlier: Vec<Vec<Earlier>> = vec![Vec::new(); looked.len()];
    for found in found {
        let place = usize::try_from(found.place - 1).ok().and_then(|place| earlier.get_mut(place));
        if let Some(place) = place {
            *place = found.earlier();
        }
    }
    Ok(looked.iter().zip(&earlier).map(|(one, earlier)| one.judging.doubts(one.period, &one.figure, earlier)).collect())
}

impl Found {
    /// Of each period the figure that was reported last.
    fn earlier(self) -> Vec<Earlier> {
        let mut earlier: Vec<Earlier> = Vec::with_capacity(self.periods.len());
        for ((period, value), denominator) in self.periods.into_iter().zip(self.amounts).zip(self.denominators) {
            if earlier.iter().any(|one| one.period == period) {
                continue;
            }
            // What was approved has its value, or a symbol in its place.
            let number = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.0);
            let figure = Figure { value: number(value), denominator: number(denominator), ..Figure::default() };
            earlier.push(Earlier { period, figure });
        }
        earlier
    }
}
