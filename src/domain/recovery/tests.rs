//! Recovery plans: every state and action, every polarity, every fault of a trajectory.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use strum::VariantNames;

use super::super::fixtures::{day, dec};
use super::super::terms::Symbol;
use super::*;

fn trajectory(text: &str) -> Vec<TrajectoryPoint> {
    let point = |(quarter, expected): (&str, &str)| TrajectoryPoint {
        quarter: quarter.parse().unwrap(),
        expected: dec(expected),
    };
    text.split(' ').filter_map(|part| part.split_once('=')).map(point).collect()
}

#[test]
fn every_pair_of_state_and_action_is_decided() {
    let expected = [
        ("drafted", "agree=agreed"),
        ("agreed", "start=in_delivery"),
        ("in_delivery", "assess=effective close=closed"),
        ("effective", "close=closed"),
        ("ineffective", "close=closed"),
        ("closed", ""),
    ];
    assert_eq!(expected.map(|(state, _)| state), RecoveryState::VARIANTS);
    for (state, steps) in expected {
        let state: RecoveryState = state.parse().unwrap();
        let to = |action: &&str| apply(state, action.parse().unwrap()).map(|to| format!("{action}={to}"));
        let found: Vec<_> = RecoveryAction::VARIANTS.iter().filter_map(|action| to(action).ok()).collect();
        assert_eq!(found.join(" "), steps, "{state}");
        assert_eq!(actions(state).len(), found.len());
        for verdict in Assessment::VARIANTS {
            let leads = assessed(state, verdict.parse().unwrap()).ok();
            let wanted = if *verdict == "no_effect" { RecoveryState::Ineffective } else { RecoveryState::Effective };
            assert_eq!(leads, (state == RecoveryState::InDelivery).then_some(wanted), "{verdict} while {state}");
        }
    }
    let refused = apply(RecoveryState::Agreed, RecoveryAction::Close).unwrap_err().to_string();
    assert_eq!(refused, "`close` is not possible while the plan is `agreed`: possible is `start`");
}

#[test]
fn an_agreed_plan_stands_and_a_closed_one_is_over() {
    let those = |holds: fn(RecoveryState) -> bool| -> Vec<&str> {
        RecoveryState::VARIANTS.iter().filter(|state| holds(state.parse().unwrap())).copied().collect()
    };
    assert_eq!(those(editable), ["drafted"]);
    assert_eq!(those(deliverable), ["drafted", "agreed", "in_delivery", "effective", "ineffective"]);
}

#[test]
fn a_trajectory_ascends_and_its_numbers_can_be_stored() {
    for (text, faults) in [
        ("", &[][..]),
        ("2024-25-Q4=50", &[]),
        ("2024-25-Q4=50 2025-26-Q1=55 2025-26-Q3=55", &[]),
        ("2024-25-Q4=50 2024-25-Q4=55", &[(1, "quarter", "not_ascending")]),
        ("2025-26-Q1=50 2024-25-Q4=55 2025-26-Q2=60", &[(1, "quarter", "not_ascending")]),
        ("2024-25-Q4=0.12345", &[(0, "expected", "too_many_decimal_places")]),
        ("2024-25-Q4=100000000000000", &[(0, "expected", "too_large")]),
    ] {
        let found: Vec<_> =
            check_trajectory(&trajectory(text)).into_iter().map(|(at, fault)| (at, fault.field, fault.code)).collect();
        assert_eq!(found, faults, "{text}");
    }
    let told = check_trajectory(&trajectory("2025-26-Q1=50 2024-25-Q4=55"))[0].1.detail.clone();
    assert_eq!(told, "2024-25-Q4 comes after 2025-26-Q1: give each quarter once, the earliest first.");
}

#[test]
fn an_intervention_is_not_due_before_it_starts() {
    for (starts_on, due_on, refused) in [
        (Some("2025-03-17"), Some("2025-05-17"), false),
        (Some("2025-03-17"), Some("2025-03-17"), false),
        (Some("2025-03-17"), Some("2025-03-16"), true),
        (Some("2025-03-17"), None, false),
        (None, Some("2025-03-16"), false),
        (None, None, false),
    ] {
        let found = check_days(starts_on.map(day), due_on.map(day));
        assert_eq!(found.is_some(), refused, "{starts_on:?} {due_on:?}");
    }
}

