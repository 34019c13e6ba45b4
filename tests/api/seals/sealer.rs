//! The sealer beside writers: late commits, two instances, and one that is killed.

use std::thread;
use std::time::{Duration, Instant};

use performance_framework::audit::seals::sealer;
use serde_json::{Value, json};

use super::{findings, online};
use crate::commands::Process;
use crate::support::audit::{all_sealed, sealed};
use crate::support::db::{Database, Role};
use crate::support::sql::runtime;
use crate::support::{App, Client};

/// How many changes are under seals, and how many different ones.
fn covered(app: &App) -> (usize, usize) {
    let rows = app.sql().rows("SELECT count(s), count(DISTINCT s) FROM change_seals, unnest(sequences) AS s");
    (rows[0][0].parse().unwrap(), rows[0][1].parse().unwrap())
}

#[test]
fn what_is_committed_late_is_sealed_in_its_place() {
    let app = App::with_framework();
    all_sealed(&app);
    let there = app.sql().count("changes");
    let late = app.another_sql();
    late.run(
        "BEGIN; INSERT INTO outcomes (code, framework, title, position, status) VALUES ('LATE', 'F', 'T', 0, 'active')",
    );
    app.outcome("EARLY").create();
    assert_eq!(
        runtime().block_on(sealer::seal_settled(&app.database_url())).unwrap(),
        0,
        "sealed past an open transaction"
    );
    assert_eq!(app.reader().get("audit/seals").call().json()["lag"]["unsealed"], 1);
    late.run("COMMIT");
    sealed(&app, there + 2);
    assert_eq!(covered(&app), (there + 2, there + 2));
    let order = "SELECT resource_key FROM change_seals, unnest(sequences) WITH ORDINALITY AS s (sequence, position) JOIN changes USING \
                 (sequence) WHERE resource = 'outcomes' ORDER BY number, position";
    assert_eq!(app.sql().column(order), ["LATE", "EARLY"]);
    assert_eq!(findings(&online(&app, None)), Vec::<String>::new());
}

#[test]
fn a_seal_covers_what_comes_next_and_nothing_else() {
    let app = App::with_measure();
    all_sealed(&app);
    let last = app.sql().value("SELECT max(number) FROM change_seals");
    let first = app.sql().value("SELECT sequences[1] FROM change_seals WHERE number = 1");
    let bytes = |count: usize| format!("decode(repeat('00', {}), 'hex')", count);
    for (number, sequences) in
        [(last.as_str(), format!("ARRAY[{first}]")), ("0", format!("ARRAY[{first}]")), (&last, "ARRAY[999999]".into())]
    {
        let append = format!("SELECT append_seal({number}, {sequences}::bigint[], {}, {})", bytes(32), bytes(40));
        let refused = app.sql().try_run(&append).unwrap_err();
        assert_eq!(refused.constraint, "change_seals_in_order", "{append}");
    }
}

#[test]
fn writers_go_on_and_nothing_is_lost_while_sealers_are_killed() {
    let database = Database::fresh();
    let url = database.url();
    let settings = [("DATABASE_URL", url.as_str())];
    // The first has the lead; the second waits for it, and serves.
    let (leader, _) = Process::start(&settings);
    let (lasting, base) = Process::start(&settings);
    let editor = Client::new(&base, Some(database.key(Role::Editor)));
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    editor.put("frameworks/F").send(&body).must_be(201);
    thread::scope(|scope| {
        for writer in 0..2 {
            let editor = &editor;
            scope.spawn(move || {
                for step in 0..40 {
                    let outcome = json!({"code": format!("O-{writer}-{step}"), "framework": "F", "title": "T", "position": 1, "status": "active"});
                    editor.post("outcomes").send(&outcome).must_be(201);
                }
            });
        }
        drop(leader);
        for _ in 0..2 {
            drop(Process::start(&settings));
        }
    });
    let reader = Client::new(&base, Some(database.key(Role::Reader)));
    let began = Instant::now();
    let lag = || -> Value { reader.get("audit/seals").call().must_be(200).json()["lag"]["unsealed"].clone() };
    while lag() != 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "{} changes stay unsealed", lag());
        thread::sleep(Duration::from_millis(50));
    }
    drop(lasting);
    let app = App::on(database);
    let changes = app.sql().count("changes");
    assert!(changes >= 81, "{changes}");
    assert_eq!(covered(&app), (changes, changes));
    assert_eq!(findings(&online(&app, None)), Vec::<String>::new());
}
