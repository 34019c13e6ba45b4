//! What every resource promises alike, tried on each of them.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod patch;
pub mod put;

use serde_json::{Value, json};

use super::{Answer, App, Client, Role};

/// A resource as the contract sees it.
pub struct Sample<'a> {
    /// The service, with all that the resource refers to.
    pub app: &'a App,
    /// Who writes it.
    pub by: Role,
    /// Name of its collection in addresses.
    pub collection: &'static str,
    /// Names of the fields that are its key.
    pub keys: &'static [&'static str],
    /// Values of the key of the n-th, in ascending order.
    pub nth: fn(usize) -> Vec<String>,
    /// A body without the key.
    pub body: Value,
    /// A field with another value than it has in the body.
    pub change: (&'static str, Value),
    /// A field that the body must have, if there is one.
    pub required: Option<&'static str>,
    /// A field that may be null, with a value.
    pub optional: (&'static str, Value),
}

/// A row of the change log: action, actor, before and after.
pub type Change = (String, String, Value, Value);

impl Sample<'_> {
    /// Who writes it.
    pub fn writer(&self) -> Client {
        self.app.by(self.by)
    }

    /// Who reads it: what administrators alone write, others do not read.
    pub fn reader(&self) -> Client {
        self.app.by(if self.by == Role::Admin { Role::Admin } else { Role::Reader })
    }

    /// Address of the n-th below `/api/v1/`.
    pub fn path(&self, n: usize) -> String {
        format!("{}/{}", self.collection, (self.nth)(n).join("/"))
    }

    /// The body of the n-th with its key.
    pub fn whole(&self, n: usize) -> Value {
        let mut whole = self.body.clone();
        for (field, value) in self.keys.iter().zip((self.nth)(n)) {
            whole[field] = json!(value);
        }
        whole
    }

    /// The body with a field replaced.
    pub fn with(&self, field: &str, value: &Value) -> Value {
        let mut body = self.body.clone();
        body[field] = value.clone();
        body
    }

    /// Makes the n-th.
    #[track_caller]
    pub fn make(&self, n: usize) -> Answer {
        self.writer().put(&self.path(n)).send(&self.body).must_be(201)
    }

    /// Reads the n-th.
    #[track_caller]
    pub fn read(&self, n: usize) -> Answer {
        self.reader().get(&self.path(n)).call().must_be(200)
    }

    /// The log of the n-th, oldest first.
    pub fn log(&self, n: usize) -> Vec<Change> {
        let (table, key) = (self.collection.replace('-', "_"), (self.nth)(n).join("/"));
        let sql = format!(
            "SELECT action, account_name(actor), coalesce(by_name(before), 'null'), coalesce(by_name(after), 'null') FROM changes WHERE resource = '{table}' \
             AND (resource_key = '{key}' OR resource_key = '{key}/1') ORDER BY sequence"
        );
        let rows = self.app.sql().rows(&sql);
        let read = |text: &String| serde_json::from_str(text).expect("the log holds JSON");
        rows.iter().map(|row| (row[0].clone(), row[1].clone(), read(&row[2]), read(&row[3]))).collect()
    }

    /// Stops the test unless the answer shows the key of the n-th and all that was sent.
    #[track_caller]
    pub fn shows(&self, n: usize, answer: &Answer) {
        let shown = answer.json();
        for (field, value) in self.whole(n).as_object().into_iter().flatten() {
            assert_eq!(&shown[field], value, "{field}: {answer}");
        }
    }
}

/// What an answer shows of a resource, without what is shown only once.
pub fn kept(answer: &Answer) -> Value {
    let mut shown = answer.json();
    if let Some(secret) = shown.get_mut("secret") {
        *secret = Value::Null;
    }
    shown
}

/// The same object without the fields that every change moves, and without `field`.
pub fn without(object: &Value, field: &str) -> Value {
    let mut rest = object.clone();
    if let Some(fields) = rest.as_object_mut() {
        fields.remove(field);
        fields.remove("updated_at");
    }
    rest
}
