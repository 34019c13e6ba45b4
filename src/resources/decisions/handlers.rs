//! `/api/v1/decisions`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Decision, DecisionBody, DecisionFilter, DecisionPath};
use crate::access::caller::Caller;
use crate::access::scope::{Decide, Read};
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::crud;
use crate::retry::Retry;

type NewDecision = New<DecisionBody>;
type DecisionPatch = Patch<DecisionBody>;

/// List decisions
#[utoipa::path(
    tag = "decisions", operation_id = "list_decisions", security(("api_key" = ["read"])),
    params(DecisionFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of decisions", body = Page<Decision>))
)]
#[get("/decisions")]
pub async fn list(_: Caller<Read>, query: List<DecisionFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Decision>(&db, &query, &request).await
}

/// Create a decision
#[utoipa::path(
    tag = "decisions", operation_id = "create_decision", security(("api_key" = ["decide"])),
    request_body(content = NewDecision, example = json!({
        "code": "PRACTICE-DECISION-02", "meeting": "PRACTICE-MEETING", "minute_reference": "Item 8 (b)",
        "title": "A second decision to practise on",
        "clauses": [{"clause": "b", "verb": "include", "text": "Includes a further measure in the practice framework."}]
    })),
    responses((status = 201, description = "The new decision", body = Decision))
)]
#[post("/decisions")]
pub async fn create(caller: Caller<Decide>, body: New<DecisionBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Decision>(&db, caller.author(), &body.0, retry).await
}

/// Read a decision
#[utoipa::path(
    tag = "decisions", operation_id = "get_decision", security(("api_key" = ["read"])),
    params(DecisionPath, Moment),
    responses((status = 200, description = "The decision", body = Decision))
)]
#[get("/decisions/{decision}")]
pub async fn get(_: Caller<Read>, path: Path<DecisionPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Decision>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a decision
#[utoipa::path(
    tag = "decisions", operation_id = "put_decision", security(("api_key" = ["decide"])),
    params(("decision" = String, Path, description = "Code of the decision.", format = "code", example = "PRACTICE-DECISION")),
    request_body(content = DecisionBody, example = json!({
        "meeting": "PRACTICE-MEETING", "minute_reference": "Item 7", "title": "A decision to practise on",
        "clauses": [
            {"clause": "a", "verb": "note", "text": "Notes the practice report."},
            {"clause": "b", "verb": "refer", "text": "Refers PRACTICE-01.", "committee": "Another committee: for practice only"}
        ],
        "subject_to_call_in": true
    })),
    responses(
        (status = 200, description = "The decision as replaced", body = Decision),
        (status = 201, description = "The new decision", body = Decision)
    )
)]
#[put("/decisions/{decision}")]
pub async fn put(
    caller: Caller<Decide>,
    path: Path<DecisionPath>,
    body: Valid<DecisionBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Decision>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a decision
#[utoipa::path(
    tag = "decisions", operation_id = "patch_decision", security(("api_key" = ["decide"])),
    params(("decision" = String, Path, description = "Code of the decision.", format = "code", example = "PRACTICE-DECISION")),
    request_body(content = DecisionPatch, content_type = "application/merge-patch+json", example = json!({"reasons": "For practice only."})),
    responses((status = 200, description = "The decision as changed", body = Decision))
)]
#[patch("/decisions/{decision}")]
pub async fn patch(
    caller: Caller<Decide>,
    path: Path<DecisionPath>,
    patch: Patch<DecisionBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Decision>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a decision
///
/// Only one that nothing cites.
#[utoipa::path(
    tag = "decisions", operation_id = "delete_decision", security(("api_key" = ["decide"])),
    params(("decision" = String, Path, description = "Code of the decision.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/decisions/{decision}")]
pub async fn delete(caller: Caller<Decide>, path: Path<DecisionPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Decision>(&db, caller.author(), &path.0, &when).await
}
