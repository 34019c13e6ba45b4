//! Rows judged and stored together: what they are judged by is read for all of them, the rules are those of a single push, and what
//! they come to is written by one statement for new revisions and one for changed ones.

use std::collections::HashMap;

use diesel_async::AsyncPgConnection;

use super::query::Options;
use super::receipt::RowReceipt;
use super::row::{Draft, Row, RowPlaces};
use super::said::{Earlier, Said};
use crate::domain::import::{ApprovedRows, ImportStrategy, RowOutcome};
use crate::domain::terms::SubmissionState;
use crate::domain::text::Prose;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources;
use crate::resources::quarterly_submissions::batch::{self, Key, Write};
use crate::resources::quarterly_submissions::body::SubmissionBody;
use crate::resources::quarterly_submissions::push::{self, Push};
use crate::resources::quarterly_submissions::row::Submission;
use crate::resources::quarterly_submissions::rules::Judging;
use crate::resources::quarterly_submissions::transitions::Turn;

/// Rows that were judged.
#[derive(Debug, Default)]
pub struct Batch {
    /// What becomes of each.
    pub receipts: Vec<RowReceipt>,
    pub(super) writes: Vec<Planned>,
}

/// What is to be written of a row.
#[derive(Debug)]
pub(super) struct Planned {
    /// Which receipt is its own.
    pub(super) receipt: usize,
    pub(super) key: Key,
    revision: i32,
    reason: Option<Prose<2000>>,
    pub(super) body: SubmissionBody,
    /// What it was judged by.
    pub(super) judging: Judging,
    new: bool,
}

/// What is known of the submissions that rows are about.
struct Known {
    turns: HashMap<Key, Turn>,
    newest: HashMap<Key, Submission>,
}

impl Batch {
    /// Judges rows, having taken the turns of their measures. `taken`: rows of the import that came before and were not refused.
    ///
    /// # Errors
    /// When the database cannot be reached; what a row is refused for stands in its receipt.
    pub async fn judge(
        connection: &mut AsyncPgConnection,
        rows: Vec<Row>,
        options: &Options,
        mut taken: HashMap<Key, Earlier>,
    ) -> Result<Self, Problem> {
        let keys: Vec<Key> =
            rows.iter().filter_map(|row| row.draft.as_ref().ok()).map(|draft| draft.key.clone()).collect();
        batch::take_turns(connection, &keys).await?;
        let (turns, newest) = tokio::try_join!(batch::known(connection, &keys), batch::newest(connection, &keys))?;
        let known = Known { turns, newest };
        let mut judged = Self::default();
        for row in rows {
            judged.take(row, options, &known, &mut taken);
        }
        // One order for everybody, so that two imports do not wait for each other.
        judged.writes.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(judged)
    }

    fn take(&mut self, row: Row, options: &Options, known: &Known, taken: &mut HashMap<Key, Earlier>) {
        let Row { number, line, original, draft, about, mut notes, places } = row;
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let mut said = None;
        let judged = draft.and_then(|draft| {
            let (key, says) = (draft.key.clone(), Said::by(&draft));
            said = Some(says);
            if let Some(earlier) = taken.get(&key) {
                let again = earlier.again(&key, says).map_err(|problem| placed(problem, &places))?;
                notes.push(again);
                return Ok((RowOutcome::Unchanged, earlier.revision, None));
            }
            let judged = judge(draft, options, known).map_err(|problem| placed(problem, &places))?;
            // What was refused says nothing, and takes its figure from no other row.
            taken.insert(key, Earlier { number, revision: judged.1, said: Some(says) });
            Ok(judged)
        });
        let (outcome, revision, errors) = match judged {
            Ok((outcome, revision, planned)) => {
                self.writes.extend(planned.map(|planned| Planned { receipt: self.receipts.len(), ..planned }));
                (outcome, Some(revision), Vec::new())
            }
            Err(errors) => (RowOutcome::Refused, None, errors),
        };
        self.receipts.push(RowReceipt {
            row: number,
            line: i32::try_from(line).unwrap_or(i32::MAX),
            outcome,
            measure: about.0,
            quarter: about.1,
            revision,
            original: (outcome == RowOutcome::Refused).then_some(original),
            said,
            errors,
            warnings: Vec::new(),
            notes,
        });
    }

    /// Whether a row was refused.
    pub fn refuses(&self) -> bool {
        self.receipts.iter().any(|row| row.outcome == RowOutcome::Refused)
    }

    /// Writes what was not refused.
    ///
    /// # Errors
    /// When a constraint refuses after all, or the database cannot be reached: then nothing is stored.
    pub async fn write(&self, connection: &mut AsyncPgConnection) -> Result<(), Problem> {
        let of = |new: bool| -> Vec<Write<'_>> {
            let ours = self.writes.iter().filter(|planned| planned.new == new);
            ours.map(|planned| Write {
                key: &planned.key,
                revision: planned.revision,
                reason: planned.reason.as_deref(),
                body: &planned.body,
            })
            .collect()
        };
        batch::insert(connection, &of(true)).await?;
        Ok(batch::update(connection, &of(false)).await?)
    }

    /// What became of the rows where none of them is stored.
    pub fn undone(self) -> Vec<RowReceipt> {
        self.receipts.into_iter().map(RowReceipt::undone).collect()
    }

    /// The submissions that are written.
    pub fn written(&self) -> impl Iterator<Item = &Key> {
        self.writes.iter().map(|planned| &planned.key)
    }
}

