//! The service as its callers meet it: over real HTTP, on a PostgreSQL that the tests start. Files mirror the addresses.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop where it stands")]

mod access;
mod annual_target_reviews;
mod architecture;
mod areas;
mod as_of;
mod audit;
mod availability;
mod bad_input;
mod benchmarks;
mod chase_list;
mod collection_cycles;
mod commands;
mod comparator_groups;
mod comparator_memberships;
mod comparators;
mod data_requests;
mod deadlines;
mod decisions;
mod edge;
mod frameworks;
mod governed_change;
mod keys;
mod measures;
mod meetings;
mod migrations;
mod openapi;
mod outcomes;
mod problems;
mod quarterly_submissions;
mod real_data;
mod retry;
mod schema;
mod scorecard;
mod support;
mod targets;
