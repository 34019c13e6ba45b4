//! Whether the register still gives every number the name that it was registered with: the log has a commitment to each name, and
//! the register, while the name stands, what opens it.

use std::collections::{HashMap, HashSet};

use diesel::prelude::Queryable;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::chain;
use super::verdict::{Finding, Wrong};

/// Table of the register, as the log calls it.
pub const REGISTER: &str = "accounts";

/// A name of the register, with what opens the commitment to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Queryable)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// What the log says in place of the name.
    pub number: i64,
    /// The name.
    pub name: String,
    /// Random bytes before it under the hash.
    #[serde(with = "chain::bytes")]
    pub salt: Vec<u8>,
}

/// Where a name was registered, and the commitment to it.
#[derive(Debug)]
struct Entry {
    seal: i64,
    change: i64,
    commitment: Vec<u8>,
}

/// The names that were registered under seals.
#[derive(Debug, Default)]
pub struct Registered(HashMap<i64, Entry>);

impl Registered {
    /// Notes what a change under this seal registers; any other is passed over.
    pub fn note(&mut self, seal: i64, change: &Value) {
        if change["resource"] != REGISTER || change["action"] != "created" {
            return;
        }
        let row = &change["after"];
        let commitment = row["commitment"].as_str().and_then(|text| chain::from_hexadecimal(text.strip_prefix("\\x")?));
        if let (Some(number), Some(change), Some(commitment)) =
            (row["number"].as_i64(), change["sequence"].as_i64(), commitment)
        {
            self.0.insert(number, Entry { seal, change, commitment });
        }
    }

    /// Whether somebody was registered by this number.
    pub fn knows(&self, number: i64) -> bool {
        self.0.contains_key(&number)
    }

    /// Names of the register that are not the ones registered. Of those that are not registered under a seal nothing is proved yet.
    pub fn altered(&self, names: &[Name]) -> Vec<Finding> {
        let told = |entry: &Entry, name: &Name| {
            let what = format!("`{}` is not the name that was registered as {}", name.name, name.number);
            Finding { seal: entry.seal, change: Some(entry.change), wrong: Wrong::Altered, what }
        };
        let opens = |entry: &Entry, name: &Name| {
            Sha256::new().chain_update(&name.salt).chain_update(&name.name).finalize().as_slice() == entry.commitment
        };
        let known = names.iter().filter_map(|name| Some((self.0.get(&name.number)?, name)));
        known.filter(|(entry, name)| !opens(entry, name)).map(|(entry, name)| told(entry, name)).collect()
    }

    /// Names that were registered, are gone from the register, and were not erased by a change of the log.
    pub fn missing(&self, names: &[Name], erased: &HashSet<i64>) -> Vec<Finding> {
        let there: HashSet<i64> = names.iter().map(|name| name.number).collect();
        let mut lost: Vec<_> =
            self.0.iter().filter(|(number, _)| !there.contains(number) && !erased.contains(number)).collect();
        lost.sort_by_key(|(number, _)| **number);
        let told = |(number, entry): (&i64, &Entry)| {
            let what = format!("the name registered as {number}, whose erasure stands in no change");
            Finding { seal: entry.seal, change: Some(entry.change), wrong: Wrong::Missing, what }
        };
        lost.into_iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn name(number: i64, name: &str) -> Name {
        Name { number, name: name.to_owned(), salt: vec![7; 32] }
    }

    fn registered() -> Registered {
        let mut all = Registered::default();
        for one in [name(1, "Jones"), name(2, "Smith")] {
            let hash = Sha256::new().chain_update(&one.salt).chain_update(&one.name).finalize();
            let commitment = format!("\\x{}", crate::http::canonical::hexadecimal(&hash));
            let after = json!({"number": one.number, "commitment": commitment});
            all.note(
                3,
                &json!({"sequence": 40 + one.number, "resource": "accounts", "action": "created", "after": after}),
            );
        }
        all.note(4, &json!({"sequence": 50, "resource": "areas", "action": "created", "after": {"number": 9}}));
        all
    }

    fn told(found: &[Finding]) -> Vec<String> {
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_are_those_that_were_registered() {
        let all = registered();
        assert_eq!(
            told(&all.altered(&[name(1, "Jones"), name(2, "Smith"), name(9, "Not sealed yet")])),
            Vec::<String>::new()
        );
        let swapped = told(&all.altered(&[name(1, "Smith"), name(2, "Smith")]));
        assert_eq!(swapped, ["seal 3, change 41: altered (`Smith` is not the name that was registered as 1)"]);
        let salted = Name { salt: vec![8; 32], ..name(1, "Jones") };
        assert_eq!(all.altered(&[salted]).len(), 1);
    }

    #[test]
    fn a_name_is_gone_by_an_erasure_alone() {
        let all = registered();
        let erased = HashSet::from([2]);
        assert_eq!(told(&all.missing(&[name(1, "Jones")], &erased)), Vec::<String>::new());
        let gone = told(&all.missing(&[], &erased));
        assert_eq!(gone, ["seal 3, change 41: missing (the name registered as 1, whose erasure stands in no change)"]);
    }
}
