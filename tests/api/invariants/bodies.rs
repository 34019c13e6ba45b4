//! Bodies that may well be accepted, for what is created, replaced and patched.

use chrono::TimeDelta;
use performance_framework::clock;
use serde_json::{Value, json};

use super::dice::Dice;
use super::world::World;

/// A whole body for one of this collection at this address, without the parts of its address; none where the document's schema
/// says all there is to know.
pub fn whole(collection: &str, key: &[(String, String)], world: &World, dice: &mut Dice) -> Option<Value> {
    let part = |name: &str| key.iter().find(|(part, _)| part == name).map(|(_, value)| value.clone());
    Some(match collection {
        "frameworks" => framework(world, dice),
        "outcomes" => json!({
            "framework": world.name("framework", dice), "title": title(dice), "position": dice.below(9),
            "status": dice.word(&["active", "active", "retired"])
        }),
        "measures" => measure(world, dice),
        "targets" => target(part("measure"), part("year"), world, dice),
        "quarterly-submissions" => submission(part("quarter"), world, dice),
        "collection-cycles" => cycle(part("quarter"), world, dice),
        "quarterly-reports" => {
            json!({"overview": title(dice), "meeting": sometimes(40, world.name("meeting", dice), dice)})
        }
        "annual-target-reviews" => review(part("framework"), part("year"), world, dice),
        "meetings" => {
            json!({"committee": committee(dice), "held_on": day(world, dice), "kind": dice.word(&["ordinary", "urgent"])})
        }
        "decisions" => decision(world, dice),
        "recovery-plans" => plan(world, dice),
        "issues-of-concern" => issue(world, dice),
        _ => return None,
    })
}

fn title(dice: &mut Dice) -> String {
    format!("Words {}", dice.below(50))
}

fn committee(dice: &mut Dice) -> &'static str {
    dice.word(&["A committee", "A committee", "Another committee"])
}

fn sometimes(percent: usize, value: Option<String>, dice: &mut Dice) -> Option<String> {
    value.filter(|_| dice.chance(percent))
}

/// A day of the quarters.
pub fn day(world: &World, dice: &mut Dice) -> String {
    let quarter = dice.pick(&world.quarters);
    let after = i64::try_from(dice.below(90)).expect("a few days");
    (quarter.start() + TimeDelta::days(after)).to_string()
}

fn framework(world: &World, dice: &mut Dice) -> Value {
    let status = dice.word(&["draft", "draft", "draft", "adopted", "closed"]);
    json!({
        "title": title(dice), "committee": "A committee", "first_year": world.years[0], "last_year": world.years.last(), "status": status,
        "adopted_by": world.name("decision", dice).filter(|_| status == "adopted")
    })
}

/// Adds what makes a change a new version: mostly all of it.
fn versioned(mut body: Value, world: &World, dice: &mut Dice) -> Value {
    if dice.chance(75) {
        body["decision"] = json!(world.name("decision", dice));
        body["effective_from"] = json!(world.quarter(dice));
        body["change_reason"] = json!("Because.");
    }
    body
}

fn measure(world: &World, dice: &mut Dice) -> Value {
    let body = json!({
        "outcome": world.name("outcome", dice), "level": dice.word(&["committee", "committee", "outcome", "service"]), "title": title(dice),
        "definition": title(dice), "unit": dice.word(&["percent", "percent", "percent", "score"]), "decimal_places": dice.below(3),
        "polarity": dice.word(&["high", "high", "low", "neutral"]), "frequency": "quarterly", "calendar": "financial",
        "accumulation": "in_period", "owner": title(dice), "expected_lag_days": dice.below(40),
        "status": dice.word(&["active", "active", "active", "proposed", "suspended", "retired"])
    });
    versioned(body, world, dice)
}

fn target(measure: Option<String>, year: Option<String>, world: &World, dice: &mut Dice) -> Value {
    let mut body = versioned(json!({"source": dice.word(&["decision", "illustrative"])}), world, dice);
    let asked = format!("SELECT polarity FROM measures WHERE code = '{}'", measure.unwrap_or_default());
    let kind = match world.app.sql().column(&asked).first().map(String::as_str) {
        _ if dice.chance(10) => dice.word(&["at_least", "at_most", "band"]),
        Some("high") => "at_least",
        Some("low") => "at_most",
        _ => "none",
    };
    body["kind"] = json!(kind);
    if kind != "none" {
        body["value"] = json!(40 + dice.below(20));
    }
    if !body["decision"].is_null() {
        body["source"] = json!("decision");
        // Its own year's quarter, for the most part.
        if let Some(year) = year.filter(|_| dice.chance(80)) {
            body["effective_from"] = json!(format!("{year}-Q{}", 1 + dice.below(4)));
        }
    }
    body
}

fn submission(quarter: Option<String>, world: &World, dice: &mut Dice) -> Value {
    let sections = json!({"challenges": title(dice), "interventions": title(dice), "results": title(dice)});
    let mut body = json!({
        "data_period": quarter.unwrap_or_else(|| world.quarter(dice)), "stage": dice.word(&["final", "provisional"]),
        "narrative": if dice.chance(70) { sections } else { json!({}) }
    });
    match dice.below(10) {
        0 => body["value_symbol"] = json!(dice.word(&["x", "c"])),
        1 => (body["numerator"], body["denominator"]) = (json!(dice.below(120)), json!(100)),
        2 => {}
        _ => body["value"] = json!(dice.below(100)),
    }
    body
}

