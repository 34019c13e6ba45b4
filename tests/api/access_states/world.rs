//! Something of each kind that has states, brought to each of them by the steps that its callers take.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use performance_framework::openapi::states::{MACHINES, Machine};
use serde_json::{Value, json};

use crate::support::db::Template;
use crate::support::document::Operation;
use crate::support::{App, Client};

/// One thing that has states.
pub struct Object {
    /// How addresses of its kind begin.
    kind: &'static str,
    /// Where it is, below `/api/v1/`.
    address: &'static str,
    /// What is sent to make it.
    made: &'static str,
    /// The field that tells its state.
    field: &'static str,
    /// Steps to each state from the one before: the state, the step, from which state.
    steps: &'static [(&'static str, &'static str, &'static str)],
    /// A change of its content.
    change: &'static str,
}

/// One of each machine.
pub const OBJECTS: &[Object] = &[
    Object {
        kind: "/api/v1/quarterly-submissions/",
        address: "quarterly-submissions/M-1/2024-25-Q3",
        made: r#"{"data_period": "2024-25-Q3", "value": 41}"#,
        field: "state",
        steps: &[
            ("submitted", "submit", "draft"),
            ("returned", "return", "submitted"),
            ("approved", "approve", "submitted"),
            ("published", "publish", "approved"),
        ],
        change: r#"{"data_period": "2024-25-Q3", "value": 42}"#,
    },
    Object {
        kind: "/api/v1/recovery-plans/",
        address: "recovery-plans/P-1",
        made: r#"{"measure": "M-1", "title": "A plan", "owner": "An owner", "reason": "Why.", "interventions": [{"title": "A rota"}],
                    "trajectory": [{"quarter": "2024-25-Q4", "expected": 50}]}"#,
        field: "state",
        steps: &[
            ("agreed", "agree", "drafted"),
            ("in_delivery", "start", "agreed"),
            ("effective", "assess", "in_delivery"),
            ("ineffective", "assess without effect", "in_delivery"),
            ("closed", "close", "in_delivery"),
        ],
        change: r#"{"measure": "M-1", "title": "Another", "owner": "An owner", "reason": "Why.", "interventions": [{"title": "A rota"}],
                    "trajectory": [{"quarter": "2024-25-Q4", "expected": 50}]}"#,
    },
    Object {
        kind: "/api/v1/issues-of-concern/",
        address: "issues-of-concern/I-1",
        made: r#"{"framework": "F", "title": "An issue", "question": "Why?", "raised_by": "A", "assigned_to": "A", "measures": ["M-2"]}"#,
        field: "state",
        steps: &[
            ("accepted", "accept", "raised"),
            ("declined", "decline", "raised"),
            ("scheduled", "schedule", "accepted"),
            ("reported", "report", "scheduled"),
            ("closed", "close", "reported"),
            ("reopened", "reopen", "closed"),
        ],
        change: r#"{"framework": "F", "title": "Another", "question": "Why?", "raised_by": "A", "assigned_to": "A", "measures": ["M-2"]}"#,
    },
    Object {
        kind: "/api/v1/quarterly-reports/",
        address: "quarterly-reports/F/2024-25-Q1",
        made: r#"{"overview": "An overview."}"#,
        field: "state",
        steps: &[
            ("in_review", "review", "drafting"),
            ("signed_off", "sign-off", "in_review"),
            ("published", "publish", "signed_off"),
            ("considered", "consider", "published"),
        ],
        change: r#"{"overview": "Another overview."}"#,
    },
    Object {
        kind: "/api/v1/annual-target-reviews/",
        address: "annual-target-reviews/F/2024-25",
        made: "{}",
        field: "status",
        steps: &[
            ("proposals_in", "proposals_in", "open"),
            ("submitted", "submitted", "proposals_in"),
            ("decided", "decide", "submitted"),
            ("applied", "apply", "decided"),
        ],
        change: r#"{"proposals": []}"#,
    },
];

/// What all of them stand on: the framework `F`, adopted, with `M-1` and `M-2`, and the framework `G`.
fn ground() -> &'static Template {
    static MADE: OnceLock<Template> = OnceLock::new();
    MADE.get_or_init(|| {
        let app = App::with_measure();
        app.measure("M-2").create();
        app.framework("G").create();
        app.meeting("MT-1").create();
        app.decision("D-1").create();
        app.approved("M-1", "2024-25-Q1", 41);
        app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
        app.into_database().into_template()
    })
}

