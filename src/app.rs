//! The application of one worker: every route, every layer, shared by the server and the document.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, Error, HttpRequest, HttpResponse};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::{Config as SwaggerConfig, SwaggerUi};

use crate::access::cache::KeyCache;
use crate::access::caller;
use crate::access::oidc::Issuer;
use crate::access::readings::Readings;
use crate::audit::waiting::Waiting;
use crate::bi::fresh::Pages;
use crate::bi::notices::Notices;
use crate::bi::version::{FirstSeen, Versions};
use crate::config::Config;
use crate::db::Connections;
use crate::domain::network::Network;
use crate::domain::outside::Outside;
use crate::http::cors::{self, Origins};
use crate::http::incoming::{self, BodyTime};
use crate::http::odata::ROOT;
use crate::http::page::PublicUrl;
use crate::http::peer::TrustedProxies;
use crate::http::problem::Problem;
use crate::http::routing::RouteTable;
use crate::http::{edge, problems};
use crate::limits::{Limits, gate, quota};
use crate::meta::problem_pages::DocumentBytes;
use crate::{access, accounts, audit, bi, bulk, limits, meta, odata, openapi, reports, resources};

/// What all workers share.
#[derive(Clone)]
pub struct Shared {
    url: String,
    read_url: Option<String>,
    pool_size: u32,
    held: u32,
    base: PublicUrl,
    keys: Data<KeyCache>,
    issuer: Option<Data<Issuer>>,
    proxies: TrustedProxies,
    document: Data<DocumentBytes>,
    table: Data<RouteTable>,
    limits: Data<Limits>,
    waiting: Data<Waiting>,
    outside: Data<Outside>,
    pages: Data<Pages>,
    notices: Data<Notices>,
    first_seen: Arc<FirstSeen>,
    readings: Data<Readings>,
}

/// The document as it is served, and what it says of addresses.
static DOCUMENT: LazyLock<(Data<DocumentBytes>, Data<RouteTable>)> = LazyLock::new(|| {
    let document = openapi::document();
    (Data::new(DocumentBytes(document.to_string().into_bytes())), Data::new(RouteTable::of(&document)))
});

impl Shared {
    /// For a database at `url` and a public address `base`.
    pub fn new(config: &Config, url: String, base: String) -> Self {
        let workers = u32::try_from(config.workers).unwrap_or(1);
        Self {
            url,
            read_url: config.read_database_url.clone(),
            pool_size: config.pool_size.div_ceil(workers),
            held: u32::try_from(config.traffic.exports).unwrap_or(u32::MAX / 2),
            base: PublicUrl(base),
            keys: Data::new(KeyCache::default()),
            issuer: config.oidc.clone().map(|settings| Data::new(Issuer::new(settings))),
            proxies: proxies(&config.trusted_proxies),
            table: DOCUMENT.1.clone(),
            limits: Data::new(Limits::new(&config.traffic)),
            waiting: Data::new(Waiting::new(config.traffic.waiting)),
            outside: Data::new(config.outside.clone()),
            pages: Data::default(),
            notices: Data::default(),
            first_seen: Arc::default(),
            readings: Data::default(),
            document: DOCUMENT.0.clone(),
        }
    }
}

impl Shared {
    /// The limits in force.
    pub fn limits(&self) -> &Data<Limits> {
        &self.limits
    }

    /// Which keys read which measures.
    pub fn readings(&self) -> &Data<Readings> {
        &self.readings
    }

    /// Who waits for changes.
    pub fn waiting(&self) -> &Data<Waiting> {
        &self.waiting
    }
}

/// Every route that the document describes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(meta::routes)
        .service(utoipa_actix_web::scope("/api/v1").configure(api))
        .service(utoipa_actix_web::scope(ROOT).configure(odata::routes));
}

fn api(config: &mut ServiceConfig) {
    config
        .configure(resources::routes)
        .configure(reports::routes)
        .configure(bi::routes)
        .configure(bulk::routes)
        .configure(audit::routes)
        .configure(access::routes)
        .configure(accounts::routes)
        .configure(limits::routes);
}

/// The application of one worker; called on the worker's own thread, whose connections it makes.
pub fn build(
    shared: &Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let app = App::new().service(odata::handlers::service_with_slash);
    let (app, _) = app.into_utoipa_app().configure(routes).split_for_parts();
    let app = match &shared.issuer {
        Some(issuer) => app.app_data(issuer.clone()),
        None => app,
    };
    let connections = Connections::new(&shared.url, shared.pool_size, shared.held);
    let connections = Data::new(match &shared.read_url {
        Some(standby) => connections.beside(standby, shared.pool_size, shared.held),
        None => connections,
    });
    let versions = Versions::new(connections.clone().into_inner(), Arc::clone(&shared.first_seen));
    app.app_data(Data::new(versions))
        .app_data(connections)
        .app_data(shared.pages.clone())
        .app_data(shared.notices.clone())
        .app_data(shared.readings.clone())
        .app_data(shared.base.clone())
        .app_data(shared.keys.clone())
        .app_data(shared.proxies.clone())
        .app_data(shared.document.clone())
        .app_data(shared.table.clone())
        .app_data(shared.limits.clone())
        .app_data(shared.waiting.clone())
        .app_data(shared.outside.clone())
        .app_data(BodyTime(Duration::from_secs(shared.limits.traffic.body_seconds)))
        .app_data(Origins(shared.limits.traffic.origins.clone().into()))
        .service(web::redirect("/", "/docs/"))
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(swagger()))
        .default_service(web::to(nowhere))
        // The last one here is the first to see a request.
        .wrap(from_fn(quota::within_quota))
        .wrap(from_fn(caller::identify))
        .wrap(Compress::default())
        .wrap(from_fn(gate::bounded))
        .wrap(from_fn(cors::cors))
        .wrap(from_fn(incoming::ends_once))
        .wrap(from_fn(edge::edge))
        .wrap(from_fn(incoming::in_time))
}

fn proxies(networks: &[Network]) -> TrustedProxies {
    let networks = networks.to_vec();
    TrustedProxies(Arc::new(move |address| networks.iter().any(|network| network.contains(address))))
}

fn swagger() -> SwaggerConfig<'static> {
    SwaggerConfig::from("/openapi.json").persist_authorization(true).display_request_duration(true).deep_linking(true)
}

/// What no route took: the address is unknown, or known but not for this method.
async fn nowhere(request: HttpRequest, table: Data<RouteTable>) -> Result<HttpResponse, Problem> {
    let path = request.path();
    match table.allowed(path) {
        Some(methods) => {
            let detail = format!("`{path}` takes {}, not {}.", methods.join(", "), request.method());
            Err(Problem::new(problems::METHOD_NOT_ALLOWED, detail)
                .header(actix_web::http::header::ALLOW, &methods.join(", ")))
        }
        None => Err(Problem::not_found(format!("address `{path}`; the addresses there are stand in /openapi.json"))),
    }
}
