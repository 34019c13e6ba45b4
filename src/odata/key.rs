//! The key in an address: `Frameworks('CSPF-2024-28')`, or `Observations(measure='EDU-01',quarter='2024-25-Q4',…)`.

use winnow::combinator::{opt, separated, terminated};
use winnow::prelude::*;
use winnow::token::take_while;

use super::filter::text;
use super::model::EntitySet;
use crate::bi::catalogue::Field;
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::bi::filter::{Filter, How};
use crate::http::problem::Problem;
use crate::http::problems;

type Named = (Option<String>, String);

fn pair(input: &mut &str) -> winnow::Result<Named> {
    let name = take_while(1.., |c: char| c.is_ascii_alphanumeric() || c == '_').map(str::to_owned);
    (opt(terminated(name, '=')), text).parse_next(input)
}

fn pairs(input: &mut &str) -> winnow::Result<Vec<Named>> {
    separated(1.., pair, (',', take_while(0.., ' '))).parse_next(input)
}

/// The condition "the entity with this key".
///
/// # Errors
/// What is no key of the set, with what one is.
pub fn condition(set: &'static EntitySet, key: &str) -> Result<Filter, Problem> {
    let wrong = || {
        let one: Vec<String> = set.key.iter().map(|name| format!("{name}='…'")).collect();
        let told = format!("`({})` is no key of `{}`; one is `({})`.", key.escape_debug(), set.name, one.join(","));
        Problem::new(problems::INVALID_PARAMETER, told)
    };
    let found = pairs.parse(key).map_err(|_| wrong())?;
    if found.len() != set.key.len() {
        return Err(wrong());
    }
    let equal = |name: &&str| {
        let by_name = found.iter().find(|(known, _)| known.as_deref() == Some(*name));
        // The one value of a key of one property needs no name.
        let (_, value) = by_name.or_else(|| found.first().filter(|(name, _)| name.is_none() && found.len() == 1))?;
        Some(Filter::Compare(Field(set.place(name)?), How::Eq, Cell::Text(value.clone())))
    };
    set.key.iter().map(equal).collect::<Option<Vec<_>>>().map(Filter::All).ok_or_else(wrong)
}

/// The key of a row as it stands in an address.
pub fn written(set: &EntitySet, row: &Cells) -> String {
    let values = set.key_places().map(|place| {
        let text = row.get(place).map(Cell::plain).unwrap_or_default().replace('\'', "''");
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        // As in a path, where a space is no `+`.
        format!("'{}'", encoded.replace('+', "%20").replace("%27", "'"))
    });
    let values: Vec<String> = values.collect();
    match (set.key.as_slice(), values.as_slice()) {
        ([_], [only]) => only.clone(),
        _ => set.key.iter().zip(values).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(","),
    }
}
