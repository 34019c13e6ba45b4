//! What can be done to a quarterly submission in each of its states, and by whom; and how an annual review proceeds.

use std::fmt::Display;

use thiserror::Error;

use super::caller_name;
use super::steps::{self, NotAllowed, Step};
use super::terms::{ReviewStatus, SubmissionAction, SubmissionState};

/// Every transition there is: from, by, to. What is not here is not allowed.
///
/// A submission is sent back before it is approved; an approved one is only corrected. To revise starts a new revision,
/// whose state is the last column; the approved or published one stands until the new one takes its place.
const TRANSITIONS: [Step<SubmissionState, SubmissionAction>; 7] = {
    use SubmissionAction::{Approve, Publish, Return, Revise, Submit};
    use SubmissionState::{Approved, Draft, Published, Returned, Submitted};
    [
        (Draft, Submit, Submitted),
        (Returned, Submit, Submitted),
        (Submitted, Approve, Approved),
        (Submitted, Return, Returned),
        (Approved, Publish, Published),
        (Approved, Revise, Draft),
        (Published, Revise, Draft),
    ]
};

/// Nobody approves what they handed in themselves.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{submitter}` handed this submission in, so somebody else must approve it")]
pub struct SelfApproval {
    /// Who handed it in and tried to approve it.
    pub submitter: String,
}

/// A step that an annual review cannot take.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a review that is `{status}` cannot become `{asked}`: {}", possible(.allowed))]
pub struct ReviewStepNotAllowed {
    /// Where the review stands.
    pub status: ReviewStatus,
    /// What it was to become.
    pub asked: ReviewStatus,
    /// What it can become.
    pub allowed: Vec<ReviewStatus>,
}

/// The state that `action` leads to; for [`SubmissionAction::Revise`] that of the new revision.
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn apply(
    state: SubmissionState,
    action: SubmissionAction,
) -> Result<SubmissionState, NotAllowed<SubmissionState, SubmissionAction>> {
    steps::apply(&TRANSITIONS, "submission", state, action)
}

/// What can be done in a state.
pub fn actions(state: SubmissionState) -> Vec<SubmissionAction> {
    steps::actions(&TRANSITIONS, state)
}

/// Whether figures and narrative may still be changed.
pub const fn editable(state: SubmissionState) -> bool {
    matches!(state, SubmissionState::Draft | SubmissionState::Returned)
}

/// Four eyes: whether `approver` may approve what `submitter` handed in. A person is the same under another name.
///
/// # Errors
/// They are the same.
pub fn may_approve(submitter: &str, approver: &str) -> Result<(), SelfApproval> {
    if caller_name::is_same(submitter, approver) {
        Err(SelfApproval { submitter: submitter.to_owned() })
    } else {
        Ok(())
    }
}

/// What a review can become: it goes forward one step at a time, and an applied one is over.
pub const fn next_review_states(status: ReviewStatus) -> &'static [ReviewStatus] {
    match status {
        ReviewStatus::Open => &[ReviewStatus::ProposalsIn],
        ReviewStatus::ProposalsIn => &[ReviewStatus::Submitted],
        ReviewStatus::Submitted => &[ReviewStatus::Decided],
        ReviewStatus::Decided => &[ReviewStatus::Applied],
        ReviewStatus::Applied => &[],
    }
}

/// Takes a review one step on.
///
/// # Errors
/// The step is not the next one.
pub fn advance_review(status: ReviewStatus, to: ReviewStatus) -> Result<ReviewStatus, ReviewStepNotAllowed> {
    let allowed = next_review_states(status);
    if allowed.contains(&to) {
        Ok(to)
    } else {
        Err(ReviewStepNotAllowed { status, asked: to, allowed: allowed.to_vec() })
    }
}

/// Whether a review's proposals may still be changed: they have not been put to the committee.
pub const fn proposals_editable(status: ReviewStatus) -> bool {
    matches!(status, ReviewStatus::Open | ReviewStatus::ProposalsIn)
}

