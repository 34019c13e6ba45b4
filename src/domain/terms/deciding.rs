//! The words of committees at work: their meetings, and what they resolve.

use crate::domain::words::words;

words! {
    /// What sort of meeting it is.
    MeetingKind {
        /// One of the calendar of meetings.
        Ordinary,
        /// The first of the municipal year.
        Annual,
        /// Called beside the calendar.
        Extraordinary,
        /// Called at short notice, for what cannot wait.
        Urgent,
    }

    /// What a clause of a decision does.
    ClauseVerb {
        /// Takes notice of a report or fact.
        Note,
        /// Agrees to something.
        Agree,
        /// Asks another committee to do something.
        Request,
        /// Hands the matter to another committee.
        Refer,
        /// Takes something in, such as further measures.
        Include,
    }
}
