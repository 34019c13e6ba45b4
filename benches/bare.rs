//! The least that actix-web can do: it answers `/page` with the bytes of a file and `/known` with `304`. `benches/feed` measures the
//! feed beside it. Run as `bare FILE`; it says where it listens.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, Responder};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

async fn page(bytes: Data<Bytes>) -> impl Responder {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).body(Bytes::clone(&bytes))
}

async fn known() -> impl Responder {
    HttpResponse::NotModified().finish()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("bare FILE"))?;
    let bytes = Data::new(Bytes::from(std::fs::read(file)?));
    let app = move || {
        let app = App::new().app_data(bytes.clone());
        app.route("/page", web::get().to(page)).route("/known", web::get().to(known))
    };
    let server = HttpServer::new(app).bind(("127.0.0.1", 0))?;
    for address in server.addrs() {
        println!("ready: http://{address}");
    }
    server.run().await
}
