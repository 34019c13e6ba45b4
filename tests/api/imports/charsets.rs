//! How files write characters.

use serde_json::json;

use super::{app, many, outcomes, send_csv};

const FILE: &str = "measure,quarter,data_period,value,quality_note\nM-1,2024-25-Q1,2024-25-Q1,1,Café – “so”\n";

fn note(app: &crate::support::App) -> String {
    app.sql().value("SELECT quality_note FROM quarterly_submissions")
}

#[test]
fn utf_8_is_taken_with_and_without_its_mark() {
    for content in [FILE.to_owned(), format!("\u{feff}{FILE}"), FILE.replace('\n', "\r\n")] {
        let app = app();
        let answer = send_csv(&app, "", content).must_be(200);
        assert_eq!((answer.json()["charset"].as_str(), outcomes(&answer)), (Some("utf-8"), vec!["created".to_owned()]));
        assert_eq!(note(&app), "Café – “so”");
    }
}

#[test]
fn windows_1252_is_found_out_and_said() {
    let app = app();
    let bytes: Vec<u8> = FILE
        .chars()
        .map(|character| match character {
            'é' => 0xe9,
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    let answer = send_csv(&app, "", bytes).must_be(200);
    assert_eq!(answer.json()["charset"], "windows-1252");
    assert!(answer.json()["notes"][0].as_str().unwrap().contains("Windows-1252"));
    assert_eq!(note(&app), "Café – “so”");
}

#[test]
fn utf_8_with_other_bytes_in_it_is_refused_and_not_spoilt() {
    let app = app();
    let refused = |content: &[u8], line: &str| {
        let refused = app.storing_nothing(|| send_csv(&app, "", content));
        refused.problem(422, "import_unreadable").only_fault("", "wrong_charset").says(line);
    };
    let broken = [FILE.as_bytes(), &b"M-2,2024-25-Q1,2024-25-Q1,1,Caf\xe9\n"[..]].concat();
    // With the mark one such byte is enough; without it the characters outnumber the byte.
    refused(b"\xef\xbb\xbfmeasure,quarter,data_period,quality_note\nM-1,2024-25-Q1,2024-25-Q1,Caf\xe9\n", "line 2");
    refused(&[&b"\xef\xbb\xbf"[..], broken.as_slice()].concat(), "line 3");
    refused(&broken, "line 3");
    // So it is of a content that is too large to be answered for at once.
    let rows = |n: usize| "M-1,2024-25-Q1,2024-25-Q1,1,Caf\u{e9}\n".repeat(n);
    let head = "measure,quarter,data_period,value,quality_note\n";
    let large = [head.as_bytes(), rows(300_000).as_bytes(), &b"M-2,2024-25-Q1,2024-25-Q1,1,Caf\xe9\n"[..]].concat();
    assert!(large.len() > performance_framework::bulk::BYTES_AT_ONCE);
    refused(&large, "line 300002");
}

#[test]
fn utf_16_and_json_that_is_not_utf_8_are_refused() {
    let app = app();
    let wide: Vec<u8> = FILE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for content in [wide.clone(), [&[0xff, 0xfe][..], &wide].concat()] {
        app.storing_nothing(|| send_csv(&app, "", content))
            .problem(422, "import_unreadable")
            .only_fault("", "wrong_charset");
    }
    let post = || app.provider().post("imports").raw("application/json", &b"[{\"measure\": \"Caf\xe9\"}]"[..]);
    app.storing_nothing(post).problem(422, "import_unreadable").only_fault("", "wrong_charset");
}

#[test]
fn json_that_is_larger_than_what_is_answered_for_at_once_is_utf_8_wherever_it_is_cut() {
    let app = app();
    let note = "𝄞".repeat(2000);
    let rows: Vec<_> = many(1100)
        .into_iter()
        .map(|mut row| {
            row["quality_note"] = json!(note);
            row
        })
        .collect();
    for shift in 0..4 {
        // The more so where characters begin at other bytes.
        let content = format!("{}{}", " ".repeat(shift), json!(rows));
        let accepted = app.provider().post("imports?dry_run=true").raw("application/json", content).must_be(202);
        assert_eq!(accepted.json()["charset"], "utf-8");
    }
}
