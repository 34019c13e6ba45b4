//! Tampering by somebody whom nothing stops: a superuser, past every trigger. Each is found and located, online and offline.

use std::io::Cursor;

use performance_framework::audit::seals::chain::Head;
use performance_framework::audit::seals::export;
use serde_json::json;

use super::{exported, findings, online};
use crate::support::App;
use crate::support::audit::all_sealed;

/// A log of three seals, all constraints and triggers out of the way, with a copy to put it right by.
fn laid_bare() -> App {
    let app = App::with_measure();
    all_sealed(&app);
    for step in 1..=2 {
        for title in ["One", "Two", "Three"] {
            let body = json!({"title": format!("{title} {step}"), "committee": "Children"});
            app.editor().patch("frameworks/F").send(&body).must_be(200);
        }
        all_sealed(&app);
    }
    app.sql().run(
        "SET session_replication_role = replica; ALTER TABLE changes ALTER sequence DROP IDENTITY, DROP CONSTRAINT changes_before_and_after, \
         DROP CONSTRAINT changes_action_known; ALTER TABLE change_seals DROP CONSTRAINT change_seals_hash_true, \
         DROP CONSTRAINT change_seals_whole; CREATE TABLE kept AS TABLE changes; CREATE TABLE kept_seals AS TABLE change_seals",
    );
    app
}

/// What is found after this was done to the log; it is put right again.
fn found_after(app: &App, tampering: &str) -> Vec<String> {
    app.sql().run(tampering);
    let found = findings(&online(app, None));
    let file = exported(app);
    let offline = export::verify(Cursor::new(&file), None).unwrap();
    assert_eq!(findings(&offline), found, "offline, after {tampering}");
    app.sql().run(
        "DELETE FROM changes; INSERT INTO changes TABLE kept; DELETE FROM change_seals; INSERT INTO change_seals TABLE kept_seals",
    );
    found
}

/// An updated row that is neither first nor last under its seal, the one after it, and their seal.
fn target(app: &App) -> (String, String, String) {
    let row = app.sql().rows(
        "SELECT sequences[cardinality(sequences) - 1], sequences[cardinality(sequences)], number FROM change_seals \
         WHERE cardinality(sequences) > 2 ORDER BY number DESC LIMIT 1",
    );
    assert_eq!(row.len(), 1, "no seal covers three changes");
    (row[0][0].clone(), row[0][1].clone(), row[0][2].clone())
}

#[test]
fn an_untouched_log_is_told_so() {
    let app = laid_bare();
    let verdict = online(&app, None);
    assert_eq!(findings(&verdict), Vec::<String>::new());
    assert_eq!(verdict.changes, app.sql().count("changes"));
    assert_eq!(verdict.head.number.to_string(), app.sql().value("SELECT max(number) FROM change_seals"));
    assert_eq!(export::verify(Cursor::new(exported(&app)), Some(verdict.head)).unwrap().changes, verdict.changes);
}

#[test]
fn an_altered_byte_is_found_in_whatever_field() {
    let app = laid_bare();
    let (change, _, seal) = target(&app);
    for (field, altered) in [
        ("action", "'created'"),
        ("actor", "actor + 1"),
        ("after", "jsonb_set(after, '{title}', '\"x\"')"),
        ("before", "before - 'title'"),
        ("changed_at", "changed_at + interval '1 microsecond'"),
        ("request_id", "NULL"),
        ("resource", "'outcomes'"),
        ("resource_key", "'G'"),
    ] {
        let found = found_after(&app, &format!("UPDATE changes SET {field} = {altered} WHERE sequence = {change}"));
        assert_eq!(found, [format!("seal {seal}, change {change}: altered ({field})")]);
    }
    let found = found_after(
        &app,
        &format!("UPDATE changes SET transaction_number = transaction_number - 1 WHERE sequence = {change}"),
    );
    assert!(found.contains(&format!("seal {seal}, change {change}: altered (transaction_number)")), "{found:?}");
    let found = found_after(&app, &format!("UPDATE changes SET sequence = -7 WHERE sequence = {change}"));
    assert_eq!(found, [format!("seal {seal}, change -7: inserted"), format!("seal {seal}, change {change}: missing")]);
}

#[test]
fn rows_deleted_inserted_or_swapped_are_found() {
    let app = laid_bare();
    let (one, other, seal) = target(&app);
    let found = found_after(&app, &format!("DELETE FROM changes WHERE sequence = {one}"));
    assert_eq!(found, [format!("seal {seal}, change {one}: missing")]);
    let found = found_after(
        &app,
        &format!(
            "INSERT INTO changes SELECT (jsonb_populate_record(c, '{{\"sequence\": -5}}')).* FROM changes c WHERE sequence = {one}"
        ),
    );
    assert_eq!(found, [format!("seal {seal}, change -5: inserted")]);
    let content = "changed_at, actor, request_id, resource, resource_key, action, before, after";
    let found = found_after(
        &app,
        &format!(
            "UPDATE changes c SET ({content}) = (SELECT {content} FROM kept WHERE sequence = {one} + {other} - c.sequence) \
             WHERE sequence IN ({one}, {other})"
        ),
    );
    let swapped =
        |one: &str, other: &str| format!("seal {seal}, change {one}: out of order (it says what change {other} said)");
    assert_eq!(found, [swapped(&one, &other), swapped(&other, &one)]);
}

