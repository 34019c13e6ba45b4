//! Who writes a figure that an import holds is told so, and when to come again.

use std::thread;
use std::time::Duration;

use serde_json::json;

use super::jobs::{post, read, ten, work};
use super::{many, row, stored};
use crate::support::App;
use crate::support::client::Answer;

/// Holds up every new figure of a quarter until the table `go` has a row, as if an import were very large.
fn hold_up(app: &App, quarter: &str) {
    app.sql().run(&format!(
        "CREATE TABLE go (it boolean); CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN \
         WHILE NEW.quarter = '{quarter}' AND NOT EXISTS (SELECT FROM go) LOOP PERFORM pg_sleep(0.02); END LOOP; RETURN NEW; END $$; \
         CREATE TRIGGER hold_up BEFORE INSERT ON quarterly_submissions FOR EACH ROW EXECUTE FUNCTION hold_up()"
    ));
}

fn must_be_held(answer: &Answer) {
    answer.problem(503, "record_held").says("import").says("Nothing of this request was stored");
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 2), "{answer}");
}

#[test]
fn who_writes_what_an_import_holds_is_told_to_come_again() {
    let app = ten();
    app.submission("M-1", "1999-00-Q1").set("value", 50).create();
    hold_up(&app, "2000-01-Q1");
    post(&app, "", &many(1100)).must_be(202);
    let figure = json!({"data_period": "1999-00-Q2", "value": 50});
    let other = json!([row("M-1", "1999-00-Q3", 50)]);
    thread::scope(|scope| {
        let job = scope.spawn(|| work(&app));
        let turns = "pg_locks WHERE locktype = 'advisory' AND classid = 20563 AND granted AND mode = 'ExclusiveLock' AND database = \
                     (SELECT oid FROM pg_database WHERE datname = current_database())";
        while app.sql().count(turns) == 0 {
            thread::sleep(Duration::from_millis(20));
        }
        // A single push, a step of a figure and another import, at the same time: each waits as long as a lock is waited for.
        let push = scope.spawn(|| app.provider().put("quarterly-submissions/M-1/1999-00-Q2").send(&figure));
        let step = scope.spawn(|| app.provider().post("quarterly-submissions/M-1/1999-00-Q1/submit").call());
        let import = scope.spawn(|| app.provider().post("imports").send(&other));
        for answer in [push, step, import] {
            must_be_held(&answer.join().unwrap());
        }
        assert_eq!(read(&app, 1)["state"], "working");
        app.sql().run("INSERT INTO go VALUES (true)");
        assert_eq!(job.join().unwrap(), 1);
        app.provider().put("quarterly-submissions/M-1/1999-00-Q2").send(&figure).must_be(201);
        app.provider().post("imports").send(&other).must_be(200);
    });
    assert_eq!(
        (&read(&app, 1)["counts"]["stored"], stored(&app, "M-1", "1999-00-Q3")),
        (&json!(1100), "1 draft 50".into())
    );
}
