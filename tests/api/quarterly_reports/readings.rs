//! Three readings of a report: what was signed off, what members read, what the public reads; each sealed under its own hash.

use serde_json::{Value, json};

use crate::support::client::{Answer, Client};
use crate::support::{App, Role};

const QUARTER: &str = "2024-25-Q4";

/// A caller in this role.
fn caller(app: &App, role: &str) -> Client {
    let body = json!({"name": format!("a caller in the role {role}"), "grants": [{"role": role}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

fn exempt(part: Value) -> Value {
    let mut part = part;
    (part["paragraph"], part["public_interest"]) = (json!(3), json!("Bids are being compared."));
    part
}

/// An adopted framework with five measures: `M-1` red with narrative and plan, `M-2` small, `M-3` approved and not published, `M-4`
/// exempt as a whole, `M-5` green. Its report is signed off; the overview, a section of `M-1`, its plan and an issue are exempt, too.
fn signed_off() -> App {
    let app = App::with_measure();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    for code in ["M-2", "M-3", "M-4", "M-5"] {
        app.measure(code).create();
    }
    for code in ["M-1", "M-2", "M-3", "M-4", "M-5"] {
        app.target(code, "2024-25", 55).create();
    }
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let told = json!({"challenges": "Demand rose.", "interventions": "Two bids of Acme.", "results": "None yet."});
    app.submission("M-1", QUARTER).with(json!({"numerator": 20, "denominator": 100, "narrative": told})).published();
    app.submission("M-2", QUARTER).with(json!({"numerator": 97, "denominator": 100})).published();
    app.submission("M-3", QUARTER).with(json!({"numerator": 80, "denominator": 100})).approved();
    app.submission("M-4", QUARTER).with(json!({"numerator": 78, "denominator": 99, "narrative": told})).published();
    app.submission("M-5", QUARTER).with(json!({"numerator": 60, "denominator": 100})).published();
    app.plan("P-1").create();
    app.officer().post("recovery-plans/P-1/agree").call().must_be(200);
    app.issue("I-1").set("question", "Why were the bids of Acme refused?").create();
    app.report(QUARTER);
    let parts = [
        exempt(json!({"part": "overview"})),
        exempt(json!({"part": "narrative", "measure": "M-1", "section": "interventions"})),
        exempt(json!({"part": "recovery_plan", "measure": "M-1"})),
        exempt(json!({"part": "measure", "measure": "M-4"})),
        exempt(json!({"part": "issue_of_concern", "issue": "I-1"})),
    ];
    app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&json!({"parts": parts})).must_be(200);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    app
}

fn published() -> App {
    let app = signed_off();
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    app
}

fn ask(client: &Client, path: &str) -> Answer {
    client.get(&format!("quarterly-reports/F/{QUARTER}{path}")).call()
}

fn measure<'a>(content: &'a Value, code: &str) -> Option<&'a Value> {
    let measures = content["outcomes"][0]["measures"].as_array().unwrap();
    measures.iter().find(|measure| measure["card"]["code"] == code)
}

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

/// What happens after a report was published.
fn later(app: &App, step: usize) {
    match step {
        0 => drop(app.officer().post(&format!("quarterly-submissions/M-3/{QUARTER}/publish")).call().must_be(200)),
        1 => {
            let from = json!({"effective_from": "2025-26-Q1", "change_reason": "Clearer.", "decision": "D-1", "title": "Another"});
            app.editor().patch("measures/M-1").send(&from).must_be(200);
        }
        2 => drop(app.step(QUARTER, "correct", &json!({"reason": "The bids are public."})).must_be(201)),
        _ => {
            let none = json!({"parts": []});
            app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&none).must_be(200);
        }
    }
}

#[test]
fn each_reading_is_sealed_under_its_own_hash_and_proved() {
    let app = published();
    let report = ask(&app.reader(), "").must_be(200).json();
    let mut tags = Vec::new();
    let kept = ["public", "member"].map(|role| {
        let client = caller(&app, role);
        let answer = ask(&client, "/content").must_be(200);
        let own = ask(&client, "").must_be(200).json();
        assert_eq!(answer.etag(), format!("\"{}\"", own["content_hash"].as_str().unwrap()));
        assert_eq!([&own["members_hash"], &own["public_hash"], &own["signed_off_by"]], [&Value::Null; 3]);
        assert!(!ask(&client, "/versions").must_be(200).text().contains(report["content_hash"].as_str().unwrap()));
        tags.push(own["content_hash"].clone());
        (client, answer.body)
    });
    assert_eq!(tags, [report["public_hash"].clone(), report["members_hash"].clone()]);
    assert!(!tags.contains(&report["content_hash"]));
    // Whatever happens afterwards, it is the same, and can be made again.
    for step in 0..4 {
        later(&app, step);
        for (client, bytes) in &kept {
            assert_eq!(ask(client, "/content").must_be(200).body, *bytes);
            assert_eq!(ask(client, "/versions/1/content").must_be(200).body, *bytes);
            ask(client, "/versions/2/content").problem(404, "not_found");
            ask(client, "/verify").problem(403, "forbidden");
        }
        for audience in ["members", "public"] {
            let proof = ask(&app.reader(), &format!("/verify?audience={audience}")).must_be(200).json();
            assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{step}: {proof}");
            let changed = proof["differences"].as_array().unwrap();
            assert!(changed.iter().all(|one| one["measure"] == "M-3") && !changed.is_empty(), "{changed:?}");
        }
    }
}