#[test]
fn a_measure_has_a_way_to_recover() {
    for (polarity, text, side, fault) in [
        ("high", "2024-25-Q4=50", Some(GoodSide::Above), None),
        ("low", "2024-25-Q4=50", Some(GoodSide::Below), None),
        ("band", "2024-25-Q3=340 2024-25-Q4=320", Some(GoodSide::Below), None),
        ("band", "2024-25-Q3=150 2024-25-Q4=200", Some(GoodSide::Above), None),
        ("band", "2024-25-Q4=200", None, Some("goes_nowhere")),
        ("band", "2024-25-Q3=200 2024-25-Q4=200.0", None, Some("goes_nowhere")),
        ("band", "", None, None),
        ("neutral", "2024-25-Q4=50", None, Some("no_good_direction")),
        ("neutral", "", None, Some("no_good_direction")),
    ] {
        let (polarity, trajectory): (Polarity, _) = (polarity.parse().unwrap(), trajectory(text));
        assert_eq!(good_side(polarity, &trajectory), side, "{polarity} {text}");
        assert_eq!(check_measure(polarity, &trajectory).map(|fault| fault.code), fault, "{polarity} {text}");
    }
}

#[test]
fn a_figure_is_compared_as_it_is_printed_and_just_what_was_expected_is_enough() {
    use TrajectoryStanding::{Missed, OnTrajectory};
    for (side, expected, actual, places, standing_of) in [
        (Some(GoodSide::Above), "50", "16.5", 1, Missed),
        (Some(GoodSide::Above), "50", "50", 1, OnTrajectory),
        (Some(GoodSide::Above), "50", "49.95", 1, OnTrajectory),
        (Some(GoodSide::Above), "50", "49.94", 1, Missed),
        (Some(GoodSide::Above), "50", "49.5", 0, OnTrajectory),
        (Some(GoodSide::Above), "49.96", "49.95", 1, OnTrajectory),
        (Some(GoodSide::Below), "20", "20", 1, OnTrajectory),
        (Some(GoodSide::Below), "20", "20.04", 1, OnTrajectory),
        (Some(GoodSide::Below), "20", "20.05", 1, Missed),
        (Some(GoodSide::Below), "20", "3", 1, OnTrajectory),
        (None, "20", "20.04", 1, OnTrajectory),
        (None, "20", "20.1", 1, Missed),
    ] {
        let found = standing(side, dec(expected), Reading::Value(dec(actual)), places);
        assert_eq!(found, standing_of, "{side:?} {expected} {actual}");
    }
}

#[test]
fn without_a_number_nothing_is_missed() {
    use TrajectoryStanding::{NoFigure, NotDue};
    let due = day("2025-04-30");
    for (reading, expected) in [
        (Reading::NotDue { due: Some(due) }, NotDue),
        (Reading::NotDue { due: None }, NotDue),
        (Reading::Outstanding { due, days_late: 3 }, NoFigure),
        (Reading::Missing(Symbol::X), NoFigure),
    ] {
        assert_eq!(standing(Some(GoodSide::Above), dec("50"), reading, 1), expected, "{reading:?}");
    }
}

#[test]
fn the_newest_point_that_is_due_is_the_last_but_those_to_come() {
    use TrajectoryStanding::{Missed, NoFigure, NotDue, OnTrajectory};
    for (standings, newest) in [
        (&[][..], None),
        (&[NotDue], None),
        (&[Missed], Some(Missed)),
        (&[Missed, OnTrajectory, NotDue, NotDue], Some(OnTrajectory)),
        (&[OnTrajectory, NoFigure, NotDue], Some(NoFigure)),
    ] {
        assert_eq!(newest_due(standings, |one| *one).copied(), newest, "{standings:?}");
    }
}
