//! Reading addresses and queries strictly: every part must be understood, every name known.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use super::moment::{self, Moment};
use super::page::{self, PageQuery};
use super::problem::Problem;
use super::problems;

/// The variable parts of the address, as a `T` with a field for each.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_path(request))
    }
}

fn read_path<T: DeserializeOwned>(request: &HttpRequest) -> Result<Path<T>, Problem> {
    let wrong = |detail: String| Problem::new(problems::INVALID_PARAMETER, detail);
    for (name, raw) in request.match_info().iter() {
        if raw.chars().any(char::is_control) || raw.to_ascii_lowercase().contains("%00") {
            return Err(wrong(format!("`{name}` in the address has a control character.")));
        }
    }
    let found = actix_web::web::Path::<T>::from_request(request, &mut Payload::None).into_inner();
    found.map(|path| Path(path.into_inner())).map_err(|error| {
        let told = error.to_string();
        wrong(told.strip_prefix("Path deserialize error: ").unwrap_or(&told).to_owned())
    })
}

/// The query, as a `T` that names every parameter there is.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs(request).and_then(|pairs| read_pairs(&pairs, &[])).map(Self))
    }
}

/// The query of a list: filters of its own, and the parameters that every list has.
#[derive(Debug)]
pub struct List<T> {
    /// Filters of this list.
    pub filter: T,
    /// Page and order.
    pub page: PageQuery,
    /// As at which instant.
    pub moment: Moment,
}

impl<T: DeserializeOwned> FromRequest for List<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            let (moment, rest): (Vec<_>, Vec<_>) =
                pairs(request)?.into_iter().partition(|(name, _)| name == moment::PARAMETER);
            let (common, own): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|(name, _)| page::PARAMETERS.contains(&name.as_str()));
            let known = [page::PARAMETERS, &[moment::PARAMETER]].concat();
            Ok(Self {
                filter: read_pairs(&own, &known)?,
                page: read_pairs(&common, &[])?,
                moment: read_pairs(&moment, &[])?,
            })
        };
        ready(read())
    }
}

/// Every parameter of the query, in its order.
///
/// # Errors
/// `invalid_parameter` where it cannot be read.
pub fn pairs(request: &HttpRequest) -> Result<Vec<(String, String)>, Problem> {
    decoded(request.query_string())
}

/// Every parameter of a query, in its order.
///
/// # Errors
/// As [`pairs`].
pub fn decoded(query: &str) -> Result<Vec<(String, String)>, Problem> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|error| Problem::new(problems::INVALID_PARAMETER, format!("The query cannot be read: {error}.")))?;
    if let Some((name, _)) = pairs.iter().find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        let detail = format!("The parameter `{}` has a NUL character.", name.escape_default());
        return Err(Problem::new(problems::INVALID_PARAMETER, detail));
    }
    Ok(pairs)
}

fn read_pairs<T: DeserializeOwned>(pairs: &[(String, String)], also_known: &[&str]) -> Result<T, Problem> {
    let text = serde_urlencoded::to_string(pairs).map_err(Problem::internal)?;
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let parameter = error.path().to_string();
        let told = error.into_inner().to_string();
        if let Some(unknown) = told.strip_prefix("unknown field ") {
            let also =
                if also_known.is_empty() { String::new() } else { format!(", and `{}`", also_known.join("`, `")) };
            return Problem::new(problems::UNKNOWN_PARAMETER, format!("There is no parameter {unknown}{also}."));
        }
        let at = if parameter == "." { String::new() } else { format!("`{parameter}`: ") };
        Problem::new(problems::INVALID_PARAMETER, format!("{at}{told}."))
    })
}
