//! What a request asks of the feed: filters by the catalogue's columns, order, page, form and moment. Nothing unknown is passed over.

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::audit::cursor;
use crate::audit::store::Place;
use crate::bi::catalogue::{Asked, COLUMNS, Column, Field, Kind};
use crate::bi::cell::Cell;
use crate::bi::filter::{Filter, How};
use crate::bi::form::Form;
use crate::bi::order::Order;
use crate::bi::store::Choice;
use crate::http::moment::{Instant, Moment};
use crate::http::page;
use crate::http::params;
use crate::http::problem::Problem;
use crate::http::problems;

/// Endings of parameters that compare, such as `value_ge`.
pub const COMPARISONS: &[(&str, How, &str)] = &[
    ("_lt", How::Lt, "less than"),
    ("_le", How::Le, "at most"),
    ("_gt", How::Gt, "more than"),
    ("_ge", How::Ge, "at least"),
];

/// Parameters beside the filters.
pub const PARAMETERS: &[&str] = &["limit", "cursor", "sort", "count", "format", "bom", "as_of", "changed_since"];

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// In which form.
    pub form: Form,
    /// Which rows.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// Rows at most; as the form says where null.
    pub limit: Option<usize>,
    /// Where to go on.
    pub place: Option<Vec<Cell>>,
    /// Whether all rows are to be counted.
    pub count: bool,
    /// Whether a byte order mark stands first, for Excel.
    pub bom: bool,
    /// As at which instant.
    pub moment: Moment,
    /// Only what changed after this place of the change log.
    pub since: Option<Place>,
    /// For a page after the first of what changed: from where to ask the next time.
    pub since_then: Option<String>,
    usual: bool,
    sort: String,
}

impl Ask {
    /// Reads the query and `Accept`.
    ///
    /// # Errors
    /// `unknown_parameter`, `invalid_parameter` or `invalid_cursor`, naming what is wrong.
    pub fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let mut filters: Vec<(Field, How, Vec<Cell>)> = Vec::new();
        let mut own: Vec<(String, String)> = Vec::new();
        for (name, value) in params::pairs(request)? {
            if PARAMETERS.contains(&name.as_str()) {
                if own.iter().any(|(other, _)| *other == name) {
                    return Err(wrong(format!("`{name}` stands there twice.")));
                }
                own.push((name, value));
            } else {
                let (field, how) = condition(&name)?;
                let values = values(&name, field.column(), how, &value)?;
                match filters.iter_mut().find(|(other, same, _)| (*other, *same) == (field, how)) {
                    Some((_, How::Eq, all)) => all.extend(values),
                    Some(_) => return Err(wrong(format!("`{name}` stands there twice."))),
                    None => filters.push((field, how, values)),
                }
            }
        }
        Self::of(request, &own, filters)
    }

    fn of(
        request: &HttpRequest,
        own: &[(String, String)],
        filters: Vec<(Field, How, Vec<Cell>)>,
    ) -> Result<Self, Problem> {
        let text = |name: &str| own.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let flag = |name: &str| match text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(wrong(format!("`{name}` is `{other}`; it must be true or false."))),
        };
        let form = match text("format") {
            None => Form::accepted(request),
            Some(name) => {
                name.parse().map_err(|_| wrong(format!("`format` is `{name}`; it must be one of {}.", forms())))?
            }
        };
        let sort = text("sort").unwrap_or_default().to_owned();
        let order = Order::read(&sort).map_err(|told| wrong(format!("`sort`: {told}.")))?;
        let limit = text("limit").map(|text| limit(form, text)).transpose()?;
        let as_of = text("as_of").map(str::parse::<Instant>).transpose();
        let as_of = as_of.map_err(|told| wrong(format!("`as_of`: {told}.")))?;
        let place = text("cursor").filter(|cursor| !cursor.is_empty()).map(|cursor| read_cursor(cursor, &sort, &order));
        let (place, since_then) = place.transpose()?.unzip();
        let since = text("changed_since")
            .filter(|text| !text.is_empty())
            .map(|text| cursor::read(text).map_err(|_| not_a_place()))
            .transpose()?;
        if since.is_some() && (form != Form::Json || as_of.is_some() || !order.is_by_key()) {
            return Err(wrong(
                "`changed_since` is answered as JSON, as things are now, in the order of the key.".to_owned(),
            ));
        }
        let usual = filters.iter().all(|(field, how, _)| {
            *how == How::Eq && ["framework", "measure", "quarter"].contains(&field.column().name)
        });
        Ok(Self {
            usual: usual && order.is_by_key() && limit.is_none(),
            filter: Filter::All(filters.into_iter().map(filter).collect()),
            place,
            since,
            since_then: since_then.flatten(),
            count: flag("count")?,
            bom: flag("bom")?,
            moment: Moment::from(as_of),
            form,
            order,
            limit,
            sort,
        })
    }

    /// Rows of a page of JSON.
    pub fn page_rows(&self) -> usize {
        self.limit.unwrap_or(usize::from(page::DEFAULT_LIMIT))
    }

    /// What is to be read, at most so many rows.
    pub fn choice(&self, limit: Option<usize>) -> Choice {
        let after = self.place.as_ref().map(|place| self.order.after(place));
        let filter = after.into_iter().fold(self.filter.clone(), Filter::and);
        Choice { filter, order: self.order.clone(), limit, offset: 0, usual: self.usual }
    }

    /// Where the page after this row begins.
    ///
    /// # Errors
    /// `internal_error` if it cannot be written.
    pub fn cursor_after(&self, row: &[Cell], since_then: Option<&str>) -> Result<String, Problem> {
        let place: Vec<Option<String>> =
            self.order.place(row).iter().map(|cell| (!cell.is_null()).then(|| cell.plain())).collect();
        let json = serde_json::to_vec(&(&self.sort, place, since_then)).map_err(Problem::internal)?;
        Ok(URL_SAFE_NO_PAD.encode(json))
    }
}