#[test]
fn a_correction_tells_what_is_no_longer_exempt() {
    let app = published();
    let (public, version) =
        (caller(&app, "public"), |client: &Client, n| ask(client, &format!("/versions/{n}/content")));
    let first = version(&public, 1).must_be(200).body;
    app.step(QUARTER, "correct", &json!({"reason": "The bids are public."})).must_be(201);
    let only = json!({"parts": [exempt(json!({"part": "narrative", "measure": "M-4"}))]});
    app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&only).must_be(200);
    let narrative = || public.get(&format!("quarterly-submissions/M-1/{QUARTER}")).call().json()["narrative"].clone();
    assert_eq!(narrative()["interventions"], Value::Null, "until the correction is signed off");
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    assert_eq!(narrative()["interventions"], "Two bids of Acme.");
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    app.step(QUARTER, "consider", &json!({"decision": "D-1"})).must_be(200);
    let second = ask(&public, "/content").must_be(200).json();
    assert_eq!(
        (&second["version"], &second["overview"], &second["correction_reason"]),
        (&json!(2), &json!("An overview."), &Value::Null)
    );
    assert_eq!(measure(&second, "M-1").unwrap()["card"]["narrative"]["interventions"], "Two bids of Acme.");
    let fourth = measure(&second, "M-4").unwrap();
    assert_eq!((&fourth["card"]["figure"]["numerator"], &fourth["card"]["narrative"]), (&json!(78), &json!({})));
    assert_eq!(version(&public, 1).must_be(200).body, first);
    for audience in ["internal", "members", "public"] {
        assert_eq!(
            ask(&app.reader(), &format!("/verify?audience={audience}")).must_be(200).json()["reproduced"],
            true,
            "{audience}"
        );
    }
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

#[test]
fn officers_foresee_both_and_nobody_else_reads_what_is_not_theirs() {
    let app = signed_off();
    let warned = ask(&app.reader(), "/readiness").must_be(200).json();
    let warned: Vec<&Value> =
        warned["warnings"].as_array().unwrap().iter().filter(|gap| gap["kind"] == "figure_not_published").collect();
    assert_eq!(warned.iter().map(|gap| gap["measure"].clone()).collect::<Vec<_>>(), [json!("M-3")]);
    let foreseen = ask(&app.reader(), "/content?audience=public").must_be(200).json();
    assert!(measure(&foreseen, "M-4").is_none());
    assert_eq!(measure(&foreseen, "M-3").unwrap()["card"]["rag"]["reason"], "not_published");
    let (public, member) = (caller(&app, "public"), caller(&app, "member"));
    for client in [&public, &member] {
        for path in ["", "/content", "/versions", "/versions/1", "/versions/1/content"] {
            ask(client, path).problem(404, "not_found");
        }
    }
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    let sealed = ask(&app.reader(), "/content?audience=public").must_be(200);
    assert_eq!(sealed.body, ask(&public, "/content").must_be(200).body);
    for (client, others) in [(&public, ["members", "internal"]), (&member, ["public", "internal"])] {
        for audience in others {
            for path in ["/content", "/versions/1/content"] {
                ask(client, &format!("{path}?audience={audience}")).problem(403, "forbidden");
            }
        }
        ask(client, "/readiness").problem(403, "forbidden");
        client
            .post(&format!("quarterly-reports/F/{QUARTER}/exempt"))
            .send(&json!({"parts": []}))
            .problem(403, "forbidden");
    }
    ask(&public, "/content?audience=public").must_be(200);
    // As it was before, it is not there.
    let before = app.sql().value(
        "SELECT to_char(disclosed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM quarterly_reports",
    );
    ask(&public, &format!("/content?as_of={before}")).problem(404, "not_found");
    let now =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    assert_eq!(ask(&public, &format!("/content?as_of={now}")).must_be(200).body, sealed.body);
    assert_eq!(ask(&member, &format!("/content?as_of={now}")).must_be(200).body, ask(&member, "/content").body);
}

#[test]
fn a_director_of_the_framework_alone_publishes_and_reads_all_of_it() {
    let app = signed_off();
    let body = json!({"name": "a director", "grants": [{"role": "director", "framework": "F"}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let director = app.anonymous().with_key(made["key"].as_str().unwrap());
    director.post(&format!("quarterly-reports/F/{QUARTER}/publish")).call().must_be(200);
    for audience in ["internal", "members", "public"] {
        let proof = ask(&director, &format!("/verify?audience={audience}")).must_be(200).json();
        assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{audience}: {proof}");
    }
}

#[test]
fn a_report_on_a_draft_framework_is_for_nobody_else() {
    let app = App::with_measure();
    app.sealed(QUARTER);
    let report = app.step(QUARTER, "publish", &Value::Null).must_be(200).json();
    assert_eq!([&report["members_hash"], &report["public_hash"], &report["disclosed_at"]], [&Value::Null; 3]);
    ask(&app.by(Role::Reader), "/content?audience=public").problem(404, "not_found");
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let public = caller(&app, "public");
    ask(&public, "").must_be(200);
    ask(&public, "/content").problem(404, "not_found");
    ask(&app.reader(), "/verify?audience=public").problem(404, "not_found");
}
