//! A filter held against the properties there are, as a condition of the feed.
//!
//! Logic has three values by the standard: what is asked of nothing is neither true nor false. The feed's conditions have two. So
//! each part is turned into the condition under which it is true, or, below a `not`, under which it is false: a row of which it is
//! neither meets neither.

use strum::VariantNames;

use super::Fault;
use super::ast::{Comparison, Expression, Literal, Node};
use super::function::{Does, Function, NOT_HERE};
use super::value::{self, Compared, constant_holds, turned};
use crate::bi::catalogue::{Field, Kind};
use crate::bi::cell::Cell;
use crate::bi::filter::{Filter, How, Unit};
use crate::odata::model::{EntitySet, Property};

const NEVER: Filter = Filter::Any(Vec::new());

/// The condition under which the filter is true of a row of the set.
///
/// # Errors
/// A name that there is not, a comparison of unlike things, and what is not supported; with what would be right.
pub fn condition(node: &Node, set: &'static EntitySet) -> Result<Filter, Fault> {
    Resolver { set }.when(node, true)
}

struct Resolver {
    set: &'static EntitySet,
}

/// What stands on one side of a comparison.
enum Side<'n> {
    Property(Field, &'static Property),
    Part(Unit, Field),
    Value(&'n Literal),
    Condition,
}

impl Resolver {
    /// The condition under which a part is true, or false.
    fn when(&self, node: &Node, holds: bool) -> Result<Filter, Fault> {
        let each = |parts: &[Node]| parts.iter().map(|part| self.when(part, holds)).collect::<Result<Vec<_>, _>>();
        match &node.expression {
            Expression::Any(parts) => Ok(if holds { Filter::Any(each(parts)?) } else { Filter::All(each(parts)?) }),
            Expression::All(parts) => Ok(if holds { Filter::All(each(parts)?) } else { Filter::Any(each(parts)?) }),
            Expression::Not(inner) => self.when(inner, !holds),
            Expression::Compare(left, comparison, right) => {
                let two_valued = self.compare(left, *comparison, right)?;
                Ok(if holds { two_valued } else { not(two_valued) })
            }
            Expression::In(value, list) => {
                let two_valued = self.one_of(value, list)?;
                Ok(if holds { two_valued } else { not(two_valued) })
            }
            Expression::Call(name, arguments) => self.call(node, name, arguments, holds),
            Expression::Property(name) => match self.find(node.column, name)? {
                (field, Property { kind: Kind::Boolean, .. }) => Ok(Filter::Compare(field, How::Eq, holds.into())),
                (_, property) => {
                    let told =
                        format!("expected a condition, such as `{name} eq …` with {}", value::wanted(property.kind));
                    Err(Fault::malformed(node.column, told))
                }
            },
            Expression::Literal(Literal::Truth(truth)) => Ok(constant(*truth == holds)),
            Expression::Literal(Literal::Null) => Ok(NEVER),
            Expression::Literal(other) => {
                Err(Fault::malformed(node.column, format!("expected a condition, and `{other}` is a value")))
            }
        }
    }

    fn compare(&self, left: &Node, comparison: Comparison, right: &Node) -> Result<Filter, Fault> {
        match (self.side(left)?, self.side(right)?) {
            (Side::Value(one), Side::Value(other)) => constant_holds(one, comparison, other)
                .map(constant)
                .ok_or_else(|| Fault::malformed(right.column, format!("`{one}` and `{other}` cannot be compared"))),
            (Side::Value(literal), Side::Condition) => self.truth(right, turned(comparison), left, literal),
            (Side::Condition, Side::Value(literal)) => self.truth(left, comparison, right, literal),
            (Side::Value(literal), _) => self.with_value(right, turned(comparison), left, literal),
            (_, Side::Value(literal)) => self.with_value(left, comparison, right, literal),
            _ => Err(Fault::not_here(
                left.column,
                format!("comparing `{left}` with `{right}`, neither of which is a value,"),
            )),
        }
    }

    fn with_value(&self, node: &Node, comparison: Comparison, at: &Node, literal: &Literal) -> Result<Filter, Fault> {
        let (field, kind, unit) = match self.side(node)? {
            Side::Property(field, property) => (field, property.kind, None),
            Side::Part(unit, field) => (field, Kind::Integer, Some(unit)),
            _ => return Err(Fault::malformed(node.column, format!("`{node}` cannot be compared"))),
        };
        if *literal == Literal::Null {
            return Ok(with_null(field, comparison));
        }
        if kind == Kind::Boolean && !matches!(comparison, Comparison::Eq | Comparison::Ne) {
            return Err(Fault::malformed(node.column, format!("`{node}` is true or false, which have no order")));
        }
        let Some(compared) = value::compared(kind, comparison, literal) else {
            return Err(Fault::malformed(
                at.column,
                format!("`{node}` is compared with {}, not with `{literal}`", value::wanted(kind)),
            ));
        };
        Ok(match (compared, unit) {
            (Compared::With(how, cell), None) => Filter::Compare(field, how, cell),
            (Compared::With(how, Cell::Integer(number)), Some(unit)) => {
                // No part of a time is beyond these.
                let number = i32::try_from(number.clamp(-100_000, 100_000)).unwrap_or_default();
                Filter::Time(field, unit, how, number)
            }
            (Compared::With(..) | Compared::Never, _) => NEVER,
            (Compared::WhereThere, _) => not(Filter::Null(field)),
            (Compared::Always, _) => Filter::EVERYTHING,
        })
    }

    /// A condition compared with true or false.
    fn truth(&self, node: &Node, comparison: Comparison, at: &Node, literal: &Literal) -> Result<Filter, Fault> {
        let equals = match literal {
            Literal::Truth(truth) => self.when(node, *truth)?,
            Literal::Null => return Err(Fault::not_here(node.column, "comparing a condition with null")),
            other => {
                return Err(Fault::malformed(
                    at.column,
                    format!("`{node}` is a condition, compared with `true` or `false`, not with `{other}`"),
                ));
            }
        };
        match comparison {
            Comparison::Eq => Ok(equals),
            Comparison::Ne => Ok(not(equals)),
            _ => Err(Fault::malformed(node.column, format!("`{node}` is true or false, which have no order"))),
        }
    }

    fn one_of(&self, node: &Node, list: &[Node]) -> Result<Filter, Fault> {
        let Side::Property(field, property) = self.side(node)? else {
            return Err(Fault::not_here(node.column, format!("`in` after `{node}`, which is no property,")));
        };
        let mut cells = Vec::new();
        let mut or_null = false;
        for entry in list {
            match &entry.expression {
                Expression::Literal(Literal::Null) => or_null = true,
                Expression::Literal(literal) => match value::compared(property.kind, Comparison::Eq, literal) {
                    Some(Compared::With(_, cell)) => cells.push(cell),
                    // A number that the property cannot have.
                    Some(_) => {}
                    None => {
                        let told =
                            format!("`{node}` is compared with {}, not with `{literal}`", value::wanted(property.kind));
                        return Err(Fault::malformed(entry.column, told));
                    }
                },
                _ => return Err(Fault::malformed(entry.column, "expected a value")),
            }
        }
        let among = Filter::In(field, cells);
        Ok(if or_null { Filter::Any(vec![among, Filter::Null(field)]) } else { among })
    }

    fn call(&self, node: &Node, name: &str, arguments: &[Node], holds: bool) -> Result<Filter, Fault> {
        let piece = match self.function(node.column, name)?.does() {
            Does::Looks(piece) => piece,
            Does::Takes(_) => {
                return Err(Fault::malformed(
                    node.column,
                    format!("`{node}` is a number: compare it, as in `{node} eq 2025`"),
                ));
            }
        };
        let [text, part] = arguments else {
            return Err(Fault::malformed(node.column, format!("`{name}` takes two texts, not {}", arguments.len())));
        };
        let (field, property) = match self.side(text)? {
            Side::Property(field, property) => (field, property),
            Side::Value(_) => {
                return Err(Fault::not_here(text.column, format!("`{name}` of a value, with no property first,")));
            }
            _ => return Err(Fault::malformed(text.column, format!("`{name}` takes a text property first"))),
        };
        if !matches!(property.kind, Kind::Code | Kind::Text) {
            return Err(Fault::malformed(
                text.column,
                format!("`{name}` takes a text property first, and `{text}` is none"),
            ));
        }
        match self.side(part)? {
            Side::Value(Literal::Text(part)) if holds => Ok(Filter::Text(field, piece, part.clone())),
            Side::Value(Literal::Text(part)) => {
                let looked = Filter::Text(field, piece, part.clone());
                Ok(Filter::All(vec![not(Filter::Null(field)), not(looked)]))
            }
            Side::Value(Literal::Null) => Ok(NEVER),
            Side::Property(..) => {
                Err(Fault::not_here(part.column, format!("`{name}` with a property as its second value")))
            }
            _ => Err(Fault::malformed(part.column, format!("`{name}` takes a text in single quotes second"))),
        }
    }

    fn side<'n>(&self, node: &'n Node) -> Result<Side<'n>, Fault> {
        match &node.expression {
            Expression::Literal(literal) => Ok(Side::Value(literal)),
            Expression::Property(name) => {
                self.find(node.column, name).map(|(field, property)| Side::Property(field, property))
            }
            Expression::Call(name, arguments) => match self.function(node.column, name)?.does() {
                Does::Looks(_) => Ok(Side::Condition),
                Does::Takes(unit) => self.time(node, name, arguments).map(|field| Side::Part(unit, field)),
            },
            _ => Ok(Side::Condition),
        }
    }

    /// The property that a function takes a part of.
    fn time(&self, node: &Node, name: &str, arguments: &[Node]) -> Result<Field, Fault> {
        let [time] = arguments else {
            return Err(Fault::malformed(
                node.column,
                format!("`{name}` takes one date or instant, not {}", arguments.len()),
            ));
        };
        match self.side(time)? {
            Side::Property(field, Property { kind: Kind::Date | Kind::Instant, .. }) => Ok(field),
            Side::Value(Literal::Date(_) | Literal::Instant(_)) => {
                Err(Fault::not_here(time.column, format!("`{name}` of a value")))
            }
            _ => Err(Fault::malformed(
                time.column,
                format!("`{name}` takes a property that is a date or an instant, and `{time}` is none"),
            )),
        }
    }

    fn function(&self, column: usize, name: &str) -> Result<Function, Fault> {
        name.parse().map_err(|_| {
            if NOT_HERE.contains(&name) || name.contains('/') {
                return Fault::not_here(column, format!("the function `{name}`"));
            }
            Fault::malformed(
                column,
                format!("there is no function `{name}`; there are {}", Function::VARIANTS.join(", ")),
            )
        })
    }

    fn find(&self, column: usize, name: &str) -> Result<(Field, &'static Property), Fault> {
        if let Some((at, property)) = self.set.place(name).and_then(|at| Some((at, self.set.properties.get(at)?))) {
            return Ok((Field(at), property));
        }
        if name.contains('/') {
            return Err(Fault::not_here(column, format!("the path `{name}`")));
        }
        let like = self.set.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name));
        let hint = like.map_or_else(|| "$metadata lists them".to_owned(), |like| format!("there is `{}`", like.name));
        Err(Fault::malformed(column, format!("there is no property `{name}`; {hint}")))
    }
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

fn constant(holds: bool) -> Filter {
    if holds { Filter::EVERYTHING } else { NEVER }
}

/// Null equals null and nothing else; it is neither above nor below anything, and as great as itself.
fn with_null(field: Field, comparison: Comparison) -> Filter {
    match comparison {
        Comparison::Eq | Comparison::Ge | Comparison::Le => Filter::Null(field),
        Comparison::Ne => not(Filter::Null(field)),
        Comparison::Gt | Comparison::Lt => NEVER,
    }
}
