//! The feed in the OpenAPI document: parameters and row, made from the catalogue.

use serde_json::json;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::OneOfBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{KnownFormat, Ref, RefOr, Required, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::ask::{COMPARISONS, DIMENSION_FORMS};
use super::catalogue::{Asked, COLUMNS, Column, Kind};
use super::form::Form;
use super::order::MOST;

/// The parameters of the feed.
pub struct ObservationQuery;

impl IntoParams for ObservationQuery {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all = own();
        for column in COLUMNS.iter().filter(|column| column.asked != Asked::Never) {
            all.push(by_values(column));
            if column.asked == Asked::Compared {
                all.extend(COMPARISONS.iter().map(|(ending, _, told)| {
                    let about = format!("Only rows whose `{}` is {told} this.", column.name);
                    parameter(&format!("{}{ending}", column.name), &about, value(column, false))
                }));
            }
        }
        all
    }
}

fn own() -> Vec<Parameter> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let flag = || ObjectBuilder::new().schema_type(Type::Boolean).default(Some(json!(false)));
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(1000));
    let forms = <Form as strum::VariantNames>::VARIANTS.iter().copied();
    vec![
        parameter(
            "format",
            "Form of the answer; by default as `Accept` says, else JSON.",
            text().enum_values(Some(forms)).into(),
        ),
        parameter(
            "limit",
            "Rows at most: in a page of JSON 1 to 1000, 100 unless said; in every other form any number, all unless said.",
            number.into(),
        ),
        parameter(
            "cursor",
            "Where to go on: taken from `next` of the page before. Empty for the first page.",
            text().format(Some(SchemaFormat::Custom("cursor".into()))).into(),
        ),
        sort(),
        parameter(
            "count",
            "Whether to count all rows that the filters let through, as `total`; for JSON.",
            flag().into(),
        ),
        parameter(
            "bom",
            "For CSV, whether a byte order mark stands first: Excel then reads the file as UTF-8.",
            flag().into(),
        ),
        parameter(
            "as_of",
            "Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same answer for ever.",
            text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into(),
        ),
        parameter(
            "changed_since",
            "Only what may have changed since an answer gave out this text: rows to be put in the place of those with the same key, and, in `removed`, keys of rows that are gone. Nothing that was committed late is passed over.",
            text().format(Some(SchemaFormat::Custom("cursor".into()))).into(),
        ),
    ]
}

/// The order: a list of columns joined by commas.
fn sort() -> Parameter {
    let about = "Order: up to four columns, joined by commas, `-` in front for descending, such as `quarter,-value`; of a column named twice the \
                 first counts. By measure, quarter, dimension and category unless said; `key` stands for those.";
    let names = COLUMNS.iter().map(|column| column.name).chain(["key"]);
    let words = names.flat_map(|name| [name.to_owned(), format!("-{name}")]);
    let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
    listed("sort", about, ArrayBuilder::new().items(RefOr::T(Schema::from(word))).max_items(Some(MOST)))
}

/// A parameter that is a list joined by commas.
fn listed(name: &str, about: &str, list: ArrayBuilder) -> Parameter {
    let mut parameter = parameter(name, about, list.into());
    parameter.style = Some(ParameterStyle::Form);
    parameter.explode = Some(false);
    parameter
}

fn parameter(name: &str, about: &str, schema: Schema) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

/// A filter by values: a list joined by commas, but for texts, which may have commas in them.
fn by_values(column: &Column) -> Parameter {
    let about = format!(
        "Only rows with {} in this column. {}",
        if column.kind == Kind::Text { "this text" } else { "one of these" },
        column.about
    );
    if column.kind == Kind::Text {
        return parameter(column.name, &about, value(column, false));
    }
    listed(column.name, &about, ArrayBuilder::new().items(RefOr::T(value(column, false))).min_items(Some(1)))
}

/// The schema of a column's value.
fn value(column: &Column, with_null: bool) -> Schema {
    let (kind, format) = match column.kind {
        Kind::Code | Kind::Text => (Type::String, None),
        Kind::Integer => (Type::Integer, Some(KnownFormat::Int64)),
        Kind::Decimal => (Type::Number, None),
        Kind::Date => (Type::String, Some(KnownFormat::Date)),
        Kind::Instant => (Type::String, Some(KnownFormat::DateTime)),
        Kind::Boolean => (Type::Boolean, None),
    };
    let kind = if with_null && column.nullable { SchemaType::from_iter([kind, Type::Null]) } else { kind.into() };
    let mut schema = ObjectBuilder::new().schema_type(kind).format(format.map(SchemaFormat::KnownFormat));
    if !column.words.is_empty() {
        let null = (with_null && column.nullable).then_some(json!(null));
        schema = schema.enum_values(Some(column.words.iter().map(|word| json!(word)).chain(null)));
    }
    if column.kind == Kind::Decimal && !with_null {
        // In a query a number has no exponent.
        schema = schema.schema_type(Type::String).pattern(Some("^-?[0-9]{1,14}([.][0-9]{1,10})?$"));
    }
    schema.into()
}

