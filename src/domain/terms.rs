//! The framework's controlled vocabulary: every closed list of words that the API, the rules and the database share.
//!
//! One macro states each list once. The words are `snake_case` on the wire and in the database alike; a test compares
//! them with the `CHECK` constraints of the live schema.

mod comparators;
mod deciding;
mod improving;

pub use self::comparators::{AreaKind, BenchmarkMethod, ComparatorStatistic, GroupKind};
pub use self::deciding::{ClauseVerb, MeetingKind};
pub use self::improving::{Assessment, ConcernAction, ConcernState, Delivery, RecoveryAction, RecoveryState};

use super::words::words;

words! {
    /// Life of a framework.
    FrameworkStatus {
        /// Being written; not yet agreed by its committee.
        Draft,
        /// Agreed by its committee and in use.
        Adopted,
        /// Over: readable, no longer reported.
        Closed,
    }

    /// Life of an outcome.
    OutcomeStatus {
        /// In use.
        Active,
        /// Kept for its history; takes no new measures.
        Retired,
    }

    /// To whom a measure is reported.
    Level {
        /// Reported against the Council Plan outcome.
        Outcome,
        /// Reported to the committee.
        Committee,
        /// Managed within the service; not reported to committee.
        Service,
    }

    /// What one unit of a measure's value is.
    Unit {
        /// Share of 100, from 0 to 100.
        Percent,
        /// Number per `rate_base` of a population; may exceed the base.
        Rate,
        /// A number of things or people.
        Count,
        /// Points on a scale, such as Attainment 8.
        Score,
        /// Days.
        Days,
        /// Pounds sterling.
        Currency,
        /// One number divided by another, such as cases per social worker.
        Ratio,
    }

    /// Which direction is good.
    Polarity {
        /// Higher is better.
        High,
        /// Lower is better.
        Low,
        /// Best inside a band.
        Band,
        /// Neither direction is good: never coloured, never ranked.
        Neutral,
    }

    /// What the measure is for.
    Kind {
        /// A performance indicator, judged against a target.
        Kpi,
        /// Demand or volume, watched against an expected range and never coloured.
        Activity,
    }

    /// How often a figure falls due.
    Frequency {
        /// Every month.
        Monthly,
        /// Every quarter of the April financial year.
        Quarterly,
        /// Every school term.
        Termly,
        /// Once a year.
        Annual,
    }

    /// The year that a measure's figures follow.
    Calendar {
        /// 1 April to 31 March.
        Financial,
        /// 1 September to 31 August.
        Academic,
        /// 1 January to 31 December.
        Calendar,
        /// Year ending 30 September, as the social work workforce census.
        September,
        /// A count on a day in January, as the school census.
        JanuaryCensus,
    }

    /// What stretch of time one figure covers.
    Accumulation {
        /// The position on one day.
        Snapshot,
        /// Within the period only.
        InPeriod,
        /// From the start of the year to the end of the period.
        Cumulative,
        /// The twelve months that end with the period.
        #[serde(rename = "rolling_12_months")]
        #[strum(serialize = "rolling_12_months")]
        Rolling12Months,
    }

    /// How small numbers are protected before publication (domain rule 5.5).
    DisclosurePolicy {
        /// Counts of 1 to 5 suppressed, with secondary suppression (children in need census).
        #[serde(rename = "cin_1_5")]
        #[strum(serialize = "cin_1_5")]
        Cin1To5,
        /// Authority counts unrounded, percentages whole (children looked after return).
        #[serde(rename = "cla_la_unrounded_pct_0dp")]
        #[strum(serialize = "cla_la_unrounded_pct_0dp")]
        ClaUnrounded,
        /// Counts rounded to 5, 1 to 7 suppressed (health admissions).
        #[serde(rename = "round5_suppress_1_7")]
        #[strum(serialize = "round5_suppress_1_7")]
        Round5,
        /// Nothing to protect.
        None,
    }

    /// Life of a measure.
    MeasureStatus {
        /// Put forward; not yet reported.
        Proposed,
        /// Reported every quarter.
        Active,
        /// Not reported for now.
        Suspended,
        /// Kept for its history; never reported again.
        Retired,
    }

    /// What a target asks of the value.
    TargetKind {
        /// Green at the target or more.
        AtLeast,
        /// Green at the target or less.
        AtMost,
        /// Green only beyond the target.
        Above,
        /// Green only short of the target.
        Below,
        /// Green between `lower` and `upper`, both included.
        Band,
        /// Reported without a target.
        None,
    }

    /// How far from the target still is amber.
    ToleranceKind {
        /// A percentage of the target; 10 where not said.
        Relative,
        /// The measure's own units, the same on both sides.
        Absolute,
        /// The measure's own units, one amount below the target and another above it.
        Asymmetric,
        /// The least (or, where lower is better, the greatest) value that is still amber.
        Floor,
    }

    /// Where a target comes from.
    TargetSource {
        /// A committee's decision, cited.
        Decision,
        /// Set for demonstration only; nobody agreed it.
        Illustrative,
    }

    /// How settled a figure is.
    Stage {
        /// Early; will be superseded.
        Provisional,
        /// Settled.
        Final,
        /// Changed after it was final.
        Revised,
        /// Worked out where the true figure is not to be had.
        Estimated,
    }

    /// Where a revision of a quarterly submission stands.
    SubmissionState {
        /// Being prepared; freely changed.
        Draft,
        /// Handed in; awaits approval.
        Submitted,
        /// Sent back with a reason; may be changed and handed in again.
        Returned,
        /// Approved by somebody other than its submitter; counts on the scorecard.
        Approved,
        /// Public; never edited again.
        Published,
        /// Replaced by a later approved or published revision; still readable.
        Superseded,
    }

    /// What can be done to a quarterly submission.
    SubmissionAction {
        /// Hand the draft in.
        Submit,
        /// Accept what another person handed in.
        Approve,
        /// Send back with a reason.
        Return,
        /// Make an approved figure public.
        Publish,
        /// Start a correction of an approved or published figure.
        Revise,
    }

    /// Life of an annual target review.
    ReviewStatus {
        /// Proposals are being gathered.
        Open,
        /// Every proposal is in.
        ProposalsIn,
        /// Put to the committee.
        Submitted,
        /// Decided by the committee.
        Decided,
        /// Its decisions have taken effect.
        Applied,
    }

    /// What a review proposes for a measure.
    ProposalAction {
        /// Keep the measure and its target.
        Retain,
        /// Keep the measure, change its target.
        Retarget,
        /// Change the measure's definition.
        Amend,
        /// Put another measure in its place.
        Replace,
        /// Stop reporting the measure.
        Retire,
        /// Report a further measure.
        Add,
    }

    /// Why a review proposes it; the committee's own three grounds.
    ProposalReason {
        /// In the light of progress.
        Progress,
        /// A new area of focus.
        NewFocus,
        /// The impact of an external change.
        ExternalChange,
    }

    /// Why a number is missing, by the symbols of the Government Statistical Service.
    Symbol {
        /// Not applicable, such as a share of nobody.
        Z,
        /// Not available.
        X,
        /// Confidential: suppressed.
        C,
        /// Rounds to zero but is not zero.
        K,
        /// Too unreliable to give.
        U,
    }
}

impl Symbol {
    /// The symbol's meaning in words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Z => "not applicable",
            Self::X => "not available",
            Self::C => "confidential, suppressed",
            Self::K => "rounds to zero but is not zero",
            Self::U => "too unreliable to give",
        }
    }
}
