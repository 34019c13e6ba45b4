//! The attacker: two councils that differ in nothing but what must stay hidden. Whatever members and the public may fetch, by every
//! filter, period and form, is the same in both to the byte, headers included; so nothing of it can tell one from the other.

use std::collections::BTreeSet;

use actix_web::web::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use performance_framework::access::audience;
use performance_framework::http::canonical;
use serde_json::{Value, json};

use super::asked::ASKED;
use super::{adopt, caller, parts};
use crate::support::{Answer, App};

/// What differs between the two.
struct Secret {
    small: i64,
    name: &'static str,
    words: &'static str,
    unpublished: i64,
    /// What is exempt from publication, and members may read.
    exempt: Exempt,
}

/// What the public may not read of a report.
#[derive(Clone, Copy)]
struct Exempt {
    words: &'static str,
    value: i64,
}

const SECRETS: [Secret; 2] = [
    Secret {
        small: 2,
        name: "Ada Adams",
        words: "Two of them.",
        unpublished: 61,
        exempt: Exempt { words: "Acme bid least.", value: 71 },
    },
    Secret {
        small: 4,
        name: "Bob Brown",
        words: "Four of them.",
        unpublished: 17,
        exempt: Exempt { words: "Zenith bid least.", value: 33 },
    },
];

/// A council with all that the public may read of, made in the same order each time.
fn council(secret: &Secret, exempt: Exempt) -> App {
    let app = App::with_measure();
    for code in ["M-3", "M-4", "M-5"] {
        app.measure(code).create();
    }
    let told = json!({"narrative": {"challenges": secret.words}, "quality_note": secret.words});
    app.area("A-1").create();
    app.group("G-1").create();
    app.membership("G-1", "A-1", "2024-04-01").create();
    app.editor().patch("measures/M-1").send(&json!({"owner": secret.name, "provider": secret.name})).must_be(200);
    app.target("M-1", "2024-25", 50).create();
    app.benchmark("M-1", "A-1", "2024-25-Q1", 52).create();
    let (small, large) = (secret.small, 100 - secret.small);
    let counted = json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative", "polarity": "low",
        "baseline_period": "2023-24-Q4", "baseline_value": small, "baseline_reason": secret.words});
    app.measure("M-2").with(counted).create();
    app.target("M-2", "2024-25", 30).set("kind", "at_most").create();
    adopt(&app);
    for (quarter, figure) in [
        ("2023-24-Q4", parts(70, 110)),
        ("2024-25-Q1", parts(small, 110)),
        ("2024-25-Q2", parts(large, 100)),
        ("2024-25-Q3", parts(3, 5 + small)),
    ] {
        let words = if quarter == "2023-24-Q4" { json!({}) } else { told.clone() };
        app.submission("M-1", quarter).with(figure).with(words).published();
    }
    for (quarter, value) in
        [("2024-25-Q1", 20), ("2024-25-Q2", 20 + small), ("2024-25-Q3", 40), ("2024-25-Q4", 40 + small)]
    {
        app.submission("M-2", quarter).set("value", value).published();
    }
    let by_area = json!({"numerator": 60, "denominator": 100, "breakdowns": [
        {"dimension": "locality", "category": "North", "numerator": small, "denominator": 10},
        {"dimension": "locality", "category": "East", "numerator": 20 - small, "denominator": 30},
        {"dimension": "locality", "category": "South", "numerator": 40, "denominator": 60}
    ]});
    app.submission("M-1", "2023-24-Q3").with(by_area).published();
    app.submission("M-1", "2024-25-Q4").set("value", secret.unpublished).with(told.clone()).approved();
    app.submission("M-1", "2025-26-Q1").set("value", secret.unpublished).with(told).create();
    let interventions = json!([{"title": "A rota"}]);
    let plan = json!({"owner": secret.name, "reason": exempt.words, "interventions": interventions});
    app.plan("P-1").with(plan).create();
    app.officer().post("recovery-plans/P-1/agree").call().must_be(200);
    app.issue("I-1").set("question", exempt.words).create();
    app.editor().put("quarterly-reports/F/2024-25-Q1").send(&json!({"overview": secret.words})).must_be(201);
    report(&app, secret, exempt);
    app
}

