//! `performance-framework audit`: what it prints, and its exit codes.

use std::fs;

use crate::commands::run;
use crate::support::audit::all_sealed;
use crate::support::{App, cluster};

#[test]
fn the_log_is_verified_exported_and_verified_again_without_a_database() {
    let app = App::with_measure();
    let folder = cluster::folder("-exported");
    let file = folder.join("log.ndjson").to_str().unwrap().to_owned();
    let url = app.database_url();
    let settings = [("DATABASE_URL", url.as_str())];
    assert_eq!(run(&settings, &["audit", "head"]).1, "no change is sealed yet\n");
    all_sealed(&app);
    let (code, head, log) = run(&settings, &["audit", "head"]);
    assert_eq!(code, Some(0), "{log}");
    let (number, hash) = head.trim().split_once(' ').unwrap();
    let (code, printed, log) = run(&settings, &["audit", "verify", "--until-seal", number, "--hash", hash]);
    assert_eq!(code, Some(0), "{printed}{log}");
    assert!(printed.contains("are as they were sealed") && printed.ends_with(&format!("head: {head}")), "{printed}");
    assert_eq!(run(&settings, &["audit", "export", &file]).0, Some(0));
    assert_eq!(run(&settings, &["audit", "export", &file]).0, Some(1), "an export never overwrites a file");
    let offline = ["audit", "verify", "--file", &file, "--until-seal", number, "--hash", hash];
    let (code, again, log) = run(&[], &offline);
    assert_eq!(code, Some(0), "{log}");
    let online: Vec<&str> =
        printed.lines().filter(|line| !line.ends_with(" tables are as the log left them")).collect();
    assert_eq!(online.len() + 1, printed.lines().count(), "{printed}");
    assert_eq!(again.lines().collect::<Vec<_>>(), online, "without a database there are no tables to compare");

    let other = "0".repeat(64);
    let (code, printed, _) = run(&[], &["audit", "verify", "--file", &file, "--until-seal", number, "--hash", &other]);
    assert_eq!(code, Some(1));
    assert!(printed.contains("its hash was noted as 0000"), "{printed}");
    for wrong in [
        &["--until-seal", "1"][..],
        &["--hash", &other],
        &["--until-seal", "0", "--hash", &other],
        &["--until-seal", "1", "--hash", "ab"],
    ] {
        assert_eq!(run(&[], &[&["audit", "verify", "--file", &file], wrong].concat()).0, Some(2), "{wrong:?}");
    }

    app.sql().run("SET session_replication_role = replica; UPDATE changes SET actor = 0 WHERE sequence = (SELECT min(sequence) FROM changes)");
    let (code, printed, log) = run(&settings, &["audit", "verify"]);
    assert_eq!(code, Some(1));
    assert!(
        printed.contains(": altered (actor)") && log.contains("1 differences from what was sealed"),
        "{printed}{log}"
    );
    fs::remove_dir_all(folder).unwrap();
}
