//! What an import may not do: push what only others may say of a figure, approve its own, or reach measures of others.

use serde_json::{Value, json};

use super::{app, errors, outcomes, receipt_alone, row, send, send_csv, stored};
use crate::support::App;
use crate::support::client::{Answer, Client};

const ROW: &str = "M-1,2024-25-Q1,2024-25-Q1,50";

#[test]
fn no_row_says_that_its_figure_is_approved() {
    let app = app();
    for (field, value) in [
        ("state", json!("approved")),
        ("submitted_by", json!("somebody")),
        ("approved_by", json!("somebody else")),
        ("approved_at", json!("2025-01-01T00:00:00Z")),
        ("published_by", json!("somebody else")),
        ("revision", json!(2)),
        ("revision_reason", json!("Late.")),
        ("row_version", json!(1)),
    ] {
        let mut with = row("M-1", "2024-25-Q1", 50);
        with[field] = value;
        let refused = receipt_alone(&app, || send(&app, "?approved=revise&reason=Late.", &[with]));
        refused.problem(422, "import_refused").only_fault(&format!("/0/{field}"), "unknown_field");
        let file = format!("measure,quarter,data_period,value,{field}\n{ROW},x\n");
        let file = app.storing_nothing(|| send_csv(&app, "", file));
        file.problem(422, "import_unreadable").only_fault("", "unknown_column").says(field);
    }
    let unknown = app.storing_nothing(|| send(&app, "?state=approved", &[row("M-1", "2024-25-Q1", 50)]));
    unknown.problem(400, "unknown_parameter");
}

#[test]
fn nobody_approves_what_they_imported_and_handed_in() {
    let app = app();
    app.approved("M-2", "2024-25-Q1", 60);
    let all = app.admin();
    let rows = json!([row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 61)]);
    let query = "imports?approved=revise&reason=Counted+again.";
    assert_eq!(outcomes(&all.post(query).send(&rows).must_be(200)), ["created", "proposed"]);
    // What was imported counts nowhere before somebody else approves it.
    assert_eq!(app.card("M-1", "2024-25-Q1")["figure"], Value::Null);
    assert_eq!(app.card("M-2", "2024-25-Q1")["figure"]["value"].to_string(), "60.0");
    for measure in ["M-1", "M-2"] {
        let figure = format!("quarterly-submissions/{measure}/2024-25-Q1");
        all.post(&format!("{figure}/submit")).call().must_be(200);
        app.storing_nothing(|| all.post(&format!("{figure}/approve")).call()).problem(403, "four_eyes");
        // Nor by sending it again: what waits for approval is not touched.
        let other = json!([row(measure, "2024-25-Q1", 70)]);
        let again = receipt_alone(&app, || all.post(query).send(&other));
        again.problem(422, "import_refused").only_fault("/0", "transition_not_allowed");
        app.officer().post(&format!("{figure}/approve")).call().must_be(200);
    }
    assert_eq!(stored(&app, "M-2", "2024-25-Q1"), "2 approved 61");
    let who = "SELECT DISTINCT submitted_by || ', ' || approved_by FROM quarterly_submissions WHERE state = 'approved'";
    assert_eq!(app.sql().column(who), ["admin, officer"]);
}

#[test]
fn whoever_may_not_submit_imports_nothing() {
    let app = app();
    let rows = json!([row("M-1", "2024-25-Q1", 50)]);
    for client in [app.reader(), app.officer(), app.editor(), app.clerk()] {
        for query in ["", "?dry_run=true", "?mode=row_by_row"] {
            app.storing_nothing(|| client.post(&format!("imports{query}")).send(&rows)).problem(403, "forbidden");
        }
    }
    app.storing_nothing(|| app.anonymous().post("imports").send(&rows)).problem(401, "unauthenticated");
    send(&app, "", &[row("M-1", "2024-25-Q1", 50)]).must_be(200);
    app.storing_nothing(|| app.officer().post("imports/1/cancel").call()).problem(403, "forbidden");
    let public = app.anonymous().with_key(&granted(&app, "public", &json!([{"role": "public"}])));
    for path in ["imports", "imports/1", "imports/1/rows", "imports/1/events"] {
        public.get(path).call().problem(403, "forbidden");
    }
}

/// A key with these grants.
fn granted(app: &App, name: &str, grants: &Value) -> String {
    let made = app.admin().post("keys").send(&json!({"name": name, "grants": grants})).must_be(201).json();
    made["key"].as_str().expect("a key").to_owned()
}

/// A provider of `M-1` alone.
fn team(app: &App) -> Client {
    app.anonymous().with_key(&granted(app, "team", &json!([{"role": "provider", "measure": "M-1"}])))
}

/// All that is told of the only row, but the codes that were sent.
fn told(answer: &Answer, sent: &str) -> String {
    answer.json()["rows"][0].to_string().replace(sent, "CODE")
}

