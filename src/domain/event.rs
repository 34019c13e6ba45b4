//! Events: which changes of the log others are told of, by what name, and whom each concerns.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumMessage, EnumString, VariantNames};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::code::Code;

/// What makes a change an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// The row was made, the first of its key.
    Made,
    /// A further revision or version was made.
    MadeAgain,
    /// It came into this state.
    Became(&'static str),
    /// It changed otherwise.
    Changed,
    /// It was deleted.
    Deleted,
}

/// Declares the events: each with its name, and the change that it tells of.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $word:literal $table:literal $when:expr;)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, AsRefStr, Display, EnumMessage, EnumString, VariantNames)]
        pub enum EventType {
            /// Somebody asked for a test.
            #[serde(rename = "ping")]
            #[strum(serialize = "ping")]
            Ping,
            $($(#[$doc])* #[serde(rename = $word)] #[strum(serialize = $word)] $name),+
        }

        /// Every event that a change makes: the table, when, and the event.
        const TOLD: &[(&str, When, EventType)] = &[$(($table, $when, EventType::$name)),+];
    };
}

events! {
    /// A figure was handed in.
    SubmissionSubmitted "submission.submitted" "quarterly_submissions" When::Became("submitted");
    /// A figure was sent back.
    SubmissionReturned "submission.returned" "quarterly_submissions" When::Became("returned");
    /// A figure was approved.
    SubmissionApproved "submission.approved" "quarterly_submissions" When::Became("approved");
    /// A figure was published.
    SubmissionPublished "submission.published" "quarterly_submissions" When::Became("published");
    /// A figure gave way to a later revision.
    SubmissionSuperseded "submission.superseded" "quarterly_submissions" When::Became("superseded");
    /// A correction of a figure was begun.
    SubmissionRevised "submission.revised" "quarterly_submissions" When::MadeAgain;
    /// A report was handed to those who check it.
    ReportInReview "report.in_review" "quarterly_reports" When::Became("in_review");
    /// A report was sent back to be written on.
    ReportReturned "report.returned" "quarterly_reports" When::Became("drafting");
    /// A report was signed off, and what it says frozen.
    ReportSignedOff "report.signed_off" "quarterly_reports" When::Became("signed_off");
    /// A report was published.
    ReportPublished "report.published" "quarterly_reports" When::Became("published");
    /// A committee considered a report.
    ReportConsidered "report.considered" "quarterly_reports" When::Became("considered");
    /// A correction of a report was begun.
    ReportCorrected "report.corrected" "quarterly_reports" When::MadeAgain;
    /// A target was set.
    TargetCreated "target.created" "targets" When::Made;
    /// A target was changed.
    TargetChanged "target.changed" "targets" When::Changed;
    /// A target was deleted.
    TargetDeleted "target.deleted" "targets" When::Deleted;
    /// An annual target review was opened.
    ReviewOpened "review.opened" "annual_target_reviews" When::Made;
    /// The proposals of a review are in.
    ReviewProposalsIn "review.proposals_in" "annual_target_reviews" When::Became("proposals_in");
    /// A review was put to the committee.
    ReviewSubmitted "review.submitted" "annual_target_reviews" When::Became("submitted");
    /// A review was decided.
    ReviewDecided "review.decided" "annual_target_reviews" When::Became("decided");
    /// The decisions of a review have taken effect.
    ReviewApplied "review.applied" "annual_target_reviews" When::Became("applied");
    /// An issue of concern was raised.
    ConcernRaised "concern.raised" "issues_of_concern" When::Made;
    /// An issue of concern was accepted.
    ConcernAccepted "concern.accepted" "issues_of_concern" When::Became("accepted");
    /// An issue of concern was declined.
    ConcernDeclined "concern.declined" "issues_of_concern" When::Became("declined");
    /// The report on an issue of concern was scheduled.
    ConcernScheduled "concern.scheduled" "issues_of_concern" When::Became("scheduled");
    /// An issue of concern was answered.
    ConcernReported "concern.reported" "issues_of_concern" When::Became("reported");
    /// An issue of concern was closed.
    ConcernClosed "concern.closed" "issues_of_concern" When::Became("closed");
    /// An issue of concern was taken up again.
    ConcernReopened "concern.reopened" "issues_of_concern" When::Became("reopened");
    /// The service gave up another endpoint.
    EndpointDisabled "endpoint.disabled" "webhook_endpoints" When::Became("disabled");
}

