//! What goes through states, as it is made: every row is what the service takes.

use super::Outcome;
use crate::demo::data::STAGED;
use crate::demo::stages;
use crate::http::body::check;
use crate::resources::issues_of_concern::body::IssueOfConcernBody;
use crate::resources::issues_of_concern::rules as issue_rules;
use crate::resources::quarterly_reports::body::ReportBody;
use crate::resources::recovery_plans::body::RecoveryPlanBody;
use crate::resources::recovery_plans::rules as plan_rules;

#[test]
fn what_goes_through_states_is_what_the_service_takes() -> Outcome {
    let [plans, issues, reports @ ..] = STAGED else { return Err("three kinds go through states".into()) };
    for row in stages::bodies(plans)? {
        let plan: RecoveryPlanBody =
            check(row.body.clone()).map_err(|problem| format!("{}: {problem:?}", row.place))?;
        assert_eq!(plan_rules::of_parts(&plan), [], "{}", row.place);
        let ours = plan.measure.as_str() == "EDU-01" || plan.title.starts_with("Illustrative");
        assert!(ours, "{}: a plan that nobody published says that it is illustrative", row.place);
    }
    for row in stages::bodies(issues)? {
        let issue: IssueOfConcernBody =
            check(row.body.clone()).map_err(|problem| format!("{}: {problem:?}", row.place))?;
        assert_eq!(issue_rules::named_twice(&issue), [], "{}", row.place);
    }
    for row in reports.iter().map(stages::bodies).collect::<Result<Vec<_>, _>>()?.concat() {
        check::<ReportBody>(row.body.clone()).map_err(|problem| format!("{}: {problem:?}", row.place))?;
    }
    Ok(())
}
