//! What goes through states, as it is made: every row is what the service takes, and a year is in its order.

use super::Outcome;
use crate::demo::data::{Row, STAGED, YEAR};
use crate::demo::year::{self, Event};
use crate::demo::{figures, illustrations, stages};
use crate::http::body::{Body, check};
use crate::resources::decisions::body::DecisionBody;
use crate::resources::decisions::rules as decision_rules;
use crate::resources::issues_of_concern::body::IssueOfConcernBody;
use crate::resources::issues_of_concern::rules as issue_rules;
use crate::resources::quarterly_reports::body::ReportBody;
use crate::resources::recovery_plans::body::RecoveryPlanBody;
use crate::resources::recovery_plans::rules as plan_rules;

/// What is made by every row of the staged kinds and of the year, with its collection.
fn made() -> Result<Vec<(&'static str, Row)>, Box<dyn std::error::Error>> {
    let mut made = Vec::new();
    for kind in STAGED {
        for row in kind.rows()? {
            made.push((kind.collection, Row { body: stages::read(&row)?.body, ..row }));
        }
    }
    for row in YEAR.rows()? {
        let Event::Of(kind, staged) = year::read(&row)? else { continue };
        if staged.after == 0 {
            made.push((kind.collection, Row { body: staged.body, ..row }));
        }
    }
    for (place, staged) in illustrations::plans(&figures::published()?)?.into_values().flatten() {
        made.push(("recovery-plans", Row { place, body: staged.body }));
    }
    Ok(made)
}

fn read<T: Body>(row: &Row) -> Result<T, String> {
    check(row.body.clone()).map_err(|problem| format!("{}: {problem:?}", row.place))
}

#[test]
fn what_goes_through_states_is_what_the_service_takes() -> Outcome {
    for (collection, row) in made()? {
        match collection {
            "recovery-plans" => assert_eq!(plan_rules::of_parts(&read::<RecoveryPlanBody>(&row)?), [], "{}", row.place),
            "issues-of-concern" => {
                assert_eq!(issue_rules::named_twice(&read::<IssueOfConcernBody>(&row)?), [], "{}", row.place);
            }
            "decisions" => decision_rules::check(&read::<DecisionBody>(&row)?)
                .map_err(|problem| format!("{}: {problem:?}", row.place))?,
            _ => drop(read::<ReportBody>(&row)?),
        }
    }
    Ok(())
}

#[test]
fn a_plan_that_nobody_published_says_that_it_is_illustrative() -> Outcome {
    let mut of_the_year = 0;
    for (_, row) in made()?.into_iter().filter(|(collection, _)| *collection == "recovery-plans") {
        let plan: RecoveryPlanBody = read(&row)?;
        if plan.code.get().is_some_and(|code| code.as_str() == "EDU-01-2025-03") {
            assert!(plan.reason.contains("Drawn from public reports"), "{}", row.place);
            continue;
        }
        assert!(plan.title.starts_with("Illustrative"), "{}", row.place);
        if !plan.measure.as_str().starts_with("PRACTICE") {
            of_the_year += 1;
            assert!(plan.title.starts_with("Illustrative plan: ") && plan.reason.starts_with("Illustrative text: "));
            assert!(plan.interventions.0.iter().all(|one| one.title.starts_with("Illustrative: ")), "{}", plan.title);
            assert!(plan.success_measure.is_some_and(|told| told.starts_with("Illustrative text: ")), "{}", plan.title);
        }
    }
    assert_eq!(of_the_year, 23);
    Ok(())
}

#[test]
fn the_year_goes_from_quarter_to_quarter() -> Outcome {
    let mut quarters = Vec::new();
    for row in YEAR.rows()? {
        match year::read(&row)? {
            Event::Quarter(quarter) => quarters.push(quarter),
            Event::Of(kind, staged) if kind.collection == "quarterly-reports" => {
                assert_eq!(quarters.last().map(String::as_str), staged.body["quarter"].as_str(), "{}", row.place);
            }
            Event::Of(..) => {}
        }
    }
    assert_eq!(quarters, ["2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2025-26-Q1"]);
    Ok(())
}
