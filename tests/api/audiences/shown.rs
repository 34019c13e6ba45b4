//! What members and the public see of a published figure, and how officers foresee it.

use serde_json::json;

use super::{adopt, adopted, caller, parts};
use crate::support::App;

#[test]
fn a_small_number_is_published_as_confidential() {
    let app = adopted();
    let narrative = json!({"narrative": {"challenges": "Three of them."}, "quality_note": "One more is likely."});
    app.submission("M-1", "2024-25-Q1").with(parts(70, 110)).with(narrative.clone()).published();
    app.submission("M-1", "2024-25-Q2").with(parts(3, 110)).with(narrative).published();
    for role in ["public", "member"] {
        let caller = caller(&app, role);
        let shown = caller.get("quarterly-submissions/M-1/2024-25-Q1").call().must_be(200).json();
        assert_eq!((&shown["value"], &shown["numerator"]), (&json!(63.6), &json!(70)), "{shown}");
        assert_eq!(shown["narrative"]["challenges"], "Three of them.");
        assert_eq!([&shown["submitted_by"], &shown["approved_by"], &shown["published_by"]], [&json!(null); 3]);
        let hidden = caller.get("quarterly-submissions/M-1/2024-25-Q2").call().must_be(200).json();
        for number in ["value", "numerator", "denominator"] {
            assert_eq!((&hidden[number], &hidden[format!("{number}_symbol")]), (&json!(null), &json!("c")), "{hidden}");
        }
        assert_eq!((&hidden["narrative"], &hidden["quality_note"]), (&json!({}), &json!(null)));
        let card = caller.get("frameworks/F/scorecard?quarter=2024-25-Q2").call().must_be(200).text();
        assert!(!card.contains("2.7") && !card.contains("110") && card.contains("\"c\""), "{card}");
    }
    let truth = app.reader().get("quarterly-submissions/M-1/2024-25-Q2").call().must_be(200).json();
    assert_eq!((&truth["value"], &truth["numerator"]), (&json!(2.7), &json!(3)));
}

