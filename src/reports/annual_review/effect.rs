//! The effect of a review's proposals on the colours of its year.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use super::body::{MeasureEffect, QuarterEffect, QuarterSummary, ReviewEffect};
use crate::db::DbError;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::measure_rule::MeasureRule;
use crate::domain::period::Quarter;
use crate::domain::rag::Rag;
use crate::domain::review::{BothWays, EffectOn, Proposed, rejudge};
use crate::domain::target::{TargetRule, TargetTerms};
use crate::domain::terms::ProposalAction;
use crate::http::body::Patch;
use crate::reports::comparators::target::Benchmarks;
use crate::reports::scorecard::quarter::{self, Judged};
use crate::resources::annual_target_reviews::body::AnnualTargetReview;
use crate::resources::annual_target_reviews::plan::{Ahead, Plan};
use crate::resources::annual_target_reviews::proposal::Proposal;
use crate::resources::annual_target_reviews::subjects::{self, Subject};
use crate::resources::measures::body::MeasureBody;
use crate::resources::targets::body::TargetBody;

/// The figures of one measure, quarter by quarter.
type Quarters = Vec<(Quarter, Judged)>;

/// What a proposal makes of a measure's judging.
struct Outlook {
    action: Option<ProposalAction>,
    effect: EffectOn,
    /// The definition as it would be, where it changes.
    amended: Option<MeasureBody>,
    /// The target that would judge; `Err` for a proposal that is not complete.
    target: Result<Option<TargetTerms>, ()>,
}

/// Reads the year of a review and colours it again.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn read(
    connection: &AsyncPgConnection,
    review: &AnnualTargetReview,
    today: NaiveDate,
) -> Result<ReviewEffect, DbError> {
    let code = review.framework.as_str();
    let [q1, q2, q3, q4] = review.year.quarters();
    let of = |quarter| quarter::judged(connection, code, quarter, today);
    let (subjects, one, two, three, four) =
        tokio::try_join!(subjects::load(connection, code, review.year), of(q1), of(q2), of(q3), of(q4))?;
    let mut year: BTreeMap<String, Quarters> = BTreeMap::new();
    for (quarter, measures) in [(q1, one), (q2, two), (q3, three), (q4, four)] {
        for judged in measures {
            year.entry(judged.code.clone()).or_default().push((quarter, judged));
        }
    }
    for (code, _) in review.proposals.0.iter().filter_map(Proposal::new_code) {
        year.entry(code.to_string()).or_default();
    }
    let year: Vec<(String, Outlook, Quarters)> = year
        .into_iter()
        .map(|(code, quarters)| (code.clone(), outlook(&code, review, subjects.get(&code)), quarters))
        .collect();
    let benchmarks = Benchmarks::load(connection, needed(&year)).await?;
    let measures =
        year.into_iter().filter_map(|(code, outlook, quarters)| of_measure(&code, &outlook, quarters, &benchmarks));
    Ok(summed(review, measures.collect()))
}

/// Whose comparators are needed, for which data periods: of measures whose target would be relative to one.
fn needed(year: &[(String, Outlook, Quarters)]) -> Vec<(String, DataPeriod)> {
    let relative = year.iter().filter(|(_, outlook, _)| outlook.is_relative());
    let of_measure = |(code, _, quarters): &(String, Outlook, Quarters)| -> Vec<(String, DataPeriod)> {
        quarters.iter().filter_map(|(_, judged)| Some((code.clone(), judged.data_period?))).collect()
    };
    relative.flat_map(of_measure).collect()
}

fn of_measure(code: &str, outlook: &Outlook, quarters: Quarters, benchmarks: &Benchmarks) -> Option<MeasureEffect> {
    let quarters = quarters.into_iter().map(|(quarter, judged)| {
        let then = outlook.colour(&judged, benchmarks);
        let changed = then.as_ref().map(|then| then.status) != Some(judged.rag.status);
        QuarterEffect { quarter, now: judged.rag, then, changed }
    });
    Some(MeasureEffect {
        code: code.parse::<Code>().ok()?,
        action: outlook.action,
        effect: outlook.effect,
        quarters: quarters.collect(),
    })
}

