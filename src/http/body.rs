//! Reading request bodies: size, media type, JSON, published schema, then the type itself; all before a handler runs.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, Object, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use validator::Validate;

use super::problem::{Fault, Problem};
use super::{faults, json, media, problems, schema};

/// Greatest request body in bytes.
pub const LIMIT: usize = 1024 * 1024;

/// What a body type must be: readable, published, and checked across its fields.
pub trait Body: DeserializeOwned + ToSchema + Validate + 'static {
    /// Names of the fields that make its key: required by `POST`, taken from the address by `PUT`.
    const KEY: &'static [&'static str];
}

/// SHA-256 of the raw body, left on the request for the idempotency check.
#[derive(Clone)]
pub struct BodyHash(pub [u8; 32]);

/// A body that has passed every check that needs no database.
#[derive(Debug)]
pub struct Valid<T>(pub T);

/// The body of a `POST` to a collection: as `T`, with its key.
#[derive(Debug)]
pub struct New<T>(pub T);

/// A JSON Merge Patch (RFC 7396) for a `T`: not yet applied.
#[derive(Debug)]
pub struct Patch<T> {
    patch: Value,
    of: std::marker::PhantomData<T>,
}

impl<T: Body> Patch<T> {
    /// The patch with this document.
    pub fn of(patch: Value) -> Self {
        Self { patch, of: std::marker::PhantomData }
    }

    /// The patch that changes nothing.
    pub fn nothing() -> Self {
        Self::of(Value::Object(serde_json::Map::new()))
    }

    /// `current` with the patch applied and checked as a whole, as if it had been sent by `PUT`.
    ///
    /// # Errors
    /// As a `PUT` of the outcome.
    pub fn apply(self, current: &impl Serialize) -> Result<T, Problem> {
        let mut document = serde_json::to_value(current).map_err(Problem::internal)?;
        if let (Value::Object(fields), Some(known)) = (&mut document, properties::<T>()) {
            fields.retain(|name, _| known.contains(name));
        }
        merge(&mut document, self.patch);
        check(document)
    }
}

/// RFC 7396: null removes, objects merge, anything else replaces.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(fields) = target {
        for (name, change) in changes {
            if change.is_null() {
                fields.remove(&name);
            } else {
                merge(fields.entry(name).or_insert(Value::Null), change);
            }
        }
    }
}

fn object<T: ToSchema>() -> Option<Object> {
    match T::schema() {
        RefOr::T(Schema::Object(object)) => Some(object),
        _ => None,
    }
}

fn properties<T: ToSchema>() -> Option<Vec<String>> {
    object::<T>().map(|object| object.properties.keys().cloned().collect())
}

/// Checks a document against the schema of `S`, then makes a `T` of it and checks that across its fields.
fn check_as<S: ToSchema + 'static, T: Body>(document: Value) -> Result<T, Problem> {
    let faults = schema::faults::<S>(&document)?;
    if !faults.is_empty() {
        return Err(Problem::of_faults(problems::INVALID_BODY, faults));
    }
    let body: T = serde_path_to_error::deserialize(document).map_err(|error| {
        // serde_json hands over a number as a map with a private name, which is no place in the document.
        let steps = error.path().iter().map(ToString::to_string).filter(|step| step != json::NUMBER);
        let pointer: String = steps.map(|step| format!("/{}", schema::escape(&step))).collect();
        Problem::of_faults(
            problems::VALIDATION_FAILED,
            vec![Fault::new(pointer, "invalid_value", error.into_inner().to_string())],
        )
    })?;
    body.validate().map_err(|errors| Problem::of_faults(problems::VALIDATION_FAILED, faults::of(&errors)))?;
    Ok(body)
}

/// Checks a whole document as a `T`.
///
/// # Errors
/// `invalid_body` where it differs from the published schema, `validation_failed` where a rule refuses it.
pub fn check<T: Body>(document: Value) -> Result<T, Problem> {
    check_as::<T, T>(document)
}

/// Checks a whole document as a `T` that names its own key.
///
/// # Errors
/// As [`check`].
pub fn check_new<T: Body>(document: Value) -> Result<T, Problem> {
    check_as::<New<T>, T>(document)
}

