//! A receiver of webhooks: a small HTTP server that keeps what it is sent, checks signatures by the specification, and answers as told.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use actix_web::rt::System;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use performance_framework::domain::outside::Outside;
use performance_framework::webhooks::deliverer;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::App;
use super::app::PUBLIC_URL;

/// A call that was received.
#[derive(Clone, Debug)]
pub struct Call {
    /// Headers, by their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// Body as it was sent.
    pub body: String,
}

impl Call {
    /// The header that names the message.
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body is JSON")
    }

    /// What happened.
    pub fn event(&self) -> String {
        self.json()["type"].as_str().expect("a message has a type").to_owned()
    }

    /// Which of the signatures are by this secret, as the specification has it.
    pub fn signed_by(&self, secret: &str) -> Vec<bool> {
        let secret = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        let signed = format!("{}.{}.{}", self.id(), self.headers["webhook-timestamp"], self.body);
        let fits = |signature: &str| {
            let bytes = STANDARD.decode(signature.strip_prefix("v1,").expect("a version")).expect("base64");
            hmac::verify(&key, signed.as_bytes(), &bytes).is_ok()
        };
        self.headers["webhook-signature"].split(' ').map(fits).collect()
    }
}

#[derive(Default)]
struct State {
    received: Vec<Call>,
    answers: VecDeque<String>,
    silent: bool,
    held: Vec<TcpStream>,
}

/// A receiver; its server ends with the test process.
#[derive(Clone)]
pub struct Receiver {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Receiver {
    /// A receiver that answers 204 unless it is told otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let receiver = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        let answering = receiver.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let one = answering.clone();
                thread::spawn(move || one.answer(stream));
            }
        });
        receiver
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/hook?sig=of-the-address", self.address)
    }

    /// Answers so once, after what it was told before: a status with its reason, and further headers each with its line end.
    pub fn answers(&self, status: &str, headers: &str) {
        let answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");
        self.state.lock().unwrap().answers.push_back(answer);
    }

    /// Answers nobody, and holds who calls; or answers again.
    pub fn is_silent(&self, silent: bool) {
        self.state.lock().unwrap().silent = silent;
    }

    /// All that was received so far.
    pub fn all(&self) -> Vec<Call> {
        self.state.lock().unwrap().received.clone()
    }

    /// All that was received, once it is as much as wanted.
    #[track_caller]
    pub fn received(&self, wanted: usize) -> Vec<Call> {
        until("the receiver to be called", || self.all().len() >= wanted);
        self.all()
    }

    /// The events that were received, once they are as many as wanted.
    #[track_caller]
    pub fn events(&self, wanted: usize) -> Vec<String> {
        self.received(wanted).iter().map(Call::event).collect()
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(": ") {
                headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            }
        }
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let mut state = self.state.lock().unwrap();
        state.received.push(Call { headers, body: String::from_utf8(body).unwrap() });
        if state.silent {
            state.held.push(stream);
            return;
        }
        let usual = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned();
        let answer = state.answers.pop_front().unwrap_or(usual);
        drop(state);
        drop(stream.write_all(answer.as_bytes()));
    }
}

/// Waits for a condition.
#[track_caller]
pub fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(120), "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// What lets receivers of tests be called.
pub fn this_machine() -> Outside {
    Outside { http: true, networks: vec!["127.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()] }
}

/// A deliverer beside a service of a test; ends when dropped.
pub struct Deliverer(Option<(oneshot::Sender<()>, JoinHandle<()>)>);

impl Deliverer {
    /// Delivers what is written to the database of a service.
    pub fn of(app: &App) -> Self {
        Self::reaching(app, this_machine())
    }

    /// The same, calling only there.
    pub fn reaching(app: &App, outside: Outside) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = channel();
        let url = app.database_url();
        let thread = thread::spawn(move || {
            System::new().block_on(async {
                let tell: Sender<()> = tell;
                tell.send(()).expect("the test waits for it");
                tokio::select! {
                    () = deliverer::run(url, PUBLIC_URL.to_owned(), outside) => {}
                    _ = stopped => {}
                }
            });
        });
        told.recv().expect("the deliverer starts");
        Self(Some((stop, thread)))
    }
}

impl Drop for Deliverer {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.0.take() {
            let _ = stop.send(());
            drop(thread.join());
        }
    }
}

impl App {
    /// A service with the measure `M-1`, which may call receivers of tests.
    pub fn telling() -> Self {
        let app = Self::configured(|config| config.outside = this_machine());
        app.framework("F").create();
        app.outcome("O-1").create();
        app.measure("M-1").create();
        app
    }

    /// Makes an endpoint for a receiver; answers its secret.
    #[track_caller]
    pub fn endpoint(&self, code: &str, receiver: &Receiver, with: Value) -> String {
        let mut body = json!({"url": receiver.url()});
        for (field, value) in with.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        let made = self.admin().put(&format!("webhook-endpoints/{code}")).send(&body).must_be(201).json();
        made["secret"].as_str().expect("a new endpoint shows its secret").to_owned()
    }

    /// A delivery, once it is so.
    #[track_caller]
    pub fn delivery(&self, endpoint: &str, number: u32, holds: impl Fn(&Value) -> bool) -> Value {
        let path = format!("webhook-endpoints/{endpoint}/deliveries/{number}");
        let read = || {
            let answer = self.admin().get(&path).call();
            if answer.status == 200 { answer.json() } else { Value::Null }
        };
        until("a delivery to come so far", || holds(&read()));
        read()
    }
}
