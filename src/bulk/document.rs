//! From the document of a row to what it says: the schema that is published for a submission, its key, and the reason of a
//! correction.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::row::{BESIDE, Draft, FIGURE, OF_FIGURE, RowPlaces};
use crate::domain::text::Prose;
use crate::http::body::{self, New};
use crate::http::problem::Fault;
use crate::resources::quarterly_submissions::body::SubmissionBody;

/// Field of a row beside those of a submission: why an approved figure is corrected.
pub const REASON: &str = "reason";

/// What a row says, or what is wrong with its form. Faults that were found on the way to the document are told with the others.
///
/// # Errors
/// Every fault, by JSON Pointer within the document.
pub fn draft(mut document: Value, mut found: Vec<Fault>) -> Result<Draft, Vec<Fault>> {
    let reason =
        document.as_object_mut().and_then(|fields| fields.shift_remove(REASON)).filter(|reason| !reason.is_null());
    let reason = reason.and_then(|reason| match serde_json::from_value::<Prose<2000>>(reason) {
        Ok(reason) => Some(reason),
        Err(error) => {
            found.push(Fault::new(format!("/{REASON}"), "invalid_value", error.to_string()));
            None
        }
    });
    let said = |field: &&str| document.get(*field).is_some();
    let figure = (!OF_FIGURE.iter().any(said)).then_some(FIGURE);
    let unsaid = BESIDE.into_iter().filter(|field| !said(field)).chain(figure).collect();
    let body = match body::check_new::<SubmissionBody>(document) {
        Ok(body) => body,
        Err(problem) => {
            found.extend_from_slice(problem.faults());
            return Err(found);
        }
    };
    match (body.measure.get().cloned(), body.quarter.get().copied()) {
        (Some(measure), Some(quarter)) if found.is_empty() => {
            Ok(Draft { key: (measure, quarter), body, reason, unsaid })
        }
        _ => Err(found),
    }
}

/// What a document says it is about, as text.
pub fn about(document: &Value) -> (Option<String>, Option<String>) {
    let text = |name: &str| document.get(name).and_then(Value::as_str).map(|text| text.chars().take(64).collect());
    (text("measure"), text("quarter"))
}

/// The pointers of these faults as places of the row.
pub fn placed(faults: &[Fault], places: &RowPlaces) -> Vec<super::row::RowFault> {
    faults.iter().map(|fault| places.place(fault)).collect()
}

/// A row as the OpenAPI document shows it: a submission with its key, and a reason.
#[derive(Debug)]
pub struct ImportRow;

impl PartialSchema for ImportRow {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(Schema::Object(mut object)) = New::<SubmissionBody>::schema() else {
            return New::<SubmissionBody>::schema();
        };
        let told =
            "Why an approved or published figure is corrected; else the parameter `reason` says it for all rows.";
        let reason = OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::Null))
            .item(Ref::from_schema_name(Prose::<2000>::name()))
            .description(Some(told));
        object.properties.insert(REASON.to_owned(), Schema::from(reason).into());
        Schema::Object(object).into()
    }
}

impl ToSchema for ImportRow {
    fn name() -> Cow<'static, str> {
        "ImportRow".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        SubmissionBody::schemas(schemas);
    }
}

/// The rows of a request. A list of them alone is read too; it is not in the document, because clients that are generated of a choice
/// between a list and an object do not run.
#[derive(Debug)]
pub struct ImportRows;

impl PartialSchema for ImportRows {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new()
            .property("rows", ArrayBuilder::new().items(Ref::from_schema_name(ImportRow::name())))
            .required("rows")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .description(Some("Rows in any order. A list of them, without the object around it, is read too."));
        object.into()
    }
}

impl ToSchema for ImportRows {
    fn name() -> Cow<'static, str> {
        "ImportRows".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ImportRow::name().into_owned(), ImportRow::schema()));
        ImportRow::schemas(schemas);
    }
}

/// The same rows as a file, in the characters that it has: generated clients and Swagger UI then send its bytes as they are.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct ImportFile(pub Vec<u8>);
