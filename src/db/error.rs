//! What can go wrong with the database, told apart by what a caller can do about it. No text of PostgreSQL leaves here
//! but for the log.

use std::collections::BTreeMap;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};

/// What another transaction holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The turn of a measure's figures, which an import holds until it ends.
    Figures,
    /// Some row.
    Row,
}

/// A database error.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// The database cannot be reached, or gave up on a statement: trying again may help.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Another transaction held for longer than is waited what this one was to write: once that has ended, trying again helps.
    #[error("another transaction holds it: {message}")]
    Held {
        /// What it holds.
        what: Held,
        /// PostgreSQL's own words, for the log.
        message: String,
    },
    /// A named constraint refused the write.
    #[error("constraint {name} refused: {message}")]
    Constraint {
        /// Name of the constraint.
        name: String,
        /// Whether it is a foreign key.
        foreign_key: bool,
        /// For a foreign key, whether the refused write was a deletion of what others refer to.
        still_referenced: bool,
        /// What a trigger of ours names for the words of its refusal, such as the first quarter that is free.
        facts: BTreeMap<String, String>,
        /// PostgreSQL's own words, for the log.
        message: String,
    },
    /// A caller with limited grants reached beyond them.
    #[error("beyond what was granted: {message}")]
    Beyond {
        /// Table that refused the row, or the foreign key for which one of its policies is named; none where the table takes no
        /// write of such callers, or shows them nothing.
        refused_by: Option<String>,
        /// PostgreSQL's own words, for the log.
        message: String,
    },
    /// Anything else: an error of our own.
    #[error("{0}")]
    Other(String),
}

/// How the driver says that a connection broke, and PostgreSQL that it ends one.
const LOST: &[&str] =
    &["connection closed", "closed the connection", "error communicating with the server", "terminating connection"];

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Self::Unavailable(info.message().to_owned()),
            Error::DatabaseError(kind, info) => match info.constraint_name() {
                Some(name) => Self::Constraint {
                    name: name.to_owned(),
                    foreign_key: matches!(kind, DatabaseErrorKind::ForeignKeyViolation),
                    still_referenced: info.message().contains("update or delete on table"),
                    facts: facts(&*info),
                    message: info.message().to_owned(),
                },
                None => Self::of_message(info.message().to_owned()),
            },
            Error::BrokenTransactionManager => Self::Unavailable("the transaction broke off".to_owned()),
            other => Self::of_message(other.to_string()),
        }
    }
}

/// PostgreSQL gives no hint with a constraint: one that is a JSON object of texts comes from a trigger of ours.
fn facts(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> BTreeMap<String, String> {
    info.hint().and_then(|hint| serde_json::from_str(hint).ok()).unwrap_or_default()
}

impl DbError {
    /// The same error of a statement that waits for the turn of figures and for nothing else.
    #[must_use]
    pub fn of_turn(self) -> Self {
        match self {
            Self::Held { message, .. } => Self::Held { what: Held::Figures, message },
            other => other,
        }
    }

    /// Whether the connection broke: another one may do.
    pub fn is_lost(&self) -> bool {
        let Self::Unavailable(message) = self else { return false };
        LOST.iter().any(|lost| message.contains(lost))
    }

    /// Errors without a constraint are told apart by PostgreSQL's words, which it keeps stable in the C locale.
    fn of_message(message: String) -> Self {
        const PASSING: &[&str] = &[
            "due to statement timeout",
            "due to user request",
            "terminating connection",
            "is starting up",
            "is shutting down",
            "in recovery mode",
            "connection closed",
            "deadlock detected",
            "too many clients",
            "remaining connection slots",
            "error communicating with the server",
            "closed the connection",
        ];
        if message.contains("due to lock timeout") {
            return Self::Held { what: Held::Row, message };
        }
        if let Some(name) = refused_by_policy(&message) {
            return Self::Beyond { refused_by: Some(name), message };
        }
        if message.starts_with("permission denied for table") {
            return Self::Beyond { refused_by: None, message };
        }
        if PASSING.iter().any(|passing| message.contains(passing)) {
            Self::Unavailable(message)
        } else {
            Self::Other(message)
        }
    }
}

/// The policy that refused a row, if it has a name in the message, else the table.
fn refused_by_policy(message: &str) -> Option<String> {
    let rest = message.strip_prefix("new row violates row-level security policy ")?;
    rest.split('"').nth(1).map(str::to_owned)
}

impl From<&tokio_postgres::Error> for DbError {
    fn from(error: &tokio_postgres::Error) -> Self {
        // tokio-postgres prints only "db error" for what the server said.
        Self::Unavailable(error.as_db_error().map_or_else(|| error.to_string(), |told| told.message().to_owned()))
    }
}

impl From<diesel::ConnectionError> for DbError {
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl<E: std::fmt::Display> From<bb8::RunError<E>> for DbError {
    fn from(error: bb8::RunError<E>) -> Self {
        Self::Unavailable(match error {
            bb8::RunError::User(told) => told.to_string(),
            bb8::RunError::TimedOut => "no connection was free in time".to_owned(),
        })
    }
}
