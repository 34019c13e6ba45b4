//! What is undertaken, as a report says it: recovery plans and issues of concern without the names of who did what. A sealed report
//! never changes, and an account may have to be erased.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::code::Code;
use crate::domain::terms::{ConcernState, Delivery, RecoveryState};
use crate::domain::text::Line;
use crate::resources::issues_of_concern::body::Measures;
use crate::resources::issues_of_concern::row::IssueOfConcern;
use crate::resources::recovery_plans::body::RecoveryPlan;
use crate::resources::recovery_plans::parts::{Intervention, RecoveryResult, Trajectory};
use crate::resources::recovery_plans::progress::{Progress, Tracked};

/// A recovery plan and how the measure keeps to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recovery {
    /// The plan.
    pub plan: ReportPlan,
    /// Expected and actual, quarter by quarter.
    pub progress: Progress,
}

/// A recovery plan as a report says it: without its owner, and who took its steps.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportPlan {
    /// Code of the plan.
    pub code: Code,
    /// Title in plain English.
    pub title: String,
    /// Why the measure is off target.
    pub reason: String,
    /// What is done.
    pub interventions: Vec<ReportIntervention>,
    /// The value expected in each quarter, the earliest first.
    pub trajectory: Trajectory,
    /// What will show that the plan has worked.
    pub success_measure: Option<String>,
    /// Decision that asked for the plan or agreed it.
    pub decision: Option<Code>,
    /// Where the plan stands.
    pub state: RecoveryState,
    /// Whether it worked; null until it is assessed.
    pub result: Option<RecoveryResult>,
    /// When it was agreed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// When its delivery was started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was assessed.
    pub assessed_at: Option<DateTime<Utc>>,
}

/// Something that is done so that a measure recovers, without who sees to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportIntervention {
    /// What is done.
    pub title: Line<300>,
    /// Day on which it starts; null where that is not known.
    pub starts_on: Option<NaiveDate>,
    /// Day by which it is to be done; null where that is not known.
    pub due_on: Option<NaiveDate>,
    /// What will show that it is on its way.
    pub milestone: Option<Line<300>>,
    /// How its delivery stands; null where nothing was reported.
    pub delivery: Option<Delivery>,
}

/// An issue of concern as a report says it: without who took its steps.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportIssue {
    /// Code of the issue.
    pub code: Code,
    /// Title in plain English.
    pub title: String,
    /// What the committee wants to know.
    pub question: String,
    /// Committee that raised it.
    pub raised_by: String,
    /// Meeting at which it was raised.
    pub raised_at: Option<Code>,
    /// Decision that raised or referred it.
    pub decision: Option<Code>,
    /// Label of the clause of that decision.
    pub clause: Option<String>,
    /// Committee that is to see to it.
    pub assigned_to: String,
    /// Measures that it is about.
    pub measures: Measures,
    /// Day by which a report is wanted, in London.
    pub report_wanted_by: Option<NaiveDate>,
    /// Meeting to which the report is to go.
    pub report_to: Option<Code>,
    /// Where the issue stands.
    pub state: ConcernState,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Day for which the report is scheduled, in London.
    pub report_on: Option<NaiveDate>,
    /// When the newest answer was recorded.
    pub reported_at: Option<DateTime<Utc>>,
    /// The newest answer.
    pub answer: Option<String>,
    /// When it was last reopened.
    pub reopened_at: Option<DateTime<Utc>>,
    /// Why it was last reopened.
    pub reopen_reason: Option<String>,
    /// Whether another committee is to see to it than the one that raised it.
    pub referred: bool,
    /// Whether a report was wanted by a day that has passed, and has not come.
    pub overdue: bool,
    /// Days since the report was wanted; 0 where it is not overdue.
    #[schema(minimum = 0)]
    pub days_overdue: i64,
}

impl From<Tracked> for Recovery {
    fn from(Tracked { plan, progress }: Tracked) -> Self {
        Self { plan: plan.into(), progress }
    }
}

impl From<RecoveryPlan> for ReportPlan {
    fn from(plan: RecoveryPlan) -> Self {
        Self {
            code: plan.code,
            title: plan.title,
            reason: plan.reason,
            interventions: plan.interventions.0.into_iter().map(ReportIntervention::from).collect(),
            trajectory: plan.trajectory,
            success_measure: plan.success_measure,
            decision: plan.decision,
            state: plan.state,
            result: plan.result,
            agreed_at: plan.agreed_at,
            started_at: plan.started_at,
            assessed_at: plan.assessed_at,
        }
    }
}

impl From<Intervention> for ReportIntervention {
    fn from(one: Intervention) -> Self {
        Self {
            title: one.title,
            starts_on: one.starts_on,
            due_on: one.due_on,
            milestone: one.milestone,
            delivery: one.delivery,
        }
    }
}

impl From<IssueOfConcern> for ReportIssue {
    fn from(issue: IssueOfConcern) -> Self {
        let IssueOfConcern { kept, referred, overdue, days_overdue } = issue;
        Self {
            code: kept.code,
            title: kept.title,
            question: kept.question,
            raised_by: kept.raised_by,
            raised_at: kept.raised_at,
            decision: kept.decision,
            clause: kept.clause,
            assigned_to: kept.assigned_to,
            measures: kept.measures,
            report_wanted_by: kept.report_wanted_by,
            report_to: kept.report_to,
            state: kept.state,
            accepted_at: kept.accepted_at,
            report_on: kept.report_on,
            reported_at: kept.reported_at,
            answer: kept.answer,
            reopened_at: kept.reopened_at,
            reopen_reason: kept.reopen_reason,
            referred,
            overdue,
            days_overdue,
        }
    }
}
