//! What commands share that work on the database beside a running service, in the name of the command line.

use actix_web::web::Data;

use super::Failure;
use crate::db::reach::Reach;
use crate::db::{Author, Connections, Db};
use crate::http::problem::Problem;

/// Changes made here are logged in the name of the command line.
pub fn author() -> Author {
    Author { actor: "command-line".to_owned(), request_id: String::new() }
}

/// Runs `work` on the database in the role of the service.
pub fn on_database<T>(url: &str, work: impl AsyncFnOnce(&Db) -> Result<T, Problem>) -> Result<T, Failure> {
    block_on(async {
        let db = Db::new(Data::new(Connections::new(url, 1, 0)).into_inner(), Reach::Everywhere);
        work(&db).await
    })
}

/// Runs `work` to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Failure> {
    let told = |problem: Problem| {
        Failure::Told(format!("{} {}", problem.detail(), problem.cause().unwrap_or_default()).trim().to_owned())
    };
    actix_web::rt::System::new().block_on(work).map_err(told)
}
