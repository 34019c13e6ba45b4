//! The words of improvement: how a measure is to recover, and what a committee wants to be told more about.

use crate::domain::words::words;

words! {
    /// Life of a recovery plan.
    RecoveryState {
        /// Being written; freely changed.
        Drafted,
        /// Agreed; its trajectory stands.
        Agreed,
        /// Its interventions are under way.
        InDelivery,
        /// Assessed: it worked, at least in part.
        Effective,
        /// Assessed: it had no effect.
        Ineffective,
        /// Over.
        Closed,
    }

    /// What can be done to a recovery plan.
    RecoveryAction {
        /// Agree it as it stands.
        Agree,
        /// Begin its delivery.
        Start,
        /// Say whether it worked.
        Assess,
        /// End it, with a reason.
        Close,
    }

    /// How the delivery of an intervention stands; the measure's own colour is another matter.
    Delivery {
        /// Not begun.
        NotStarted,
        /// Going as planned.
        OnTrack,
        /// May miss its day.
        AtRisk,
        /// Has missed its day.
        Late,
        /// Done.
        Done,
    }

    /// Whether a recovery plan worked.
    Assessment {
        /// The measure shows no effect.
        NoEffect,
        /// The measure shows part of what was promised.
        Partial,
        /// The measure shows what was promised.
        Achieved,
    }

    /// Life of an issue of concern.
    ConcernState {
        /// Put by a committee; not yet taken up.
        Raised,
        /// Taken up by the committee that it is assigned to.
        Accepted,
        /// Not taken up, with a reason.
        Declined,
        /// A day is set for the report.
        Scheduled,
        /// Answered.
        Reported,
        /// The answer is enough.
        Closed,
        /// The answer was not enough after all.
        Reopened,
    }

    /// What can be done to an issue of concern.
    ConcernAction {
        /// Take it up.
        Accept,
        /// Leave it, with a reason.
        Decline,
        /// Set the day of the report.
        Schedule,
        /// Record the answer.
        Report,
        /// End it, with a reason.
        Close,
        /// Take it up again, with a reason.
        Reopen,
    }
}
