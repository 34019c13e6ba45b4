//! What every problem must have, and what a test asks of one.

use serde_json::Value;

use super::client::Answer;

/// A problem that has all its members.
pub struct Problem(Value);

impl Answer {
    /// The answer as a problem of this status and code; stops the test if any member of RFC 9457 or of ours is missing.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Problem {
        assert_eq!((self.status, self.header("content-type")), (status, "application/problem+json"), "{self}");
        let body = self.json();
        assert_eq!(body["code"], code, "{self}");
        assert_eq!(body["type"], format!("/problems/{code}"), "{self}");
        assert_eq!(body["status"].as_u64(), Some(u64::from(status)), "{self}");
        assert!(body["instance"].as_str().is_some_and(|instance| instance.starts_with('/')), "{self}");
        assert_eq!(body["request_id"], self.header("x-request-id"), "{self}");
        for member in ["title", "detail", "request_id"] {
            assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {self}");
        }
        for fault in body["errors"].as_array().unwrap_or_else(|| panic!("no errors: {self}")) {
            for member in ["pointer", "code", "detail"] {
                assert!(fault[member].is_string(), "{member}: {self}");
            }
        }
        Problem(body)
    }
}

impl Problem {
    /// Has this fault.
    #[track_caller]
    pub fn fault(self, pointer: &str, code: &str) -> Self {
        assert!(self.faults().contains(&(pointer, code)), "no {code} at {pointer}: {}", self.0);
        self
    }

    /// Has this fault and no other.
    #[track_caller]
    pub fn only_fault(self, pointer: &str, code: &str) -> Self {
        assert_eq!(self.faults(), [(pointer, code)], "{}", self.0);
        self
    }

    /// Says these words, in its detail or in that of a fault.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let faults = self.0["errors"].as_array().into_iter().flatten().map(|fault| &fault["detail"]);
        let told = std::iter::once(&self.0["detail"]).chain(faults).filter_map(Value::as_str);
        assert!(told.into_iter().any(|detail| detail.contains(words)), "nothing says {words:?}: {}", self.0);
        self
    }

    /// A further member.
    pub fn member(&self, name: &str) -> &Value {
        &self.0[name]
    }

    /// Pointer and code of every fault.
    pub fn faults(&self) -> Vec<(&str, &str)> {
        let faults = self.0["errors"].as_array().into_iter().flatten();
        faults.map(|f| (f["pointer"].as_str().unwrap_or_default(), f["code"].as_str().unwrap_or_default())).collect()
    }
}
