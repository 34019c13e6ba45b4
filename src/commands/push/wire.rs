//! The requests of `push`: sent until there is an answer, under one `Idempotency-Key`, so that nothing is stored twice.

use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use uuid::Uuid;

use super::super::Failure;
use super::told::{Import, Problem, Row};
use crate::http::problems;

/// How often a file is tried to be sent where nobody answers: the address may be wrong.
const TRIES: u32 = 6;
/// Most seconds between two tries, where the service does not say how long to wait.
const LONGEST_PAUSE: u64 = 15;
/// How long one try may take: a large file on a slow line.
const PATIENCE: Duration = Duration::from_secs(600);
/// Rows of a receipt that are shown.
const SHOWN: usize = 100;

/// A running service, and the key by which it is asked.
pub(super) struct Service {
    client: Client,
    base: String,
    key: String,
    /// How long it may be busy or away.
    patience: Duration,
}

#[derive(Deserialize)]
struct Rows {
    items: Vec<Row>,
}

#[derive(Deserialize)]
struct Refused {
    import: Import,
}

#[derive(Deserialize)]
struct Coded {
    code: String,
}

/// An answer that arrived whole.
struct Answered {
    status: StatusCode,
    body: Vec<u8>,
    /// How long the service asks to wait.
    again: Option<Duration>,
}

impl Service {
    pub(super) fn new(base: &str, key: String, patience: Duration) -> Result<Self, Failure> {
        let client = Client::builder().timeout(PATIENCE).build().map_err(|error| Failure::Told(error.to_string()))?;
        Ok(Self { client, base: base.trim_end_matches('/').to_owned(), key, patience })
    }

    /// Where an import is told of.
    pub(super) fn address(&self, number: i64) -> String {
        format!("{}/api/v1/imports/{number}", self.base)
    }

    /// Sends the content; answers the import, refused or not.
    pub(super) async fn send(&self, query: &[(&str, &str)], content: Vec<u8>, form: &str) -> Result<Import, Failure> {
        let query = serde_urlencoded::to_string(query).map_err(|error| Failure::Told(error.to_string()))?;
        let address = format!("{}/api/v1/imports?{query}", self.base);
        let once = Uuid::now_v7().to_string();
        let request = || {
            let request = self.client.post(&address).header(CONTENT_TYPE, form).header("Idempotency-Key", &once);
            request.body(content.clone())
        };
        let answer = self.answered(request, TRIES).await.map_err(|Silence { tried, error }| {
            let error = no_answer(error);
            Failure::Told(format!(
                "{error}. That was the last of {tried} tries, and whether the file arrived is not known: push it again, and nothing is stored \
                 twice"
            ))
        })?;
        if answer.status.is_success() {
            return read(&answer);
        }
        // One refused row refuses all: the receipt comes in the refusal.
        match serde_json::from_slice::<Refused>(&answer.body) {
            Ok(Refused { import }) => Ok(import),
            Err(_) => Err(problem(&answer.body)),
        }
    }

    /// The import as it stands.
    pub(super) async fn import(&self, number: i64) -> Result<Import, Failure> {
        read(&self.good(&format!("/api/v1/imports/{number}")).await?)
    }

    /// The first receipts of the import that these filters let through.
    pub(super) async fn rows(&self, number: i64, filter: &str) -> Result<Vec<Row>, Failure> {
        let rows: Rows = read(&self.good(&format!("/api/v1/imports/{number}/rows?{filter}&limit={SHOWN}")).await?)?;
        Ok(rows.items)
    }

    /// All refused rows as they were sent, with the columns of their errors.
    pub(super) async fn refused_csv(&self, number: i64) -> Result<Vec<u8>, Failure> {
        Ok(self.good(&format!("/api/v1/imports/{number}/rows?outcome=refused&format=csv")).await?.body)
    }

    async fn good(&self, address: &str) -> Result<Answered, Failure> {
        let request = || self.client.get(format!("{}{address}", self.base));
        let answer = self.answered(request, u32::MAX).await.map_err(|Silence { error, .. }| {
            Failure::Told(format!("no answer for {} seconds ({})", self.patience.as_secs(), no_answer(error)))
        })?;
        if answer.says_later() {
            // What such an answer says of what was stored is true of the question alone.
            let (status, seconds) = (answer.status, self.patience.as_secs());
            return Err(Failure::Told(format!("it answers `{status}` for {seconds} seconds")));
        }
        if answer.status.is_success() { Ok(answer) } else { Err(problem(&answer.body)) }
    }

    /// Tries until there is an answer that says what became of the request, patience ends, or so many tries had no answer.
    async fn answered(&self, request: impl Fn() -> RequestBuilder, silent: u32) -> Result<Answered, Silence> {
        let (began, mut tried) = (Instant::now(), 1);
        let mut unanswered = 0;
        loop {
            let over = began.elapsed() >= self.patience;
            let pause = Duration::from_secs((1 << tried.min(5)).min(LONGEST_PAUSE));
            let pause = match self.attempt(request()).await {
                Ok(answer) if over || !answer.says_later() => return Ok(answer),
                Ok(answer) => answer.again.unwrap_or(pause),
                Err(error) => {
                    unanswered += 1;
                    if over || unanswered >= silent || error.is_builder() {
                        return Err(Silence { tried, error });
                    }
                    pause
                }
            };
            // The last try is made when patience ends, and not later.
            tokio::time::sleep(pause.min(self.patience.saturating_sub(began.elapsed()))).await;
            tried += 1;
        }
    }

    async fn attempt(&self, request: RequestBuilder) -> Result<Answered, reqwest::Error> {
        let answer = request.header(AUTHORIZATION, format!("Bearer {}", self.key)).send().await?;
        let again = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let status = answer.status();
        Ok(Answered { status, again: again.map(Duration::from_secs), body: answer.bytes().await?.to_vec() })
    }
}

/// That nobody answered.
struct Silence {
    tried: u32,
    error: reqwest::Error,
}

impl Answered {
    /// Whether the service asks to come again later: it is busy, or still works the first try, whose answer was lost.
    fn says_later(&self) -> bool {
        match self.status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => true,
            StatusCode::CONFLICT => serde_json::from_slice::<Coded>(&self.body)
                .is_ok_and(|problem| problem.code == problems::REQUEST_IN_FLIGHT.code),
            _ => false,
        }
    }
}

fn read<T: for<'a> Deserialize<'a>>(answer: &Answered) -> Result<T, Failure> {
    let told = serde_json::from_slice(&answer.body);
    told.map_err(|error| Failure::Told(format!("an answer that could not be read: {error}")))
}

fn no_answer(error: reqwest::Error) -> String {
    let cause = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
    format!("no answer: {error}{cause}")
}

fn problem(body: &[u8]) -> Failure {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => Failure::Told(problem.told()),
        Err(_) => Failure::Told(format!(
            "an answer that is no problem of this service: {}",
            String::from_utf8_lossy(body).chars().take(200).collect::<String>()
        )),
    }
}
