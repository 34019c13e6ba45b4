//! What stands in a cell where a number is wanted: a number, a symbol that says why there is none, nothing, or something that is
//! refused with the reason. Files come out of spreadsheets, and carry what spreadsheets make of numbers.

use rust_decimal::{Decimal, RoundingStrategy};

use super::quantity::{STORED_DECIMAL_PLACES, exact};
use super::terms::Symbol;

/// A cell as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing stands there.
    Empty,
    /// A number.
    Number(Decimal),
    /// Why there is no number.
    Symbol(Symbol),
}

/// A cell, and what is to be said of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCell {
    /// What it holds.
    pub cell: Cell,
    /// How it was read, where that is not as it stands.
    pub note: Option<String>,
}

/// A cell that holds neither number nor symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: String,
}

/// Symbols of older publications, with what the GSS writes in their place: `:` and `..` were "not available", `~` and `low` are
/// "rounds to zero", `.` was "not applicable" (GSS, Symbols in tables; DfE, Explore education statistics, data standards).
const OLDER: &[(&str, Symbol)] =
    &[(":", Symbol::X), ("..", Symbol::X), (".", Symbol::Z), ("~", Symbol::K), ("low", Symbol::K)];

/// Words for "nothing" that do not say why.
const SILENT: &[&str] = &["na", "n/a", "null", "none", "nan", "-", "–", "n.a.", "tbc", "nil"];

/// Significant digits of which a binary double keeps every one.
const DIGITS_OF_A_DOUBLE: u32 = 15;

/// Reads a cell.
///
/// # Errors
/// The fault, with what would be right.
pub fn read(text: &str) -> Result<ReadCell, CellFault> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let plain = |cell| Ok(ReadCell { cell, note: None });
    if text.is_empty() {
        return plain(Cell::Empty);
    }
    let lower = text.to_lowercase();
    if let Ok(symbol) = lower.parse::<Symbol>() {
        return plain(Cell::Symbol(symbol));
    }
    if let Some((_, symbol)) = OLDER.iter().find(|(older, _)| *older == lower) {
        let note = format!("`{text}` was read as `{symbol}`, {}", symbol.meaning());
        return Ok(ReadCell { cell: Cell::Symbol(*symbol), note: Some(note) });
    }
    match number(text) {
        Some(number) => Ok(without_noise(text, number)),
        None => Err(fault(text, &lower)),
    }
}

/// Digits with at most one point, a sign before, an exponent after.
fn number(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { Decimal::from_str_exact(text).ok() }
        .filter(|_| !text.contains('_'))
}

/// A number that a program printed from a binary double ends in digits that nobody measured: 9.3699999999999992 is how a double
/// writes 9.37. It is read to the 15 significant digits that a double keeps, as spreadsheets do, where that leaves so few places
/// that it can be stored; what was measured to more places is left as it is, and refused by the rule on places.
fn without_noise(text: &str, number: Decimal) -> ReadCell {
    let shortest = number.round_sf_with_strategy(DIGITS_OF_A_DOUBLE, RoundingStrategy::MidpointAwayFromZero).map(exact);
    let noisy = number.scale() > STORED_DECIMAL_PLACES;
    match shortest.filter(|shortest| noisy && *shortest != number && shortest.scale() <= STORED_DECIMAL_PLACES) {
        Some(meant) => {
            let note = format!("`{text}` was read as {meant}: the digits after the 15th are those of a binary float");
            ReadCell { cell: Cell::Number(meant), note: Some(note) }
        }
        None => ReadCell { cell: Cell::Number(number), note: None },
    }
}

fn fault(text: &str, lower: &str) -> CellFault {
    let fault = |code, detail: String| CellFault { code, detail };
    if text.starts_with('#') {
        let detail = format!("`{text}` is an error of a spreadsheet's formula: correct the formula, and save again");
        return fault("formula_error", detail);
    }
    if text.starts_with(['=', '@']) {
        return fault("formula", format!("`{text}` is a formula and not its result: save the file with values"));
    }
    if let Some(detail) = separated(text) {
        return fault("thousands_separator", detail);
    }
    let bare = text.trim_matches(|c: char| c == '%' || c == '£' || c == '$' || c == '€' || c.is_whitespace());
    if let Some(meant) = number(bare).filter(|_| bare != text) {
        return fault("unit_in_number", format!("`{text}` has its unit beside the number: send {meant}"));
    }
    if let Some(meant) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).and_then(number) {
        return fault("not_a_number", format!("`{text}` is how accounts write a negative number: send -{meant}"));
    }
    if SILENT.contains(&lower) {
        let detail = format!(
            "`{text}` does not say why there is no number: leave the cell empty, or send z (not applicable), x (not available), \
             c (confidential), k (rounds to zero) or u (unreliable)"
        );
        return fault("unknown_symbol", detail);
    }
    let shown: String = text.chars().take(60).collect();
    fault(
        "not_a_number",
        format!("`{shown}` is neither a number such as 1234.5 nor one of the symbols z, x, c, k and u"),
    )
}

