//! `DELETE /api/v1/comparator-memberships/{group}/{area}/{valid_from}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_groups()));
}