/// The action by which alone a review comes to this state; none where it is a step like another.
pub const fn review_action(to: ReviewStatus) -> Option<&'static str> {
    match to {
        ReviewStatus::Decided => Some("decide"),
        ReviewStatus::Applied => Some("apply"),
        ReviewStatus::Open | ReviewStatus::ProposalsIn | ReviewStatus::Submitted => None,
    }
}

/// Names what is possible instead.
pub(super) fn possible(allowed: &[impl Display]) -> String {
    let shown: Vec<_> = allowed.iter().map(|step| format!("`{step}`")).collect();
    if shown.is_empty() { "nothing more is".to_owned() } else { format!("possible is {}", shown.join(" or ")) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use strum::VariantNames;

    use super::*;

    #[test]
    fn every_pair_of_state_and_action_is_decided() {
        let expected = [
            ("draft", "submit=submitted"),
            ("submitted", "approve=approved return=returned"),
            ("returned", "submit=submitted"),
            ("approved", "publish=published revise=draft"),
            ("published", "revise=draft"),
            ("superseded", ""),
        ];
        assert_eq!(expected.map(|(state, _)| state), SubmissionState::VARIANTS);
        for (state, steps) in expected {
            let state: SubmissionState = state.parse().unwrap();
            let to = |action: &&str| apply(state, action.parse().unwrap()).map(|to| format!("{action}={to}"));
            let found: Vec<_> = SubmissionAction::VARIANTS.iter().filter_map(|action| to(action).ok()).collect();
            assert_eq!(found.join(" "), steps, "{state}");
            assert_eq!(actions(state).len(), found.len());
        }
    }

    #[test]
    fn says_what_is_possible_instead() {
        for (state, action, message) in [
            ("draft", "approve", "`approve` is not possible while the submission is `draft`: possible is `submit`"),
            (
                "submitted",
                "submit",
                "`submit` is not possible while the submission is `submitted`: possible is `approve` or `return`",
            ),
            ("superseded", "revise", "`revise` is not possible while the submission is `superseded`: nothing more is"),
        ] {
            let refused = apply(state.parse().unwrap(), action.parse().unwrap()).unwrap_err();
            assert_eq!(refused.to_string(), message);
        }
    }

    #[test]
    fn only_what_nobody_relies_on_is_edited() {
        let editable: Vec<_> =
            SubmissionState::VARIANTS.iter().filter(|state| editable(state.parse().unwrap())).collect();
        assert_eq!(editable, [&"draft", &"returned"]);
    }

    #[test]
    fn nobody_approves_their_own_submission() {
        assert_eq!(may_approve("liquidlogic", "head-of-performance"), Ok(()));
        let refused = may_approve("liquidlogic", "liquidlogic").unwrap_err().to_string();
        assert_eq!(refused, "`liquidlogic` handed this submission in, so somebody else must approve it");
    }

    #[test]
    fn a_review_goes_one_step_at_a_time() {
        let statuses: Vec<ReviewStatus> = ReviewStatus::VARIANTS.iter().map(|status| status.parse().unwrap()).collect();
        for (n, status) in statuses.iter().enumerate() {
            for (m, to) in statuses.iter().enumerate() {
                assert_eq!(advance_review(*status, *to).is_ok(), m == n + 1, "{status} to {to}");
            }
        }
        let refused = advance_review(ReviewStatus::Open, ReviewStatus::Decided).unwrap_err().to_string();
        assert_eq!(refused, "a review that is `open` cannot become `decided`: possible is `proposals_in`");
        let actions: Vec<_> = statuses.iter().filter_map(|status| review_action(*status)).collect();
        assert_eq!(actions, ["decide", "apply"]);
        let editable: Vec<_> = statuses.iter().map(|status| proposals_editable(*status)).collect();
        assert_eq!(editable, [true, true, false, false, false]);
    }
}
