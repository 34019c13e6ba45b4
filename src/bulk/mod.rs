//! Imports: many figures in one request, each row answered for.
//!
//! `incoming` takes the content in, `split` cuts it into records, `document`, `layout` and `tidy` make rows of a record, `batch` judges and
//! stores rows by the rules of a single push, `receipt` is what comes of it, `store` keeps that. A content of up to a thousand rows is
//! answered for `at_once`; a larger one is kept by `jobs` in the `queue`, read again by `source`, and worked by `worker`.

pub mod at_once;
pub mod batch;
pub mod body;
pub mod charset;
pub mod contents;
pub mod document;
pub mod doubts;
pub mod download;
pub mod events;
pub mod handlers;
pub mod incoming;
pub mod jobs;
pub mod layout;
pub mod passed;
pub mod query;
pub mod queue;
pub mod quoting;
pub mod reading;
pub mod receipt;
pub mod receipt_file;
pub mod row;
pub mod said;
pub mod source;
pub mod split;
pub mod store;
pub mod tidy;
pub mod work;
pub mod worker;

use utoipa_actix_web::service_config::ServiceConfig;

/// Most rows that are answered for at once; more become a job.
pub const ROWS_AT_ONCE: usize = 1000;
/// Most bytes of a content that is answered for at once.
pub const BYTES_AT_ONCE: usize = 8 * 1024 * 1024;
/// Most bytes of a content.
pub const BYTES: u64 = 256 * 1024 * 1024;
/// Most bytes of one row.
pub const ROW_BYTES: usize = 1024 * 1024;
/// Days for which receipts are kept.
pub const KEPT_DAYS: u16 = 90;

/// Routes of imports.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::create)
        .service(handlers::list)
        .service(handlers::get)
        .service(handlers::list_rows)
        .service(handlers::follow)
        .service(handlers::cancel);
}
