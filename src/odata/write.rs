//! Entities as OData's JSON. Nulls are written, and numbers have the digits that they were pushed with.

use std::io::Write;

use super::form::{Detail, Form};
use super::key;
use super::model::{EntitySet, NAMESPACE, Property};
use crate::bi::catalogue::Kind;
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::bi::forms::json::value;
use crate::http::problem::Problem;

/// Writes the entities of a set.
#[derive(Debug)]
pub struct Writer<'a> {
    /// The set.
    pub set: &'static EntitySet,
    /// Address of the service.
    pub root: &'a str,
    /// How.
    pub form: Form,
    /// Places of the selected properties; all where null.
    pub select: Option<&'a [usize]>,
}

impl Writer<'_> {
    /// A page: its rows, how many there are in all if that was asked for, and where it goes on.
    ///
    /// # Errors
    /// `internal_error` if it cannot be written.
    pub fn page(&self, rows: &[Cells], count: Option<usize>, next: Option<&str>) -> Result<Vec<u8>, Problem> {
        let mut out = vec![b'{'];
        if self.form.detail != Detail::None {
            self.context("", &mut out)?;
            out.push(b',');
        }
        if let Some(count) = count {
            // A number of 64 bits.
            let quote = if self.form.numbers_as_texts { "\"" } else { "" };
            write!(out, "\"@odata.count\":{quote}{count}{quote},").map_err(Problem::internal)?;
        }
        out.extend_from_slice(b"\"value\":[");
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.push(b'{');
            self.properties(row, false, &mut out)?;
        }
        out.push(b']');
        if let Some(next) = next {
            out.extend_from_slice(b",\"@odata.nextLink\":");
            text(next, &mut out)?;
        }
        out.push(b'}');
        Ok(out)
    }

    /// One entity.
    ///
    /// # Errors
    /// As [`Writer::page`].
    pub fn entity(&self, row: &Cells) -> Result<Vec<u8>, Problem> {
        let mut out = vec![b'{'];
        if self.form.detail != Detail::None {
            self.context("/$entity", &mut out)?;
        }
        self.properties(row, self.form.detail != Detail::None, &mut out)?;
        Ok(out)
    }

    fn context(&self, ending: &str, out: &mut Vec<u8>) -> Result<(), Problem> {
        let names = self.select.map(|places| {
            let names: Vec<&str> =
                places.iter().filter_map(|place| Some(self.set.properties.get(*place)?.name)).collect();
            format!("({})", names.join(","))
        });
        out.extend_from_slice(b"\"@odata.context\":");
        text(&format!("{}/$metadata#{}{}{ending}", self.root, self.set.name, names.unwrap_or_default()), out)
    }

    /// The properties of a row, and the brace that ends it.
    fn properties(&self, row: &Cells, mut follows: bool, out: &mut Vec<u8>) -> Result<(), Problem> {
        let mut comma = |out: &mut Vec<u8>| {
            if follows {
                out.push(b',');
            }
            follows = true;
        };
        if self.form.detail == Detail::Full {
            let address = format!("{}/{}({})", self.root, self.set.name, key::written(self.set, row));
            for (name, value) in
                [("type", &format!("#{NAMESPACE}.{}", self.set.entity)), ("id", &address), ("editLink", &address)]
            {
                comma(out);
                write!(out, "\"@odata.{name}\":").map_err(Problem::internal)?;
                text(value, out)?;
            }
        }
        for (place, (property, cell)) in self.set.properties.iter().zip(row).enumerate() {
            if self.select.is_some_and(|places| !places.contains(&place)) {
                continue;
            }
            if self.form.detail == Detail::Full
                && let Some(told) = annotated(property)
            {
                comma(out);
                write!(out, "\"{}@odata.type\":\"#{told}\"", property.name).map_err(Problem::internal)?;
            }
            comma(out);
            write!(out, "\"{}\":", property.name).map_err(Problem::internal)?;
            match cell {
                Cell::Decimal(_) | Cell::Integer(_) if self.form.numbers_as_texts => text(&cell.plain(), out)?,
                _ => value(cell, out)?,
            }
        }
        out.push(b'}');
        Ok(())
    }
}

/// The type of a property that JSON does not show by itself.
const fn annotated(property: &Property) -> Option<&'static str> {
    match property.kind {
        Kind::Code | Kind::Text | Kind::Boolean => None,
        Kind::Integer => Some("Int64"),
        Kind::Decimal => Some("Decimal"),
        Kind::Date => Some("Date"),
        Kind::Instant => Some("DateTimeOffset"),
    }
}

fn text(told: &str, out: &mut Vec<u8>) -> Result<(), Problem> {
    serde_json::to_writer(out, told).map_err(Problem::internal)
}
