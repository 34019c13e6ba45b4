//! The attacker who adds and subtracts: from everything that the public or a member may fetch, now and as at every instant, no number
//! that is suppressed, and none that is to protect one, can be worked out. Totals across measures are not looked at: nothing in a
//! framework says that measures add up.

mod able;
mod cards;
mod council;
mod feed;
mod figures;
mod forms;
mod harvest;
mod linear;
mod mind;
mod odata;
mod ranges;
mod real;
mod truth;

use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use council::Council;
use figures::QUARTERS;
use harvest::Harvest;
use serde_json::json;
use truth::{Measure, Numbers, Place, Publication};

use crate::invariants::dice::Dice;
use crate::support::Client;

/// Councils that every run attacks.
const SEEDS: [u64; 6] = [1, 2, 3, 4, 5, 6];
/// Further seeds with commas between them, such as one that was found to fail.
const FURTHER: &str = "ATTACKER_SEED";
/// Measures of a council.
const MEASURES: usize = 4;

/// Everything that a caller in this role may fetch of a council: every list and scorecard, and if `thorough` each resource, the feed by
/// any filter and order, and what was shown after each publication.
fn harvest(council: &Council, role: &str, thorough: bool, dice: &mut Dice) -> Harvest {
    let body = json!({"name": format!("an attacker as {role}"), "grants": [{"role": role}]});
    let made = council.app.admin().post("keys").send(&body).must_be(201).json();
    let caller = council.app.anonymous().with_key(made["key"].as_str().unwrap());
    let mut harvest = Harvest::default();
    harvest.ask_every_list(&caller);
    let quarters: BTreeSet<&str> = council.published.iter().map(|one| one.quarter.as_str()).collect();
    for quarter in &quarters {
        let card = format!("frameworks/F/scorecard?quarter={quarter}");
        [card.clone(), format!("{card}&format=csv")].iter().for_each(|path| harvest.ask(&caller, path));
    }
    if thorough {
        quarters.iter().for_each(|quarter| ask_of_each(council, &caller, quarter, &mut harvest));
        feed::ask(&caller, &mut harvest, dice);
        for instant in &council.instants {
            let card = format!("frameworks/F/scorecard?quarter={}&", dice.pick(&QUARTERS));
            let code = &dice.pick(&council.measures).code;
            let rows = format!("observations?limit=1000&measure={code}&");
            let entities = format!("/odata/v1/Observations?$filter=measure%20eq%20'{code}'&");
            for path in ["quarterly-submissions?which=all&limit=1000&", "measures?", &card, &rows, &entities] {
                harvest.ask(&caller, &format!("{path}as_of={instant}"));
            }
        }
    }
    harvest
}

fn ask_of_each(council: &Council, caller: &Client, quarter: &str, harvest: &mut Harvest) {
    for code in council.measures.iter().map(|measure| &measure.code) {
        harvest.ask(caller, &format!("measures/{code}/comparators?data_period={quarter}&area=A-1&group=G-1"));
        // Those that are refused today, too: whoever opens one is found out by this.
        let key = format!("measure='{code}',quarter='{quarter}',dimension='total',category='total'");
        let known = [
            ("key", key.as_str()),
            ("framework", "F"),
            ("outcome", "O-1"),
            ("measure", code.as_str()),
            ("quarter", quarter),
            ("year", "2024-25"),
        ];
        harvest.ask_every_address(caller, &[&known[..], &[("revision", "1"), ("version", "1")]].concat());
    }
}

/// What follows from a harvest.
fn attack(council: &Council, harvest: &Harvest) -> Vec<String> {
    harvest.cards.iter().for_each(cards::tell_nothing_else);
    let each = council.measures.iter();
    let told = |measure| {
        let published = council.published(measure);
        let found = mind::found_out(measure, &published, harvest);
        found.into_iter().map(move |found| format!("{found}\n{}", history(measure, &published, harvest)))
    };
    each.flat_map(told).collect()
}

/// What was published of a measure, as it is; what is hidden of it stands in brackets.
fn history(measure: &Measure, published: &[Publication], harvest: &Harvest) -> String {
    let mut told = format!("{measure:?}");
    for one in published {
        let seen = harvest.figures.get(&(one.measure.clone(), one.quarter.clone(), one.revision));
        let part = |(place, numbers): (&Place, &Numbers)| {
            let name =
                place.as_ref().map_or("whole".to_owned(), |(dimension, category)| format!("{dimension} {category}"));
            let number = format!("{}/{:?}", numbers.counted, numbers.of);
            let shown = seen.and_then(|seen| seen.get(place)).filter(|seen| seen.value.is_some());
            if shown.is_some() { format!("{name} {number}") } else { format!("({name} {number})") }
        };
        let parts: Vec<String> = one.numbers.iter().map(part).collect();
        told += &format!("\n  {} revision {}: {}", one.quarter, one.revision, parts.join(", "));
    }
    told
}

/// What callers find out of a council by chance, and how many figures and parts were hidden and shown.
fn attack_by_chance(seed: u64) -> (Vec<String>, usize, usize) {
    let mut dice = Dice::new(seed);
    let council = Council::by_chance(&mut dice, MEASURES);
    let (mut told, mut hidden, mut shown) = (Vec::new(), 0, 0);
    for role in ["public", "member"] {
        let harvest = harvest(&council, role, true, &mut dice);
        assert!(harvest.answers > 100, "the {role} was granted only {} answers", harvest.answers);
        let parts = || harvest.figures.values().flat_map(|figure| figure.values());
        hidden += parts().filter(|seen| seen.value.is_none()).count();
        shown += parts().filter(|seen| seen.value.is_some()).count();
        told.extend(attack(&council, &harvest).into_iter().map(|found| format!("{FURTHER}={seed}, {role}: {found}")));
    }
    (told, hidden, shown)
}

#[test]
fn no_suppressed_number_follows_from_what_is_published() {
    let further = env::var(FURTHER).unwrap_or_default();
    let further = further.split(',').filter(|seed| !seed.is_empty());
    let further = further.map(|seed| seed.parse().expect("a seed is a number"));
    let (mut hidden, mut shown, mut told) = (0, 0, Vec::new());
    for seed in further.chain(SEEDS) {
        let one = || attack_by_chance(seed);
        let (found, some_hidden, some_shown) = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|cause| {
            eprintln!("{FURTHER}={seed}");
            resume_unwind(cause)
        });
        (hidden, shown) = (hidden + some_hidden, shown + some_shown);
        told.extend(found);
    }
    assert!(told.is_empty(), "{} numbers follow from what is published:\n{}", told.len(), told.join("\n"));
    assert!(
        hidden > 300 && shown > 300,
        "only {hidden} hidden and {shown} shown figures and parts: that proves little"
    );
}
