//! What a seal covers, and how hashes are made: of a change from its canonical JSON, of a seal from its changes and the seal before.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::db::schema::{change_seals, changes};
use crate::http::canonical;

/// Fields of a change, in the order of its canonical form.
pub const FIELDS: [&str; 10] = [
    "action",
    "actor",
    "after",
    "before",
    "changed_at",
    "request_id",
    "resource",
    "resource_key",
    "sequence",
    "transaction_number",
];
/// How many of them are content; the others are the place in the log.
const CONTENT: usize = 8;
/// Bytes of a hash.
pub const HASH: usize = 32;
/// Bytes of a field's mark: enough to tell which field differs once the hash has told that one does.
const MARK: usize = 4;
/// Bytes of all marks of a change.
pub const MARKS: usize = MARK * FIELDS.len();

/// A change, whole: as it is sealed and exported.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub struct Record {
    /// Order within its transaction.
    pub sequence: i64,
    /// Number of its transaction.
    pub transaction_number: i64,
    /// When that began.
    pub changed_at: DateTime<Utc>,
    /// Number of the name of who made it.
    pub actor: i64,
    /// The request that made it.
    pub request_id: Option<String>,
    /// Table of the row.
    pub resource: String,
    /// Key of the row.
    pub resource_key: String,
    /// What was done.
    pub action: String,
    /// The row before.
    pub before: Option<Value>,
    /// The row after.
    pub after: Option<Value>,
}

impl Record {
    /// The same as the JSON that its canonical form is made from.
    pub fn into_json(self) -> Value {
        let fields = [
            ("action", self.action.into()),
            ("actor", self.actor.into()),
            ("after", self.after.unwrap_or_default()),
            ("before", self.before.unwrap_or_default()),
            ("changed_at", instant::text(&self.changed_at).into()),
            ("request_id", self.request_id.into()),
            ("resource", self.resource.into()),
            ("resource_key", self.resource_key.into()),
            ("sequence", self.sequence.into()),
            ("transaction_number", self.transaction_number.into()),
        ];
        Value::Object(fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
    }
}

/// What is kept of a change in its seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Which change.
    pub sequence: i64,
    /// SHA-256 of its canonical JSON.
    pub hash: Vec<u8>,
    /// A mark of each field.
    pub marks: Vec<u8>,
}

impl Fingerprint {
    /// Of a change as JSON, from the database or a file.
    pub fn of(change: &Value) -> Self {
        let mark = |name: &&str| {
            let field = canonical::text(change.get(*name).unwrap_or(&Value::Null));
            Sha256::digest(field.as_bytes()).into_iter().take(MARK)
        };
        Self {
            sequence: change["sequence"].as_i64().unwrap_or_default(),
            hash: Sha256::digest(canonical::text(change).as_bytes()).to_vec(),
            marks: FIELDS.iter().flat_map(mark).collect(),
        }
    }

    /// Names of the fields in which the marks of another change differ.
    pub fn differing(&self, other: &Self) -> Vec<&'static str> {
        let pairs = self.marks.chunks(MARK).zip(other.marks.chunks(MARK));
        FIELDS.into_iter().zip(pairs).filter(|(_, (one, other))| one != other).map(|(name, _)| name).collect()
    }

    /// Whether another change says the same, wherever it stands in the log.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.marks.get(..MARK * CONTENT) == other.marks.get(..MARK * CONTENT)
    }
}

/// A seal.
#[derive(Clone, Debug, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = change_seals)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Its number, from 1.
    pub number: i64,
    /// Hash of the one before.
    #[serde(with = "bytes")]
    pub previous_hash: Vec<u8>,
    /// Its own hash.
    #[serde(with = "bytes")]
    pub hash: Vec<u8>,
    /// When it was made.
    #[serde(with = "instant")]
    pub sealed_at: DateTime<Utc>,
    /// How many changes it covers.
    pub change_count: i32,
    /// Transaction of the last of them.
    pub last_transaction: i64,
    /// Sequence of the last of them.
    pub last_sequence: i64,
    /// All of them.
    pub sequences: Vec<Option<i64>>,
    /// Their hashes, one after the other.
    #[serde(with = "bytes")]
    pub row_hashes: Vec<u8>,
    /// Their marks, one after the other.
    #[serde(with = "bytes")]
    pub field_marks: Vec<u8>,
}

impl Seal {
    /// Its hash as it follows from all else that it says; as the function `seal_hash` of the database reckons it.
    pub fn reckoned_hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.number.to_be_bytes());
        hash.update(&self.previous_hash);
        hash.update(self.sealed_at.timestamp_micros().to_be_bytes());
        hash.update(self.last_transaction.to_be_bytes());
        self.sequences.iter().flatten().for_each(|sequence| hash.update(sequence.to_be_bytes()));
        hash.update(&self.row_hashes);
        hash.update(&self.field_marks);
        hash.finalize().to_vec()
    }

    /// Whether its parts fit each other and its hash.
    pub fn is_whole(&self) -> bool {
        let count = self.sequences.len();
        usize::try_from(self.change_count) == Ok(count)
            && self.sequences.last() == Some(&Some(self.last_sequence))
            && self.row_hashes.len() == HASH * count
            && self.field_marks.len() == MARKS * count
            && self.hash == self.reckoned_hash()
    }

    /// What it keeps of each change.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        let parts = self.row_hashes.chunks(HASH).zip(self.field_marks.chunks(MARKS));
        let all = self.sequences.iter().flatten().zip(parts);
        all.map(|(sequence, (hash, marks))| Fingerprint { sequence: *sequence, hash: hash.into(), marks: marks.into() })
            .collect()
    }
}

/// Where a chain stands: what an auditor notes down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the last seal; 0 before the first.
    pub number: i64,
    /// Its hash.
    #[serde(with = "bytes")]
    pub hash: Vec<u8>,
}

impl Head {
    /// Before the first seal.
    pub fn origin() -> Self {
        Self { number: 0, hash: vec![0; HASH] }
    }
}

impl From<&Seal> for Head {
    fn from(seal: &Seal) -> Self {
        Self { number: seal.number, hash: seal.hash.clone() }
    }
}

/// The bytes that hexadecimal digits stand for.
pub fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}

/// Bytes as hexadecimal text.
pub(super) mod bytes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::http::canonical::hexadecimal;

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hexadecimal(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        super::from_hexadecimal(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not hexadecimal digits"))
    }
}

/// An instant with all six digits of its microseconds: one text for one instant.
mod instant {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn text(instant: &DateTime<Utc>) -> String {
        instant.to_rfc3339_opts(SecondsFormat::Micros, true)
    }

    pub(super) fn serialize<S: Serializer>(instant: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&text(instant))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        DateTime::deserialize(from)
    }
}
