//! Whether anything is new: entity tags and answers from memory, as in the feed.

use serde_json::json;

use super::{council, get};
use crate::observations::settle;
use crate::support::Answer;

const ADDRESSES: &[&str] = &[
    "Observations",
    "Observations?$filter=rag%20eq%20'red'",
    "Observations?$orderby=value%20desc&$top=2&$count=true",
    "Observations/$count",
    "Observations(measure='M-1',quarter='2024-25-Q2',dimension='total',category='total')",
    "Measures",
    "Measures/$count",
    "Measures('M-1')",
];

#[test]
fn who_has_it_already_is_told_so() {
    let app = council();
    settle(&app);
    for address in ADDRESSES {
        let first = get(&app, address).must_be(200);
        assert_eq!(first.header("cache-control"), "private, no-cache", "{address}");
        assert_eq!(first.header("vary").split(", ").take(3).collect::<Vec<_>>(), ["Accept", "Authorization", "Prefer"]);
        let again = app.reader().get(&format!("/odata/v1/{address}")).header("If-None-Match", first.header("etag"));
        let again = again.call().must_be(304);
        assert_eq!((again.header("etag"), again.body.len()), (first.header("etag"), 0), "{address}");
        assert_eq!(again.header("odata-version"), "4.0");
        // The second comes from memory.
        assert_eq!(get(&app, address).must_be(200).body, first.body, "{address}");
    }
}

#[test]
fn each_form_and_size_is_another_answer() {
    let app = council();
    settle(&app);
    let ask = |name: &str, value: &str| app.reader().get("/odata/v1/Observations").header(name, value).call();
    let asked: Vec<Answer> = [
        ("Accept", "application/json"),
        ("Accept", "application/json;odata.metadata=none"),
        ("Accept", "application/json;odata.metadata=none;IEEE754Compatible=true"),
        ("Prefer", "odata.maxpagesize=2"),
        ("Prefer", "odata.maxpagesize=3"),
    ]
    .map(|(name, value)| ask(name, value).must_be(200))
    .into();
    for (at, one) in asked.iter().enumerate() {
        for other in &asked[..at] {
            assert_ne!(one.header("etag"), other.header("etag"));
            assert_ne!(one.body, other.body);
        }
    }
}

#[test]
fn a_write_is_seen_at_once() {
    let app = council();
    for value in [41, 42, 43] {
        settle(&app);
        let before: Vec<Answer> = ADDRESSES.iter().map(|address| get(&app, address).must_be(200)).collect();
        app.editor().patch("targets/M-1/2024-25").send(&json!({"value": value})).must_be(200);
        for (address, before) in ADDRESSES.iter().zip(before) {
            assert_ne!(get(&app, address).must_be(200).header("etag"), before.header("etag"), "{address}");
        }
        let row = get(&app, "Observations?$filter=quarter%20eq%20'2024-25-Q4'").must_be(200).json()["value"][0].take();
        assert_eq!(row["target"], value);
    }
}
