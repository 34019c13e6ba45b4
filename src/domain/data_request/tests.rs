//! Every state of a data request, and every day on which it changes.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use strum::VariantNames;

use super::super::fixtures::{day, period_rule, rows};
use super::*;

/// A measure, such as `financial quarterly in_period 14`, and what became of its figure: state of the newest revision,
/// `counts`, `waived`, and the day on which it was first handed in. The cycle runs from 1 to 21 July 2025.
fn asked(measure: &str, became: &str, cycle: bool) -> Asked {
    let (rule, lag) = measure.rsplit_once(' ').unwrap();
    let words = || became.split(' ').filter(|word| !word.is_empty());
    Asked {
        quarter: "2025-26-Q1".parse().unwrap(),
        rule: period_rule(rule),
        expected_lag_days: lag.parse().unwrap(),
        cycle: cycle.then(|| CycleDates {
            opens_on: day("2025-07-01"),
            due_on: day("2025-07-21"),
            locks_on: day("2025-08-04"),
            committee_on: None,
        }),
        newest: words().find_map(|word| word.parse().ok()),
        counts: words().any(|word| word == "counts"),
        handed_in_on: words().find_map(|word| word.parse().ok()),
        waived: words().any(|word| word == "waived"),
    }
}

fn told(asked: &Asked, today: &str) -> String {
    let standing = asked.standing(day(today));
    let due_on = standing.due_on.map_or("never".to_owned(), |day| day.to_string());
    let excuse = standing.excuse.map_or("none".to_owned(), |excuse| excuse.to_string());
    format!("{} {due_on} {} {excuse}", standing.state, standing.days_late)
}

const QUARTERLY: &str = "financial quarterly in_period 0";
const ANNUAL: &str = "financial annual in_period 210";

/// Measure, what became of its figure, today; then state, due day, days late and excuse.
const IN_A_CYCLE: &str = "
financial quarterly in_period 0 | | 2025-06-30 | scheduled 2025-07-21 0 none
financial quarterly in_period 0 | | 2025-07-01 | open 2025-07-21 0 none
financial quarterly in_period 0 | draft | 2025-07-21 | open 2025-07-21 0 none
financial quarterly in_period 0 | draft | 2025-07-22 | overdue 2025-07-21 1 none
financial quarterly in_period 0 | | 2025-08-20 | overdue 2025-07-21 30 none
financial quarterly in_period 14 | | 2025-07-13 | not_due 2025-07-21 0 source_not_published
financial quarterly in_period 14 | | 2025-07-14 | open 2025-07-21 0 none
financial quarterly in_period 30 | | 2025-07-29 | not_due 2025-07-30 0 source_not_published
financial quarterly in_period 30 | | 2025-07-30 | open 2025-07-30 0 none
financial quarterly in_period 30 | | 2025-07-31 | overdue 2025-07-30 1 none
financial quarterly in_period 30 | | 2025-06-30 | scheduled 2025-07-30 0 none
financial quarterly in_period 0 | submitted 2025-07-21 | 2025-09-01 | submitted 2025-07-21 0 none
financial quarterly in_period 0 | submitted 2025-07-25 | 2025-09-01 | submitted 2025-07-21 4 none
financial quarterly in_period 0 | approved counts 2025-07-25 | 2026-09-01 | accepted 2025-07-21 4 none
financial quarterly in_period 0 | published counts 2025-07-02 | 2026-09-01 | accepted 2025-07-21 0 none
financial quarterly in_period 0 | draft counts 2025-07-02 | 2026-09-01 | accepted 2025-07-21 0 none
financial quarterly in_period 0 | submitted counts 2025-07-02 | 2026-09-01 | accepted 2025-07-21 0 none
financial quarterly in_period 0 | returned | 2025-07-20 | returned 2025-07-21 0 none
financial quarterly in_period 0 | returned | 2025-07-25 | returned 2025-07-21 4 none
financial quarterly in_period 0 | waived | 2025-09-01 | waived 2025-07-21 0 waiver
financial quarterly in_period 0 | waived returned | 2025-09-01 | waived 2025-07-21 0 waiver
financial quarterly in_period 0 | waived | 2025-06-01 | waived 2025-07-21 0 waiver
financial quarterly in_period 0 | waived submitted 2025-07-22 | 2025-09-01 | submitted 2025-07-21 1 none
financial quarterly in_period 0 | waived counts 2025-07-22 | 2025-09-01 | accepted 2025-07-21 1 none
financial annual in_period 210 | | 2025-06-01 | not_due never 0 nothing_falls_due
financial annual in_period 210 | | 2025-09-01 | not_due never 0 nothing_falls_due
financial annual in_period 210 | waived | 2025-09-01 | waived never 0 waiver
financial annual in_period 210 | submitted 2025-09-01 | 2025-10-01 | submitted never 0 none
calendar annual in_period 180 | | 2025-07-21 | open 2025-07-21 0 none
calendar annual in_period 180 | | 2025-07-22 | overdue 2025-07-21 1 none";

