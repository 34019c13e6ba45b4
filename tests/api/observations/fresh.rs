//! Whether anything is new: entity tags that every write moves, also one of another instance, also one that commits late.

use super::{council, get, retarget, settle};
use crate::support::Client;
use crate::support::app::Service;

fn tag(client: &Client, query: &str) -> String {
    client.get(&format!("observations{query}")).call().must_be(200).header("etag").to_owned()
}

#[test]
fn nothing_new_is_told_in_every_form() {
    let app = council();
    settle(&app);
    for form in ["json", "ndjson", "csv", "parquet", "jsonstat", "ees", "ees_meta", "csvw"] {
        let path = format!("observations?format={form}");
        let tag = tag(&app.reader(), &format!("?format={form}"));
        let again = app.reader().get(&path).header("If-None-Match", &tag).call().must_be(304);
        assert_eq!((again.header("etag"), again.body.len()), (tag.as_str(), 0), "{form}");
        assert_eq!(again.header("cache-control"), "private, no-cache");
        app.reader().get(&path).header("If-None-Match", "W/\"other\"").call().must_be(200);
    }
    assert_ne!(tag(&app.reader(), "?format=json"), tag(&app.reader(), "?format=csv"));
}

/// The answer after a write is never that of before, wherever it was asked.
#[test]
fn a_write_is_seen_at_once_by_every_instance() {
    let app = council();
    let other = Service::start(&app.database_url());
    let there = Client::new(&other.base, Some(app.key(crate::support::Role::Reader)));
    for value in 30..40 {
        settle(&app);
        for client in [&app.reader(), &there] {
            // Asked twice, so that the second comes from memory.
            let (first, second) = (tag(client, ""), tag(client, ""));
            assert_eq!(first, second);
        }
        retarget(&app, value);
        for client in [&app.reader(), &there] {
            let row = client.get("observations?measure=M-1&quarter=2024-25-Q4").call().must_be(200).json()["items"][0]
                .clone();
            assert_eq!(row["target"], value);
        }
    }
}

#[test]
fn a_change_that_commits_late_moves_the_tag() {
    let app = council();
    let (slow, fast) = (app.another_sql(), app.another_sql());
    let asked = || tag(&app.reader(), "");
    let mut seen = vec![asked()];
    slow.run("BEGIN");
    slow.run("UPDATE measures SET title = 'Slow' WHERE code = 'M-1'");
    fast.run("UPDATE measures SET title = 'Fast' WHERE code = 'M-2'");
    seen.push(asked());
    slow.run("COMMIT");
    seen.push(asked());
    fast.run("UPDATE measures SET title = 'Faster' WHERE code = 'M-2'");
    seen.push(asked());
    let mut distinct = seen.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), seen.len(), "{seen:?}");
    assert!(get(&app, "?measure=M-1").must_be(200).text().contains("Slow"));
}

#[test]
fn a_page_from_memory_is_the_page() {
    let app = council();
    settle(&app);
    for query in ["", "?limit=2", "?rag=red&count=true", "?sort=-value"] {
        let (first, second) = (get(&app, query), get(&app, query));
        assert_eq!((first.text(), first.header("link")), (second.text(), second.header("link")), "{query}");
    }
}

/// The date of the newest, once there is one; until its second is over nothing can be asked by it.
fn date(client: &Client, path: &str) -> String {
    loop {
        let answer = client.get(path).call().must_be(200);
        if !answer.header("last-modified").is_empty() {
            return answer.header("last-modified").to_owned();
        }
        std::thread::yield_now();
    }
}

#[test]
fn nothing_new_is_told_by_date_in_every_form() {
    let app = council();
    settle(&app);
    for path in ["observations", "observations?format=csv", "dimensions/measures", "/odata/v1/Observations"] {
        let client = app.reader();
        let date = date(&client, path);
        let asked = |date: &str| client.get(path).header("If-Modified-Since", date);
        let known = asked(&date).call().must_be(304);
        assert_eq!((known.header("last-modified"), known.body.len()), (date.as_str(), 0), "{path}");
        // A tag goes before.
        asked(&date).header("If-None-Match", "W/\"other\"").call().must_be(200);
        asked("Thu, 01 Jan 1970 00:00:00 GMT").header("If-None-Match", "*").call().must_be(304);
        // Another date tells nothing, nor does what is none.
        for other in ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2100 00:00:00 GMT", "yesterday", ""] {
            asked(other).call().must_be(200);
        }
    }
}

/// However many writes fall within a second, and however late one commits that began before: never a wrong `304`.
#[test]
fn no_write_is_missed_by_date() {
    let app = council();
    let (slow, fast) = (app.another_sql(), app.another_sql());
    let client = app.reader();
    for round in 0..3 {
        slow.run("BEGIN");
        slow.run(&format!("UPDATE measures SET title = 'Slow {round}' WHERE code = 'M-1'"));
        fast.run(&format!("UPDATE measures SET title = 'Fast {round}' WHERE code = 'M-2'"));
        let date = date(&client, "observations");
        client.get("observations").header("If-Modified-Since", &date).call().must_be(304);
        slow.run("COMMIT");
        client.get("observations").header("If-Modified-Since", &date).call().must_be(200);
        for write in 0..20 {
            let before = client.get("observations").call().must_be(200);
            fast.run(&format!("UPDATE measures SET title = 'Fast {round} {write}' WHERE code = 'M-2'"));
            let date = before.header("last-modified");
            client.get("observations").header("If-Modified-Since", date).call().must_be(200);
        }
    }
}

/// A date does not say how far its caller reached, as a tag does.
#[test]
fn a_date_is_nothing_to_another_reach() {
    let app = council();
    let limited = super::who::caller(&app, serde_json::json!({"role": "provider", "measure": "M-2"}));
    settle(&app);
    let date = date(&app.reader(), "observations");
    let told = limited.get("observations").header("If-Modified-Since", &date).call().must_be(200);
    assert_eq!(told.header("last-modified"), "");
}

/// Rows that are shown again have their old date again.
#[test]
fn members_and_the_public_are_told_a_date_that_cannot_be_asked_by() {
    let app = council();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor()
        .patch("frameworks/F")
        .send(&serde_json::json!({"status": "adopted", "adopted_by": "D-1"}))
        .must_be(200);
    app.officer().post("quarterly-submissions/M-1/2024-25-Q2/publish").call().must_be(200);
    let public = super::who::caller(&app, serde_json::json!({"role": "public"}));
    let date = date(&public, "observations");
    public.get("observations").header("If-Modified-Since", &date).call().must_be(200);
}
