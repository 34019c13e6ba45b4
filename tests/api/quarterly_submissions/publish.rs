//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/publish`.

use serde_json::{Value, json};

use crate::support::{App, Client};

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";

#[test]
fn makes_an_approved_figure_public() {
    let app = App::with_measure();
    let approved = app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    let publish = format!("{PATH}/publish");
    let published = app.officer().post(&publish).if_match(&approved.etag()).call().must_be(200).json();
    assert_eq!((&published["state"], &published["published_by"]), (&json!("published"), &json!("officer")));
    assert_eq!(published["approved_at"], approved.json()["approved_at"]);
    let again = app.storing_nothing(|| app.officer().post(&publish).call()).problem(409, "transition_not_allowed");
    assert_eq!((again.member("state"), again.member("allowed")), (&json!("published"), &json!(["revise"])));
}

#[test]
fn refuses_what_is_not_approved() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let refused = app.storing_nothing(|| app.officer().post(&format!("{PATH}/publish")).call());
    let problem = refused.problem(409, "transition_not_allowed").says("`approve` or `return`");
    assert_eq!(problem.member("state"), "submitted");
}

#[test]
fn a_public_figure_is_returned_or_edited_by_nobody() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    for refused in [
        app.storing_nothing(|| app.officer().post(&format!("{PATH}/return")).send(&json!({"reason": "Oh."}))),
        app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 17).put()),
        app.storing_nothing(|| app.provider().delete(PATH).call()),
    ] {
        assert_eq!(refused.problem(409, "transition_not_allowed").member("allowed"), &json!(["revise"]));
    }
}

#[test]
fn nobody_is_the_first_to_publish_by_a_disclosure_policy_of_their_own_choice() {
    let app = App::with_measure();
    let key = json!({"name": "one officer", "scopes": ["read", "configure", "approve"]});
    let key = app.admin().post("keys").send(&key).must_be(201).json();
    let alone = app.anonymous().with_key(key["key"].as_str().unwrap());
    let choose = |caller: &Client, policy: &str| {
        caller.patch("measures/M-1").send(&json!({"disclosure_policy": policy})).must_be(200);
    };
    let publish = |quarter: &str| alone.post(&format!("quarterly-submissions/M-1/{quarter}/publish")).call();
    let refused = |quarter: &str| {
        let problem = app.storing_nothing(|| publish(quarter)).problem(403, "four_eyes");
        problem.says("disclosure policy");
    };
    for quarter in ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4"] {
        app.submission("M-1", quarter).set("value", 3).approved();
    }

    choose(&alone, "none");
    refused("2024-25-Q1");
    // By way of another policy, or after another change of the measure, it is their own choice still.
    choose(&alone, "round5_suppress_1_7");
    app.editor().patch("measures/M-1").send(&json!({"expected_lag_days": 12})).must_be(200);
    refused("2024-25-Q1");
    // Taken back, it is what the measure was made with.
    choose(&alone, "cin_1_5");
    publish("2024-25-Q1").must_be(200);
    // Chosen by another.
    choose(&app.editor(), "none");
    publish("2024-25-Q2").must_be(200);
    // Their own choice again, until another has published by it.
    choose(&alone, "round5_suppress_1_7");
    refused("2024-25-Q3");
    app.officer().post("quarterly-submissions/M-1/2024-25-Q3/publish").call().must_be(200);
    publish("2024-25-Q4").must_be(200);
    assert_eq!(
        app.sql().rows("SELECT policy FROM disclosures ORDER BY quarter").concat(),
        ["cin_1_5", "none", "round5_suppress_1_7", "round5_suppress_1_7"]
    );
}

#[test]
fn a_policy_that_a_measure_is_made_with_is_part_of_it() {
    let app = App::with_measure();
    app.measure("M-2").set("disclosure_policy", "none").create();
    app.submission("M-2", "2024-25-Q1").set("value", 3).approved();
    let key = json!({"name": "editor", "scopes": ["approve"]});
    let maker = app.admin().post("keys").send(&key).must_be(201).json();
    let maker = app.anonymous().with_key(maker["key"].as_str().unwrap());
    maker.post("quarterly-submissions/M-2/2024-25-Q1/publish").call().must_be(200);
    assert_eq!(app.sql().value("SELECT policy FROM disclosures"), "none");
}

