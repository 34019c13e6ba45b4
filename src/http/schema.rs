//! The published schema is the validator: a body is checked against the very schema that the OpenAPI document shows for
//! it, so contract and behaviour cannot part, and all faults are found at once.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::problem::{Fault, Problem};

/// A named string format of ours, with its check: `None` when the text has it, else what is wrong with it.
pub type Format = (&'static str, fn(&str) -> Option<String>);

static FORMATS: OnceLock<&'static [Format]> = OnceLock::new();

/// Names the string formats that schemas use; called once, before the first request.
pub fn use_formats(formats: &'static [Format]) {
    let _ = FORMATS.set(formats);
}

/// Every place where `value` differs from the published schema of `T`.
///
/// # Errors
/// A [`Problem`] of our own if the schema itself cannot be compiled; a test compiles every one.
pub fn faults<T: ToSchema + 'static>(value: &Value) -> Result<Vec<Fault>, Problem> {
    let validator = validator_of::<T>()?;
    let mut faults = Vec::new();
    for error in validator.iter_errors(value) {
        collect(&error, &mut faults);
    }
    Ok(most_telling(faults))
}

/// One fault for each place. A text that breaks both its pattern and its format is told the format's words alone, and
/// one that is too short is not also told its pattern.
fn most_telling(faults: Vec<Fault>) -> Vec<Fault> {
    let mut kept: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in faults {
        match kept.iter_mut().find(|other| other.pointer == fault.pointer) {
            Some(other) if other.code == PATTERN => *other = fault,
            Some(_) => {}
            None => kept.push(fault),
        }
    }
    kept
}

/// Code of a fault that only a regular expression explains: the least telling there is.
const PATTERN: &str = "wrong_pattern";

fn validator_of<T: ToSchema + 'static>() -> Result<&'static Validator, Problem> {
    static COMPILED: OnceLock<RwLock<HashMap<TypeId, &'static Validator>>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(validator) = compiled.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(validator);
    }
    // Leaked on purpose: one for each body type, kept as long as the process.
    let validator: &'static Validator = Box::leak(Box::new(compile::<T>()?));
    compiled.write().unwrap_or_else(PoisonError::into_inner).insert(id, validator);
    Ok(validator)
}

fn compile<T: ToSchema>() -> Result<Validator, Problem> {
    let mut parts = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut parts);
    let schemas: HashMap<_, _> = parts.into_iter().collect();
    let document = json!({
        "$ref": format!("#/components/schemas/{}", T::name()),
        "components": {"schemas": schemas},
    });
    // The engine whose time grows with the text alone. It has no look-around, and refuses a pattern that needs one.
    let mut options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options = options.with_pattern_options(PatternOptions::regex());
    for &(name, check) in FORMATS.get().copied().unwrap_or_default() {
        options = options.with_format(name, move |text: &str| check(text).is_none());
    }
    options.build(&document).map_err(Problem::internal)
}

fn collect(error: &ValidationError<'_>, faults: &mut Vec<Fault>) {
    let pointer = error.instance_path().as_str().to_owned();
    let instance = error.instance();
    match error.kind() {
        // A nullable reference is "null or this": what is wrong with "this" is what helps.
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            let meant = context.iter().filter(|branch| !branch.iter().any(is_null_expected)).flatten();
            let before = faults.len();
            meant.for_each(|inner| collect(inner, faults));
            if faults.len() == before {
                faults.push(Fault::new(pointer, "wrong_form", error.to_string()));
            }
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                faults.push(Fault::new(
                    format!("{pointer}/{}", escape(name)),
                    "unknown_field",
                    format!("There is no field `{name}` here."),
                ));
            }
        }
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            faults.push(Fault::new(format!("{pointer}/{name}"), "required", format!("The field `{name}` is missing.")));
        }
        kind => {
            let (code, detail) = told(kind, instance, error);
            faults.push(Fault::new(pointer, code, detail));
        }
    }
}

fn is_null_expected(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Type { .. }) && error.to_string().ends_with("of type \"null\"")
}

fn told(kind: &Kind, instance: &Value, error: &ValidationError<'_>) -> (&'static str, String) {
    let shown = shorten(&instance.to_string());
    match kind {
        Kind::Type { .. } => ("wrong_type", shorten(&error.to_string())),
        Kind::Enum { options } => ("unknown_value", format!("{shown} is not one of {options}.")),
        Kind::Format { format } => ("wrong_form", explain(format, instance)),
        Kind::Pattern { pattern } => (
            PATTERN,
            format!("{shown} does not match {pattern}: it is blank, or has a character that is not allowed here."),
        ),
        Kind::MaxLength { limit } => ("too_long", format!("The text is longer than {limit} characters.")),
        Kind::MinLength { limit } => ("too_short", format!("The text has fewer characters than {limit}.")),
        Kind::MaxItems { limit } => ("too_many", format!("The list has more than {limit} entries.")),
        Kind::MinItems { limit } => ("too_few", format!("The list has fewer than {limit} entries.")),
        Kind::MaxProperties { limit } => ("too_many", format!("The object has more than {limit} fields.")),
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => {
            ("out_of_range", format!("{shown} is more than {limit} allows."))
        }
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            ("out_of_range", format!("{shown} is less than {limit} allows."))
        }
        Kind::PropertyNames { error } => ("wrong_form", error.to_string()),
        _ => ("wrong_form", shorten(&error.to_string())),
    }
}

fn explain(format: &str, instance: &Value) -> String {
    let text = instance.as_str().unwrap_or_default();
    let known = FORMATS.get().copied().unwrap_or_default().iter().find(|(name, _)| *name == format);
    known
        .and_then(|(_, check)| check(text))
        .unwrap_or_else(|| format!("{} is not a valid {format}.", shorten(&instance.to_string())))
}

/// JSON Pointer escape of one reference token (RFC 6901).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// A value short enough to be repeated in an answer.
pub fn shorten(text: &str) -> String {
    const MOST: usize = 200;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain("…".chars()).collect() }
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;
    use utoipa::openapi::RefOr;
    use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

    use super::*;

    /// A text with a pattern that some engines could be kept busy with, and ours refuses.
    struct GoesBack;

    impl PartialSchema for GoesBack {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new().schema_type(Type::String).pattern(Some("^(?=(a+)+$)a")).into()
        }
    }

    impl ToSchema for GoesBack {}

    #[test]
    fn no_pattern_makes_the_engine_go_back() {
        assert!(faults::<GoesBack>(&json!("a")).is_err());
    }
}
