//! Whether changes are still as they were sealed: each difference with its place.

use std::collections::HashMap;
use std::fmt;

use super::chain::{Fingerprint, Head, Seal};
use crate::http::canonical::hexadecimal;

/// Differences that are told one by one; more are only counted.
const TOLD: usize = 100;

/// What is wrong with a seal or a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "lowercase")]
pub enum Wrong {
    /// It is not what was sealed.
    Altered,
    /// It was sealed and is not there.
    Missing,
    /// It is there and was not sealed.
    Inserted,
    /// It stands in another place than it was sealed in.
    #[strum(serialize = "out of order")]
    OutOfOrder,
}

/// A difference, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Number of the seal.
    pub seal: i64,
    /// The change, unless it is the seal itself.
    pub change: Option<i64>,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// The fields that differ, or more about it.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "seal {}", self.seal)?;
        if let Some(change) = self.change {
            write!(to, ", change {change}")?;
        }
        write!(to, ": {}", self.wrong)?;
        if self.what.is_empty() { Ok(()) } else { write!(to, " ({})", self.what) }
    }
}

/// Takes one seal after the other, with the changes found under it.
#[derive(Debug)]
pub struct Verifier {
    head: Head,
    noted: Option<Head>,
    changes: usize,
    findings: Vec<Finding>,
    untold: usize,
}

/// What was verified, and every difference.
#[derive(Debug)]
pub struct Verdict {
    /// The last seal.
    pub head: Head,
    /// Changes found under seals.
    pub changes: usize,
    /// Differences, in the order of the chain.
    pub findings: Vec<Finding>,
    /// Further differences that were only counted.
    pub untold: usize,
}

impl Verifier {
    /// Verifies from the first seal on. A head that was noted before must be part of the chain.
    pub fn new(noted: Option<Head>) -> Self {
        Self { head: Head::origin(), noted, changes: 0, findings: Vec::new(), untold: 0 }
    }

    /// The next seal, with the changes that lie between it and the one before.
    pub fn take(&mut self, seal: &Seal, changes: &[Fingerprint]) {
        self.changes += changes.len();
        let mut found = of_seal(&self.head, seal);
        if let Some(noted) = self.noted.as_ref().filter(|noted| noted.number == seal.number && noted.hash != seal.hash)
        {
            let told = format!("its hash was noted as {}", hexadecimal(&noted.hash));
            found.push(Finding { seal: seal.number, change: None, wrong: Wrong::Altered, what: told });
        }
        // What a seal keeps of its changes says nothing once the seal itself was altered.
        if seal.is_whole() {
            found.extend(of_changes(seal, changes));
        }
        found.into_iter().for_each(|finding| self.tell(finding));
        self.head = seal.into();
    }

    /// What was found beside the changes.
    pub fn found(&mut self, findings: Vec<Finding>) {
        findings.into_iter().for_each(|finding| self.tell(finding));
    }

    /// The chain ends here.
    pub fn end(mut self) -> Verdict {
        if let Some(noted) = self.noted.take().filter(|noted| noted.number > self.head.number) {
            let what = format!("it was noted, but the chain ends with seal {}", self.head.number);
            self.tell(Finding { seal: noted.number, change: None, wrong: Wrong::Missing, what });
        }
        Verdict { head: self.head, changes: self.changes, findings: self.findings, untold: self.untold }
    }

    fn tell(&mut self, finding: Finding) {
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        } else {
            self.untold += 1;
        }
    }
}

/// What is wrong with the seal itself.
fn of_seal(before: &Head, seal: &Seal) -> Vec<Finding> {
    let finding = |number, wrong, what: &str| Finding { seal: number, change: None, wrong, what: what.to_owned() };
    let mut found = Vec::new();
    if seal.number > before.number + 1 {
        let what = if seal.number > before.number + 2 {
            format!("and those up to {}", seal.number - 1)
        } else {
            String::new()
        };
        found.push(finding(before.number + 1, Wrong::Missing, &what));
    } else if seal.number <= before.number {
        found.push(finding(seal.number, Wrong::OutOfOrder, &format!("it comes after seal {}", before.number)));
    } else if seal.previous_hash != before.hash {
        found.push(finding(seal.number, Wrong::Altered, "it does not continue the seal before"));
    }
    if !seal.is_whole() {
        found.push(finding(seal.number, Wrong::Altered, "its hash is not that of what it says"));
    }
    found
}

/// What is wrong with the changes under a seal that is whole.
fn of_changes(seal: &Seal, changes: &[Fingerprint]) -> Vec<Finding> {
    let sealed = seal.fingerprints();
    let mut there: HashMap<i64, &Fingerprint> = HashMap::new();
    let mut found = Vec::new();
    let mut finding =
        |change, wrong, what: String| found.push(Finding { seal: seal.number, change: Some(change), wrong, what });
    let expected: HashMap<i64, &Fingerprint> = sealed.iter().map(|one| (one.sequence, one)).collect();
    for one in changes {
        if !expected.contains_key(&one.sequence) || there.insert(one.sequence, one).is_some() {
            finding(one.sequence, Wrong::Inserted, String::new());
        }
    }
    for one in &sealed {
        match there.get(&one.sequence) {
            None => finding(one.sequence, Wrong::Missing, String::new()),
            Some(now) if now.hash == one.hash => {}
            Some(now) => match sealed.iter().find(|other| other.sequence != one.sequence && other.says_the_same(now)) {
                Some(other) => {
                    finding(one.sequence, Wrong::OutOfOrder, format!("it says what change {} said", other.sequence))
                }
                None => finding(one.sequence, Wrong::Altered, one.differing(now).join(", ")),
            },
        }
    }
    if found.is_empty()
        && let Some((one, _)) = changes.iter().zip(&sealed).find(|(now, then)| now.sequence != then.sequence)
    {
        let what = String::new();
        found.push(Finding { seal: seal.number, change: Some(one.sequence), wrong: Wrong::OutOfOrder, what });
    }
    found
}

#[cfg(test)]
mod tests;
