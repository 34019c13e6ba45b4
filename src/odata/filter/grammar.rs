//! The grammar of `$filter`: OData 4.0, part 2, section 5.1.1, without arithmetic, lambdas and paths.

use winnow::combinator::{alt, cut_err, delimited, opt, preceded, repeat, separated};
use winnow::error::{ContextError, ErrMode, StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::stream::TokenSlice;
use winnow::token::any;

use super::Fault;
use super::ast::{Comparison, Expression, Literal, Node};
use super::token::{Lexeme, Token, tokens};
use crate::http::odata::{FILTER_CHARACTERS as LONGEST, FILTER_LEVELS as DEEPEST};

/// Operators of the standard that are not here.
const NOT_HERE: &[&str] = &["add", "sub", "mul", "div", "divby", "mod", "has"];

type Input<'t> = TokenSlice<'t, Token>;
type Parsed<T> = Result<T, ErrMode<ContextError>>;

/// Reads a filter.
///
/// # Errors
/// Where it cannot be read, and what would be right there.
pub fn parse(text: &str) -> Result<Node, Fault> {
    if text.chars().count() > LONGEST {
        return Err(Fault::malformed(LONGEST + 1, format!("a filter has at most {LONGEST} characters")));
    }
    let tokens = tokens(text)?;
    bounded(&tokens)?;
    any_of.parse(TokenSlice::new(&tokens)).map_err(|error| {
        let at = tokens.get(error.offset());
        let column = at.map_or_else(|| text.trim_end().chars().count() + 1, |token| token.column);
        match at {
            Some(Token { lexeme: Lexeme::Word(word), .. }) if NOT_HERE.contains(&word.as_str()) => {
                Fault::not_here(column, format!("the operator `{word}`"))
            }
            _ => Fault::malformed(
                column,
                format!("expected {}{}", expected(error.inner()), after(&tokens, error.offset())),
            ),
        }
    })
}

/// Keeps what the parser, and whoever walks its tree, puts on the stack within bounds.
fn bounded(tokens: &[Token]) -> Result<(), Fault> {
    let (mut open, mut nots) = (0_usize, 0_usize);
    for token in tokens {
        match &token.lexeme {
            Lexeme::Sign('(') => open += 1,
            Lexeme::Sign(')') => open = open.saturating_sub(1),
            _ => {}
        }
        nots = if is_word(token, "not") { nots + 1 } else { 0 };
        if open > DEEPEST || nots > DEEPEST {
            return Err(Fault::malformed(token.column, format!("a filter goes at most {DEEPEST} levels deep")));
        }
    }
    Ok(())
}

fn expected(error: &ContextError) -> String {
    let named = error.context().find_map(|context| match context {
        StrContext::Expected(value) => Some(value.to_string()),
        _ => None,
    });
    named.unwrap_or_else(|| "`and`, `or` or the end".to_owned())
}

/// The token before, to find the place by.
fn after(tokens: &[Token], at: usize) -> String {
    match at.checked_sub(1).and_then(|before| tokens.get(before)).map(|token| &token.lexeme) {
        Some(Lexeme::Word(word)) => format!(" after `{word}`"),
        Some(Lexeme::Sign(sign)) => format!(" after `{sign}`"),
        Some(Lexeme::Value(value)) => format!(" after `{value}`"),
        None => String::new(),
    }
}

fn told(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn is_word(token: &Token, word: &str) -> bool {
    matches!(&token.lexeme, Lexeme::Word(found) if found == word)
}

fn word<'t>(word: &'static str) -> impl Parser<Input<'t>, &'t Token, ErrMode<ContextError>> {
    any.verify(move |token: &&Token| is_word(token, word))
}

fn sign<'t>(sign: char) -> impl Parser<Input<'t>, &'t Token, ErrMode<ContextError>> {
    any.verify(move |token: &&Token| token.lexeme == Lexeme::Sign(sign))
}

fn any_of(input: &mut Input<'_>) -> Parsed<Node> {
    chain(input, all_of, "or", Expression::Any)
}