#[test]
fn a_figure_is_published_by_the_definition_that_it_was_approved_by() {
    let app = App::with_measure();
    let [unit, sums, old] = ["M-2", "M-3", "M-4"].map(|code| {
        app.measure(code).set("unit", "count").set("decimal_places", 0).set("accumulation", "cumulative").create();
        app.submission(code, "2024-25-Q1").set("value", 20).published();
        app.submission(code, "2024-25-Q2").set("value", 23).approved();
        code
    });
    let anew = |code: &str, change: Value| {
        let version = json!({"series": 2, "change_reason": "Counted otherwise."});
        let body = [version.as_object().unwrap().clone(), change.as_object().unwrap().clone()].into_iter().flatten();
        app.editor().patch(&format!("measures/{code}")).send(&Value::Object(body.collect())).must_be(200);
    };
    let publish = |code: &str| app.officer().post(&format!("quarterly-submissions/{code}/2024-25-Q2/publish")).call();
    anew(unit, json!({"unit": "score", "effective_from": "2024-25-Q2"}));
    anew(sums, json!({"accumulation": "in_period", "effective_from": "2024-25-Q2"}));
    for code in [unit, sums] {
        let refused = app.storing_nothing(|| publish(code)).problem(409, "transition_not_allowed");
        refused.says("defined anew after this figure was approved");
    }
    // By one that is in force later it was not to be judged, and what it is called decides nothing.
    anew(old, json!({"unit": "score", "effective_from": "2024-25-Q3"}));
    publish(old).must_be(200);
    assert_eq!(
        app.sql().column("SELECT concat(measure, ' ', value_symbol) FROM disclosures WHERE quarter = '2024-25-Q2'"),
        ["M-4 c"]
    );
    // Approved by the new definition, it is public by it.
    let path = format!("quarterly-submissions/{sums}/2024-25-Q2");
    app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "Counted otherwise."})).must_be(201);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).send(&json!({"note": "Checked."})).must_be(200);
    publish(sums).must_be(200);
}

#[test]
fn nobody_is_the_first_to_publish_by_a_definition_of_their_own_that_shows_more() {
    let app = App::with_measure();
    let key = json!({"name": "one officer", "scopes": ["read", "configure", "approve"]});
    let key = app.admin().post("keys").send(&key).must_be(201).json();
    let alone = app.anonymous().with_key(key["key"].as_str().unwrap());
    let define = |caller: &Client, code: &str, change: Value| {
        caller.patch(&format!("measures/{code}")).send(&change).must_be(200);
    };
    let publish = |caller: &Client, code: &str, quarter: &str| {
        caller.post(&format!("quarterly-submissions/{code}/{quarter}/publish")).call()
    };
    let refused = |code: &str, quarter: &str| {
        let answer = app.storing_nothing(|| publish(&alone, code, quarter));
        answer.problem(403, "four_eyes").says("You defined the measure so that more is shown");
    };
    let made = |code: &str| {
        app.measure(code).set("unit", "count").set("decimal_places", 0).set("accumulation", "cumulative").create();
    };
    let version = |from: &str, series: i32, unit: &str| json!({"unit": unit, "effective_from": from, "series": series, "change_reason": "Anew."});
    ["M-2", "M-3", "M-4"].into_iter().for_each(made);

    // Before anything is handed in, in place; by way of another change, too.
    define(&alone, "M-2", json!({"unit": "score"}));
    define(&app.editor(), "M-2", json!({"expected_lag_days": 12}));
    // By a version, and a further one that says the same.
    define(&alone, "M-3", version("2024-25-Q2", 2, "score"));
    define(&alone, "M-3", version("2024-25-Q3", 3, "days"));
    define(&alone, "M-4", json!({"accumulation": "in_period"}));
    for code in ["M-2", "M-3", "M-4"] {
        for quarter in ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3"] {
            app.submission(code, quarter).set("value", 3).approved();
        }
    }
    publish(&alone, "M-3", "2024-25-Q1").must_be(200);
    for (code, quarter) in [("M-2", "2024-25-Q1"), ("M-3", "2024-25-Q2"), ("M-3", "2024-25-Q3"), ("M-4", "2024-25-Q1")]
    {
        refused(code, quarter);
    }
    // Once another has published by it, it is theirs, too.
    for code in ["M-2", "M-3", "M-4"] {
        publish(&app.officer(), code, "2024-25-Q3").must_be(200);
        publish(&alone, code, "2024-25-Q2").must_be(200);
    }
}
