//! THE table of problem codes: every error the service can answer, what it means and how to mend it.
//!
//! A code is never renamed and never used for another meaning. `docs/problems.md` and `/problems/{code}` are made from here.

/// One kind of problem: a stable code with its HTTP status and its documentation.
#[derive(Debug)]
pub struct ProblemType {
    /// Stable `snake_case` code, the last part of its `type` URI.
    pub code: &'static str,
    /// HTTP status that it is answered with.
    pub status: u16,
    /// Short summary, the same for every occurrence.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What the caller can do about it.
    pub mend: &'static str,
}

/// Declares each problem once, as a constant and as a row of [`ALL`].
macro_rules! problems {
    ($($name:ident $status:literal $code:literal $title:literal $meaning:literal $mend:literal;)+) => {
        $(
            #[doc = $meaning]
            pub const $name: &ProblemType =
                &ProblemType { code: $code, status: $status, title: $title, meaning: $meaning, mend: $mend };
        )+
        /// Every problem type, in the order of the documentation.
        pub const ALL: &[&ProblemType] = &[$($name),+];
    };
}

problems! {
    MALFORMED_JSON 400 "malformed_json" "The body is not JSON"
        "The request body could not be read as one JSON document."
        "Correct the JSON at the line and column named. Each name may stand once in an object, and nesting ends at 100 levels.";
    INVALID_BODY 400 "invalid_body" "The body does not have the form asked for"
        "The body is JSON but does not match the schema that the OpenAPI document publishes for it."
        "Mend every fault listed in `errors`; each names the place by JSON Pointer and says what would be right.";
    INVALID_PARAMETER 400 "invalid_parameter" "A parameter has a wrong value"
        "A part of the address or of the query does not have the form that it must have."
        "Correct the parameter named in `detail`.";
    UNKNOWN_PARAMETER 400 "unknown_parameter" "There is no such query parameter"
        "The query has a parameter that this address does not know. It is refused, because ignoring a misspelt filter gives wrong figures."
        "Use the parameters that `detail` names.";
    INVALID_CURSOR 400 "invalid_cursor" "The cursor cannot be used here"
        "The cursor was not given out by this list in this order, or was cut short."
        "Follow `next` as it was given, or begin again without `cursor`.";
    INVALID_HEADER 400 "invalid_header" "A request header has a wrong value"
        "A header of the request could not be understood."
        "Correct the header named in `detail`.";
    BAD_REQUEST 400 "bad_request" "The request cannot be understood"
        "The request could not be read as HTTP."
        "Correct the request as `detail` says.";
    UNAUTHENTICATED 401 "unauthenticated" "A valid key or token is needed"
        "The request carries no key or token, or one that is unknown, expired, revoked or used from elsewhere; which of these is not told."
        "Send `Authorization: Bearer <key>` with a key that works (an administrator makes one), or sign in again.";
    FORBIDDEN 403 "forbidden" "The caller does not have the scope for this"
        "The caller is known, but lacks the scope that the operation needs, or has it for some measures only where it is needed for all."
        "Use a key or role with the scope that `detail` names.";
    FOUR_EYES 403 "four_eyes" "This takes another caller"
        "The caller who hands in a figure cannot be the one who approves it, nor whoever chose another disclosure policy, or defined a measure so that more is shown, the first to publish by that."
        "Have another caller approve or publish it.";
    NOT_FOUND 404 "not_found" "There is nothing at this address"
        "No such resource exists, or no longer."
        "Check the address; collections list what there is.";
    METHOD_NOT_ALLOWED 405 "method_not_allowed" "The address does not take this method"
        "The address exists, but not for the method used."
        "Use one of the methods in the `Allow` header.";
    REQUEST_TIMEOUT 408 "request_timeout" "The request took too long to arrive"
        "The request was not complete in time."
        "Send it again.";
    ALREADY_EXISTS 409 "already_exists" "The key is taken"
        "A resource with this key exists already."
        "Read it at its address; use `PUT` to replace it.";
    CODE_USED_BEFORE 409 "code_used_before" "Codes are never used again"
        "The code belonged to something that was deleted. A code used twice would join two unlike series."
        "Choose a new code.";
    STILL_IN_USE 409 "still_in_use" "Something depends on it"
        "The resource cannot be deleted while others refer to it."
        "Delete what depends on it first, or retire it as `detail` says.";
    UNKNOWN_REFERENCE 422 "unknown_reference" "It refers to something that does not exist"
        "A code in the request names something that is not there."
        "Create what it refers to first, or correct the code.";
    TRANSITION_NOT_ALLOWED 409 "transition_not_allowed" "Not possible in this state"
        "The action or change is not allowed from the state in which the resource is."
        "See `state` and `allowed` in the answer.";
    FIGURE_MISSING 409 "figure_missing" "There is no figure to submit"
        "A submission needs a value, or a symbol that says why there is none, before it is handed in."
        "Give `value`, or `value_symbol`, and submit again.";
    PLAN_INCOMPLETE 409 "plan_incomplete" "The plan promises nothing yet"
        "A recovery plan is agreed with at least one intervention and at least one quarter of its trajectory."
        "Add what `missing` names, and agree the plan then.";
    REVIEW_INCOMPLETE 409 "review_incomplete" "The review has gaps"
        "A review goes on when every active outcome and committee measure has a proposal, and every proposal has what its action needs."
        "Fill every gap listed in `errors`; `prefill` proposes to retain what nothing is proposed for.";
    QUARTER_SEALED 409 "quarter_sealed" "The quarter's report is signed off"
        "What a quarter was judged by stays once its report is signed off: only its figures can still be revised."
        "Let the change take effect from the quarter in `free` on, or correct the report: while a correction is written, its quarter is open.";
    CYCLE_LOCKED 409 "cycle_locked" "The quarter is locked"
        "The collection cycle of the quarter is locked: its figures are taken as they stand."
        "Have approved what was handed in, and correct an approved figure by `…/revise` with a reason. For a figure that is still missing, have `locks_on` of the cycle put off.";
    CLAUSE_CITED 409 "clause_cited" "A clause that is cited stays"
        "Something cites the clause, or the decision as a whole, as its authority."
        "Keep the clause under its label; its words may be put right, and further clauses added. `citing` names what cites it.";
    ACCOUNT_IN_USE 409 "account_in_use" "The account is in use"
        "An account is erased once it does nothing any more: its keys are revoked, and nothing that it handed in waits for approval."
        "Do what `detail` says, then erase it again.";
    REQUEST_IN_FLIGHT 409 "request_in_flight" "The same request is being answered"
        "A request with this Idempotency-Key has not finished yet."
        "Wait and send it again; the answer will then be the first one's.";
    PRECONDITION_FAILED 412 "precondition_failed" "It has changed since it was read"
        "The `If-Match` or `If-None-Match` condition does not hold: somebody changed the resource, or it exists already."
        "Read it again, and repeat the change on the new version.";
    BODY_TOO_LARGE 413 "body_too_large" "The body is too large"
        "The request body is larger than this address takes."
        "Send less in one request.";
    UNSUPPORTED_MEDIA_TYPE 415 "unsupported_media_type" "The body is of the wrong media type"
        "The request body is not of a media type that this address reads."
        "Send `Content-Type: application/json`, for `PATCH` also `application/merge-patch+json`.";
    VALIDATION_FAILED 422 "validation_failed" "A rule refuses the content"
        "The body has the right form, but its content breaks a rule; `errors` lists every breach."
        "Mend every fault listed in `errors`.";
    PERIOD_KIND_MISMATCH 422 "period_kind_mismatch" "The period is not of the measure's kind"
        "Figures of different kinds of period must never stand in one series: a calendar year is not a quarter."
        "Give the figure for a period of a kind that `detail` names, or push it to the measure that has such periods.";
    DECISION_REQUIRED 422 "decision_required" "This changes by a committee's decision"
        "What members agreed changes only by a decision: the framework is adopted, and the measure is reported at outcome or committee level."
        "Record the decision, then send the change again citing it: `decision`, `effective_from` and `change_reason`.";
    NOTE_REQUIRED 422 "note_required" "The figure is unlikely, and nobody says why it is right"
        "The figure can be true, but is far from the measure's own history, out of another number than the last figures, or not what its parts give; `errors` lists every doubt."
        "Check the figure. Approve it with a `note` that says why it is right, or return it with a reason.";
    REPORT_NOT_READY 409 "report_not_ready" "Something blocks the sign-off"
        "Red and newly off-target measures lack what members must be told of them; `errors` lists every gap."
        "Complete the narrative and the recovery plans that `errors` names, then sign off again; `…/readiness` shows what is left.";
    SEVERAL_YEAR_TYPES 422 "several_year_types" "The rows are of several kinds of year"
        "A file in the form of the Department for Education must not mix financial, academic and calendar years, quarters, months or days."
        "Add one of the filters that `detail` names, and ask once for each.";
    AS_OF_IN_FUTURE 422 "as_of_in_future" "The instant is still to come"
        "`as_of` asks what was known at an instant that has not been reached: its answer could still change."
        "Ask for an instant that has passed by the service's clock (the `Date` header), or leave `as_of` out for what is known now.";
    IMPORT_UNREADABLE 422 "import_unreadable" "The content cannot be read as rows"
        "The content as a whole is not what an import reads: its columns, its separators or its characters. Nothing was stored."
        "Mend what `errors` names, and send the content again.";
    IMPORT_REFUSED 422 "import_refused" "A row of the import is refused"
        "The import was to store all rows or none, and at least one is refused. Nothing was stored; the receipt is kept."
        "Mend the rows that `errors` names (the receipt's address gives them as CSV) and send all again, or send with `mode=row_by_row`.";
    IDEMPOTENCY_KEY_REUSED 422 "idempotency_key_reused" "The Idempotency-Key was used for another request"
        "The same Idempotency-Key came with another method, address or body; or its answer shows a secret, and it came with another credential."
        "Use a new key for a new request.";
    TOO_MANY_REQUESTS 429 "too_many_requests" "Too many requests"
        "The caller sent more requests than it may, or wrong credentials too often."
        "Wait as many seconds as `Retry-After` says; `RateLimit` tells how much is left, and `/api/v1/limits` all quotas.";
    NOT_SUPPORTED 501 "not_supported" "This part of the standard is not supported"
        "The request asks, by OData's rules, for something that this service does not do. It is refused, because leaving it out would give wrong figures."
        "Ask without what `detail` names; docs/bi/odata.md lists what there is.";
    INTERNAL 500 "internal_error" "Something went wrong on our side"
        "The service met an error of its own; nothing was stored."
        "Try again; if it stays, report the `request_id`.";
    UNAVAILABLE 503 "unavailable" "What the service needs does not answer"
        "The service runs, but its database, or the issuer of sign-ins, does not answer; nothing was stored."
        "Try again after as many seconds as `Retry-After` says.";
    RECORD_HELD 503 "record_held" "Another write holds the record"
        "Another write, such as an import that stores all its rows or none, holds what this request is to change, and did not end while it waited; nothing was stored."
        "Send the same request again after as many seconds as `Retry-After` says, until the other write has ended; `/api/v1/imports?state=working` shows imports, and whoever sent one can stop it.";
    OVERLOADED 503 "overloaded" "Too many requests are in hand"
        "The service answers as many requests at one time as it can answer well, and refuses the others at once; nothing was stored."
        "Try again after as many seconds as `Retry-After` says; `/api/v1/limits` tells the bounds.";
}

/// The problem type with this code.
pub fn find(code: &str) -> Option<&'static ProblemType> {
    ALL.iter().copied().find(|kind| kind.code == code)
}

/// The problem type that stands for a bare HTTP status, for errors raised outside our own code.
pub fn for_status(status: u16) -> &'static ProblemType {
    match status {
        401 => UNAUTHENTICATED,
        403 => FORBIDDEN,
        404 => NOT_FOUND,
        405 => METHOD_NOT_ALLOWED,
        408 => REQUEST_TIMEOUT,
        413 => BODY_TOO_LARGE,
        415 => UNSUPPORTED_MEDIA_TYPE,
        429 => TOO_MANY_REQUESTS,
        501 => NOT_SUPPORTED,
        503 => UNAVAILABLE,
        400..=499 => BAD_REQUEST,
        _ => INTERNAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_snake_case() {
        for (at, kind) in ALL.iter().enumerate() {
            assert!(kind.code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", kind.code);
            assert!(ALL[at + 1..].iter().all(|other| other.code != kind.code), "{} stands twice", kind.code);
        }
    }
}
