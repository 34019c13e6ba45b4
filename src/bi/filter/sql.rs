//! A filter as SQL. Values are bound, never written: no text of the caller's becomes part of a statement.

use std::io::Write;

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::AstPass;
use diesel::serialize::{IsNull, Output, ToSql};
use diesel::sql_types::{Array, Integer, Text};

use super::{Filter, How, Piece, Unit};
use crate::bi::catalogue::{Field, Kind, Source};
use crate::bi::cell::Cell;

impl How {
    const fn operator(self) -> &'static str {
        match self {
            Self::Eq => " = ",
            Self::Ne => " IS DISTINCT FROM ",
            Self::Lt => " < ",
            Self::Le => " <= ",
            Self::Gt => " > ",
            Self::Ge => " >= ",
        }
    }
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

impl Kind {
    /// The type to which the database casts a bound text.
    const fn cast(self) -> &'static str {
        match self {
            Self::Code | Self::Text => "text",
            Self::Integer => "bigint",
            Self::Decimal => "numeric",
            Self::Date => "date",
            Self::Instant => "timestamptz",
            Self::Boolean => "boolean",
        }
    }
}

/// The column as SQL; nothing where only a rule can tell it, of which [`Filter::stored`] leaves none.
pub(in crate::bi) fn expression(field: Field) -> &'static str {
    match field.column().source {
        Source::Chosen(sql) | Source::Read(sql) => sql,
        Source::Rule => "NULL",
    }
}

impl ToSql<Text, Pg> for Cell {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> diesel::serialize::Result {
        out.write_all(self.plain().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl Filter {
    /// Writes the condition.
    ///
    /// # Errors
    /// Those of binding a value.
    pub fn write<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Self::All(parts) => list(parts, " AND ", "true", out),
            Self::Any(parts) => list(parts, " OR ", "false", out),
            Self::Not(part) => {
                out.push_sql("((");
                part.write(out)?;
                // What is unknown to SQL does not hold, so that its opposite does.
                out.push_sql(") IS NOT TRUE)");
                Ok(())
            }
            Self::Compare(field, how, value) => {
                out.push_sql(&format!("({}){}", expression(*field), how.operator()));
                out.push_bind_param::<Text, _>(value)?;
                out.push_sql(&format!("::{}", field.column().kind.cast()));
                Ok(())
            }
            Self::In(field, values) => {
                out.push_sql(&format!("({}) = ANY (", expression(*field)));
                out.push_bind_param::<Array<Text>, _>(values)?;
                out.push_sql(&format!("::{}[])", field.column().kind.cast()));
                Ok(())
            }
            Self::Null(field) => {
                out.push_sql(&format!("({}) IS NULL", expression(*field)));
                Ok(())
            }
            Self::Text(field, piece, text) => has_piece(expression(*field), *piece, text, out),
            Self::Time(field, unit, how, number) => {
                let at = if field.column().kind == Kind::Instant { " AT TIME ZONE 'UTC'" } else { "" };
                let sql = expression(*field);
                out.push_sql(&format!("(extract({} FROM ({sql}){at}))::integer{}", unit.name(), how.operator()));
                out.push_bind_param::<Integer, _>(number)
            }
        }
    }
}

/// No pattern is made of the text, so that none of its letters means something else.
fn has_piece<'b>(sql: &str, piece: Piece, text: &'b String, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
    let (begins, ends) = match piece {
        Piece::Contains => ("strpos", ") > 0"),
        Piece::Begins => ("starts_with", ")"),
        Piece::Ends => ("starts_with", "))"),
    };
    if piece == Piece::Ends {
        out.push_sql(&format!("({begins}(reverse({sql}), reverse("));
    } else {
        out.push_sql(&format!("({begins}({sql}, "));
    }
    out.push_bind_param::<Text, _>(text)?;
    out.push_sql(ends);
    out.push_sql(")");
    Ok(())
}

fn list<'b>(parts: &'b [Filter], between: &str, none: &str, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
    if parts.is_empty() {
        out.push_sql(none);
        return Ok(());
    }
    out.push_sql("(");
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push_sql(between);
        }
        part.write(out)?;
    }
    out.push_sql(")");
    Ok(())
}