/// Rows of an import, some of them about one figure.
pub fn import(world: &World, dice: &mut Dice) -> Value {
    let mut rows = Vec::new();
    for _ in 0..=dice.below(3) {
        let quarter = world.quarter(dice);
        let mut row = submission(Some(quarter.clone()), world, dice);
        (row["measure"], row["quarter"]) = (json!(world.name("measure", dice)), json!(quarter));
        rows.push(row);
    }
    json!(rows)
}

/// How an import is taken.
pub fn taken(dice: &mut Dice) -> String {
    let mode = dice.word(&["all_or_nothing", "row_by_row"]);
    let strategy = dice.word(&["upsert", "upsert", "create", "update"]);
    let approved = dice.word(&["refuse", "revise&reason=Because."]);
    format!("mode={mode}&strategy={strategy}&approved={approved}&dry_run={}", dice.chance(20))
}

fn cycle(quarter: Option<String>, world: &World, dice: &mut Dice) -> Value {
    let quarter = world.quarters.iter().find(|one| Some(one.to_string()) == quarter);
    let opens = quarter.unwrap_or_else(|| dice.pick(&world.quarters)).end();
    let after = |days| opens + TimeDelta::days(days);
    // A quarter of them are locked by now.
    let locks = if dice.chance(25) { after(30) } else { after(30).max(clock::today() + TimeDelta::days(30)) };
    json!({"opens_on": after(1), "due_on": after(20), "locks_on": locks, "note": title(dice)})
}

fn decision(world: &World, dice: &mut Dice) -> Value {
    let labels = if dice.chance(80) { &["a", "b", "c"][..2 + dice.below(2)] } else { &["a"] };
    let clause = |label: &&str| json!({"clause": label, "verb": "agree", "text": "What was resolved."});
    json!({
        "meeting": world.name("meeting", dice), "minute_reference": title(dice), "title": title(dice),
        "clauses": labels.iter().map(clause).collect::<Vec<_>>(), "reasons": title(dice)
    })
}

fn plan(world: &World, dice: &mut Dice) -> Value {
    let promised = dice.chance(85);
    let (intervention, point) =
        (json!({"title": title(dice)}), json!({"quarter": world.quarter(dice), "expected": dice.below(100)}));
    json!({
        "measure": world.name("measure", dice), "title": title(dice), "owner": title(dice), "reason": title(dice),
        "interventions": if promised { json!([intervention]) } else { json!([]) },
        "trajectory": if promised { json!([point]) } else { json!([]) },
        "decision": sometimes(30, world.name("decision", dice), dice)
    })
}

fn issue(world: &World, dice: &mut Dice) -> Value {
    let decision = sometimes(50, world.name("decision", dice), dice);
    json!({
        "framework": world.name("framework", dice), "title": title(dice), "question": title(dice), "raised_by": committee(dice),
        "assigned_to": committee(dice), "measures": [world.name("measure", dice)], "report_wanted_by": day(world, dice),
        "clause": world.name("clause", dice).filter(|_| decision.is_some()), "decision": decision
    })
}

/// A review: one that is there goes on to its next step for the most part.
fn review(framework: Option<String>, year: Option<String>, world: &World, dice: &mut Dice) -> Value {
    let measure = world.name("measure", dice);
    let action = dice.word(&["retain", "retarget", "amend", "retire"]);
    let proposed = match action {
        "retarget" => json!({"target_kind": "at_least", "target_value": 40 + dice.below(20)}),
        "amend" => json!({"title": title(dice)}),
        _ => json!({}),
    };
    let now = world.app.sql().column(&format!(
        "SELECT status FROM annual_target_reviews WHERE framework = '{}' AND year = '{}'",
        framework.unwrap_or_default(),
        year.unwrap_or_default()
    ));
    let next = match now.first().map(String::as_str) {
        Some("open") => "proposals_in",
        Some("proposals_in") => "submitted",
        _ => "open",
    };
    if next != "open" && dice.chance(70) {
        return json!({"status": next});
    }
    json!({
        "status": if dice.chance(85) { next } else { dice.word(&["open", "submitted", "decided", "applied"]) }, "summary": title(dice),
        "proposals": [{"measure": measure, "action": action, "reason": "progress", "rationale": title(dice), "proposed": proposed}]
    })
}

/// Parts of a report that are to be exempt: none, its overview, or all that is said of a measure.
pub fn exempt(world: &World, dice: &mut Dice) -> Value {
    let why = json!({"paragraph": 1 + dice.below(7), "public_interest": title(dice)});
    let part = |fields: Value| {
        let mut part = why.clone();
        fields.as_object().into_iter().flatten().for_each(|(name, value)| part[name] = value.clone());
        part
    };
    json!({"parts": match dice.below(3) {
        0 => vec![],
        1 => vec![part(json!({"part": "overview"}))],
        _ => vec![part(json!({"part": "measure", "measure": world.name("measure", dice)}))],
    }})
}

/// What is decided on a review: all of its proposals, some agreed and some rejected.
pub fn outcomes(key: &[(String, String)], world: &World, dice: &mut Dice) -> Value {
    let (framework, year) = (&key[0].1, &key[1].1);
    let proposed = world.app.sql().column(&format!(
        "SELECT p ->> 'measure' FROM annual_target_reviews, jsonb_array_elements(proposals) AS p \
         WHERE framework = '{framework}' AND year = '{year}' ORDER BY 1"
    ));
    let mut outcome = |measure: &String| json!({"measure": measure, "clause": world.name("clause", dice), "outcome": dice.word(&["agreed", "agreed", "rejected"])});
    let outcomes: Vec<Value> = proposed.iter().map(&mut outcome).collect();
    json!({"decision": world.name("decision", dice), "outcomes": outcomes})
}