/// The same without a cycle: the measure alone says when.
const WITHOUT_A_CYCLE: &str = "
financial quarterly in_period 30 | | 2025-04-01 | not_due 2025-07-30 0 source_not_published
financial quarterly in_period 30 | | 2025-07-30 | open 2025-07-30 0 none
financial quarterly in_period 30 | | 2025-08-01 | overdue 2025-07-30 2 none
financial quarterly in_period 30 | approved counts 2025-08-02 | 2025-09-01 | accepted 2025-07-30 3 none
financial annual in_period 210 | | 2025-08-01 | not_due never 0 nothing_falls_due";

#[test]
fn each_day_has_its_state() {
    let mut seen = std::collections::BTreeSet::new();
    for (table, cycle) in [(IN_A_CYCLE, true), (WITHOUT_A_CYCLE, false)] {
        for [measure, became, today, expected] in rows(table) {
            let found = told(&asked(measure, became, cycle), today);
            assert_eq!(found, expected, "{measure}, {became}, {today}");
            seen.insert(expected.split(' ').next().unwrap());
        }
    }
    assert_eq!(seen, DataRequestState::VARIANTS.iter().copied().collect(), "states that are tried");
}

#[test]
fn says_why() {
    for (measure, became, cycle, today, sentence) in [
        (QUARTERLY, "", true, "2025-06-30", "scheduled: the collection opens on 1 July 2025"),
        (QUARTERLY, "", true, "2025-07-21", "open: due on 21 July 2025"),
        (QUARTERLY, "", true, "2025-07-22", "overdue: was due on 21 July 2025, 1 day ago"),
        (
            QUARTERLY,
            "submitted 2025-07-21",
            true,
            "2025-09-01",
            "submitted: handed in on 21 July 2025, in time, awaits approval",
        ),
        (QUARTERLY, "counts 2025-07-25", true, "2025-09-01", "accepted: handed in on 25 July 2025, 4 days late"),
        (
            QUARTERLY,
            "returned",
            true,
            "2025-09-01",
            "returned, to be handed in again: was due on 21 July 2025, 42 days ago",
        ),
        (QUARTERLY, "waived", true, "2025-09-01", "waived: no figure is asked for"),
        (
            "financial quarterly in_period 30",
            "",
            true,
            "2025-07-22",
            "not due: the figure for 2025-26-Q1 is expected on 30 July 2025, 30 days after its period ends",
        ),
        (
            ANNUAL,
            "",
            true,
            "2025-07-22",
            "not due: nothing falls due in 2025-26-Q1; the figure for 2024-25 is expected on 27 October 2025",
        ),
        (
            QUARTERLY,
            "",
            false,
            "2025-07-03",
            "overdue: was due on 30 June 2025, 3 days ago; 2025-26-Q1 has no collection cycle, so the measure alone says when it is due",
        ),
    ] {
        let asked = asked(measure, became, cycle);
        assert_eq!(asked.explain(&asked.standing(day(today))), sentence);
    }
}

#[test]
fn what_is_handed_in_cannot_be_waived_and_what_is_waived_only_reinstated() {
    use DataRequestAction::{Reinstate, Waive};
    for state in DataRequestState::VARIANTS.iter().map(|state| state.parse::<DataRequestState>().unwrap()) {
        let in_hand = matches!(state, DataRequestState::Submitted | DataRequestState::Accepted);
        assert_eq!(allow(Waive, state, false).is_ok(), !in_hand, "{state}");
        assert!(allow(Reinstate, state, false).is_err() && allow(Waive, state, true).is_err(), "{state}");
        assert_eq!(allow(Reinstate, state, true), Ok(()), "{state}");
    }
    for (action, state, waived, message) in [
        (
            Waive,
            DataRequestState::Accepted,
            false,
            "`waive` is not possible while the data request is `accepted`: a figure was handed in",
        ),
        (
            Waive,
            DataRequestState::Waived,
            true,
            "`waive` is not possible while the data request is `waived`: possible is `reinstate`",
        ),
        (
            Reinstate,
            DataRequestState::Open,
            false,
            "`reinstate` is not possible while the data request is `open`: possible is `waive`",
        ),
    ] {
        assert_eq!(allow(action, state, waived).map_err(|refused| refused.to_string()), Err(message.to_owned()));
    }
}
