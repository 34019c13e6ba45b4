//! The demonstration as it stands once it is loaded: what it tells, and that loading it again changes nothing.

use std::sync::OnceLock;

use performance_framework::demo::{self, Keys, Loaded};
use serde_json::{Value, json};

use crate::support::audit::sealed;
use crate::support::db::Template;
use crate::support::{App, Client, Role};

/// The keys with which the demonstration was loaded stand for no example: these have one scope each.
pub const PROVIDER: &str = "example-provider";

/// A database with the demonstration loaded through the API.
pub fn demonstration() -> &'static Template {
    static LOADED: OnceLock<Template> = OnceLock::new();
    LOADED.get_or_init(|| {
        let app = App::start();
        let keys = keys(&app);
        app.key_of(PROVIDER, &["read"]);
        let loaded = load(&app, &keys);
        assert!(loaded.made > 500, "{loaded:?}");
        sealed(&app, 500);
        app.into_database().into_template()
    })
}

fn keys(app: &App) -> Keys {
    Keys {
        provider: app.key_of("case-system", &["read", "submit"]),
        officer: app.key_of("performance-officer", &["read", "approve", "configure"]),
        administrator: app.key_of("administrator", &["admin"]),
    }
}

fn load(app: &App, keys: &Keys) -> Loaded {
    demo::load(app.base(), keys).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_demonstration_tells_what_it_should() {
    let app = App::copy_of(demonstration());
    let get = |quarter: &str| {
        let path = format!("frameworks/CSPF-2024-28/scorecard?quarter={quarter}");
        let card = app.reader().get(&path).call().must_be(200).json();
        let outcomes = card["outcomes"].as_array().unwrap().clone();
        let measures: Vec<_> =
            outcomes.iter().flat_map(|outcome| outcome["measures"].as_array().unwrap().clone()).collect();
        measures.into_iter().find(|measure| measure["code"] == "EDU-01").unwrap()
    };
    let before = get("2024-25-Q4");
    assert_eq!(before["rag"]["explanation"], "red because 16.5 is below the floor 49.5 = 55 less 10 %");
    let after = get("2025-26-Q1");
    assert_eq!((&after["rag"]["status"], &after["direction"]["short"]["result"]), (&"red".into(), &"improving".into()));
    assert_eq!(after["distance"]["percent_of_gap_closed"].to_string(), "19.5");
    assert_eq!((&before["target_source"], &after["target_source"]), (&"decision".into(), &"decision".into()));
    let path = "measures/EDU-01-CY/comparators?data_period=CY2024";
    let beside = app.reader().get(path).call().must_be(200).json();
    let standing = &beside["standing"];
    assert_eq!((&standing["rank"], &standing["out_of"], &standing["quartile"]), (&79.into(), &150.into(), &"C".into()));
    let neighbours = beside["groups"].as_array().unwrap().iter().find(|group| group["code"] == "SN-SHEFFIELD").unwrap();
    assert_eq!((&neighbours["contributors"], &neighbours["members"]), (&10.into(), &10.into()));
}

#[test]
fn the_demonstration_tells_the_story_of_ehc_plans() {
    let app = App::copy_of(demonstration());
    let read = |path: &str| app.reader().get(path).call().must_be(200).json();
    let plan = read("recovery-plans/EDU-01-2025-03");
    assert_eq!((&plan["state"], &plan["result"]["assessment"]), (&"ineffective".into(), &"no_effect".into()));
    let progress = read("recovery-plans/EDU-01-2025-03/progress");
    let point = &progress["points"][0];
    assert_eq!((point["expected"].to_string().as_str(), point["actual"].to_string().as_str()), ("50", "16.5"));
    assert_eq!((&point["standing"], &progress["newest_due_missed"]), (&"missed".into(), &true.into()));
    let issue = read("issues-of-concern/FP-2025-06-16-EHC");
    assert_eq!((&issue["state"], &issue["referred"]), (&"accepted".into(), &true.into()));
    assert_eq!((&issue["clause"], &issue["measures"]), (&"c".into(), &json!(["EDU-01", "EDU-02"])));
}

/// The quarters of the children's framework that were reported on, each with the meeting's decision.
const YEAR: [(&str, &str, &str); 4] = [
    ("2024-25-Q2", "baseline", "ECF-2025-02-04-BASELINE"),
    ("2024-25-Q3", "quarterly", "ILLUSTRATIVE-2024-25-Q3"),
    ("2024-25-Q4", "quarterly", "FP-2025-06-16-OUTCOMES"),
    ("2025-26-Q1", "quarterly", "FP-2025-09-22-MEASURES"),
];

#[test]
fn the_demonstration_has_sealed_the_reports_of_a_year() {
    let app = App::copy_of(demonstration());
    let read = |path: &str| app.reader().get(path).call().must_be(200).json();
    for (quarter, kind, decision) in YEAR {
        let at = format!("quarterly-reports/CSPF-2024-28/{quarter}");
        let report = read(&at);
        let told = [&report["state"], &report["kind"], &report["decision"], &report["version"]];
        assert_eq!(told, [&json!("considered"), &json!(kind), &json!(decision), &json!(1)], "{quarter}");
        let proof = read(&format!("{at}/verify"));
        assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{quarter}");
        assert_eq!(proof["differences"], json!([]), "{quarter}");
        assert_eq!(read(&format!("{at}/readiness"))["ready"], true, "{quarter}");
    }
}

#[test]
fn each_report_of_the_year_says_what_was_known_when_it_was_signed_off() {
    let app = App::copy_of(demonstration());
    let codes = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    for ((quarter, ..), decisions, issues, plan) in [
        (YEAR[0], &["ECF-2024-11-FRAMEWORK"][..], &[][..], Value::Null),
        (YEAR[1], &["ECF-2025-02-04-BASELINE"], &[], Value::Null),
        (YEAR[2], &[], &[], json!("in_delivery")),
        (YEAR[3], &["FP-2025-06-16-OUTCOMES"], &["FP-2025-06-16-EHC"], json!("ineffective")),
    ] {
        let content = app.reader().get(&format!("quarterly-reports/CSPF-2024-28/{quarter}/content")).call();
        let content = content.must_be(200).json();
        assert_eq!(codes(&content["decisions"]), decisions, "{quarter}");
        assert_eq!(codes(&content["issues_of_concern"]), issues, "{quarter}");
        let outcomes = content["outcomes"].as_array().unwrap();
        let mut measures = outcomes.iter().flat_map(|outcome| outcome["measures"].as_array().unwrap());
        let ehc = measures.find(|measure| measure["card"]["code"] == "EDU-01").unwrap();
        assert_eq!(ehc["recovery_plan"]["plan"]["state"], plan, "{quarter}");
    }
}

#[test]
fn the_newest_review_of_the_demonstration_is_applied_and_can_be_read_back() {
    let app = App::copy_of(demonstration());
    let read = |path: &str| app.reader().get(path).call().must_be(200).json();
    let standing = read("frameworks/CSPF-2024-28/review-status");
    assert_eq!(standing["last_review"]["year"], "2025-26");
    assert_eq!(read("annual-target-reviews/CSPF-2024-28/2025-26")["status"], "applied");
    let changes = read("annual-target-reviews/CSPF-2024-28/2025-26/changes");
    let items = changes["applied_changes"].as_array().unwrap();
    let of = |measure: &str| items.iter().find(|change| change["measure"] == measure).unwrap();
    assert_eq!((&of("EDU-01")["clause"], &of("EDU-01")["action"]), (&json!("b"), &json!("retain")));
    assert_eq!((&of("WF-02")["clause"], &of("WF-02")["made"][0]["what"]), (&json!("c"), &json!("target_created")));
    let target = read("targets/WF-02/2026-27");
    assert_eq!((target["value"].to_string().as_str(), &target["set_in_arrears"]), ("7.9", &json!(false)));
    assert_eq!(read("decisions/ILLUSTRATIVE-REVIEW-2025-26")["meeting"], "ILLUSTRATIVE-2026-05");
    assert_eq!(target["decision"], "ILLUSTRATIVE-REVIEW-2025-26");
}

#[test]
fn loading_the_demonstration_again_changes_nothing() {
    let app = App::copy_of(demonstration());
    let keys = keys(&app);
    let before = app.everything();
    assert_eq!(load(&app, &keys).made, 0);
    assert_eq!(app.everything(), before);
}

#[test]
fn what_somebody_has_done_since_stays_when_the_demonstration_is_loaded_again() {
    let app = App::copy_of(demonstration());
    let (keys, admin) = (keys(&app), app.by(Role::Admin));
    admin.post("data-requests/PRACTICE-03/2025-26-Q1/reinstate").call().must_be(200);
    let reason = json!({"reason": "A figure was corrected."});
    admin.post("quarterly-reports/CSPF-2024-28/2024-25-Q4/correct").send(&reason).must_be(201);
    admin.post("recovery-plans/ILLUSTRATIVE-CL-01/close").send(&reason).must_be(200);
    let before = app.everything();
    assert_eq!(load(&app, &keys).made, 0);
    assert_eq!(app.everything(), before);
}

#[test]
fn it_has_a_relative_target_that_resolves_and_one_that_does_not() {
    let app = App::copy_of(demonstration());
    let path = "frameworks/PRACTICE/scorecard?quarter=2025-26-Q1";
    let card = app.reader().get(path).call().must_be(200).json();
    let told = |code: &str| {
        let outcomes = card["outcomes"].as_array().unwrap().iter();
        let mut measures = outcomes.flat_map(|outcome| outcome["measures"].as_array().unwrap());
        measures.find(|measure| measure["code"] == code).unwrap()["rag"]["explanation"].clone()
    };
    assert_eq!(told("PRACTICE-21"), "green because 73.5 is above 72, the mean of PRACTICE-GROUP for 2025-26-Q1");
    let missing =
        "not rated because the target is the published value of E92000001 for 2025-26-Q1, and there is no such figure";
    assert_eq!(told("PRACTICE-22"), missing);
}

/// A caller in this role.
fn caller(app: &App, role: &str) -> Client {
    let made = app.admin().post("keys").send(&json!({"name": role, "grants": [{"role": role}]})).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

#[test]
fn members_and_the_public_read_its_reports_and_one_has_an_exempt_part() {
    let app = App::copy_of(demonstration());
    let path = "quarterly-reports/PRACTICE-REPORTS/2024-25-Q3/content";
    let [public, members] = ["public", "member"].map(|role| caller(&app, role).get(path).call().must_be(200).json());
    let exempt = &public["exempt"][0];
    assert_eq!((&exempt["measure"], &exempt["section"]), (&json!("PRACTICE-41"), &json!("interventions")));
    assert_eq!((&exempt["paragraph"], &exempt["public_interest"]), (&json!(3), &Value::Null));
    let card = |content: &Value, at: usize| content["outcomes"][0]["measures"][at]["card"].clone();
    assert_eq!(card(&public, 0)["narrative"]["interventions"], Value::Null);
    assert!(card(&members, 0)["narrative"]["interventions"].as_str().unwrap().contains("lower by a tenth"));
    assert_eq!(card(&public, 1)["rag"]["reason"], "c");
    for (quarter, ..) in YEAR {
        for audience in ["members", "public"] {
            let at = format!("quarterly-reports/CSPF-2024-28/{quarter}/verify?audience={audience}");
            let proof = app.reader().get(&at).call().must_be(200).json();
            let told = (&proof["hash_matches"], &proof["reproduced"], &proof["differences"]);
            assert_eq!(told, (&json!(true), &json!(true), &json!([])), "{quarter} {audience}");
        }
    }
}
