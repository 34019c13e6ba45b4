//! Bad input, of every kind that we could name: each gets a clear problem with the right status, and nothing is stored.

mod documents;
mod keys;
mod numbers;
mod periods;
mod requests;
mod text;
mod types;

use crate::support::{Answer, App};

/// Pushes these bytes as JSON to the submission of `M-1` for 2024-25-Q1; nothing may be stored.
#[track_caller]
fn push(app: &App, body: impl Into<Vec<u8>>) -> Answer {
    let put = || app.provider().put("quarterly-submissions/M-1/2024-25-Q1").raw("application/json", body);
    app.storing_nothing(put)
}
