//! `DELETE /api/v1/import-mappings/{mapping}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_measure()));
}
