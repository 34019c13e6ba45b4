//! Whatever is done, in whatever order and by whomever: what is allowed keeps the invariants (domain.md 6.3), and what is refused
//! changes nothing. The walk takes its operations from the document and knows no model of what each does.

mod bodies;
mod dice;
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
use requests::Draft;
use watch::Watch;
use world::World;

use crate::support::document::{Operation, operations};

/// Seeds that every run walks.
const SEEDS: [u64; 4] = [1, 2, 3, 4];
/// Requests of one walk.
const STEPS: usize = 600;
/// A further seed, such as one that was found to fail.
const FURTHER: &str = "INVARIANTS_SEED";
/// What is nobody's report, target or decision: keys, and what a measure is compared with.
const ELSEWHERE: &[&str] = &["keys", "areas", "comparator-groups", "comparator-memberships", "benchmarks"];

/// How often each operation was granted, and refused.
type Count = BTreeMap<String, (usize, usize)>;

/// Every operation that writes, and is not elsewhere.
fn writes() -> Vec<Operation> {
    let elsewhere = |operation: &Operation| {
        let tags = operation.told["tags"].as_array().expect("an operation has a tag");
        tags.iter().filter_map(|tag| tag.as_str()).any(|tag| ELSEWHERE.contains(&tag))
    };
    operations().into_iter().filter(|operation| operation.method != "GET" && !elsewhere(operation)).collect()
}

/// The next operation: often one that was not granted yet, seldom one that deletes.
fn next<'a>(writes: &'a [Operation], count: &Count, dice: &mut Dice) -> &'a Operation {
    if dice.chance(40) {
        let granted = |operation: &&Operation| count.get(operation.id()).is_some_and(|(granted, _)| *granted > 0);
        let waiting: Vec<&Operation> = writes.iter().filter(|operation| !granted(operation)).collect();
        if !waiting.is_empty() {
            return waiting[dice.below(waiting.len())];
        }
    }
    let chosen = dice.pick(writes);
    if chosen.method == "DELETE" && dice.chance(75) { dice.pick(writes) } else { chosen }
}

/// One walk.
fn walk(seed: u64) -> Count {
    let (world, writes, mut dice) = (World::new(), writes(), Dice::new(seed));
    let (mut watch, mut memory, mut count) = (Watch::over(&world), Memory::default(), Count::new());
    for step in 0..STEPS {
        let operation = next(&writes, &count, &mut dice);
        let draft = Draft::of(operation, &world, &mut dice);
        let one = || step_once(operation, &draft, &world, &mut watch);
        let granted = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|cause| {
            eprintln!("{FURTHER}={seed}, step {step}: {operation} {} by {:?}: {:?}", draft.path, draft.role, draft.body);
            resume_unwind(cause)
        });
        let (yes, no) = count.entry(operation.id().to_owned()).or_default();
        *(if granted { yes } else { no }) += 1;
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

/// Sends a request and looks at what it left; whether it was granted.
fn step_once(operation: &Operation, draft: &Draft, world: &World, watch: &mut Watch) -> bool {
    let answer = draft.send(&operation.method, world);
    match answer.status {
        200..300 => {
            let collection = operation.path.split('/').nth(3).unwrap_or_default();
            watch.accepted(world, collection, Some(watch::actor(draft.role)));
            if operation.id() == "sign_off_quarterly_report" {
                memory::sealed_report(world, &answer.json());
            }
            true
        }
        400..500 => {
            watch.refused(world);
            false
        }
        _ => panic!("neither granted nor refused: {answer}"),
    }
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
    let never: Vec<String> = writes().iter().map(Operation::id).filter(|id| total.get(*id).is_none_or(|(yes, _)| *yes == 0)).map(str::to_owned).collect();
    assert!(never.is_empty(), "never granted, so the walk shows nothing of them: {never:?}\n{total:?}");
}
