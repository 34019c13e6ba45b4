//! Periods that are none, or of the wrong kind: in the body, in the address and in the query.

use serde_json::json;

use crate::support::App;

/// A text that is no quarter, and what is said of it.
const NO_QUARTERS: [(&str, &str); 7] = [
    ("2024-26-Q1", "did you mean `2024-25-Q1`?"),
    ("2024-25-Q5", "quarters run from Q1 to Q4"),
    ("2024-25-Q0", "quarters run from Q1 to Q4"),
    ("2024-25", "write it like `2024-25-Q2`"),
    ("2024-Q1", "write it like `2024-25-Q2`"),
    ("1989-90-Q4", "years run from 1990 to 2098"),
    ("Q1", "write it like `2024-25-Q2`"),
];

#[test]
fn wrong_quarters_in_an_address() {
    let app = App::with_measure();
    for (quarter, told) in NO_QUARTERS {
        let path = format!("quarterly-submissions/M-1/{quarter}");
        let body = json!({"data_period": "2024-25-Q1", "value": 1});
        app.storing_nothing(|| app.provider().put(&path).send(&body)).problem(400, "invalid_parameter").says(told);
        app.reader().get(&path).call().problem(400, "invalid_parameter").says(told);
    }
}

#[test]
fn wrong_quarters_in_a_query() {
    let app = App::with_measure();
    for (quarter, told) in NO_QUARTERS {
        for path in
            ["frameworks/F/scorecard?quarter=", "quarterly-submissions?quarter=", "quarterly-submissions?from_quarter="]
        {
            app.reader().get(&format!("{path}{quarter}")).call().problem(400, "invalid_parameter").says(told);
        }
    }
}

#[test]
fn wrong_quarters_in_a_body() {
    let app = App::with_measure();
    for (quarter, told) in NO_QUARTERS {
        let body = json!({"measure": "M-1", "quarter": quarter, "data_period": "2024-25-Q1", "value": 1});
        let refused = app.storing_nothing(|| app.provider().post("quarterly-submissions").send(&body));
        refused.problem(400, "invalid_body").only_fault("/quarter", "wrong_form").says(told);
    }
}

#[test]
fn wrong_data_periods() {
    let app = App::with_measure();
    for period in [
        "2024-26-Q1",
        "2024-25-Q5",
        "2024-26",
        "AY2024-26",
        "AY2024-25-WIN",
        "CY24",
        "2025-02-29",
        "2025-13",
        "today",
        "",
    ] {
        let refused = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("data_period", period).put());
        refused.problem(400, "invalid_body").only_fault("/data_period", "wrong_form");
    }
    for period in ["CY2023", "2023-24", "AY2023-24", "AY2023-24-AUT", "2024-03", "2024-03-31"] {
        let refused = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("data_period", period).put());
        refused.problem(422, "period_kind_mismatch").only_fault("/data_period", "period_kind_mismatch");
    }
}

#[test]
fn wrong_years() {
    let app = App::with_measure();
    for (year, told) in
        [("2024-26", "did you mean `2024-25`?"), ("2024", "write it like `2024-25`"), ("2024-2025", "write it like")]
    {
        let body = json!({"kind": "none", "source": "illustrative"});
        let put = || app.editor().put(&format!("targets/M-1/{year}")).send(&body);
        app.storing_nothing(put).problem(400, "invalid_parameter").says(told);
        let put = || app.framework("G").set("first_year", year).put();
        app.storing_nothing(put).problem(400, "invalid_body").only_fault("/first_year", "wrong_form").says(told);
        app.reader().get(&format!("targets?year={year}")).call().problem(400, "invalid_parameter").says(told);
    }
}
