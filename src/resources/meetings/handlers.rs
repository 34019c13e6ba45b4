//! `/api/v1/meetings`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Meeting, MeetingBody, MeetingFilter, MeetingPath};
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

type NewMeeting = New<MeetingBody>;
type MeetingPatch = Patch<MeetingBody>;

/// List meetings
#[utoipa::path(
    tag = "meetings", operation_id = "list_meetings", security(("api_key" = ["read"])),
    params(MeetingFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of meetings", body = Page<Meeting>))
)]
#[get("/meetings")]
pub async fn list(_: Caller<Read>, query: List<MeetingFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Meeting>(&db, &query, &request).await
}

/// Create a meeting
#[utoipa::path(
    tag = "meetings", operation_id = "create_meeting", security(("api_key" = ["decide"])),
    request_body(content = NewMeeting, example = json!({
        "code": "PRACTICE-MEETING-02", "committee": "No committee: for practice only", "held_on": "2026-06-15"
    })),
    responses((status = 201, description = "The new meeting", body = Meeting))
)]
#[post("/meetings")]
pub async fn create(caller: Caller<Decide>, body: New<MeetingBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Meeting>(&db, caller.author(), &body.0, retry).await
}

/// Read a meeting
#[utoipa::path(
    tag = "meetings", operation_id = "get_meeting", security(("api_key" = ["read"])),
    params(MeetingPath, Moment),
    responses((status = 200, description = "The meeting", body = Meeting))
)]
#[get("/meetings/{meeting}")]
pub async fn get(_: Caller<Read>, path: Path<MeetingPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Meeting>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a meeting
#[utoipa::path(
    tag = "meetings", operation_id = "put_meeting", security(("api_key" = ["decide"])),
    params(("meeting" = String, Path, description = "Code of the meeting.", format = "code", example = "PRACTICE-MEETING")),
    request_body(content = MeetingBody, example = json!({
        "committee": "No committee: for practice only", "held_on": "2026-03-16", "title": "A meeting to practise on"
    })),
    responses(
        (status = 200, description = "The meeting as replaced", body = Meeting),
        (status = 201, description = "The new meeting", body = Meeting)
    )
)]
#[put("/meetings/{meeting}")]
pub async fn put(
    caller: Caller<Decide>,
    path: Path<MeetingPath>,
    body: Valid<MeetingBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Meeting>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a meeting
#[utoipa::path(
    tag = "meetings", operation_id = "patch_meeting", security(("api_key" = ["decide"])),
    params(("meeting" = String, Path, description = "Code of the meeting.", format = "code", example = "PRACTICE-MEETING")),
    request_body(content = MeetingPatch, content_type = "application/merge-patch+json", example = json!({"kind": "extraordinary"})),
    responses((status = 200, description = "The meeting as changed", body = Meeting))
)]
#[patch("/meetings/{meeting}")]
pub async fn patch(
    caller: Caller<Decide>,
    path: Path<MeetingPath>,
    patch: Patch<MeetingBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Meeting>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a meeting
///
/// Only one at which nothing was decided.
#[utoipa::path(
    tag = "meetings", operation_id = "delete_meeting", security(("api_key" = ["decide"])),
    params(("meeting" = String, Path, description = "Code of the meeting.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/meetings/{meeting}")]
pub async fn delete(caller: Caller<Decide>, path: Path<MeetingPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Meeting>(&db, caller.author(), &path.0, &when).await
}