#[test]
fn an_altered_seal_is_found_whatever_was_altered() {
    let app = laid_bare();
    for (column, altered) in [
        ("hash", "sha256(hash)"),
        ("previous_hash", "sha256(hash)"),
        ("sealed_at", "sealed_at + interval '1 microsecond'"),
        ("change_count", "change_count + 1"),
        ("last_transaction", "last_transaction + 1"),
        ("sequences", "sequences[2:] || sequences[1]"),
        ("row_hashes", "set_bit(row_hashes, 8, 1 - get_bit(row_hashes, 8))"),
        ("field_marks", "set_bit(field_marks, 8, 1 - get_bit(field_marks, 8))"),
    ] {
        let found = found_after(&app, &format!("UPDATE change_seals SET {column} = {altered} WHERE number = 2"));
        let expected = "seal 2: altered (its hash is not that of what it says)".to_owned();
        assert!(found.contains(&expected), "{column}: {found:?}");
    }
    // Made to fit itself again, it no longer fits the next.
    let found = found_after(
        &app,
        "UPDATE change_seals SET sealed_at = '2020-01-01', hash = seal_hash(number, previous_hash, '2020-01-01', last_transaction, \
         sequences, row_hashes, field_marks) WHERE number = 2",
    );
    assert_eq!(found, ["seal 3: altered (it does not continue the seal before)"]);
    let found = found_after(&app, "DELETE FROM change_seals WHERE number = 1");
    assert!(found.contains(&"seal 1: missing".to_owned()), "{found:?}");
}

#[test]
fn a_tail_made_anew_is_found_by_a_noted_head() {
    let app = laid_bare();
    let noted: Head = online(&app, None).head;
    let cut = "DELETE FROM change_seals WHERE number = (SELECT max(number) FROM change_seals); DELETE FROM changes WHERE (transaction_number, \
               sequence) > (SELECT last_transaction, last_sequence FROM change_seals ORDER BY number DESC LIMIT 1)";
    app.sql().run(cut);
    app.sql().run("ALTER TABLE changes ALTER sequence ADD GENERATED ALWAYS AS IDENTITY (START 100000)");
    assert_eq!(findings(&online(&app, None)), Vec::<String>::new());
    let found = findings(&online(&app, Some(noted.clone())));
    assert_eq!(
        found,
        [format!("seal {}: missing (it was noted, but the chain ends with seal {})", noted.number, noted.number - 1)]
    );
    app.editor().patch("frameworks/F").send(&json!({"title": "Another past"})).must_be(200);
    all_sealed(&app);
    assert_eq!(findings(&online(&app, None)), Vec::<String>::new());
    let found = findings(&online(&app, Some(noted.clone())));
    assert!(found[0].starts_with(&format!("seal {}: altered (its hash was noted as ", noted.number)), "{found:?}");
}

#[test]
fn no_byte_of_an_export_can_be_altered() {
    let app = App::with_measure();
    all_sealed(&app);
    let file = exported(&app);
    assert!(file.len() > 2000);
    for place in (0..file.len()).step_by(17) {
        let mut altered = file.clone();
        altered[place] ^= 1;
        let passed = export::verify(Cursor::new(&altered), None).is_ok_and(|verdict| verdict.findings.is_empty());
        assert!(!passed, "byte {place} of {}", String::from_utf8_lossy(&file));
    }
    for length in [0, file.len() / 2, file.len() - 200] {
        assert!(export::verify(Cursor::new(&file[..length]), None).is_err(), "cut off after {length} bytes");
    }
}

/// One line can be written in many ways that one reader takes for the same and another does not.
#[test]
fn a_line_of_an_export_that_is_written_otherwise_is_found() {
    let app = App::with_measure();
    all_sealed(&app);
    let file = String::from_utf8(exported(&app)).unwrap();
    assert!(export::verify(Cursor::new(file.as_bytes()), None).is_ok());
    let seal = file.lines().find(|line| line.starts_with("{\"seal\"")).unwrap();
    let hexadecimal = |digit: char| digit.is_ascii_hexdigit() && digit.is_ascii_alphabetic();
    let hash = &seal[seal.find("hash\":\"").unwrap() + 7..][..64];
    let digit = hash.find(hexadecimal).unwrap();
    let upper = format!("{}{}{}", &hash[..digit], hash[digit..=digit].to_uppercase(), &hash[digit + 1..]);
    for (what, altered) in [
        ("a digit in capitals", file.replacen(hash, &upper, 1)),
        ("a space", file.replacen("{\"change\":", "{\"change\": ", 1)),
        ("an escape", file.replacen("frameworks", "framework\\u0073", 1)),
        ("a name twice", file.replacen("\"actor\":", "\"actor\":99,\"actor\":", 1)),
        ("another end of line", file.replacen('\n', "\r\n", 1)),
        ("a name of nobody", file.replacen("\"name\":\"admin\",\"number\":8,", "\"name\":\"admin\",\"number\":9,", 1)),
    ] {
        assert_ne!(altered, file, "{what}");
        assert!(export::verify(Cursor::new(altered.as_bytes()), None).is_err(), "{what} passes");
    }
}