impl PartialSchema for EventType {
    fn schema() -> RefOr<Schema> {
        let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Self::VARIANTS.iter().copied()));
        words.description(Some("What happened.")).into()
    }
}

impl ToSchema for EventType {}

/// What the log says of a change, as far as it decides whether anybody is told.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Table of the row.
    pub table: &'a str,
    /// Its key, parts joined by `/`.
    pub key: &'a str,
    /// `created`, `updated` or `deleted`.
    pub action: &'a str,
    /// State before, for what has states.
    pub was: Option<&'a str>,
    /// State after.
    pub is: Option<&'a str>,
}

impl EventType {
    /// The event that a change is; none for most changes.
    pub fn of(change: &Change<'_>) -> Option<Self> {
        let found = TOLD.iter().find(|(table, when, _)| *table == change.table && when.fits(change));
        found.map(|(.., event)| *event)
    }

    /// Whether it belongs to no framework and no measure.
    const fn of_the_service(self) -> bool {
        matches!(self, Self::Ping | Self::EndpointDisabled)
    }
}

impl When {
    fn fits(self, change: &Change<'_>) -> bool {
        // Revisions and versions are numbered from 1 by the last part of their key.
        let again = numbered(change.table) && !change.key.ends_with("/1");
        match (self, change.action) {
            (Self::Made, "created") => !again,
            (Self::MadeAgain, "created") => again,
            (Self::Became(state), "updated") => change.was != change.is && change.is == Some(state),
            (Self::Changed, "updated") | (Self::Deleted, "deleted") => true,
            _ => false,
        }
    }
}

/// Whether the last part of a key is the number of a revision or version.
fn numbered(table: &str) -> bool {
    part_before_number(table).is_some()
}

fn part_before_number(table: &str) -> Option<&'static str> {
    match table {
        "quarterly_submissions" => Some("revisions"),
        "quarterly_reports" => Some("versions"),
        _ => None,
    }
}

/// Tables of which somebody can be told.
pub fn tables() -> Vec<&'static str> {
    let mut tables: Vec<&str> = TOLD.iter().map(|(table, ..)| *table).collect();
    tables.dedup();
    tables
}

/// Name of a table's collection in addresses.
pub fn collection(table: &str) -> String {
    table.replace('_', "-")
}

/// Address of a row below the public address; of a figure or report, that of the very revision or version.
pub fn address(table: &str, key: &str) -> String {
    let key = match (part_before_number(table), key.rsplit_once('/')) {
        (Some(part), Some((before, number))) => format!("{before}/{part}/{number}"),
        _ => key.to_owned(),
    };
    format!("/api/v1/{}/{key}", collection(table))
}

/// What an endpoint wants to be told of.
#[derive(Clone, Debug)]
pub struct Interest {
    /// Events; empty for all.
    pub events: Vec<EventType>,
    /// Framework; none for all.
    pub framework: Option<Code>,
    /// Measure; none for all.
    pub measure: Option<Code>,
}