impl Object {
    /// Its states, and what leads from one to another.
    pub fn machine(&self) -> &'static Machine {
        MACHINES.iter().find(|machine| machine.member.starts_with(self.kind)).unwrap()
    }

    /// A service on which the object is in this state.
    pub fn in_state(&self, state: &str) -> App {
        static MADE: Mutex<BTreeMap<String, &'static Template>> = Mutex::new(BTreeMap::new());
        let key = format!("{} {state}", self.address);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let template: &'static Template = made.entry(key).or_insert_with(|| {
            let app = App::copy_of(ground());
            app.admin().put(self.address).raw("application/json", self.made).must_be(201);
            self.lead_to(&app, state);
            assert_eq!(self.state(&app), state);
            Box::leak(Box::new(app.into_database().into_template()))
        });
        drop(made);
        App::copy_of(template)
    }

    fn lead_to(&self, app: &App, state: &str) {
        let Some((_, step, before)) = self.steps.iter().find(|(to, ..)| *to == state) else { return };
        self.lead_to(app, before);
        if self.field == "status" {
            app.admin().post(&format!("{}/prefill", self.address)).call();
            if app.admin().patch(self.address).send(&json!({"status": state})).status == 200 {
                return;
            }
        }
        let (step, body) = if *step == "assess without effect" {
            ("assess", Some(json!({"assessment": "no_effect", "evidence_quarter": "2024-25-Q1", "note": "None."})))
        } else {
            (*step, body_of(&step.replace('-', "_"), self.address))
        };
        let client = if step == "submit" { app.provider() } else { app.admin() };
        let request = client.post(&format!("{}/{step}", self.address));
        let answer = match body {
            Some(body) => request.send(&body),
            None => request.call(),
        };
        assert!((200..300).contains(&answer.status), "{step}: {answer}");
    }

    /// Where it stands.
    pub fn state(&self, app: &App) -> String {
        app.admin().get(self.address).call().must_be(200).json()[self.field].as_str().unwrap().to_owned()
    }

    /// The address of an operation on it.
    pub fn path(&self, operation: &Operation) -> String {
        let below = operation.path.strip_prefix(self.machine().member).unwrap();
        format!("{}{}", self.address, below.replace("{revision}", "1").replace("{version}", "1"))
    }

    /// What is sent to an operation on it in a state, if anything is.
    pub fn body(&self, operation: &Operation, state: &str) -> Option<Value> {
        let below = operation.path.strip_prefix(self.machine().member).unwrap();
        match operation.method.as_str() {
            "PUT" | "PATCH" => {
                let mut body: Value = serde_json::from_str(self.change).unwrap();
                if self.field == "status" {
                    body[self.field] = json!(state);
                }
                Some(body)
            }
            "POST" => body_of(&below.trim_start_matches('/').replace('-', "_"), self.address),
            _ => None,
        }
    }

    /// Who takes a step: somebody who may do everything, and handed no figure in.
    pub fn by(&self, app: &App, operation: &Operation) -> Client {
        if operation.path.ends_with("/submit") { app.provider() } else { app.admin() }
    }
}

/// What a step takes.
fn body_of(step: &str, address: &str) -> Option<Value> {
    let plan = address.starts_with("recovery-plans");
    Some(match step {
        "return" | "revise" | "decline" | "close" | "reopen" | "correct" => json!({"reason": "A reason."}),
        "schedule" => json!({"report_on": "2025-09-22"}),
        "report" => json!({"answer": "It is better now."}),
        "consider" => json!({"decision": "D-1"}),
        "assess" if plan => {
            json!({"assessment": "achieved", "evidence_quarter": "2024-25-Q1", "note": "What it rests on."})
        }
        "decide" => json!({"decision": "D-1", "outcomes": [
            {"measure": "M-1", "clause": "a", "outcome": "agreed"}, {"measure": "M-2", "clause": "a", "outcome": "agreed"}]}),
        _ => return None,
    })
}
