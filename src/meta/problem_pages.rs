//! `/problems`: the documentation to which the `type` of every problem leads; and the OpenAPI document itself.

use actix_web::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::problems::{self, ProblemType};
use crate::http::reply::{Answer, Reply};

/// What one kind of problem means.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemPage {
    /// Stable code.
    #[schema(example = "not_found")]
    code: &'static str,
    /// HTTP status.
    #[schema(example = 404)]
    status: u16,
    /// Short summary.
    title: &'static str,
    /// What it means.
    meaning: &'static str,
    /// What the caller can do about it.
    mend: &'static str,
}

impl From<&'static ProblemType> for ProblemPage {
    fn from(kind: &'static ProblemType) -> Self {
        Self { code: kind.code, status: kind.status, title: kind.title, meaning: kind.meaning, mend: kind.mend }
    }
}

/// Every kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemPages {
    /// In the order of the documentation.
    items: Vec<ProblemPage>,
}

/// Address of a kind of problem.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProblemPath {
    /// Code of the problem.
    #[param(example = "not_found", pattern = "^[a-z0-9_]{1,64}$")]
    code: String,
}

/// The OpenAPI document, as bytes made once.
#[derive(Clone, Debug)]
pub struct DocumentBytes(pub Vec<u8>);

/// List every kind of problem
///
/// What the service can answer when something is wrong, with the stable code of each.
#[utoipa::path(tag = "problems", operation_id = "list_problems", responses((status = 200, description = "Every kind of problem", body = ProblemPages)), security(()))]
#[get("/problems")]
pub async fn list() -> Answer {
    Reply::json(&ProblemPages { items: problems::ALL.iter().map(|kind| ProblemPage::from(*kind)).collect() })
}

/// Read about a kind of problem
///
/// A page for people; as JSON with `Accept: application/json`.
#[utoipa::path(
    tag = "problems", operation_id = "get_problem", params(ProblemPath), security(()),
    responses((status = 200, description = "What it means and how to mend it", content((ProblemPage = "application/json"), (String = "text/html"))))
)]
#[get("/problems/{code}")]
pub async fn get(path: Path<ProblemPath>, request: HttpRequest) -> Answer {
    let kind = problems::find(&path.0.code).ok_or_else(|| Problem::not_found(format!("problem `{}`", path.0.code)))?;
    let wants = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wants.contains("text/html") {
        let policy = HeaderValue::from_str(&policy()).map_err(Problem::internal)?;
        let page = Reply::bytes("text/html; charset=utf-8", page(kind).into_bytes());
        Ok(page.with((CONTENT_SECURITY_POLICY, policy)))
    } else {
        Reply::json(&ProblemPage::from(kind))
    }
}

/// The OpenAPI document
///
/// Version 3.1, made from the routes that are mounted.
#[utoipa::path(tag = "documentation", operation_id = "get_openapi", responses((status = 200, description = "The document", body = serde_json::Value)), security(()))]
#[get("/openapi.json")]
pub async fn openapi(document: Data<DocumentBytes>) -> Answer {
    Ok(Reply::bytes("application/json", document.0.clone()))
}

/// How the page looks.
const STYLE: &str = "body{font:1rem/1.5 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}";

/// The page runs and loads nothing; the one style sheet is known by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
}

/// The table holds plain text of our own, so nothing needs escaping.
fn page(kind: &ProblemType) -> String {
    let ProblemType { code, status, title, meaning, mend } = kind;
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style><body>\
         <h1>{title}</h1><p><code>{code}</code>, HTTP status {status}</p><p>{meaning}</p><h2>What to do</h2><p>{mend}</p>\
         <p><a href=\"/problems\">Every kind of problem</a></p></body></html>"
    )
}
