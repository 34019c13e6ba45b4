//! Whether an issue makes sense, and whether its wording may still change.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::IssueOfConcernBody;
use super::row::{IssueOfConcern, IssueRecord};
use crate::db::DbError;
use crate::db::schema::decisions;
use crate::domain::concern;
use crate::http::body::Patch;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::decisions::clause::Clauses;
use crate::resources::steps::not_now;

/// Refuses a clause that does not exist, a measure named twice, and a change to what is over.
///
/// # Errors
/// `validation_failed` with every fault; `transition_not_allowed`.
pub async fn check(
    connection: &mut AsyncPgConnection,
    body: &IssueOfConcernBody,
    current: Option<&IssueOfConcern>,
) -> Result<(), Problem> {
    if let Some(over) = current.map(|current| &current.kept).filter(|kept| !concern::open(kept.state)) {
        return allow_repetition(over, body);
    }
    let mut found = named_twice(body);
    found.extend(of_clause(connection, body).await?);
    if found.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::VALIDATION_FAILED, found)) }
}

/// A fault for each measure that was named before.
pub fn named_twice(body: &IssueOfConcernBody) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let measures = body.measures.0.iter().enumerate();
    let again = measures.filter(|(_, code)| !seen.insert(code.as_str()));
    again
        .map(|(at, code)| {
            Fault::new(format!("/measures/{at}"), "named_twice", format!("{code} is named twice: name it once."))
        })
        .collect()
}

async fn of_clause(connection: &mut AsyncPgConnection, body: &IssueOfConcernBody) -> Result<Option<Fault>, DbError> {
    let Some(label) = &body.clause else { return Ok(None) };
    let Some(decision) = &body.decision else {
        let detail = "A clause is one of a decision: name the `decision` as well, or leave `clause` out.";
        return Ok(Some(Fault::new("/clause", "no_decision", detail)));
    };
    // Held, so that nobody takes the clause out meanwhile.
    let clauses = decisions::table.find(decision).select(decisions::clauses).for_share();
    // Without the decision the foreign key refuses, in its own words.
    let Some(clauses) = clauses.first::<Clauses>(connection).await.optional()? else { return Ok(None) };
    let labels: Vec<&str> = clauses.0.iter().map(|clause| clause.clause.as_ref()).collect();
    let known = labels.contains(&label.as_ref());
    Ok((!known).then(|| {
        let detail = format!("{decision} has no clause `{label}`; it has `{}`.", labels.join("`, `"));
        Fault::new("/clause", "unknown_clause", detail)
    }))
}

/// What is over stays as it is; the same content sent again changes nothing.
fn allow_repetition(over: &IssueRecord, body: &IssueOfConcernBody) -> Result<(), Problem> {
    if Patch::<IssueOfConcernBody>::nothing().apply(over)? == *body {
        return Ok(());
    }
    let detail = format!(
        "The issue is `{}` and stays as it is. A closed one can be reopened; else raise a new one.",
        over.state
    );
    Err(not_now(&detail, &over.state, &concern::actions(over.state)))
}

/// Refuses to delete what somebody has dealt with.
///
/// # Errors
/// `transition_not_allowed`.
pub fn may_delete(current: &IssueOfConcern) -> Result<(), Problem> {
    let state = current.kept.state;
    if concern::deletable(state) {
        return Ok(());
    }
    let detail = format!("The issue is `{state}` and part of the record: only one that is just raised can be deleted.");
    Err(not_now(&detail, &state, &concern::actions(state)))
}