fn wrong(detail: String) -> Problem {
    Problem::new(problems::INVALID_PARAMETER, detail)
}

fn forms() -> String {
    <Form as strum::VariantNames>::VARIANTS.join(", ")
}

fn filter((field, how, values): (Field, How, Vec<Cell>)) -> Filter {
    let (empty, mut values): (Vec<Cell>, Vec<Cell>) = values.into_iter().partition(Cell::is_null);
    match how {
        How::Eq if empty.is_empty() => Filter::In(field, values),
        How::Eq => Filter::Any(vec![Filter::Null(field), Filter::In(field, values)]),
        _ => values.pop().map_or(Filter::Any(Vec::new()), |only| Filter::Compare(field, how, only)),
    }
}

/// The column that a parameter is about, and how it compares.
fn condition(name: &str) -> Result<(Field, How), Problem> {
    let exact = Field::named(name).filter(|field| field.column().asked != Asked::Never).map(|field| (field, How::Eq));
    let compared = || {
        COMPARISONS.iter().find_map(|(ending, how, _)| {
            let field = Field::named(name.strip_suffix(ending)?)?;
            (field.column().asked == Asked::Compared).then_some((field, *how))
        })
    };
    exact.or_else(compared).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Problem {
    let named = |asked: Asked| COLUMNS.iter().filter(move |column| column.asked == asked).map(|column| column.name);
    let compared: Vec<&str> = named(Asked::Compared).collect();
    let exact: Vec<&str> = named(Asked::Values).chain(compared.iter().copied()).collect();
    let detail = format!(
        "There is no parameter `{name}`. There are `{}`; the columns `{}`; and, with _lt, _le, _gt or _ge at their end, `{}`.",
        PARAMETERS.join("`, `"),
        exact.join("`, `"),
        compared.join("`, `")
    );
    Problem::new(problems::UNKNOWN_PARAMETER, detail)
}

/// The values of a filter: several, joined by commas, for what has no commas in it. No text at all stands for no value.
fn values(name: &str, column: &Column, how: How, text: &str) -> Result<Vec<Cell>, Problem> {
    let several = how == How::Eq && column.kind != Kind::Text;
    let texts: Vec<&str> = if several { text.split(',').collect() } else { vec![text] };
    let read = |text: &&str| {
        if text.is_empty() && how == How::Eq && column.nullable {
            return Ok(Cell::Null);
        }
        let known = column.words.is_empty() || how != How::Eq || column.words.contains(text);
        let cell = Cell::read(column.kind, text).filter(|_| known);
        cell.ok_or_else(|| wrong(format!("`{name}` is `{text}`; it must be {}.", expected(column))))
    };
    texts.iter().map(read).collect()
}

/// What a value of a column must be, in words.
pub fn expected(column: &Column) -> String {
    match column.kind {
        _ if !column.words.is_empty() => format!("one of {}", column.words.join(", ")),
        Kind::Code => "a code or period".to_owned(),
        Kind::Text => "a text".to_owned(),
        Kind::Integer => "a whole number".to_owned(),
        Kind::Decimal => "a decimal number, such as 16.5".to_owned(),
        Kind::Date => "a day, such as 2025-03-31".to_owned(),
        Kind::Instant => "an instant with its offset, such as 2025-02-04T10:00:00Z".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
    }
}

fn limit(form: Form, text: &str) -> Result<usize, Problem> {
    let most = if form.is_whole() { usize::MAX } else { usize::from(page::GREATEST_LIMIT) };
    let read = text.parse().ok().filter(|limit| (1..=most).contains(limit));
    let range = if form.is_whole() { "1 or more".to_owned() } else { format!("from 1 to {most}") };
    read.ok_or_else(|| wrong(format!("`limit` is `{text}`; it must be {range}.")))
}

fn not_a_place() -> Problem {
    Problem::new(problems::INVALID_CURSOR, "`changed_since` was not given out by this feed.")
}

fn read_cursor(cursor: &str, sort: &str, order: &Order) -> Result<(Vec<Cell>, Option<String>), Problem> {
    let wrong = || Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by this feed in this order.");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
    let (made_for, place, since): (String, Vec<Option<String>>, Option<String>) =
        serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    let clean = place.iter().flatten().all(|text| !text.contains('\0'));
    let place = order.read_place(&place).filter(|_| made_for == sort && clean).ok_or_else(wrong)?;
    Ok((place, since))
}

/// What is asked of a table beside the feed.
#[derive(Clone, Copy, Debug)]
pub struct DimensionAsk {
    /// In which form.
    pub form: Form,
    /// Whether a byte order mark stands first, for Excel.
    pub bom: bool,
    /// As at which instant.
    pub moment: Moment,
}

/// The forms of tables beside the feed.
pub const DIMENSION_FORMS: [Form; 3] = [Form::Json, Form::Ndjson, Form::Csv];

impl DimensionAsk {
    /// Reads the query and `Accept`.
    ///
    /// # Errors
    /// `unknown_parameter` or `invalid_parameter`, naming what is wrong.
    pub fn read(request: &HttpRequest) -> Result<Self, Problem> {
        const KNOWN: [&str; 3] = ["format", "bom", "as_of"];
        let pairs = params::pairs(request)?;
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
            let detail = format!("There is no parameter `{name}`; there are `{}`.", KNOWN.join("`, `"));
            return Err(Problem::new(problems::UNKNOWN_PARAMETER, detail));
        }
        let ask = Ask::of(request, &pairs, Vec::new())?;
        if DIMENSION_FORMS.contains(&ask.form) {
            return Ok(Self { form: ask.form, bom: ask.bom, moment: ask.moment });
        }
        let forms = DIMENSION_FORMS.map(|form| form.as_ref().to_owned()).join(", ");
        Err(wrong(format!("`format`: this table comes as one of {forms}.")))
    }
}
