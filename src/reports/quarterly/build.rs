//! From material to content: which measures stand out, what has changed, nothing read and nothing written.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::content::{Exceptions, LastRated, PriorityProgress, ReportContent, ReportMeasure, ReportOutcome};
use super::store::Material;
use super::undertaken::{Recovery, ReportIssue};
use super::withheld;
use crate::access::audience::Audience;
use crate::domain::period::Quarter;
use crate::domain::rag::RagStatus;
use crate::domain::report::movement;
use crate::domain::summary::{DistanceSummary, RagSummary};
use crate::reports::comparators::body::Comparators;
use crate::reports::comparators::build::CouncilFigure;
use crate::reports::comparators::store::Loaded;
use crate::reports::scorecard::body::{MeasureCard, Scorecard};
use crate::resources::quarterly_reports::row::Report;
use crate::resources::recovery_plans::progress::Tracked;

/// Builds what the report says to an audience, as at the instant `as_of`, of what that audience sees.
pub(super) fn content(
    report: &Report,
    audience: Audience,
    mut material: Material,
    as_of: DateTime<Utc>,
) -> ReportContent {
    withheld::withhold(&mut material, report, audience);
    let Material { framework, card, earlier, comparators, plans, issues, decisions } = material;
    let mut plans: HashMap<String, Tracked> =
        plans.into_iter().map(|tracked| (tracked.plan.measure.to_string(), tracked)).collect();
    let priorities = priorities(&card);
    let mut measure = |card: MeasureCard| {
        let past: Vec<(_, &MeasureCard)> = earlier.iter().filter_map(|past| same(past, &card.code)).collect();
        ReportMeasure {
            last_rated: last_rated(&past),
            narrative_unchanged: unchanged(&card, &past),
            comparators: comparators.get(&card.code).and_then(|loaded| beside_others(&card, loaded)),
            recovery_plan: plans.remove(&card.code).map(Recovery::from),
            card: MeasureCard { owner: None, ..card },
        }
    };
    let outcomes: Vec<ReportOutcome> = card
        .outcomes
        .into_iter()
        .map(|outcome| ReportOutcome {
            code: outcome.code,
            title: outcome.title,
            priority: outcome.priority,
            summary: outcome.summary,
            distance_summary: outcome.distance_summary,
            measures: outcome.measures.into_iter().map(&mut measure).collect(),
        })
        .collect();
    ReportContent {
        framework: card.framework,
        title: card.title,
        committee: framework.committee,
        quarter: card.quarter,
        audience,
        kind: report.kind,
        version: report.version,
        correction_reason: report.correction_reason.clone().filter(|_| audience == Audience::Internal),
        rule_set_version: card.rule_set_version,
        as_of,
        day: card.as_of,
        overview: withheld::overview(report, audience),
        exempt: withheld::exempt(report, audience),
        narrative_sections: card.narrative_sections,
        summary: card.summary,
        distance_summary: card.distance_summary,
        priorities,
        exceptions: exceptions(&outcomes, card.red_and_worsening),
        outcomes,
        issues_of_concern: issues.into_iter().map(ReportIssue::from).collect(),
        decisions,
    }
}

fn same<'a>(past: &'a Scorecard, code: &str) -> Option<(Quarter, &'a MeasureCard)> {
    let mut cards = past.outcomes.iter().flat_map(|outcome| &outcome.measures);
    cards.find(|card| card.code == code).map(|card| (past.quarter, card))
}

fn last_rated(past: &[(Quarter, &MeasureCard)]) -> Option<LastRated> {
    let rated = |status| matches!(status, RagStatus::Green | RagStatus::Amber | RagStatus::Red);
    let (quarter, card) = past.iter().find(|(_, card)| rated(card.rag.status))?;
    Some(LastRated { quarter: *quarter, status: card.rag.status })
}

/// Compared with the newest earlier quarter that had any narrative.
fn unchanged(card: &MeasureCard, past: &[(Quarter, &MeasureCard)]) -> Vec<String> {
    let Some((_, before)) = past.iter().find(|(_, before)| !before.narrative.0.is_empty()) else { return Vec::new() };
    let same = card.narrative.0.iter().filter(|(section, text)| before.narrative.0.get(*section) == Some(text));
    same.map(|(section, _)| section.clone()).collect()
}

fn beside_others(card: &MeasureCard, loaded: &Loaded) -> Option<Comparators> {
    let figure = card.figure.as_ref()?;
    let council = CouncilFigure {
        value: figure.value.map(Decimal::from),
        data_period: figure.data_period,
        polarity: card.polarity,
        decimal_places: u32::from(card.decimal_places.unsigned_abs()),
    };
    Some(council.beside_others(loaded))
}

fn priorities(card: &Scorecard) -> Vec<PriorityProgress> {
    let mut found: Vec<(Option<String>, Vec<&MeasureCard>)> = Vec::new();
    for outcome in &card.outcomes {
        match found.iter_mut().find(|(priority, _)| *priority == outcome.priority) {
            Some((_, measures)) => measures.extend(&outcome.measures),
            None => found.push((outcome.priority.clone(), outcome.measures.iter().collect())),
        }
    }
    let progress = |(priority, measures): (Option<String>, Vec<&MeasureCard>)| PriorityProgress {
        priority,
        summary: RagSummary::of(measures.iter().map(|card| card.rag.status)),
        distance_summary: DistanceSummary::of(measures.iter().map(|card| card.distance.as_ref())),
    };
    found.into_iter().map(progress).collect()
}

fn exceptions(outcomes: &[ReportOutcome], red_and_worsening: Vec<String>) -> Exceptions {
    let mut found = Exceptions { red_and_worsening, ..Exceptions::default() };
    for measure in outcomes.iter().flat_map(|outcome| &outcome.measures) {
        let code = || measure.card.code.clone();
        let moved = movement(measure.card.rag.status, measure.last_rated.map(|last| last.status));
        let missed = measure.recovery_plan.as_ref().is_some_and(|plan| plan.progress.newest_due_missed);
        for (holds, list) in [
            (moved.newly_red, &mut found.newly_red),
            (moved.newly_off_target, &mut found.newly_off_target),
            (moved.two_periods_off_target, &mut found.two_periods_off_target),
            (missed, &mut found.missed_trajectory),
        ] {
            if holds {
                list.push(code());
            }
        }
    }
    found
}
