//! Builders with sensible defaults: a test states only what it is about.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::app::App;
use super::client::{Answer, Client};

/// Something to be made by `PUT`.
pub struct Make<'a> {
    client: Client,
    path: String,
    body: Value,
    app: &'a App,
}

impl App {
    /// A service with the framework `F`.
    pub fn with_framework() -> Self {
        let app = Self::start();
        app.framework("F").create();
        app
    }

    /// A service with the framework `F` and its outcome `O-1`.
    pub fn with_outcome() -> Self {
        let app = Self::with_framework();
        app.outcome("O-1").create();
        app
    }

    /// A service with the framework `F`, its outcome `O-1` and its measure `M-1`, a quarterly percentage, higher is better.
    pub fn with_measure() -> Self {
        let app = Self::with_outcome();
        app.measure("M-1").create();
        app
    }

    /// A service with the area `A-1`.
    pub fn with_area() -> Self {
        let app = Self::start();
        app.area("A-1").create();
        app
    }

    /// A service with the areas `A-0` to `A-9` and the comparator groups `G-1` and `G-2`.
    pub fn with_groups() -> Self {
        let app = Self::start();
        (0..10).for_each(|n| drop(app.area(&format!("A-{n}")).create()));
        for code in ["G-1", "G-2"] {
            app.group(code).create();
        }
        app
    }

    /// A service with the measure `M-1`, the area `A-1` and the comparator group `G-1`.
    pub fn with_comparator() -> Self {
        let app = Self::with_measure();
        app.area("A-1").create();
        app.group("G-1").create();
        app
    }