#[test]
fn only_what_was_published_is_there() {
    let app = adopted();
    app.submission("M-1", "2024-25-Q1").with(parts(70, 110)).approved();
    let public = caller(&app, "public");
    public.get("quarterly-submissions/M-1/2024-25-Q1").call().problem(404, "not_found");
    let before = app.sql().value("SELECT clock_timestamp()").replace(' ', "T").replace("+00", "Z");
    app.officer().post("quarterly-submissions/M-1/2024-25-Q1/publish").call().must_be(200);
    let list = public.get("quarterly-submissions?which=all").call().must_be(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    // As it was before, it is not there either.
    let then = format!("quarterly-submissions/M-1/2024-25-Q1?as_of={before}");
    public.get(&then).call().problem(404, "not_found");
    // A correction in hand changes nothing of what is shown.
    app.provider().post("quarterly-submissions/M-1/2024-25-Q1/revise").send(&json!({"reason": "Late."})).must_be(201);
    let shown = public.get("quarterly-submissions/M-1/2024-25-Q1").call().must_be(200).json();
    assert_eq!((&shown["revision"], &shown["state"]), (&json!(1), &json!("published")));
    app.framework("G").create();
    public.get("frameworks/G").call().problem(404, "not_found");
}

#[test]
fn what_nobody_decided_on_is_hidden() {
    let app = adopted();
    app.submission("M-1", "2024-25-Q1").with(parts(70, 110)).published();
    app.sql().run("DELETE FROM disclosures");
    let shown = caller(&app, "public").get("quarterly-submissions/M-1/2024-25-Q1").call().must_be(200).json();
    assert_eq!(
        (&shown["value"], &shown["value_symbol"], &shown["numerator"]),
        (&json!(null), &json!("c"), &json!(null))
    );
}

#[test]
fn officers_foresee_what_will_be_shown_and_it_is_decided_once() {
    let app = adopted();
    app.submission("M-1", "2024-25-Q1").with(parts(97, 100)).approved();
    let path = "quarterly-submissions/M-1/2024-25-Q1/disclosure";
    let foreseen = app.reader().get(path).call().must_be(200).json();
    assert_eq!((&foreseen["value_symbol"], &foreseen["policy"]), (&json!("c"), &json!("cin_1_5")));
    let detail = "denominator less numerator is 3: 1 to 5 are confidential";
    assert_eq!(foreseen["reasons"], json!([{"code": "small_number", "detail": detail}]));
    assert_eq!(app.sql().count("disclosures"), 0);
    app.officer().post("quarterly-submissions/M-1/2024-25-Q1/publish").call().must_be(200);
    app.editor().patch("measures/M-1").send(&json!({"disclosure_policy": "none"})).must_be(200);
    assert_eq!(app.reader().get(path).call().must_be(200).json(), foreseen);
    caller(&app, "member").get(path).call().problem(403, "forbidden");
    app.reader().get("quarterly-submissions/M-1/2025-26-Q1/disclosure").call().problem(404, "not_found");
    let refused =
        app.sql().try_run("SET ROLE performance_framework_service; UPDATE disclosures SET value = 1").is_err();
    assert!(refused, "who serves can change what was decided");
}

#[test]
fn a_year_to_date_gives_no_quarter_away() {
    let app = App::with_measure();
    app.measure("M-2").with(json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative"})).create();
    adopt(&app);
    for (quarter, value) in [("2024-25-Q1", 20), ("2024-25-Q2", 23), ("2024-25-Q3", 40), ("2025-26-Q1", 21)] {
        app.submission("M-2", quarter).set("value", value).published();
    }
    let list = caller(&app, "public").get("quarterly-submissions?measure=M-2").call().must_be(200).json();
    let shown: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["value"].clone()).collect();
    // The next year begins at nothing.
    assert_eq!(shown, [json!(20), json!(null), json!(40), json!(21)], "{list}");
    let reasons = app.reader().get("quarterly-submissions/M-2/2024-25-Q2/disclosure").call().must_be(200).json();
    assert_eq!(reasons["reasons"][0]["code"], "small_difference");
}

#[test]
fn a_baseline_tells_no_hidden_figure() {
    let app = App::with_measure();
    let counted = json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative"});
    let based = json!({"baseline_period": "2024-25-Q4", "baseline_value": 23});
    app.measure("M-2").with(counted.clone()).with(based.clone()).create();
    app.measure("M-3").with(counted).create();
    app.measure("M-4").with(json!({"baseline_period": "2024-25-Q1", "baseline_value": 2.7})).create();
    let before = app.sql().value("SELECT clock_timestamp()").replace(' ', "T").replace("+00", "Z");
    // The baseline was there first, and 20 would be three less; or the figure was.
    app.submission("M-2", "2024-25-Q3").set("value", 20).published();
    app.submission("M-3", "2024-25-Q3").set("value", 20).published();
    app.editor().patch("measures/M-3").send(&based).must_be(200);
    app.submission("M-4", "2024-25-Q1").with(parts(3, 110)).published();
    adopt(&app);
    let public = caller(&app, "public");
    for (measure, quarter, figure, baseline) in [
        ("M-2", "2024-25-Q3", json!(null), json!(23)),
        ("M-3", "2024-25-Q3", json!(20), json!(null)),
        ("M-4", "2024-25-Q1", json!(null), json!(null)),
    ] {
        let told = public.get(&format!("quarterly-submissions/{measure}/{quarter}")).call().must_be(200).json();
        assert_eq!(told["value"], figure, "{told}");
        let versions = public.get(&format!("measures/{measure}/versions")).call().must_be(200).json();
        let now = public.get(&format!("measures/{measure}")).call().must_be(200).json();
        for told in [&now, &versions["items"][0]] {
            assert_eq!(told["baseline_value"], baseline, "{told}");
        }
    }
    // What was decided later holds for what was known before, too.
    let then = public.get(&format!("measures/M-4?as_of={before}")).call().must_be(200).json();
    assert_eq!(then["baseline_value"], json!(null), "{then}");
    assert_eq!(app.reader().get("measures/M-4").call().must_be(200).json()["baseline_value"], 2.7);
}

#[test]
fn members_see_what_is_done_and_the_public_does_not() {
    let app = adopted();
    app.issue("I-1").create();
    let (member, public) = (caller(&app, "member"), caller(&app, "public"));
    member.get("issues-of-concern/I-1").call().must_be(200);
    public.get("issues-of-concern/I-1").call().problem(403, "forbidden");
    for inner in ["changes", "keys", "data-requests", "frameworks/F/chase-list", "annual-target-reviews"] {
        member.get(inner).call().problem(403, "forbidden");
    }
    assert_eq!(member.get("me").call().must_be(200).json()["audience"], "members");
    assert_eq!(public.get("me").call().must_be(200).json()["audience"], "public");
    public.put("quarterly-submissions/M-1/2024-25-Q1").send(&parts(1, 2)).problem(403, "forbidden");
}
