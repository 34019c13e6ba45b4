//! Requests to the service's own API, as any other caller would make them.

use std::time::Duration;

use serde_json::Value;
use ureq::http::Response;
use ureq::{Agent, Body};

use super::hands::HANDS;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of a request to make something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Created {
    /// It was made.
    New,
    /// It was there already, and is left as it is.
    There,
    /// It was there once and somebody deleted it; its code is never given again.
    Gone,
}

/// What came back in place of a good answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer that could be read.
    #[error("no answer: {0}")]
    NoAnswer(#[from] ureq::Error),
    /// A problem, in its own words.
    #[error("{status}: {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Detail of the problem, with each fault.
        detail: String,
    },
}

/// A caller of the service; its connections are kept and used again.
pub(super) struct Client {
    agent: Agent,
    base: String,
}

impl Client {
    pub(super) fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            // The service is on this machine: no proxy of the environment stands between.
            .proxy(None)
            .max_idle_connections_per_host(HANDS);
        Self { agent: config.build().into(), base: base.trim_end_matches('/').to_owned() }
    }

    /// Makes what is at the address, unless it is there.
    pub(super) fn create(&self, key: &str, address: &str, body: &Value) -> Result<Created, CallError> {
        let request = self.agent.put(self.at(address)).header("Authorization", bearer(key));
        let mut response = request.header("If-None-Match", "*").send_json(body)?;
        if response.status() == 412 {
            return Ok(Created::There);
        }
        if response.status().is_success() {
            read(&mut response)?;
            return Ok(Created::New);
        }
        let problem = read(&mut response)?;
        // Deleted by somebody since: codes are not used again, and what a committee adopted is not added to behind its back.
        if problem["code"] == "code_used_before" || problem["code"] == "decision_required" {
            return Ok(Created::Gone);
        }
        Err(refused(response.status().as_u16(), &problem))
    }

    /// What is at the address.
    pub(super) fn read(&self, key: &str, address: &str) -> Result<Value, CallError> {
        answer(self.agent.get(self.at(address)).header("Authorization", bearer(key)).call()?)
    }

    /// Does the action at the address, with a body where it takes one.
    pub(super) fn act(&self, key: &str, address: &str, body: Option<&Value>) -> Result<(), CallError> {
        let request = self.agent.post(self.at(address)).header("Authorization", bearer(key));
        let response = match body {
            Some(body) => request.send_json(body)?,
            None => request.send_empty()?,
        };
        answer(response).map(|_| ())
    }

    /// Sends a body to the address; nothing comes back where the state does not allow it.
    pub(super) fn post(&self, key: &str, address: &str, body: &Value) -> Result<Option<Value>, CallError> {
        let request = self.agent.post(self.at(address)).header("Authorization", bearer(key));
        let response = request.send_json(body)?;
        let refused = response.status() == 409;
        let told = answer(response);
        if refused { Ok(None) } else { told.map(Some) }
    }

    /// Changes parts of what is at the address.
    pub(super) fn change(&self, key: &str, address: &str, patch: &Value) -> Result<(), CallError> {
        let request = self.agent.patch(self.at(address)).header("Authorization", bearer(key));
        answer(request.send_json(patch)?).map(|_| ())
    }

    /// Every item of a list, page after page.
    pub(super) fn list(&self, key: &str, address: &str) -> Result<Vec<Value>, CallError> {
        let mut items = Vec::new();
        let mut page = address.to_owned();
        loop {
            let request = self.agent.get(self.at(&page)).header("Authorization", bearer(key));
            let mut found = answer(request.call()?)?;
            if let Some(Value::Array(more)) = found.get_mut("items").map(Value::take) {
                items.extend(more);
            }
            // `next` begins with the public address, which need not be the one that we came by.
            match found["next"].as_str().and_then(|next| next.split_once('?')) {
                Some((_, query)) => page = format!("{}?{query}", address.split('?').next().unwrap_or_default()),
                None => return Ok(items),
            }
        }
    }

    fn at(&self, address: &str) -> String {
        format!("{}{address}", self.base)
    }
}

fn bearer(key: &str) -> String {
    format!("Bearer {key}")
}

fn answer(mut response: Response<Body>) -> Result<Value, CallError> {
    let body = read(&mut response)?;
    if response.status().is_success() { Ok(body) } else { Err(refused(response.status().as_u16(), &body)) }
}

/// The whole body, so that the connection can be used again.
fn read(response: &mut Response<Body>) -> Result<Value, CallError> {
    let text = response.body_mut().read_to_string()?;
    Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn refused(status: u16, problem: &Value) -> CallError {
    let told = problem["detail"].as_str().map_or_else(|| problem.to_string(), str::to_owned);
    let faults = problem["errors"].as_array().into_iter().flatten();
    let faults = faults.map(|fault| {
        format!(" {}: {}", fault["pointer"].as_str().unwrap_or_default(), fault["detail"].as_str().unwrap_or_default())
    });
    CallError::Refused { status, detail: std::iter::once(told).chain(faults).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_every_fault() {
        let problem = serde_json::json!({
            "detail": "The body has a fault.", "errors": [{"pointer": "/value", "code": "negative", "detail": "-1 is below 0."}]
        });
        assert_eq!(refused(422, &problem).to_string(), "422: The body has a fault. /value: -1 is below 0.");
        assert_eq!(refused(502, &Value::String("bad gateway".into())).to_string(), "502: \"bad gateway\"");
    }
}
