//! The evidence of a year, from its four scorecards.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;

use super::body::{MeasureEvidence, QuarterEvidence, ReviewEvidence};
use crate::db::DbError;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::review::{Evidence, TargetRecord};
use crate::reports::comparators::body::Comparators;
use crate::reports::comparators::build::CouncilFigure;
use crate::reports::comparators::target::Benchmarks;
use crate::reports::scorecard::body::{LatestFigure, MeasureCard, Scorecard};
use crate::reports::scorecard::quarter;
use crate::resources::annual_target_reviews::body::AnnualTargetReview;
use crate::resources::annual_target_reviews::subjects::{self, Subject};
use crate::resources::frameworks::body::Framework;
use crate::resources::measures::body::Measure;

/// Reads the evidence of a review's year.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn read(
    connection: &AsyncPgConnection,
    framework: &Framework,
    review: &AnnualTargetReview,
    today: NaiveDate,
) -> Result<ReviewEvidence, DbError> {
    let code = framework.code.as_str();
    let [q1, q2, q3, q4] = review.year.quarters();
    let of = |quarter| quarter::scorecard(connection, framework, quarter, today);
    let (subjects, one, two, three, four) =
        tokio::try_join!(subjects::load(connection, code, review.year), of(q1), of(q2), of(q3), of(q4))?;
    let year = [(q1, one), (q2, two), (q3, three), (q4, four)];
    let mut measures: Vec<(Subject, MeasureEvidence)> = subjects
        .into_values()
        .filter(Subject::is_reviewed)
        .map(|subject| {
            let evidence = of_measure(&subject, review.year, &year);
            (subject, evidence)
        })
        .collect();
    let needed = measures.iter().filter_map(|(_, one)| Some((one.code.to_string(), one.latest.as_ref()?.data_period)));
    let benchmarks = Benchmarks::load(connection, needed).await?;
    for (subject, evidence) in &mut measures {
        evidence.comparators = beside_others(&subject.measure, evidence.latest.as_ref(), &benchmarks);
    }
    Ok(ReviewEvidence {
        framework: framework.code.clone(),
        year: review.year,
        measures: measures.into_iter().map(|(_, evidence)| evidence).collect(),
    })
}

/// Others for the very data period of the newest figure.
fn beside_others(measure: &Measure, latest: Option<&LatestFigure>, benchmarks: &Benchmarks) -> Option<Comparators> {
    let latest = latest?;
    let council = CouncilFigure {
        value: latest.value.map(Decimal::from),
        data_period: latest.data_period,
        polarity: measure.polarity,
        decimal_places: u32::from(measure.decimal_places.unsigned_abs()),
    };
    Some(council.beside_others(benchmarks.of(measure.code.as_str(), latest.data_period)?))
}

fn of_measure(subject: &Subject, year: FinancialYear, cards: &[(Quarter, Scorecard); 4]) -> MeasureEvidence {
    let code = subject.measure.code.clone();
    let found: Vec<(Quarter, Option<&MeasureCard>)> =
        cards.iter().map(|(quarter, scorecard)| (*quarter, card(scorecard, code.as_str()))).collect();
    let record = TargetRecord::of(found.iter().filter_map(|(_, card)| Some((*card)?.rag.status)));
    let latest = found.iter().rev().find_map(|(quarter, card)| newest(*quarter, (*card)?));
    let distance = found.iter().rev().find_map(|(_, card)| (*card)?.distance);
    let evidence = Evidence {
        year,
        record,
        latest: latest.as_ref().and_then(|latest| Some((latest.value?.0, latest.quarter))),
        percent_of_gap_closed: distance.and_then(|distance| Some(distance.percent_of_gap_closed?.0)),
    };
    MeasureEvidence {
        title: subject.measure.title.clone(),
        level: subject.measure.level,
        quarters: found
            .iter()
            .map(|(quarter, card)| QuarterEvidence { quarter: *quarter, rag: card.map(|card| card.rag.clone()) })
            .collect(),
        target_met: record,
        sentence: evidence.sentence(),
        latest,
        comparators: None,
        distance,
        target: subject.target.clone(),
        code,
    }
}

fn card<'a>(scorecard: &'a Scorecard, code: &str) -> Option<&'a MeasureCard> {
    scorecard.outcomes.iter().flat_map(|outcome| &outcome.measures).find(|card| card.code == code)
}

/// The figure of the quarter, or the newest before it.
fn newest(quarter: Quarter, card: &MeasureCard) -> Option<LatestFigure> {
    let Some(figure) = &card.figure else { return card.latest.clone() };
    Some(LatestFigure {
        quarter,
        data_period: figure.data_period,
        value: figure.value,
        value_symbol: figure.value_symbol,
        stage: figure.stage,
    })
}
