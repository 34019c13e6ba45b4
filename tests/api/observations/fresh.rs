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