/// A published report of which every kind of part is exempt, with a figure that is approved only.
fn report(app: &App, secret: &Secret, exempt: Exempt) {
    let narrative = json!({"challenges": "Demand rose.", "interventions": exempt.words});
    app.submission("M-3", "2024-25-Q2").with(parts(60, 100)).set("narrative", narrative).published();
    app.submission("M-4", "2024-25-Q2").with(parts(exempt.value, 100)).set("quality_note", exempt.words).published();
    app.submission("M-4", "2024-25-Q3").with(parts(60, 100)).published();
    app.submission("M-5", "2024-25-Q2").with(parts(secret.unpublished, 100)).approved();
    let path = "quarterly-reports/F/2024-25-Q2";
    app.editor().put(path).send(&json!({"overview": exempt.words})).must_be(201);
    let part = |mut part: Value| {
        (part["paragraph"], part["public_interest"]) = (json!(3), json!(exempt.words));
        part
    };
    let exempt = [
        part(json!({"part": "overview"})),
        part(json!({"part": "narrative", "measure": "M-3", "section": "interventions"})),
        part(json!({"part": "measure", "measure": "M-4"})),
        part(json!({"part": "recovery_plan", "measure": "M-1"})),
        part(json!({"part": "issue_of_concern", "issue": "I-1"})),
    ];
    app.clerk().post(&format!("{path}/exempt")).send(&json!({"parts": exempt})).must_be(200);
    for step in ["review", "sign-off", "publish"] {
        app.admin().post(&format!("{path}/{step}")).call().must_be(200);
    }
}

/// Without what differs between any two runs: instants, hashes of what has them, and ids of requests, keys and pages.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_inclusive(['"', ',', '&', '=', ' ']) {
        let instant = word.len() > 18 && word.as_bytes()[4] == b'-' && word.contains('T') && word.contains(':');
        let id = word.len() > 30 && word.matches('-').count() >= 4 && !word.contains('/');
        let hash = word.len() > 63 && word.trim_end_matches('"').chars().all(|digit| digit.is_ascii_hexdigit());
        plain.push_str(if instant || id || hash { "~" } else { word });
    }
    plain
}

/// The text of an answer; of a Parquet file all values but instants, which differ between any two runs.
fn text(answer: &Answer) -> String {
    if !answer.header("content-type").contains("parquet") || answer.status != 200 {
        return answer.text();
    }
    let reader = SerializedFileReader::new(Bytes::from(answer.body.clone())).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let shown = |field: &Field| !matches!(field, Field::TimestampMicros(_));
    let row = |row: Row| -> Vec<String> {
        row.get_column_iter().filter(|(_, field)| shown(field)).map(|(name, field)| format!("{name} {field}")).collect()
    };
    rows.map(|one| row(one).join("\n")).collect()
}

/// The length follows from the body, in which an instant of whole milliseconds has three digits less.
fn said(answer: &Answer) -> String {
    let headers = ["etag", "content-type", "link", "vary"].map(|name| plain(answer.header(name)));
    format!("{} {headers:?}\n{}", answer.status, plain(&text(answer)))
}

/// What an address of the list is below: those of OData stand there whole.
fn base(path: &str) -> &'static str {
    if path.starts_with("/odata/") { "" } else { "/api/v1" }
}

/// All that a caller in this role is told.
fn told(app: &App, role: &str) -> Vec<(String, String)> {
    let caller = caller(app, role);
    let now = app.sql().value("SELECT clock_timestamp()").replace(' ', "T").replace("+00", "Z");
    let asked = ASKED.iter().flat_map(|(_, asked)| asked.iter());
    asked
        .map(|path| {
            let path = format!("{}{path}", base(path)).replace("NOW", &now);
            let answer = caller.get(&path).call();
            assert!([200, 403, 404].contains(&answer.status), "{answer}");
            if answer.status == 200 && path.contains("/content") {
                // A hash that tells no more than what it is of.
                assert_eq!(answer.etag(), format!("\"{}\"", canonical::hash(&answer.text())), "{path}");
            }
            (path, said(&answer))
        })
        .collect()
}

#[test]
fn nothing_that_others_may_fetch_tells_what_is_hidden() {
    let [secret, other_secret] = &SECRETS;
    let one = council(secret, secret.exempt);
    let other = council(other_secret, other_secret.exempt);
    // Members may read what is exempt: the council that theirs is compared with has the same.
    let alike = council(other_secret, secret.exempt);
    for (role, other) in [("public", &other), ("member", &alike)] {
        let (ours, theirs) = (told(&one, role), told(other, role));
        let answered = ours.iter().filter(|(_, said)| said.starts_with("200")).count();
        assert!(answered > 35, "the {role} is told only {answered} answers");
        for ((path, here), (_, there)) in ours.iter().zip(&theirs) {
            assert_eq!(here, there, "{path} tells the {role}");
            for secret in &SECRETS {
                assert!(!here.contains(secret.name) && !here.contains(secret.words), "{path} tells the {role}: {here}");
                let exempt = role == "public" && here.contains(secret.exempt.words);
                assert!(!exempt, "{path} tells the {role}: {here}");
            }
        }
    }
    // The same comparison sees what officers are shown: it can fail.
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    let [ours, theirs] = [&one, &other].map(|app| said(&app.reader().get(path).call()));
    assert_ne!(ours, theirs);
}

#[test]
fn every_address_that_is_shown_is_asked() {
    let asked: BTreeSet<String> = ASKED.iter().map(|(path, _)| format!("{}{path}", base(path))).collect();
    let shown: BTreeSet<String> = audience::shown().collect();
    assert_eq!(asked, shown, "let the attacker ask, in asked.rs, what src/access/audience.rs shows");
}