/// A row of the feed.
pub struct Observation;

impl PartialSchema for Observation {
    fn schema() -> RefOr<Schema> {
        let row = COLUMNS.iter().fold(ObjectBuilder::new(), |row, column| {
            let mut schema = value(column, true);
            if let Schema::Object(object) = &mut schema {
                object.description = Some(column.about.to_owned());
            }
            row.property(column.name, schema).required(column.name)
        });
        RefOr::T(Schema::Object(
            row.description(Some("A figure, or a part of one, with all that is told of it.")).build(),
        ))
    }
}

impl ToSchema for Observation {
    fn name() -> std::borrow::Cow<'static, str> {
        "Observation".into()
    }
}

/// What names a row of the feed.
#[derive(ToSchema)]
pub struct ObservationKey {
    /// Code of the measure.
    pub measure: String,
    /// Reporting quarter.
    pub quarter: String,
    /// By what the figure is broken down; `total` for the whole.
    pub dimension: String,
    /// Which part it is; `total` for the whole.
    pub category: String,
}

/// A page of the feed; or, by `format=jsonstat`, a cube.
pub struct ObservationAnswer;

impl PartialSchema for ObservationAnswer {
    fn schema() -> RefOr<Schema> {
        let named = |name: &str| Ref::from_schema_name(name.to_owned());
        let either = OneOfBuilder::new().item(named("ObservationPage")).item(named("JsonStat"));
        RefOr::T(either.description(Some("A page of the feed; or, by `format=jsonstat`, a cube.")).into())
    }
}

impl ToSchema for ObservationAnswer {
    fn name() -> std::borrow::Cow<'static, str> {
        "ObservationAnswer".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ObservationPage::name().into(), ObservationPage::schema()));
        schemas.push((JsonStat::name().into(), JsonStat::schema()));
        ObservationPage::schemas(schemas);
        JsonStat::schemas(schemas);
    }
}

/// A JSON-stat 2.0 dataset of measure, quarter, part and column.
#[derive(ToSchema)]
pub struct JsonStat {
    /// `2.0`.
    pub version: String,
    /// `dataset`.
    pub class: String,
    /// Names of the dimensions.
    pub id: Vec<String>,
    /// How many categories each has.
    pub size: Vec<usize>,
    /// The dimensions with their categories.
    pub dimension: serde_json::Map<String, serde_json::Value>,
    /// Values by their place in the cube; there is none where nothing is told.
    pub value: serde_json::Map<String, serde_json::Value>,
}

/// A page of the feed.
#[derive(ToSchema)]
pub struct ObservationPage {
    /// Rows of this page.
    #[schema(inline = false)]
    pub items: Vec<Observation>,
    /// Address of the next page; null on the last.
    #[schema(example = "http://127.0.0.1:8080/api/v1/observations?cursor=WyIiLFtdXQ")]
    pub next: Option<String>,
    /// Send this later as `changed_since`, to be told what has changed since; null for what was known in the past, and for members
    /// and the public.
    #[schema(example = "MTIzNC41Njc4")]
    pub changed_since: Option<String>,
    /// Keys of rows that are gone, or that the filters no longer let through; only with `changed_since`.
    pub removed: Option<Vec<ObservationKey>>,
    /// Number of rows that the filters let through; only with `count=true`.
    pub total: Option<i64>,
}

/// The parameters of tables beside the feed.
pub struct DimensionQuery;

impl IntoParams for DimensionQuery {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all: Vec<Parameter> =
            own().into_iter().filter(|one| ["bom", "as_of"].contains(&one.name.as_str())).collect();
        let forms = DIMENSION_FORMS.map(|form| form.as_ref().to_owned());
        let form = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(forms));
        all.insert(0, parameter("format", "Form of the answer; by default as `Accept` says, else JSON.", form.into()));
        all
    }
}

/// A table beside the feed.
#[derive(ToSchema)]
pub struct DimensionRows {
    /// Its rows, by their key; each has every column, with null for what is missing.
    pub items: Vec<serde_json::Map<String, serde_json::Value>>,
}
