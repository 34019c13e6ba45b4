//! The OpenAPI document: made from the very routes that are mounted, then completed with what all operations share.

mod bodies;
mod errors;
pub mod generated;
mod headers;
mod links;
mod matrix;
mod parameters;
mod responses;
pub mod security;
pub mod states;
mod webhooks;

use actix_web::App;
use serde_json::{Value, json};
use utoipa_actix_web::AppExt;

use crate::http::schema;
use crate::{app, domain};

/// The complete document, OpenAPI 3.1, made anew: it is large, and whoever serves it keeps its text alone.
pub fn document() -> Value {
    schema::use_formats(domain::formats::FORMATS);
    let (_, collected) = App::new().into_utoipa_app().configure(app::routes).split_for_parts();
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["info"] = info();
    document["servers"] = json!([{"url": "/", "description": "This service"}]);
    document["tags"] = tags();
    document["components"]["securitySchemes"] = security::schemes();
    responses::complete(&mut document);
    for (path, method, operation) in operations(&mut document) {
        bodies::complete(operation);
        parameters::complete(operation);
        headers::complete(&path, &method, operation);
        errors::complete(&path, operation);
        security::complete(operation);
        describe(operation);
    }
    links::complete(&mut document);
    webhooks::complete(&mut document);
    errors::components(&mut document);
    document
}

/// Every operation with its path and method.
fn operations(document: &mut Value) -> impl Iterator<Item = (String, String, &mut Value)> {
    let paths = document["paths"].as_object_mut();
    paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object_mut().into_iter().flatten();
        methods.map(move |(method, operation)| (path.clone(), method.clone(), operation))
    })
}

/// An operation whose summary says it all is described by that.
fn describe(operation: &mut Value) {
    if operation["description"].as_str().is_none_or(str::is_empty) {
        operation["description"] = json!(format!("{}.", operation["summary"].as_str().unwrap_or_default()));
    }
    if operation["security"] == json!([{}]) {
        operation["security"] = json!([]);
    }
}

fn info() -> Value {
    json!({
        "title": "Performance Framework API",
        "version": env!("CARGO_PKG_VERSION"),
        "description": concat!(
            "The system of record for a council's performance framework: outcomes, measures, targets, quarterly submissions ",
            "and annual target reviews, with the rules that turn figures into a scorecard.\n\n",
            "Periods: a reporting quarter is such as `2024-25-Q2` (April financial year); a figure's own `data_period` says its calendar: ",
            "`2024-25-Q2`, `2024-25`, `AY2023-24`, `AY2023-24-AUT`, `CY2024`, `2025-03` or `2025-03-31`.\n\n",
            "Numbers are exact decimals. A missing number is null with a symbol beside it: z not applicable, x not available, ",
            "c confidential, k rounds to zero, u unreliable.\n\n",
            "Errors are RFC 9457 problem details: `400` a request that does not match this document, `422` one that matches but ",
            "breaks a rule, `409` one that the present state does not allow, `412` a stale `If-Match`. Each has a stable `code`, ",
            "documented under `/problems`.\n\n",
            "Retrying is safe: `PUT` is repeatable, and `POST` is with an `Idempotency-Key`."
        ),
        "contact": {"name": "The maintainers", "url": "https://github.com/performance-framework/performance-framework", "email": "maintainers@performance-framework.example"},
        "license": {"name": "MIT OR Apache-2.0", "url": "https://spdx.org/licenses/MIT.html"}
    })
}

fn tags() -> Value {
    json!([
        {"name": "accounts", "description": "Whose names stand in the records: what is held of them, and its erasure."},
        {"name": "annual-target-reviews", "description": "The yearly review of a framework's measures and targets."},
        {"name": "areas", "description": "Authorities, regions and countries, under codes that have their time."},
        {"name": "audit", "description": "Seals over the change log, by which an alteration is found."},
        {"name": "benchmarks", "description": "Published values of other areas and groups, to compare with."},
        {"name": "changes", "description": "The append-only log of every write."},
        {"name": "collection-cycles", "description": "When the figures of a quarter are asked for, due and locked, and which committee receives them."},
        {"name": "comparator-groups", "description": "Groups of areas that figures are compared with, such as statistical neighbours."},
        {"name": "comparator-memberships", "description": "Which area belongs to which group, and when."},
        {"name": "comparators", "description": "How the council compares: nation, region, neighbours and rank, for a measure and a period."},
        {"name": "data-requests", "description": "Who owes which figure: what is due, late, waived or not yet to be had, and whom to chase."},
        {"name": "decisions", "description": "What committees decided, clause by clause: the authority that changes cite."},
        {"name": "documentation", "description": "This document."},
        {"name": "feed", "description": "Every figure in one flat table, in the forms that dashboards read."},
        {"name": "frameworks", "description": "What a committee agreed to measure, and over which years."},
        {"name": "health", "description": "Whether the service lives and is ready."},
        {"name": "import-mappings", "description": "How published files in the tidy form become figures of ours."},
        {"name": "imports", "description": "Many figures in one request, each row answered for."},
        {"name": "issues-of-concern", "description": "What committees want to be told more about, on which measures, by when, and what was answered."},
        {"name": "keys", "description": "API keys: made, rotated and revoked by administrators."},
        {"name": "limits", "description": "How often, how much and how long: what callers may ask of the service at most."},
        {"name": "me", "description": "Who the caller is, and what it may do."},
        {"name": "measures", "description": "What is measured, how it is counted and which direction is good."},
        {"name": "meetings", "description": "Meetings of committees, at which decisions are taken."},
        {"name": "odata", "description": "The feed and the tables beside it as OData 4.0, read only."},
        {"name": "outcomes", "description": "What a framework works towards."},
        {"name": "problems", "description": "What every error means and how to mend it."},
        {"name": "quarterly-reports", "description": "What a committee is told of a quarter: written, checked, sealed, published, considered, and proved."},
        {"name": "quarterly-submissions", "description": "Figures and narrative, quarter by quarter, revision by revision."},
        {"name": "recovery-plans", "description": "How a measure that is off target is to recover, quarter by quarter, and whether it did."},
        {"name": "scorecards", "description": "A framework's figures for a quarter, coloured and explained."},
        {"name": "targets", "description": "What a measure is to reach in a year, and how far off is still amber."},
        {"name": "webhook-endpoints", "description": "Addresses that are called when something happens, and what they were sent."}
    ])
}
