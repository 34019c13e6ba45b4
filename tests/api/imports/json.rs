//! Rows as a JSON list and as lines of JSON.

use serde_json::json;

use super::{app, errors, outcomes, receipt_alone, row, send, stored};

#[test]
fn a_list_of_rows_is_stored_in_one_go() {
    let app = app();
    let answer = send(&app, "", &[row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 60.5)]).must_be(200);
    let body = answer.json();
    assert_eq!(outcomes(&answer), ["created", "created"]);
    assert_eq!(
        (&body["state"], &body["counts"]["stored"], &body["counts"]["read"]),
        (&json!("done"), &json!(2), &json!(2))
    );
    assert_eq!(answer.header("location"), format!("/api/v1/imports/{}", body["number"]));
    assert_eq!(
        (stored(&app, "M-1", "2024-25-Q1"), stored(&app, "M-2", "2024-25-Q1")),
        ("1 draft 50".into(), "1 draft 60.5".into())
    );
    // One request, one transaction, and a row of the log for each figure, in the caller's name.
    let changes = "SELECT count(*) || ' ' || count(DISTINCT transaction_number) || ' ' || account_name(min(actor)) FROM changes \
                   WHERE resource = 'quarterly_submissions'";
    let actor = app
        .sql()
        .value("SELECT name FROM api_keys WHERE scopes @> ARRAY['submit'] AND NOT scopes @> ARRAY['admin'] LIMIT 1");
    assert_eq!(app.sql().value(changes), format!("2 1 {actor}"));
}

#[test]
fn an_object_around_the_list_and_lines_of_json_do_as_well() {
    let app = app();
    let wrapped = json!({"rows": [row("M-1", "2024-25-Q1", 50)]});
    app.provider().post("imports").send(&wrapped).must_be(200);
    let lines = format!("{}\n\n{}\r\n", row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q2", 7));
    let answer = app.provider().post("imports").raw("application/x-ndjson", lines).must_be(200);
    assert_eq!(outcomes(&answer), ["unchanged", "created"]);
    assert_eq!(answer.json()["rows"][1]["line"], 3);
}

#[test]
fn one_refused_row_refuses_all_unless_each_stands_by_itself() {
    let app = app();
    let rows = [
        row("M-1", "2024-25-Q1", 50),
        row("M-2", "2024-25-Q1", 104),
        row("M-9", "2024-25-Q1", 1),
        json!({"measure": "M-3"}),
    ];
    let refused = receipt_alone(&app, || send(&app, "", &rows));
    let problem = refused.problem(422, "import_refused");
    let problem = problem
        .fault("/1/value", "out_of_range")
        .fault("/2/measure", "unknown_reference")
        .fault("/3/quarter", "required");
    assert_eq!(problem.member("import")["counts"]["stored"], 0);
    assert_eq!(outcomes(&refused), ["not_stored", "refused", "refused", "refused"]);
    let one_by_one = send(&app, "?mode=row_by_row", &rows).must_be(200);
    assert_eq!(outcomes(&one_by_one), ["created", "refused", "refused", "refused"]);
    assert_eq!(errors(&one_by_one, 1), [("/1/value".to_owned(), "out_of_range".to_owned())]);
    assert_eq!(one_by_one.json()["rows"][1]["errors"][0]["value"], "104");
    assert_eq!(stored(&app, "M-1", "2024-25-Q1"), "1 draft 50");
}

#[test]
fn every_row_goes_through_the_rules_of_a_single_push() {
    let app = app();
    let wrong = json!({
        "measure": "M-1", "quarter": "2024-25-Q2", "value": 101, "value_symbol": "x", "numerator": 12, "denominator": 10,
        "data_period": "2025-26-Q1", "narrative": {"jokes": "None."}
    });
    let alone = app.provider().post("quarterly-submissions").send(&wrong).problem(422, "validation_failed");
    let alone: Vec<(String, String)> =
        alone.faults().into_iter().map(|(pointer, code)| (format!("/0{pointer}"), code.to_owned())).collect();
    let together = receipt_alone(&app, || send(&app, "", &[wrong]));
    assert_eq!(errors(&together, 0), alone);
    let calendar = json!({"measure": "M-1", "quarter": "2024-25-Q2", "value": 49, "data_period": "CY2024"});
    let refused = receipt_alone(&app, || send(&app, "", &[calendar]));
    refused
        .problem(422, "import_refused")
        .only_fault("/0/data_period", "period_kind_mismatch")
        .says("a quarter such as");
    // The value is worked out from its parts, as for a single push.
    let parts = json!({"measure": "M-1", "quarter": "2024-25-Q1", "data_period": "2024-25-Q1", "numerator": 1, "denominator": 3});
    send(&app, "", &[parts]).must_be(200);
    assert_eq!(stored(&app, "M-1", "2024-25-Q1"), "1 draft 33.3");
}

#[test]
fn what_is_there_is_changed_created_or_left_as_the_strategy_says() {
    let app = app();
    send(&app, "", &[row("M-1", "2024-25-Q1", 50)]).must_be(200);
    let rows = [row("M-1", "2024-25-Q1", 51), row("M-2", "2024-25-Q1", 1)];
    let create = receipt_alone(&app, || send(&app, "?strategy=create", &rows));
    create.problem(422, "import_refused").only_fault("/0", "already_exists");
    let update = receipt_alone(&app, || send(&app, "?strategy=update", &rows));
    update.problem(422, "import_refused").only_fault("/1", "not_found");
    assert_eq!(outcomes(&send(&app, "?strategy=upsert", &rows).must_be(200)), ["updated", "created"]);
    for strategy in ["create", "update", "upsert"] {
        let again = receipt_alone(&app, || send(&app, &format!("?strategy={strategy}"), &rows));
        assert_eq!(outcomes(&again.must_be(200)), ["unchanged", "unchanged"], "{strategy}");
    }
}

#[test]
fn two_rows_that_differ_about_one_figure_are_a_contradiction() {
    let app = app();
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 1), row("M-1", "2024-25-Q1", 51)];
    let refused = receipt_alone(&app, || send(&app, "", &rows));
    refused.problem(422, "import_refused").only_fault("/2", "duplicate_row").says("Row 1 is about measure M-1");
}