type Verdict = (RowOutcome, i32, Option<Planned>);

fn judge(mut draft: Draft, options: &Options, known: &Known) -> Result<Verdict, Problem> {
    let Some(turn) = known.turns.get(&draft.key) else { return Err(unknown_measure()) };
    let current = known.newest.get(&draft.key);
    if let Some(current) = current {
        draft.keep(current);
    }
    let Draft { key, mut body, reason, .. } = draft;
    let push = push::judge(&mut body, key.1, turn, current, options.approved)
        .map_err(|problem| explained(problem, current, &body, options.approved))?;
    allowed(options.strategy, &push, &key)?;
    let judging = turn.measure.clone();
    let plan =
        |revision, new, reason| Some(Planned { receipt: 0, key: key.clone(), revision, reason, body, judging, new });
    Ok(match push {
        Push::Create => (RowOutcome::Created, 1, plan(1, true, None)),
        Push::Unchanged(same) => match reason.filter(|reason| explains_anew(same, reason)) {
            None => (RowOutcome::Unchanged, same.revision, None),
            anew => (RowOutcome::Updated, same.revision, plan(same.revision, false, anew)),
        },
        Push::Replace(current) => {
            let anew = reason.filter(|reason| explains_anew(current, reason));
            (RowOutcome::Updated, current.revision, plan(current.revision, false, anew))
        }
        Push::Propose(current) => {
            let revision = current.revision + 1;
            let Some(reason) = reason.or_else(|| options.reason.clone()) else { return Err(no_reason(current)) };
            (RowOutcome::Proposed, revision, plan(revision, true, Some(reason)))
        }
    })
}

/// Of a row that differs from a figure that counts and may not revise it: what stands there, what the row says, and what would be right.
fn explained(problem: Problem, current: Option<&Submission>, body: &SubmissionBody, approved: ApprovedRows) -> Problem {
    let counts =
        |current: &&Submission| matches!(current.state, SubmissionState::Approved | SubmissionState::Published);
    let refused = problem.kind().code == problems::TRANSITION_NOT_ALLOWED.code && approved == ApprovedRows::Refuse;
    let Some(current) = current.filter(counts).filter(|_| refused) else { return problem };
    let (stored, sent) = (current.figure().to_string(), body.figure().to_string());
    let differs = if stored == sent {
        format!("both have {stored}, and differ in what stands beside the figure")
    } else {
        format!("it has {stored}, and the row has {sent}")
    };
    problem.because(format!(
        "Revision {} is {} and is never overwritten: {differs}. To propose a correction, send the row with the parameter \
         `approved=revise` and a `reason`, as a parameter or in the row.",
        current.revision, current.state
    ))
}

/// What is the same already is no creation and no change: so that what is sent again is answered alike by every strategy.
fn allowed(strategy: ImportStrategy, push: &Push<'_>, key: &Key) -> Result<(), Problem> {
    let (measure, quarter) = key;
    match (strategy, push) {
        (ImportStrategy::Create, Push::Replace(_) | Push::Propose(_)) => {
            let detail = format!(
                "Measure {measure} has a submission for {quarter} that says something else, and `strategy=create` changes none."
            );
            Err(Problem::new(problems::ALREADY_EXISTS, detail))
        }
        (ImportStrategy::Update, Push::Create) => {
            let detail =
                format!("Measure {measure} has no submission for {quarter}, and `strategy=update` creates none.");
            Err(Problem::new(problems::NOT_FOUND, detail))
        }
        _ => Ok(()),
    }
}

/// Whether a row's own reason is another than that of a correction which is still being written. That of a first revision would say
/// nothing, and what is handed in stays as it is.
fn explains_anew(current: &Submission, reason: &Prose<2000>) -> bool {
    let written = matches!(current.state, SubmissionState::Draft | SubmissionState::Returned);
    written && current.revision > 1 && current.revision_reason.as_deref() != Some(&**reason)
}

fn no_reason(current: &Submission) -> Problem {
    let detail = format!(
        "Revision {} is {}: a correction says why. Give the row a `reason`, or the import the parameter `reason`.",
        current.revision, current.state
    );
    Problem::of_faults(problems::VALIDATION_FAILED, vec![Fault::new("/reason", "reason_missing", detail)])
}

/// A measure that is not there, or not the caller's: in the words of the foreign key, which would refuse it.
fn unknown_measure() -> Problem {
    let link = resources::links().find(|link| link.constraint == "quarterly_submissions_measure_fkey");
    let told = link.map_or("There is no measure with this code.", |link| link.unknown);
    let fault = Fault::new("/measure", problems::UNKNOWN_REFERENCE.code, told);
    Problem::of_faults(problems::UNKNOWN_REFERENCE, vec![fault])
}

/// A problem of a row as faults of the row as it was sent.
fn placed(problem: Problem, places: &RowPlaces) -> Vec<super::row::RowFault> {
    super::document::placed(problem.under("").faults(), places)
}
