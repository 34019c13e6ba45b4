//! What each audience is told, and what the public is told nowhere.

use serde_json::{Value, json};

use super::{QUARTER, ask, caller, measure, published, signed_off};
use crate::support::Client;

#[test]
fn the_public_reads_what_may_be_shown_without_what_is_exempt() {
    let app = published();
    let public = ask(&caller(&app, "public"), "/content").must_be(200).json();
    assert_eq!((&public["audience"], &public["overview"]), (&json!("public"), &Value::Null));
    let notes = public["exempt"].as_array().unwrap();
    assert_eq!(notes.len(), 5, "{notes:?}");
    for note in notes {
        assert_eq!(
            (&note["paragraph"], &note["issue"], &note["public_interest"]),
            (&json!(3), &Value::Null, &Value::Null)
        );
        assert!(note["information"].as_str().unwrap().contains("financial or business affairs"), "{note}");
    }
    let first = measure(&public, "M-1").unwrap();
    assert_eq!(first["card"]["narrative"], json!({"challenges": "Demand rose.", "results": "None yet."}));
    assert_eq!((&first["card"]["rag"]["status"], &first["recovery_plan"]), (&json!("red"), &Value::Null));
    assert_eq!(measure(&public, "M-2").unwrap()["card"]["rag"]["reason"], "c");
    let third = &measure(&public, "M-3").unwrap()["card"];
    assert_eq!((&third["figure"], &third["rag"]["reason"]), (&Value::Null, &json!("not_published")), "{third}");
    assert!(measure(&public, "M-4").is_none(), "{public}");
    // Counts are of what is there: one red, one green, two without data.
    let summary = &public["summary"];
    assert_eq!(
        [&summary["measures"], &summary["red"], &summary["green"], &summary["no_data"]],
        [4, 1, 1, 2].map(Value::from).each_ref()
    );
    assert_eq!(public["outcomes"][0]["summary"], *summary);
    assert_eq!(public["priorities"][0]["summary"], *summary);
    assert_eq!(public["issues_of_concern"], json!([]));
    let text = public.to_string();
    for secret in ["Acme", "I-1", "P-1", "Bids", "An overview"] {
        assert!(!text.contains(secret), "`{secret}` in {text}");
    }
}

#[test]
fn members_read_what_is_exempt_and_nothing_that_is_confidential() {
    let app = published();
    let members = ask(&caller(&app, "member"), "/content").must_be(200).json();
    assert_eq!((&members["audience"], &members["overview"]), (&json!("members"), &json!("An overview.")));
    assert_eq!(members["exempt"][1]["public_interest"], "Bids are being compared.");
    let first = measure(&members, "M-1").unwrap();
    assert_eq!(first["card"]["narrative"]["interventions"], "Two bids of Acme.");
    assert_eq!(first["recovery_plan"]["plan"]["code"], "P-1");
    assert_eq!(measure(&members, "M-4").unwrap()["card"]["rag"]["status"], "green");
    assert_eq!(members["issues_of_concern"][0]["code"], "I-1");
    assert_eq!(measure(&members, "M-2").unwrap()["card"]["figure"]["value_symbol"], "c");
    assert_eq!(measure(&members, "M-3").unwrap()["card"]["figure"], Value::Null);
    let internal = ask(&app.reader(), "/content").must_be(200).json();
    assert_eq!(internal["audience"], "internal");
    assert_eq!(measure(&internal, "M-2").unwrap()["card"]["figure"]["numerator"], 97);
    assert_eq!(internal["summary"]["measures"], 5);
}

#[test]
fn what_is_exempt_is_nowhere_else_for_the_public() {
    let app = signed_off();
    let (public, member) = (caller(&app, "public"), caller(&app, "member"));
    // From the day on which it is recorded, whatever becomes of the report.
    for published in [false, true] {
        let own = |client: &Client, code: &str| {
            client.get(&format!("quarterly-submissions/{code}/{QUARTER}")).call().must_be(200).json()
        };
        let (first, fourth) = (own(&public, "M-1"), own(&public, "M-4"));
        assert_eq!(first["narrative"], json!({"challenges": "Demand rose.", "results": "None yet."}), "{published}");
        assert_eq!(first["numerator"], 20);
        let shown = [
            &fourth["value"],
            &fourth["numerator"],
            &fourth["denominator"],
            &fourth["value_symbol"],
            &fourth["narrative"],
        ];
        assert_eq!(shown, [&Value::Null, &Value::Null, &Value::Null, &json!("c"), &json!({})]);
        let card = public.get(&format!("frameworks/F/scorecard?quarter={QUARTER}")).call().must_be(200).text();
        assert!(!card.contains("Acme") && card.contains("\"reason\":\"c\""), "{card}");
        let list = public.get("quarterly-submissions?measure=M-4").call().must_be(200).json();
        assert_eq!((&list["items"][0]["value"], &list["items"][0]["numerator"]), (&Value::Null, &Value::Null));
        assert_eq!(
            (&own(&member, "M-4")["numerator"], &own(&member, "M-1")["narrative"]["interventions"]),
            (&json!(78), &json!("Two bids of Acme."))
        );
        if !published {
            app.step(QUARTER, "publish", &Value::Null).must_be(200);
        }
    }
    let (theirs, members) = (ask(&public, "").must_be(200).json(), ask(&member, "").must_be(200).json());
    assert_eq!((&theirs["overview"], &theirs["exempt_parts"][4]["issue"]), (&Value::Null, &Value::Null));
    assert_eq!((&members["overview"], &members["exempt_parts"][4]["issue"]), (&json!("An overview."), &json!("I-1")));
    assert_eq!(theirs["unpublished"], json!(["M-3"]));
}

#[test]
fn the_next_report_builds_on_nothing_that_is_exempt() {
    let app = published();
    app.target("M-4", "2025-26", 55).set("source", "decision").set("decision", "D-1").create();
    app.submission("M-4", "2025-26-Q1").with(json!({"numerator": 60, "denominator": 100})).published();
    app.report("2025-26-Q1");
    app.step("2025-26-Q1", "review", &Value::Null).must_be(200);
    app.step("2025-26-Q1", "sign-off", &Value::Null).must_be(200);
    app.step("2025-26-Q1", "publish", &Value::Null).must_be(200);
    let read = |role: &str| caller(&app, role).get("quarterly-reports/F/2025-26-Q1/content").call().must_be(200).json();
    let (public, members) = (read("public"), read("member"));
    let direction = |content: &Value| measure(content, "M-4").unwrap()["card"]["direction"]["short"]["result"].clone();
    assert_eq!((direction(&public), direction(&members)), (json!("not_comparable"), json!("worsening")), "{public}");
    assert_eq!(measure(&public, "M-4").unwrap()["last_rated"], Value::Null);
    assert_eq!(measure(&members, "M-4").unwrap()["last_rated"]["status"], "green");
}