impl Interest {
    /// Whether it is to be told of an event that concerns this framework and these measures. What concerns a framework as a whole
    /// is not about any one measure of it; what concerns the service is for everybody who asked for it.
    pub fn takes(&self, event: EventType, framework: Option<&str>, measures: &[String]) -> bool {
        let wanted = self.events.is_empty() || self.events.contains(&event);
        let within = self.framework.as_ref().is_none_or(|code| framework == Some(code.as_str()));
        let about = self.measure.as_ref().is_none_or(|code| measures.iter().any(|measure| measure == code.as_str()));
        wanted && (event.of_the_service() || (within && about))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_an_event_or_none() {
        for (table, key, action, states, event) in [
            ("quarterly_submissions", "M-1/2024-25-Q1/1", "created", "-draft", None),
            ("quarterly_submissions", "M-1/2024-25-Q1/1", "updated", "draft-draft", None),
            ("quarterly_submissions", "M-1/2024-25-Q1/1", "updated", "draft-submitted", Some("submission.submitted")),
            ("quarterly_submissions", "M-1/2024-25-Q1/1", "updated", "approved-approved", None),
            ("quarterly_submissions", "M-1/2024-25-Q1/2", "created", "-draft", Some("submission.revised")),
            ("quarterly_submissions", "M-1/2024-25-Q1/11", "created", "-draft", Some("submission.revised")),
            ("quarterly_submissions", "M-1/2024-25-Q1/1", "deleted", "draft-", None),
            ("quarterly_reports", "F/2024-25-Q1/1", "created", "-drafting", None),
            ("quarterly_reports", "F/2024-25-Q1/1", "updated", "in_review-drafting", Some("report.returned")),
            ("quarterly_reports", "F/2024-25-Q1/2", "created", "-drafting", Some("report.corrected")),
            ("targets", "M-1/2024-25", "created", "-", Some("target.created")),
            ("targets", "M-1/2024-25", "updated", "-", Some("target.changed")),
            ("targets", "M-1/2024-25", "deleted", "-", Some("target.deleted")),
            ("annual_target_reviews", "F/2024-25", "created", "-open", Some("review.opened")),
            ("annual_target_reviews", "F/2024-25", "updated", "open-open", None),
            ("annual_target_reviews", "F/2024-25", "updated", "decided-applied", Some("review.applied")),
            ("issues_of_concern", "I-1", "created", "-raised", Some("concern.raised")),
            ("issues_of_concern", "I-1", "updated", "closed-reopened", Some("concern.reopened")),
            ("webhook_endpoints", "A", "updated", "-", None),
            ("webhook_endpoints", "A", "updated", "-disabled", Some("endpoint.disabled")),
            ("webhook_endpoints", "A", "updated", "disabled-disabled", None),
            ("measures", "M-1", "created", "-", None),
        ] {
            let (was, is) = states.split_once('-').unwrap();
            let state = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            let change = Change { table, key, action, was: state(was), is: state(is) };
            let found = EventType::of(&change).map(|event| event.to_string());
            assert_eq!(found.as_deref(), event, "{change:?}");
        }
    }

    #[test]
    fn every_event_but_the_ping_has_its_change() {
        let told: Vec<&str> = TOLD.iter().map(|(.., event)| event.as_ref()).collect();
        assert_eq!(EventType::VARIANTS[0], "ping");
        assert_eq!(told, &EventType::VARIANTS[1..]);
    }

    #[test]
    fn an_address_is_that_of_the_very_revision() {
        for (table, key, at) in [
            ("quarterly_submissions", "M-1/2024-25-Q1/2", "/api/v1/quarterly-submissions/M-1/2024-25-Q1/revisions/2"),
            ("quarterly_reports", "F/2024-25-Q1/1", "/api/v1/quarterly-reports/F/2024-25-Q1/versions/1"),
            ("targets", "M-1/2024-25", "/api/v1/targets/M-1/2024-25"),
            ("issues_of_concern", "I-1", "/api/v1/issues-of-concern/I-1"),
        ] {
            assert_eq!(address(table, key), at);
        }
    }

    #[test]
    fn an_endpoint_takes_what_it_asked_for() {
        for (events, framework, measure, event, takes) in [
            ("", "", "", "submission.approved", true),
            ("submission.approved", "", "", "submission.approved", true),
            ("submission.published", "", "", "submission.approved", false),
            ("", "F", "", "submission.approved", true),
            ("", "G", "", "submission.approved", false),
            ("", "", "M-1", "submission.approved", true),
            ("", "", "M-2", "submission.approved", false),
            ("", "F", "M-2", "submission.approved", false),
            ("", "G", "M-2", "endpoint.disabled", true),
            ("target.created", "", "", "endpoint.disabled", false),
        ] {
            let code = |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap());
            let events: Vec<EventType> = events.parse().into_iter().collect();
            let interest = Interest { events, framework: code(framework), measure: code(measure) };
            let found = interest.takes(event.parse().unwrap(), Some("F"), &["M-1".to_owned()]);
            assert_eq!(found, takes, "{event} by {interest:?}");
        }
    }
}
