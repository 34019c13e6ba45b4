//! `DELETE /api/v1/benchmarks/{measure}/{comparator}/{data_period}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_comparator()));
}
