//! The report to the committee: its states, and which measures members are to be told of first.

use std::collections::BTreeSet;

use super::rag::RagStatus;
use super::steps::{self, NotAllowed, Step};
use super::words::words;

words! {
    /// What a report is.
    ReportKind {
        /// The first of its framework: where everything starts.
        Baseline,
        /// The report of a quarter.
        Quarterly,
        /// The report of a whole year, with its last quarter.
        Annual,
    }

    /// Where a report stands.
    ReportState {
        /// Being written.
        Drafting,
        /// Being checked before it is signed off.
        InReview,
        /// Signed off: what it says is frozen.
        SignedOff,
        /// Public, at its fixed address.
        Published,
        /// Considered by the committee, whose decision is attached.
        Considered,
    }

    /// What can be done to a report.
    ReportAction {
        /// Hand it to those who check it.
        Review,
        /// Send it back to be written on.
        Return,
        /// Freeze what it says.
        SignOff,
        /// Make it public.
        Publish,
        /// Attach the committee's decision.
        Consider,
        /// Begin the next version.
        Correct,
    }

    /// What a report can lack, or its signatory should know.
    ReportGap {
        /// Blocks: a red or newly off-target measure lacks a narrative section.
        NarrativeMissing,
        /// Blocks: a red or newly off-target measure at outcome or committee level lacks a recovery plan.
        RecoveryPlanMissing,
        /// Blocks: a part is to be exempt that the report does not have.
        ExemptPartMissing,
        /// Warns: the figure is approved and not published, so members and the public will be told that it is not.
        FigureNotPublished,
        /// Warns: the figure is due and has not come.
        FigureOutstanding,
        /// Warns: a section has the words of the last report.
        NarrativeUnchanged,
    }
}

/// Every transition there is: from, by, to. To correct starts a new version, whose state is the last column.
const TRANSITIONS: [Step<ReportState, ReportAction>; 8] = {
    use ReportAction::{Consider, Correct, Publish, Return, Review, SignOff};
    use ReportState::{Considered, Drafting, InReview, Published, SignedOff};
    [
        (Drafting, Review, InReview),
        (InReview, Return, Drafting),
        (InReview, SignOff, SignedOff),
        (SignedOff, Publish, Published),
        (Published, Consider, Considered),
        (SignedOff, Correct, Drafting),
        (Published, Correct, Drafting),
        (Considered, Correct, Drafting),
    ]
};

/// The state that `action` leads to; for [`ReportAction::Correct`] that of the new version.
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn apply(state: ReportState, action: ReportAction) -> Result<ReportState, NotAllowed<ReportState, ReportAction>> {
    steps::apply(&TRANSITIONS, "report", state, action)
}

/// Whether what the report says may still be changed.
pub const fn editable(state: ReportState) -> bool {
    matches!(state, ReportState::Drafting)
}

/// Whether what the report says is frozen.
pub const fn sealed(state: ReportState) -> bool {
    matches!(state, ReportState::SignedOff | ReportState::Published | ReportState::Considered)
}

/// Whether the report is for everybody.
pub const fn public(state: ReportState) -> bool {
    matches!(state, ReportState::Published | ReportState::Considered)
}

/// How a measure's colour compares with the last one that it had in the four quarters before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Red, and not red before.
    pub newly_red: bool,
    /// Amber or red, and green before or never rated.
    pub newly_off_target: bool,
    /// Amber or red, for the second period or longer (West Lindsey's exceptions: two consecutive periods).
    pub two_periods_off_target: bool,
}

/// Judges a colour by the one before; `before` is null for a measure that was not rated in the four quarters before.
pub fn movement(now: RagStatus, before: Option<RagStatus>) -> Movement {
    let off = |status| matches!(status, RagStatus::Amber | RagStatus::Red);
    let was_off = before.is_some_and(off);
    Movement {
        newly_red: now == RagStatus::Red && before != Some(RagStatus::Red),
        newly_off_target: off(now) && !was_off,
        two_periods_off_target: off(now) && was_off,
    }
}

/// Whether a measure must be explained before the report is signed off (`docs/rules.md`, section 13): every red, and every
/// one that is newly off target.
pub fn must_be_explained(now: RagStatus, movement: Movement) -> bool {
    now == RagStatus::Red || movement.newly_off_target
}

/// Sections asked for that have no text, of those given.
pub fn missing_sections<'a>(
    asked: impl IntoIterator<Item = &'a str>,
    given: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let given: BTreeSet<&str> = given.into_iter().collect();
    asked.into_iter().filter(|section| !given.contains(section)).collect()
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::RagStatus::{Amber, Green, NoData, NotRated, Red};
    use super::*;

    #[test]
    fn a_report_goes_forward_and_is_corrected_by_a_new_version() {
        use ReportAction::{Consider, Correct, Publish, Return, Review, SignOff};
        use ReportState::{Considered, Drafting, InReview, Published, SignedOff};
        let states = [Drafting, InReview, SignedOff, Published, Considered];
        let actions = [Review, Return, SignOff, Publish, Consider, Correct];
        assert_eq!((states.len(), actions.len()), (ReportState::VARIANTS.len(), ReportAction::VARIANTS.len()));
        let to = |state, action| apply(state, action).ok();
        for (state, leads_to) in states.into_iter().zip([
            [Some(InReview), None, None, None, None, None],
            [None, Some(Drafting), Some(SignedOff), None, None, None],
            [None, None, None, Some(Published), None, Some(Drafting)],
            [None, None, None, None, Some(Considered), Some(Drafting)],
            [None, None, None, None, None, Some(Drafting)],
        ]) {
            assert_eq!(actions.map(|action| to(state, action)), leads_to, "{state}");
            assert_eq!(editable(state), state == Drafting);
        }
        let refused = apply(Considered, SignOff).map_err(|refused| refused.allowed);
        assert_eq!(refused, Err(vec![Correct]));
    }

    #[test]
    fn exceptions_compare_with_the_last_colour() {
        for (now, before, newly_red, newly_off, two_periods, explained) in [
            (Red, Some(Green), true, true, false, true),
            (Red, Some(Amber), true, false, true, true),
            (Red, Some(Red), false, false, true, true),
            (Red, None, true, true, false, true),
            (Amber, Some(Green), false, true, false, true),
            (Amber, Some(Amber), false, false, true, false),
            (Amber, Some(Red), false, false, true, false),
            (Amber, None, false, true, false, true),
            (Green, Some(Red), false, false, false, false),
            (NotRated, Some(Red), false, false, false, false),
            (NoData, None, false, false, false, false),
        ] {
            let found = movement(now, before);
            let told = (found.newly_red, found.newly_off_target, found.two_periods_off_target);
            assert_eq!(told, (newly_red, newly_off, two_periods), "{now} after {before:?}");
            assert_eq!(must_be_explained(now, found), explained, "{now} after {before:?}");
        }
    }

    #[test]
    fn every_section_asked_for_needs_its_text() {
        assert_eq!(missing_sections(["challenges", "results"], ["results", "more"]), ["challenges"]);
        assert_eq!(missing_sections(["challenges"], ["challenges"]), [""; 0]);
    }
}
