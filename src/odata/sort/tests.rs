//! Tokens: read again as they were given out, and refused or read, never broken by, whatever else is sent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::Sort;
use crate::bi::catalogue::Kind;
use crate::bi::cell::Cell;
use crate::http::problem::Problem;
use crate::odata::dice::Dice;
use crate::odata::model::{OBSERVATIONS, Property};

const ORDERS: &[&str] = &[
    "",
    "value desc",
    "updated_at,sequence desc",
    "quarter_start desc,rag",
    "measure_title,numerator desc,target_set_in_arrears",
];

/// What has a meaning in a token's JSON, and what has none.
const PIECES: &[&str] = &["\"", "[", "]", ",", "null", "\\u0000", "\0", "1e99", "-", "é", "99999-01-01", "\\", "{}"];

fn cell(dice: &mut Dice, property: &Property) -> Cell {
    if property.nullable && dice.below(4) == 0 {
        return Cell::Null;
    }
    let number = i64::try_from(dice.below(1_000_000_000)).unwrap_or_default();
    match property.kind {
        Kind::Code | Kind::Text => Cell::Text(dice.pick(&["", "EDU-01", "O'Brien", "\"é\", [null]"]).to_owned()),
        Kind::Integer => Cell::Integer(number - 500_000_000),
        Kind::Decimal => Cell::Decimal(Decimal::new(number - 500_000_000, 4)),
        Kind::Date => Cell::of(NaiveDate::from_ymd_opt(2025, 3, 1 + u32::try_from(number % 28).unwrap_or(0))),
        Kind::Instant => Cell::of(DateTime::from_timestamp_micros(number * 1_000_003)),
        Kind::Boolean => Cell::Boolean(number % 2 == 0),
    }
}

#[test]
fn a_token_is_read_again_as_the_place_that_it_was_made_of() -> Result<(), Problem> {
    let mut dice = Dice(7);
    for _ in 0..400 {
        for order in ORDERS {
            let sort = Sort::read(order, &OBSERVATIONS)?;
            let row: Vec<Cell> = OBSERVATIONS.properties.iter().map(|property| cell(&mut dice, property)).collect();
            let place = sort.place(&sort.token_after(&row)?)?;
            assert_eq!(place, sort.by.iter().map(|(at, _)| row[*at].clone()).collect::<Vec<_>>(), "{order}");
            assert!(!sort.is_after(&row, &place), "{order}");
        }
    }
    Ok(())
}

#[test]
fn no_spoilt_token_breaks_it() -> Result<(), Problem> {
    let mut dice = Dice(11);
    let mut read = 0;
    for _ in 0..4_000 {
        for order in ORDERS {
            let sort = Sort::read(order, &OBSERVATIONS)?;
            let row: Vec<Cell> = OBSERVATIONS.properties.iter().map(|property| cell(&mut dice, property)).collect();
            let token = sort.token_after(&row)?;
            let inside = URL_SAFE_NO_PAD.decode(&token).map_err(Problem::internal)?;
            // Its letters, or what they stand for.
            let spoilt = match dice.below(2) {
                0 => dice.spoilt(&token, PIECES),
                _ => URL_SAFE_NO_PAD.encode(dice.spoilt(&String::from_utf8_lossy(&inside), PIECES)),
            };
            match sort.place(&spoilt) {
                Ok(_) => read += 1,
                Err(problem) => assert_eq!(problem.kind().code, "invalid_cursor", "{spoilt}"),
            }
        }
    }
    assert!(read > 100, "only {read} of them were still tokens");
    Ok(())
}