#[test]
fn a_row_that_says_the_same_again_is_unchanged() {
    let app = app();
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 1), row("M-1", "2024-25-Q1", 50)];
    for (query, first) in [("?dry_run=true", "created"), ("?strategy=create", "created"), ("", "unchanged")] {
        let receipt = send(&app, query, &rows).must_be(200);
        assert_eq!(outcomes(&receipt), [first, first, "unchanged"], "{query}");
        let told = &receipt.json()["rows"][2];
        assert_eq!((&told["revision"], &told["notes"][0]), (&json!(1), &json!("Says the same as row 1.")), "{query}");
    }
    assert_eq!(app.sql().count("changes WHERE resource = 'quarterly_submissions'"), 2);
}

#[test]
fn content_that_is_no_list_of_rows_is_refused_as_a_whole() {
    let app = app();
    for (body, status, code) in [
        ("", 400, "malformed_json"),
        ("{\"rows\": 1}", 400, "malformed_json"),
        ("[{\"measure\": \"M-1\"}", 400, "malformed_json"),
        ("[1,]", 400, "malformed_json"),
        ("\"rows\"", 400, "malformed_json"),
    ] {
        let post = || app.provider().post("imports").raw("application/json", body);
        app.storing_nothing(post).problem(status, code);
    }
    for rows in ["[1]", "[null]", "[{\"a\": 1, \"a\": 2}]", "[{\"a\"}]", "[{\"measure\": \"M-1\", \"vlaue\": 1}]"] {
        let post = || app.provider().post("imports").raw("application/json", rows);
        receipt_alone(&app, post).problem(422, "import_refused");
    }
    app.provider().post("imports").raw("text/plain", "x").problem(415, "unsupported_media_type").says("text/csv");
    app.provider().post("imports?mode=sometimes").send(&json!([])).problem(400, "invalid_parameter");
    app.provider().post("imports?mod=row_by_row").send(&json!([])).problem(400, "unknown_parameter");
    let none = send(&app, "", &[]).must_be(200);
    assert_eq!(none.json()["counts"]["read"], 0);
    app.officer().post("imports").send(&json!([])).problem(403, "forbidden");
}

#[test]
fn a_thousand_rows_are_answered_at_once() {
    let app = app();
    (4..=10).for_each(|n| drop(app.measure(&format!("M-{n}")).create()));
    let rows = super::many(1000);
    assert_eq!(rows.len(), 1000);
    let answer = send(&app, "", &rows).must_be(200);
    assert_eq!(answer.json()["counts"]["created"], 1000);
    assert_eq!(app.sql().count("quarterly_submissions"), 1000);
    let again = receipt_alone(&app, || send(&app, "", &rows));
    assert_eq!(again.must_be(200).json()["counts"]["unchanged"], 1000);
}

#[test]
fn the_noise_of_a_binary_float_is_taken_off_numbers_as_off_cells() {
    let app = app();
    let content = "{\"measure\": \"M-1\", \"quarter\": \"2024-25-Q1\", \"data_period\": \"2024-25-Q1\", \"value\": 9.3699999999999992}\n\
                   {\"measure\": \"M-2\", \"quarter\": \"2024-25-Q1\", \"data_period\": \"2024-25-Q1\", \"value\": 33.333333333333336}\n";
    let answer = app.provider().post("imports?mode=row_by_row").raw("application/x-ndjson", content).must_be(200);
    assert_eq!(errors(&answer, 1), [("/value".to_owned(), "too_many_decimal_places".to_owned())]);
    assert_eq!(stored(&app, "M-1", "2024-25-Q1"), "1 draft 9.37");
    let note = answer.json()["rows"][0]["notes"][0].as_str().unwrap_or_default().to_owned();
    assert!(note.starts_with("value: `9.3699999999999992` was read as 9.37"), "{answer}");
}

#[test]
fn a_line_that_is_no_json_is_told_as_it_stands_there() {
    let app = app();
    let content = format!("{}\n\n{{\"measure\": \"M-2\",,}}\n", row("M-1", "2024-25-Q1", 50));
    let answer = app.provider().post("imports?mode=row_by_row").raw("application/x-ndjson", content).must_be(200);
    assert_eq!(outcomes(&answer), ["created", "refused"]);
    let error = &answer.json()["rows"][1]["errors"][0];
    assert_eq!((&error["code"], &error["value"]), (&json!("malformed_json"), &json!("{\"measure\": \"M-2\",,}")));
    assert!(error["detail"].as_str().unwrap().contains("at line 3, column 19 of the row"), "{error}");
}
