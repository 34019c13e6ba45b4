//! One call: signed, to an address that may be called, with an end to its patience. Of the answer only status and `Retry-After` are read.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Response, redirect};

use super::resolving::Resolver;
use super::signature;
use crate::clock;
use crate::domain::outside::Outside;
use crate::domain::redelivery::{self, Verdict};
use crate::resources::webhook_endpoints::deliveries::body::{DeliveryAttempt, WebhookDelivery};
use crate::resources::webhook_endpoints::url;

/// How long a connection may take.
const TO_CONNECT: Duration = Duration::from_secs(5);
/// How long the whole call may take.
const TO_ANSWER: Duration = Duration::from_secs(15);
/// Characters of an error that are kept.
const LONGEST_ERROR: usize = 300;

/// Makes calls.
pub struct Line {
    client: Client,
    outside: Outside,
}

/// What came of a call.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it means.
    pub verdict: Verdict,
    /// How long the receiver asks to be left alone.
    pub asked: Option<TimeDelta>,
    /// What is kept of it.
    pub attempt: DeliveryAttempt,
}

impl Line {
    /// A line to wherever may be called. No proxy of the environment is used: it would look names up by itself.
    ///
    /// # Errors
    /// When the system gives no certificates to trust.
    pub fn new(outside: Outside) -> reqwest::Result<Self> {
        let client = Client::builder()
            .dns_resolver(Arc::new(Resolver(outside.clone())))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .https_only(!outside.http)
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .user_agent(concat!("performance-framework/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, outside })
    }

    /// Calls, signed with these secrets.
    pub async fn call(&self, address: &str, secrets: &[Vec<u8>], delivery: &WebhookDelivery) -> Outcome {
        let at = clock::now();
        let answered = self.answer(address, secrets, delivery, at).await;
        let milliseconds = (clock::now() - at).num_milliseconds();
        match answered {
            Ok(response) => of_answer(&response, at, milliseconds),
            Err(error) => {
                let error = Some(error.chars().take(LONGEST_ERROR).collect());
                let attempt = DeliveryAttempt { at, status: None, error, milliseconds };
                Outcome { verdict: Verdict::Failed, asked: None, attempt }
            }
        }
    }

    async fn answer(
        &self,
        address: &str,
        secrets: &[Vec<u8>],
        delivery: &WebhookDelivery,
        at: DateTime<Utc>,
    ) -> Result<Response, String> {
        // Looked at again: what may be called can have changed since the address was taken, and names are looked up by the client.
        let url = url::read(&self.outside, address).map_err(|(_, detail)| detail)?;
        let body = serde_json::to_string(&delivery.payload).map_err(|error| error.to_string())?;
        let id = delivery.message_id.to_string();
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", at.timestamp())
            .header("webhook-signature", signature::header(secrets, &id, at.timestamp(), &body));
        request.body(body).send().await.map_err(told)
    }
}

/// The body of the answer is not read: it could be endless, and nobody is to read others' answers through this service.
fn of_answer(response: &Response, at: DateTime<Utc>, milliseconds: i64) -> Outcome {
    let status = response.status().as_u16();
    let verdict = redelivery::verdict(status);
    let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let error = (verdict != Verdict::Taken).then(|| match status {
        300..=399 => format!("answered {status}; redirections are not followed"),
        _ => format!("answered {status}"),
    });
    let asked = redelivery::asked_pause(status, header, at);
    Outcome { verdict, asked, attempt: DeliveryAttempt { at, status: Some(status), error, milliseconds } }
}

/// The innermost cause, which says most, without the address, which can be a secret.
fn told(error: reqwest::Error) -> String {
    if error.is_timeout() {
        let part = if error.is_connect() { TO_CONNECT } else { TO_ANSWER };
        return format!("no answer within {} seconds", part.as_secs());
    }
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
