//! What dashboards pull: one flat feed of figures, each row judged by the rules of the scorecard, in the forms that Power BI,
//! Excel, Tableau, R and Python read.
//!
//! `catalogue` says which columns there are; `ask` reads a request, `filter` and `order` are what it asks; `store` is the
//! statement and `feed` reads by it; `facts` judges; `forms` write.

pub mod answer;
pub mod ask;
pub mod catalogue;
pub mod cell;
pub mod changed;
pub mod connection;
pub mod dimensions;
pub mod document;
pub mod facts;
pub mod feed;
pub mod filter;
pub mod form;
pub mod forms;
pub mod fresh;
pub mod handlers;
pub mod notices;
pub mod order;
pub mod shown;
pub mod store;
pub mod version;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the feed and of the tables beside it.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::observations)
        .service(connection::get)
        .service(dimensions::handlers::frameworks)
        .service(dimensions::handlers::outcomes)
        .service(dimensions::handlers::measures)
        .service(dimensions::handlers::periods)
        .service(dimensions::handlers::comparators);
}