fn all_of(input: &mut Input<'_>) -> Parsed<Node> {
    chain(input, equality, "and", Expression::All)
}

/// Several with a word between them, or the only one.
fn chain<'t>(
    input: &mut Input<'t>,
    operand: fn(&mut Input<'t>) -> Parsed<Node>,
    between: &'static str,
    join: fn(Vec<Node>) -> Expression,
) -> Parsed<Node> {
    let first = operand(input)?;
    let others: Vec<Node> = repeat(0.., preceded(word(between), cut_err(operand))).parse_next(input)?;
    if others.is_empty() {
        return Ok(first);
    }
    Ok(Node::new(first.column, join(std::iter::once(first).chain(others).collect())))
}

fn equality(input: &mut Input<'_>) -> Parsed<Node> {
    compared(input, relation, &[Comparison::Eq, Comparison::Ne])
}

fn relation(input: &mut Input<'_>) -> Parsed<Node> {
    compared(input, member, &[Comparison::Gt, Comparison::Ge, Comparison::Lt, Comparison::Le])
}

/// One comparison of these kinds, or what stands where one could.
fn compared<'t>(
    input: &mut Input<'t>,
    operand: fn(&mut Input<'t>) -> Parsed<Node>,
    kinds: &[Comparison],
) -> Parsed<Node> {
    let left = operand(input)?;
    let comparison = any.verify_map(|token: &Token| match &token.lexeme {
        Lexeme::Word(word) => word.parse().ok().filter(|found| kinds.contains(found)),
        _ => None,
    });
    Ok(match opt((comparison, cut_err(operand))).parse_next(input)? {
        None => left,
        Some((comparison, right)) => {
            Node::new(left.column, Expression::Compare(Box::new(left), comparison, Box::new(right)))
        }
    })
}

fn member(input: &mut Input<'_>) -> Parsed<Node> {
    let value = unary(input)?;
    let list = delimited(
        cut_err(sign('(')).context(told("`(`")),
        separated(0.., literal, sign(',')),
        cut_err(sign(')')).context(told("a value, `,` or `)`")),
    );
    Ok(match opt((word("in"), list)).parse_next(input)? {
        None => value,
        Some((_, list)) => Node::new(value.column, Expression::In(Box::new(value), list)),
    })
}

fn unary(input: &mut Input<'_>) -> Parsed<Node> {
    match opt(word("not")).parse_next(input)? {
        None => primary(input),
        Some(token) => Ok(Node::new(token.column, Expression::Not(Box::new(cut_err(unary).parse_next(input)?)))),
    }
}

fn primary(input: &mut Input<'_>) -> Parsed<Node> {
    let inner = delimited(sign('('), cut_err(any_of), cut_err(sign(')')).context(told("an operator or `)`")));
    alt((literal, inner, call, property)).context(told("a value")).parse_next(input)
}

fn literal(input: &mut Input<'_>) -> Parsed<Node> {
    any.verify_map(|token: &Token| match &token.lexeme {
        Lexeme::Value(value) => Some(Node::new(token.column, Expression::Literal(Literal::clone(value)))),
        _ => None,
    })
    .parse_next(input)
}

fn property(input: &mut Input<'_>) -> Parsed<Node> {
    any.verify_map(|token: &Token| match &token.lexeme {
        Lexeme::Word(name) if !is_operator(name) => Some(Node::new(token.column, Expression::Property(name.clone()))),
        _ => None,
    })
    .parse_next(input)
}

fn is_operator(word: &str) -> bool {
    ["and", "or", "not", "in"].contains(&word) || NOT_HERE.contains(&word) || word.parse::<Comparison>().is_ok()
}

fn call(input: &mut Input<'_>) -> Parsed<Node> {
    let mut called =
        (property, sign('('), separated(0.., any_of, sign(',')), cut_err(sign(')')).context(told("`,` or `)`")));
    let (name, _, arguments, _) = called.parse_next(input)?;
    let Expression::Property(called) = name.expression else { return Err(ErrMode::Backtrack(ContextError::new())) };
    Ok(Node::new(name.column, Expression::Call(called, arguments)))
}
