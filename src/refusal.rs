//! From a constraint's name to a problem: the database holds the truth, and its refusals are told in plain English.

use std::collections::BTreeMap;

use actix_web::http::header;

use crate::db::DbError;
use crate::db::error::Held;
use crate::http::problem::{Fault, Problem};
use crate::http::problems::{self, ProblemType};
use crate::resources;

/// What a caller is told when a named constraint refuses a write.
#[derive(Debug)]
pub struct Refusal {
    /// Name of the constraint.
    pub constraint: &'static str,
    /// Kind of problem.
    pub kind: &'static ProblemType,
    /// JSON Pointer to the field at fault; empty where it is the whole.
    pub pointer: &'static str,
    /// What is wrong and what would be right. A name in braces stands for what the trigger that refuses says of it.
    pub detail: &'static str,
}

impl Refusal {
    /// The key of a new resource is taken.
    pub const fn taken(constraint: &'static str, detail: &'static str) -> Self {
        Self { constraint, kind: problems::ALREADY_EXISTS, pointer: "", detail }
    }

    /// A rule refuses the content of a field.
    pub const fn rule(constraint: &'static str, pointer: &'static str, detail: &'static str) -> Self {
        Self { constraint, kind: problems::VALIDATION_FAILED, pointer, detail }
    }
}

impl Refusal {
    /// Something governed was to change without authority.
    pub const fn decision(constraint: &'static str, detail: &'static str) -> Self {
        Self { constraint, kind: problems::DECISION_REQUIRED, pointer: "/decision", detail }
    }
}

/// What a foreign key says from either side.
#[derive(Debug)]
pub struct Link {
    /// Name of the constraint.
    pub constraint: &'static str,
    /// JSON Pointer to the field that refers.
    pub pointer: &'static str,
    /// Told when the reference names nothing.
    pub unknown: &'static str,
    /// Told when something referred to is to be deleted.
    pub in_use: &'static str,
}

impl Link {
    /// A reference to a decision in the field `decision`.
    pub const fn to_decision(constraint: &'static str) -> Self {
        Self {
            constraint,
            pointer: "/decision",
            unknown: "There is no decision with this code. Record it first, or correct `decision`.",
            in_use: "Changes cite the decision as their authority. It stays; PATCH it to put its words right.",
        }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(cause) => {
                let detail = "The database does not answer just now. Nothing was stored.";
                Self::new(problems::UNAVAILABLE, detail).header(header::RETRY_AFTER, "2").caused_by(cause)
            }
            DbError::Held { what, message } => held(what).caused_by(message),
            DbError::Constraint { name, foreign_key: true, still_referenced, message, .. } => {
                of_link(&name, still_referenced).caused_by(message)
            }
            DbError::Constraint { name, facts, message, .. } => of_constraint(&name, facts).caused_by(message),
            DbError::Beyond { refused_by, message } => beyond(refused_by.as_deref()).caused_by(message),
            DbError::Other(cause) => Self::internal(cause),
        }
    }
}

/// Whoever waits for the turn of figures waits for an import, or for somebody who writes the same one; a row may be held by others too.
/// An import may take minutes.
fn held(what: Held) -> Problem {
    let (detail, wait) = match what {
        Held::Figures => (
            "The figures of this measure are held by an import until it ends, or this one by another request: what is being stored is \
             listed at `/api/v1/imports?state=working`. Nothing of this request was stored: send it again after that.",
            "15",
        ),
        Held::Row => (
            "Another write holds a record that this request is to change, such as an import that stores all rows or none: what is being \
             stored is listed at `/api/v1/imports?state=working`. Nothing of this request was stored: send it again after that.",
            "2",
        ),
    };
    Problem::new(problems::RECORD_HELD, detail).header(header::RETRY_AFTER, wait)
}

/// To whom a measure, outcome or framework was not granted, it is as one that does not exist. What belongs to none of them is
/// written only by who may do so everywhere.
fn beyond(refused_by: Option<&str>) -> Problem {
    let fits = |link: &&Link, name: &str| {
        let parents = ["measure", "outcome", "framework"].map(|parent| format!("{name}_{parent}_fkey"));
        link.constraint == name || parents.iter().any(|constraint| link.constraint == constraint)
    };
    match refused_by.and_then(|name| resources::links().find(|link| fits(link, name))) {
        Some(link) => of_link(link.constraint, false),
        None => {
            let detail = "The caller's rights for this are limited to some frameworks, outcomes or measures, and it is needed \
                          without a limit.";
            Problem::new(problems::FORBIDDEN, detail)
        }
    }
}

fn of_link(name: &str, still_referenced: bool) -> Problem {
    let Some(link) = resources::links().find(|link| link.constraint == name) else {
        return Problem::internal(format!("foreign key {name} has no words"));
    };
    if still_referenced {
        return Problem::new(problems::STILL_IN_USE, link.in_use);
    }
    let fault = Fault::new(link.pointer, problems::UNKNOWN_REFERENCE.code, link.unknown);
    Problem::of_faults(problems::UNKNOWN_REFERENCE, vec![fault])
}

fn of_constraint(name: &str, facts: BTreeMap<String, String>) -> Problem {
    let Some(refusal) = resources::refusals().find(|refusal| refusal.constraint == name) else {
        return Problem::internal(format!("constraint {name} has no words"));
    };
    let detail =
        facts.iter().fold(refusal.detail.to_owned(), |words, (name, fact)| words.replace(&format!("{{{name}}}"), fact));
    let problem = if refusal.kind.status == 422 {
        Problem::of_faults(refusal.kind, vec![Fault::new(refusal.pointer, refusal.constraint, detail)])
    } else {
        Problem::new(refusal.kind, detail)
    };
    facts.into_iter().fold(problem, |problem, (name, fact)| problem.with(&name, fact))
}