fn outlook(code: &str, review: &AnnualTargetReview, subject: Option<&Subject>) -> Outlook {
    let proposals = &review.proposals.0;
    let further = proposals.iter().find(|proposal| proposal.new_code().is_some_and(|(new, _)| new.as_str() == code));
    if let Some(proposal) = further {
        return Outlook::unjudged(proposal, EffectOn::NoFigures);
    }
    let Some(proposal) = proposals.iter().find(|proposal| proposal.measure.as_str() == code) else {
        return Outlook { action: None, effect: EffectOn::Rejudged, amended: None, target: Ok(present(subject)) };
    };
    if matches!(proposal.action, ProposalAction::Retire | ProposalAction::Replace) {
        return Outlook::unjudged(proposal, EffectOn::DropsOut);
    }
    match proposal.plan(subject, Ahead::of_review(review.year)) {
        Ok(Plan { ends_comparison: true, .. }) => Outlook::unjudged(proposal, EffectOn::NotComparable),
        Ok(Plan { changed, target, .. }) => {
            Outlook { action: Some(proposal.action), effect: EffectOn::Rejudged, amended: changed, target: Ok(target) }
        }
        Err(_) => Outlook { action: Some(proposal.action), effect: EffectOn::Rejudged, amended: None, target: Err(()) },
    }
}

/// The newest version of the year's target.
fn present(subject: Option<&Subject>) -> Option<TargetTerms> {
    let target = Patch::<TargetBody>::nothing().apply(subject?.target.as_ref()?);
    target.ok().map(|target| target.terms())
}

impl Outlook {
    fn unjudged(proposal: &Proposal, effect: EffectOn) -> Self {
        Self { action: Some(proposal.action), effect, amended: None, target: Ok(None) }
    }

    fn is_relative(&self) -> bool {
        matches!(&self.target, Ok(Some(terms)) if terms.comparator.is_some())
    }

    fn colour(&self, judged: &Judged, benchmarks: &Benchmarks) -> Option<Rag> {
        let mut rule = judged.rule;
        if let Some(amended) = &self.amended {
            rule.polarity = amended.polarity;
            rule.kind = amended.kind;
            rule.scale.decimal_places = u32::from(amended.decimal_places.unsigned_abs());
        }
        rejudge(self.effect, &rule, judged.reading, judged.point, &self.proposed(judged, &rule, benchmarks))
    }

    /// The target proposed, if it fits the definition of the quarter; resolved for its figure where it is relative.
    fn proposed(&self, judged: &Judged, rule: &MeasureRule, benchmarks: &Benchmarks) -> Proposed {
        let terms = match &self.target {
            Ok(Some(terms)) => terms,
            Ok(None) => return Proposed::Nothing,
            Err(()) => return Proposed::Unfit,
        };
        let figure = judged.data_period.map(|data_period| (data_period, judged.reading));
        TargetRule::new(terms, rule.polarity, rule.period.accumulation, rule.scale.unit)
            .map(|target| benchmarks.resolve(target, &judged.code, rule, figure).0)
            .map_or(Proposed::Unfit, Proposed::Target)
    }
}

fn summed(review: &AnnualTargetReview, measures: Vec<MeasureEffect>) -> ReviewEffect {
    let all = || measures.iter().flat_map(|measure| &measure.quarters);
    let both = |quarter: &QuarterEffect| (quarter.now.status, quarter.then.as_ref().map(|then| then.status));
    let of_quarter = |quarter: Quarter| QuarterSummary {
        quarter,
        summary: BothWays::of(all().filter(|one| one.quarter == quarter).map(both)),
    };
    ReviewEffect {
        framework: review.framework.clone(),
        year: review.year,
        summary: BothWays::of(all().map(both)),
        quarters: review.year.quarters().map(of_quarter).to_vec(),
        measures,
    }
}