    /// A local authority.
    pub fn area(&self, code: &str) -> Make<'_> {
        let body = json!({"name": format!("Area {code}"), "kind": "local_authority"});
        self.make(self.editor(), format!("areas/{code}"), body)
    }

    /// A comparator group that is nobody's own.
    pub fn group(&self, code: &str) -> Make<'_> {
        let body = json!({"title": format!("Group {code}"), "kind": "other"});
        self.make(self.editor(), format!("comparator-groups/{code}"), body)
    }

    /// A membership from this day on.
    pub fn membership(&self, group: &str, area: &str, from: &str) -> Make<'_> {
        self.make(self.editor(), format!("comparator-memberships/{group}/{area}/{from}"), json!({}))
    }

    /// A benchmark of an area or a group.
    pub fn benchmark(&self, measure: &str, comparator: &str, period: &str, value: impl Serialize) -> Make<'_> {
        let body = json!({"value": value, "source": "Published"});
        self.make(self.editor(), format!("benchmarks/{measure}/{comparator}/{period}"), body)
    }

    /// A service with the meeting `MT-1`.
    pub fn with_meeting() -> Self {
        let app = Self::start();
        app.meeting("MT-1").create();
        app
    }

    /// A framework.
    pub fn framework(&self, code: &str) -> Make<'_> {
        let body = json!({"title": format!("Framework {code}"), "committee": "A committee", "first_year": "2024-25", "last_year": "2027-28"});
        self.make(self.editor(), format!("frameworks/{code}"), body)
    }

    /// An outcome of the framework `F`.
    pub fn outcome(&self, code: &str) -> Make<'_> {
        let body = json!({"framework": "F", "title": format!("Outcome {code}")});
        self.make(self.editor(), format!("outcomes/{code}"), body)
    }

    /// A measure of the outcome `O-1`: a quarterly percentage with one decimal place, higher is better.
    pub fn measure(&self, code: &str) -> Make<'_> {
        let body = json!({
            "outcome": "O-1", "level": "committee", "title": format!("Measure {code}"), "definition": "What is counted.",
            "unit": "percent", "decimal_places": 1, "polarity": "high", "frequency": "quarterly", "calendar": "financial",
            "accumulation": "in_period"
        });
        self.make(self.editor(), format!("measures/{code}"), body)
    }

    /// A target: at least this much, 10 % below is amber.
    pub fn target(&self, measure: &str, year: &str, value: impl Serialize) -> Make<'_> {
        let body = json!({"kind": "at_least", "value": value, "source": "illustrative"});
        self.make(self.editor(), format!("targets/{measure}/{year}"), body)
    }

    /// A quarterly submission about its own quarter.
    pub fn submission(&self, measure: &str, quarter: &str) -> Make<'_> {
        let body = json!({"data_period": quarter, "stage": "final"});
        self.make(self.provider(), format!("quarterly-submissions/{measure}/{quarter}"), body)
    }

    /// A review of the framework `F`.
    pub fn review(&self, year: &str) -> Make<'_> {
        self.make(self.editor(), format!("annual-target-reviews/F/{year}"), json!({}))
    }

    /// A meeting on 16 June 2025.
    pub fn meeting(&self, code: &str) -> Make<'_> {
        let body = json!({"committee": "A committee", "held_on": "2025-06-16"});
        self.make(self.editor(), format!("meetings/{code}"), body)
    }

    /// A decision of the meeting `MT-1` with one clause, `a`.
    pub fn decision(&self, code: &str) -> Make<'_> {
        let clauses = json!([{"clause": "a", "verb": "agree", "text": "What was resolved."}]);
        let body = json!({"meeting": "MT-1", "minute_reference": "Item 7", "title": "A decision", "clauses": clauses});
        self.make(self.editor(), format!("decisions/{code}"), body)
    }

    /// The collection cycle of the framework `F` for a quarter.
    pub fn cycle(&self, quarter: &str, opens_on: NaiveDate, due_on: NaiveDate, locks_on: NaiveDate) -> Make<'_> {
        let body = json!({"opens_on": opens_on, "due_on": due_on, "locks_on": locks_on});
        self.make(self.editor(), format!("collection-cycles/F/{quarter}"), body)
    }

    /// A plan by which the measure `M-1` is to reach 50 in 2024-25-Q4.
    pub fn plan(&self, code: &str) -> Make<'_> {
        let body = json!({
            "measure": "M-1", "title": "A plan", "owner": "An owner", "reason": "Why it is off target.",
            "interventions": [{"title": "A rota"}], "trajectory": [{"quarter": "2024-25-Q4", "expected": 50}]
        });
        self.make(self.editor(), format!("recovery-plans/{code}"), body)
    }

    /// An issue of concern of the framework `F` about the measure `M-1`.
    pub fn issue(&self, code: &str) -> Make<'_> {
        let body = json!({
            "framework": "F", "title": "An issue", "question": "Why is it so?", "raised_by": "A committee",
            "assigned_to": "A committee", "measures": ["M-1"]
        });
        self.make(self.editor(), format!("issues-of-concern/{code}"), body)
    }

    /// An approved figure about its own quarter.
    pub fn approved(&self, measure: &str, quarter: &str, value: impl Serialize) {
        self.submission(measure, quarter).set("value", value).approved();
    }

    /// A key with these scopes.
    pub fn key_of(&self, name: &str, scopes: &[&str]) -> String {
        let made = self.admin().post("keys").send(&json!({"name": name, "scopes": scopes})).must_be(201);
        made.json()["key"].as_str().expect("the key is shown once").to_owned()
    }

    /// The scorecard of the framework `F`.
    pub fn scorecard(&self, quarter: &str) -> Value {
        self.reader().get(&format!("frameworks/F/scorecard?quarter={quarter}")).call().must_be(200).json()
    }

    /// A measure on the scorecard of the framework `F`.
    pub fn card(&self, measure: &str, quarter: &str) -> Value {
        let card = self.scorecard(quarter);
        let outcomes = card["outcomes"].as_array().into_iter().flatten();
        let mut measures = outcomes.flat_map(|outcome| outcome["measures"].as_array().into_iter().flatten());
        let found = measures.find(|card| card["code"] == measure);
        found.unwrap_or_else(|| panic!("{measure} is not on the scorecard of {quarter}")).clone()
    }

    fn make(&self, client: Client, path: String, body: Value) -> Make<'_> {
        Make { client, path, body, app: self }
    }
}

impl Make<'_> {
    /// With this field.
    pub fn set(mut self, field: &str, value: impl Serialize) -> Self {
        self.body[field] = serde_json::to_value(value).expect("a test's own value is JSON");
        self
    }

    /// With these fields.
    pub fn with(mut self, fields: Value) -> Self {
        for (field, value) in fields.as_object().expect("fields are an object") {
            self.body[field] = value.clone();
        }
        self
    }

    /// Sent; the answer may be anything.
    pub fn put(&self) -> Answer {
        self.client.put(&self.path).send(&self.body)
    }

    /// Made, and it was not there.
    #[track_caller]
    pub fn create(&self) -> Answer {
        self.put().must_be(201)
    }

    /// A submission handed in.
    #[track_caller]
    pub fn submitted(&self) -> Answer {
        self.create();
        self.client.post(&format!("{}/submit", self.path)).call().must_be(200)
    }

    /// A submission approved by the officer, who says that it is right: a test's figures may be unlikely.
    #[track_caller]
    pub fn approved(&self) -> Answer {
        self.submitted();
        let note = json!({"note": "Checked."});
        self.app.officer().post(&format!("{}/approve", self.path)).send(&note).must_be(200)
    }

    /// A submission published by the officer.
    #[track_caller]
    pub fn published(&self) -> Answer {
        self.approved();
        self.app.officer().post(&format!("{}/publish", self.path)).call().must_be(200)
    }
}
