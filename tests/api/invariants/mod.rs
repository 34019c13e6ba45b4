//! Whatever is done, in whatever order and by whomever: what is allowed keeps the invariants, and what is refused
//! changes nothing. The walk takes its operations from the document and knows no model of what each does.

mod bodies;
pub mod dice;
mod memory;
mod requests;
mod watch;
mod world;

use std::collections::BTreeMap;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::thread;

use dice::Dice;
use memory::Memory;
use requests::{Draft, Key};
use serde_json::Value;
use watch::Watch;
use world::World;

use crate::support::client::Answer;
use crate::support::document::{Operation, operations};

/// Seeds that every run walks.
const SEEDS: [u64; 7] = [1, 2, 3, 5, 8, 13, 21];
/// Requests of one walk.
const STEPS: usize = 800;
/// A further seed, such as one that was found to fail.
const FURTHER: &str = "INVARIANTS_SEED";
/// What is nobody's report, target or decision: keys, accounts, who is told, what a measure is compared with, and how files are read.
const ELSEWHERE: &[&str] = &[
    "accounts",
    "keys",
    "webhook-endpoints",
    "areas",
    "comparator-groups",
    "comparator-memberships",
    "benchmarks",
    "import-mappings",
];

/// How often each operation was granted, and refused.
type Count = BTreeMap<String, (usize, usize)>;

/// What was done last, what it was about, and the steps that the answer told to be possible instead.
struct Last<'a> {
    operation: &'a Operation,
    key: Key,
    allowed: Vec<String>,
}

/// Every operation that writes, and is not elsewhere.
fn writes() -> Vec<Operation> {
    let elsewhere = |operation: &Operation| {
        let tags = operation.told["tags"].as_array().expect("an operation has a tag");
        tags.iter().filter_map(|tag| tag.as_str()).any(|tag| ELSEWHERE.contains(&tag))
    };
    operations().into_iter().filter(|operation| operation.method != "GET" && !elsewhere(operation)).collect()
}

/// The next operation, and what it is about if the walk stays with it; often one that was not granted yet, seldom one that deletes.
fn next<'a>(
    writes: &'a [Operation],
    count: &Count,
    last: Option<Last<'_>>,
    dice: &mut Dice,
) -> (&'a Operation, Option<Key>) {
    if let Some(last) = last.filter(|_| dice.chance(60)) {
        let its_own = |operation: &&Operation| {
            let names = operation.parameters("path").filter_map(|parameter| parameter["name"].as_str());
            operation.collection() == last.operation.collection()
                && operation.method != "DELETE"
                && names.eq(last.key.iter().map(|(name, _)| name.as_str()))
        };
        let allowed =
            |operation: &&Operation| last.allowed.iter().any(|step| operation.path.ends_with(&format!("/{step}")));
        let its_own: Vec<&Operation> = writes.iter().filter(its_own).collect();
        let told: Vec<&Operation> = its_own.iter().copied().filter(allowed).collect();
        let from = if told.is_empty() || dice.chance(20) { its_own } else { told };
        return (from[dice.below(from.len())], Some(last.key));
    }
    if dice.chance(25) {
        let granted = |operation: &&Operation| count.get(operation.id()).is_some_and(|(granted, _)| *granted > 0);
        let waiting: Vec<&Operation> = writes.iter().filter(|operation| !granted(operation)).collect();
        if !waiting.is_empty() {
            return (waiting[dice.below(waiting.len())], None);
        }
    }
    let chosen = dice.pick(writes);
    (if chosen.method == "DELETE" && dice.chance(75) { dice.pick(writes) } else { chosen }, None)
}

/// One walk.
fn walk(seed: u64) -> Count {
    let (world, writes, mut dice) = (World::new(), writes(), Dice::new(seed));
    let (mut watch, mut memory, mut count) = (Watch::over(&world), Memory::default(), Count::new());
    let mut last = None;
    for step in 0..STEPS {
        let (operation, key) = next(&writes, &count, last.take(), &mut dice);
        let draft = Draft::of(operation, key, &world, &mut dice);
        let one = || step_once(operation, &draft, &world, &mut watch);
        let answer = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|cause| {
            eprintln!(
                "{FURTHER}={seed}, step {step}: {operation} {} by {:?}: {:?}",
                draft.path, draft.role, draft.body
            );
            resume_unwind(cause)
        });
        let (yes, no) = count.entry(operation.id().to_owned()).or_default();
        *(if answer.status < 300 { yes } else { no }) += 1;
        last = (operation.method != "DELETE").then(|| Last { operation, key: draft.key, allowed: allowed(&answer) });
        match dice.below(12) {
            0 => memory.ask(&world, &mut dice),
            1 => memory.ask_again(&world, &mut dice),
            2 => memory::scorecard(&world, &mut dice),
            _ => {}
        }
    }
    memory.ask_all_again(&world);
    count
}

/// The steps that a refusal names.
fn allowed(answer: &Answer) -> Vec<String> {
    let told = if answer.status == 409 { answer.json()["allowed"].take() } else { Value::Null };
    let words = told.as_array().into_iter().flatten().filter_map(Value::as_str);
    words.map(|word| word.replace('_', "-")).collect()
}

/// Sends a request and looks at what it left.
fn step_once(operation: &Operation, draft: &Draft, world: &World, watch: &mut Watch) -> Answer {
    let answer = draft.send(&operation.method, world);
    match answer.status {
        200..300 => {
            watch.accepted(world, operation.collection(), Some(watch::actor(draft.role)));
            if operation.id() == "sign_off_quarterly_report" {
                memory::sealed_report(world, &answer.json());
            }
        }
        400..500 => watch.refused(world, answer.json()["code"].as_str().unwrap_or_default()),
        _ => panic!("neither granted nor refused: {answer}"),
    }
    answer
}

#[test]
fn any_sequence_of_requests_keeps_the_invariants() {
    let further = env::var(FURTHER).ok().map(|seed| seed.parse().expect("a seed is a number"));
    let seeds = Mutex::new(further.into_iter().chain(SEEDS).collect::<Vec<u64>>());
    let total = Mutex::new(Count::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(seed) = { seeds.lock().expect("no walk failed").pop() } {
                    for (id, (yes, no)) in walk(seed) {
                        let mut total = total.lock().expect("no walk failed");
                        let (granted, refused) = total.entry(id).or_default();
                        (*granted, *refused) = (*granted + yes, *refused + no);
                    }
                }
            });
        }
    });
    let total = total.into_inner().expect("no walk failed");
    let never: Vec<String> = writes()
        .iter()
        .map(Operation::id)
        .filter(|id| total.get(*id).is_none_or(|(yes, _)| *yes == 0))
        .map(str::to_owned)
        .collect();
    assert!(never.is_empty(), "never granted, so the walk shows nothing of them: {never:?}\n{total:?}");
}