#[test]
fn a_measure_of_others_is_as_one_that_there_is_not() {
    let app = app();
    // A figure that could tell of itself: approved, with a locked quarter, under a report.
    app.approved("M-2", "2024-25-Q1", 60);
    app.submission("M-2", "2024-25-Q2").set("value", 3).submitted();
    let team = team(&app);
    for quarter in ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3"] {
        for value in [json!(60), json!(104), json!("x")] {
            for query in ["", "&approved=revise&reason=Late.", "&strategy=create", "&strategy=update", "&dry_run=true"]
            {
                let post = |measure: &str| {
                    let rows = json!([row(measure, quarter, &value)]);
                    team.post(&format!("imports?mode=row_by_row{query}")).send(&rows).must_be(200)
                };
                let (others, none) = (receipt_alone(&app, || post("M-2")), receipt_alone(&app, || post("M-9")));
                assert_eq!(told(&others, "M-2"), told(&none, "M-9"), "{quarter} {value} {query}");
                assert_eq!(outcomes(&others), ["refused"]);
                let (others, none) = (others.json(), none.json());
                assert_eq!((&others["effect"], &others["counts"]), (&none["effect"], &none["counts"]));
            }
        }
    }
    assert_eq!(
        errors(&team.post("imports?mode=row_by_row").send(&json!([row("M-2", "2024-25-Q1", 1)])), 0)[0].1,
        "unknown_reference"
    );
}

#[test]
fn no_form_of_content_smuggles_a_row_past_the_grants() {
    let app = app();
    let team = team(&app);
    let ours = row("M-1", "2024-25-Q1", 50);
    let smuggled = row("M-2", "2024-25-Q1", 50);
    let lines = format!("{ours}\n{smuggled}\n");
    let file = format!("measure,quarter,data_period,value\n{ROW}\n{}\n", ROW.replace("M-1", "M-2"));
    let contents = [
        ("application/json", json!([ours, smuggled]).to_string()),
        ("application/json", json!({"rows": [ours, smuggled]}).to_string()),
        ("application/x-ndjson", lines),
        ("text/csv", file),
        // Two names of one field, of which one reader takes the first and another the last.
        ("application/json", format!("[{ours}, {}]", smuggled.to_string().replacen('{', "{\"measure\": \"M-1\", ", 1))),
        // A cell that looks like the end of a row.
        (
            "text/csv",
            format!(
                "measure,quarter,data_period,value,quality_note\n{ROW},\"\n{}\"\nM-3,2024-25-Q1,2024-25-Q1,5,\n",
                ROW.replace("M-1", "M-2")
            ),
        ),
    ];
    for (form, content) in contents {
        let post = || team.post("imports").raw(form, content.clone());
        let refused = receipt_alone(&app, post);
        refused.problem(422, "import_refused");
        assert_eq!(outcomes(&refused), ["not_stored", "refused"], "{content}");
        let answer = team.post("imports?mode=row_by_row").raw(form, content.clone()).must_be(200);
        assert_eq!(outcomes(&answer)[1], "refused", "{content}");
        assert_eq!(app.sql().column("SELECT DISTINCT measure FROM quarterly_submissions"), ["M-1"], "{content}");
        app.sql().run("DELETE FROM quarterly_submissions");
    }
}

#[test]
fn a_mapping_reaches_no_further_than_its_caller() {
    let app = app();
    let body = |codes: &[&str]| {
        let measures: Vec<_> = codes.iter().map(|code| json!({"measure": code, "value": "percent"})).collect();
        json!({"title": "A file", "measures": measures})
    };
    app.editor().put("import-mappings/OWN").send(&body(&["M-1"])).must_be(201);
    app.editor().put("import-mappings/BOTH").send(&body(&["M-1", "M-2"])).must_be(201);
    let file = "time_period,time_identifier,geographic_level,country_code,percent\n202425,Financial year Q1,National,E92000001,50\n";
    let team = team(&app);
    let send = |mapping: &str| team.post(&format!("imports?mapping={mapping}&mode=row_by_row")).raw("text/csv", file);
    let refused = |mapping: &str| {
        let answer = app.storing_nothing(|| send(mapping));
        (answer.status, answer.text().replace(mapping, "").replace(answer.header("x-request-id"), ""))
    };
    assert_eq!(refused("BOTH"), refused("NONE"), "one with a measure that was not granted is as one that is not there");
    let answer = send("OWN").must_be(200);
    assert_eq!(outcomes(&answer), ["created"], "{answer}");
    assert_eq!(app.sql().column("SELECT measure FROM quarterly_submissions"), ["M-1"]);
    team.put("import-mappings/OWN").send(&body(&["M-1"])).problem(403, "forbidden");
}