/// What is wrong with a number that has separators within, and what it can mean.
fn separated(text: &str) -> Option<String> {
    let plain = text.replace(['\u{a0}', '\u{202f}', ' ', '\''], "");
    // A comma behind the points is that of the decimals, as on the Continent: the points then part thousands.
    if let (Some(point), Some(comma)) = (plain.rfind('.'), plain.rfind(','))
        && point < comma
    {
        let meant = number(&plain.replace('.', "").replace(',', "."))?;
        return Some(format!("`{text}` has points between thousands and a comma before the decimals: send {meant}"));
    }
    let thousands = number(&plain.replace(',', "")).filter(|_| plain.contains(',') || plain != text)?;
    let decimals = (plain.matches(',').count() == 1 && !plain.contains('.')).then(|| number(&plain.replace(',', ".")));
    Some(match decimals.flatten() {
        Some(decimals) => format!(
            "`{text}` has separators within the number, which can be thousands or decimals: send {thousands} if they are thousands, \
             {decimals} if they are decimals"
        ),
        None => format!("`{text}` has separators between thousands: send {thousands}"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::dec;
    use super::*;

    #[test]
    fn numbers_are_exact_decimals() {
        for (text, number) in [
            ("16.5", "16.5"),
            (" 55 ", "55"),
            ("\u{a0}55\u{a0}", "55"),
            ("-0.5", "-0.5"),
            ("+3", "3"),
            ("1.5E2", "150"),
            ("0.1", "0.1"),
            ("12345678901234.5678", "12345678901234.5678"),
            ("4.20821", "4.20821"),
        ] {
            assert_eq!(read(text), Ok(ReadCell { cell: Cell::Number(dec(number)), note: None }), "{text}");
        }
        assert_eq!(read("  ").map(|read| read.cell), Ok(Cell::Empty));
    }

    #[test]
    fn separators_are_told_with_what_they_can_mean() {
        for (text, told) in [
            ("1,234", "send 1234 if they are thousands, 1.234 if they are decimals"),
            ("12,5", "send 125 if they are thousands, 12.5 if they are decimals"),
            ("1,234.5", "send 1234.5"),
            ("1,234,567", "send 1234567"),
            ("1 234", "send 1234"),
            ("1.234,5", "points between thousands and a comma before the decimals: send 1234.5"),
            ("1.234.567,8", "send 1234567.8"),
            ("1 234,5", "12345 if they are thousands, 1234.5 if they are decimals"),
        ] {
            let fault = read(text).err();
            let right = |fault: &CellFault| fault.code == "thousands_separator" && fault.detail.ends_with(told);
            assert!(fault.as_ref().is_some_and(right), "{text}: {fault:?}");
        }
    }

    #[test]
    fn the_noise_of_a_binary_float_is_taken_off_and_said() {
        for (text, number) in [
            ("9.3699999999999992", Some("9.37")),
            ("9.6999999999999993", Some("9.7")),
            ("0.30000000000000004", Some("0.3")),
            ("28.000000000000004", Some("28")),
            ("16.449999999999999", Some("16.45")),
            ("33.333333333333336", None),
        ] {
            let found = read(text);
            let meant = found.clone().ok().filter(|read| read.note.is_some()).map(|read| read.cell);
            assert_eq!(meant, number.map(|number| Cell::Number(dec(number))), "{text}: {found:?}");
        }
    }

    #[test]
    fn symbols_stand_in_a_column_of_their_own() {
        for (text, symbol, told) in [
            ("z", Symbol::Z, false),
            ("X", Symbol::X, false),
            (" c ", Symbol::C, false),
            ("k", Symbol::K, false),
            ("u", Symbol::U, false),
            (":", Symbol::X, true),
            ("..", Symbol::X, true),
            (".", Symbol::Z, true),
            ("~", Symbol::K, true),
            ("low", Symbol::K, true),
        ] {
            let found = read(text);
            assert_eq!(found.clone().map(|read| read.cell), Ok(Cell::Symbol(symbol)), "{text}");
            assert_eq!(found.is_ok_and(|read| read.note.is_some()), told, "{text}");
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_what_would_be_right() {
        for (text, code, words) in [
            ("1,234", "thousands_separator", "send 1234"),
            ("1 234,5", "thousands_separator", ""),
            ("45%", "unit_in_number", "send 45"),
            ("£1.50", "unit_in_number", "send 1.50"),
            ("=SUM(A1:A3)", "formula", "save the file with values"),
            ("#DIV/0!", "formula_error", "correct the formula"),
            ("#N/A", "formula_error", ""),
            ("(12)", "not_a_number", "send -12"),
            ("N/A", "unknown_symbol", "z (not applicable)"),
            ("NULL", "unknown_symbol", ""),
            ("-", "unknown_symbol", ""),
            ("twelve", "not_a_number", "`twelve` is neither"),
            ("1_000", "not_a_number", ""),
            ("1.2.3", "not_a_number", ""),
            ("NaN", "unknown_symbol", ""),
            ("1e99", "not_a_number", ""),
        ] {
            let found = read(text);
            let told = found.err().map(|fault| (fault.code, fault.detail));
            assert!(
                told.as_ref().is_some_and(|(found, detail)| *found == code && detail.contains(words)),
                "{text}: {told:?}"
            );
        }
    }
}