/// What a body that breaks off on its way in is answered with.
pub fn broken(error: PayloadError) -> Problem {
    match &error {
        PayloadError::Io(cause) if cause.kind() == std::io::ErrorKind::TimedOut => {
            Problem::new(problems::REQUEST_TIMEOUT, "The body did not arrive in time.")
        }
        _ => Problem::new(problems::BAD_REQUEST, "The body did not arrive whole.").caused_by(error),
    }
}

async fn read(request: HttpRequest, payload: Payload) -> Result<Value, Problem> {
    media::check(&request)?;
    json::read(&whole(&request, payload).await?)
}

/// The bytes of a body, once all have arrived; their hash is left on the request.
pub(super) async fn whole(request: &HttpRequest, payload: Payload) -> Result<BytesMut, Problem> {
    let bytes = arrived(payload).await?;
    request.extensions_mut().insert(BodyHash(Sha256::digest(&bytes).into()));
    Ok(bytes)
}

/// Leaves the hash of a body that nobody takes on the request; none of an empty one, which is none.
pub(crate) async fn hash(request: &HttpRequest, payload: Payload) -> Result<(), Problem> {
    let bytes = arrived(payload).await?;
    if !bytes.is_empty() {
        request.extensions_mut().insert(BodyHash(Sha256::digest(&bytes).into()));
    }
    Ok(())
}

async fn arrived(mut payload: Payload) -> Result<BytesMut, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(broken)?;
        if bytes.len() + chunk.len() > LIMIT {
            return Err(Problem::new(problems::BODY_TOO_LARGE, format!("The body is larger than {LIMIT} bytes.")));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

fn reading<T: 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
    make: fn(Value) -> Result<T, Problem>,
) -> Reading<T> {
    let (request, payload) = (request.clone(), payload.take());
    Box::pin(async move { read(request, payload).await.and_then(make) })
}

impl<T: Body> FromRequest for Valid<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        reading(request, payload, |document| check(document).map(Self))
    }
}

impl<T: Body> FromRequest for New<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        reading(request, payload, |document| check_new(document).map(Self))
    }
}

impl<T: Body> FromRequest for Patch<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        reading(request, payload, |patch| {
            let faults = schema::faults::<Self>(&patch)?;
            if !faults.is_empty() {
                return Err(Problem::of_faults(problems::INVALID_BODY, faults));
            }
            Ok(Self { patch, of: std::marker::PhantomData })
        })
    }
}

fn stem<T: ToSchema>() -> String {
    let name = T::name();
    name.strip_suffix("Body").unwrap_or(&name).to_owned()
}

impl<T: Body> PartialSchema for New<T> {
    fn schema() -> RefOr<Schema> {
        let Some(mut object) = object::<T>() else {
            return T::schema();
        };
        object.required.extend(T::KEY.iter().map(|key| (*key).to_owned()));
        Schema::Object(object).into()
    }
}

impl<T: Body> ToSchema for New<T> {
    fn name() -> Cow<'static, str> {
        format!("New{}", stem::<T>()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

/// For a field that is a map: the same with null for an entry that the patch removes.
fn clearable(property: &RefOr<Schema>, parts: &[(String, RefOr<Schema>)]) -> Option<Schema> {
    let RefOr::Ref(reference) = property else { return None };
    let name = reference.ref_location.rsplit('/').next()?;
    let found = parts.iter().find(|(part, _)| part == name);
    let Some((_, RefOr::T(Schema::Object(map)))) = found else { return None };
    let Some(AdditionalProperties::RefOr(entry)) = map.additional_properties.as_deref() else { return None };
    let null = ObjectBuilder::new().schema_type(Type::Null);
    let entry = OneOfBuilder::new().item(null).item(entry.clone());
    let mut map = map.clone();
    map.additional_properties = Some(Box::new(AdditionalProperties::RefOr(entry.into())));
    Some(Schema::Object(map))
}

impl<T: Body> PartialSchema for Patch<T> {
    fn schema() -> RefOr<Schema> {
        let Some(mut object) = object::<T>() else {
            return T::schema();
        };
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        for property in object.properties.values_mut() {
            if let Some(clearable) = clearable(property, &parts) {
                *property = clearable.into();
            }
        }
        object.required.clear();
        object.description = Some(format!(
            "JSON Merge Patch (RFC 7396): only the fields to change; null clears a field. See {}.",
            T::name()
        ));
        Schema::Object(object).into()
    }
}

impl<T: Body> ToSchema for Patch<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Patch", stem::<T>()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}
