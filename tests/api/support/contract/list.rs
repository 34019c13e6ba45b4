//! `GET` of a collection: pages that stay right while rows come and go.

use serde_json::Value;

use super::Sample;
use crate::support::Answer;

fn keys(sample: &Sample<'_>, page: &Value) -> Vec<Vec<String>> {
    let items = page["items"].as_array().expect("a page has items");
    let key = |item: &Value| {
        sample.keys.iter().map(|key| item[key].as_str().expect("a key is text").to_owned()).collect::<Vec<_>>()
    };
    items.iter().map(key).collect()
}

fn list(sample: &Sample<'_>, query: &str) -> Answer {
    sample.reader().get(&format!("{}?{query}", sample.collection)).call()
}

/// The address of the next page, which the `Link` header gives as well.
fn next(page: &Answer) -> String {
    let next = page.json()["next"].as_str().unwrap_or_else(|| panic!("no next page: {page}")).to_owned();
    assert_eq!(page.header("link"), format!("<{next}>; rel=\"next\""));
    next
}

fn expected(sample: &Sample<'_>, numbers: &[usize]) -> Vec<Vec<String>> {
    numbers.iter().map(|n| (sample.nth)(*n)).collect()
}

/// Walks pages of two while rows are made before and behind: no row twice, none left out.
pub fn pages_stay_right_while_rows_come(sample: &Sample<'_>) {
    [1, 3, 5, 7, 9].into_iter().for_each(|n| drop(sample.make(n)));
    let first = list(sample, "limit=2&count=true").must_be(200);
    assert_eq!(keys(sample, &first.json()), expected(sample, &[1, 3]));
    assert_eq!(first.json()["total"], 5);
    sample.make(2);
    sample.make(4);
    let second = sample.reader().follow(&next(&first)).call().must_be(200);
    assert_eq!(keys(sample, &second.json()), expected(sample, &[4, 5]));
    assert_eq!(second.json()["total"], 7);
    sample.writer().delete(&sample.path(5)).call().must_be(204);
    let third = sample.reader().follow(&next(&second)).call().must_be(200);
    assert_eq!(keys(sample, &third.json()), expected(sample, &[7, 9]));
    assert_eq!((&third.json()["next"], third.header("link")), (&Value::Null, ""));
}

/// Sorts by key and by last change, both ways; each order has cursors of its own.
pub fn sorts_and_keeps_cursors_apart(sample: &Sample<'_>) {
    [1, 2, 3].into_iter().for_each(|n| drop(sample.make(n)));
    let (field, value) = &sample.change;
    sample.writer().put(&sample.path(1)).send(&sample.with(field, value)).must_be(200);
    for (sort, order) in
        [("key", [1, 2, 3]), ("-key", [3, 2, 1]), ("updated_at", [2, 3, 1]), ("-updated_at", [1, 3, 2])]
    {
        let all = list(sample, &format!("sort={sort}")).must_be(200);
        assert_eq!(keys(sample, &all.json()), expected(sample, &order), "{sort}");
        let first = list(sample, &format!("sort={sort}&limit=1")).must_be(200);
        let second = sample.reader().follow(&next(&first)).call().must_be(200);
        assert_eq!(keys(sample, &second.json()), expected(sample, &order[1..2]), "{sort}");
        let cursor = next(&first).rsplit_once("cursor=").expect("a cursor").1.to_owned();
        let other = if sort == "key" { "-key" } else { "key" };
        list(sample, &format!("sort={other}&cursor={cursor}")).problem(400, "invalid_cursor");
    }
}

/// Refuses what it does not know, and says what it knows.
pub fn refuses_wrong_queries(sample: &Sample<'_>) {
    for limit in ["0", "1001", "-1", "many", "1.5", ""] {
        list(sample, &format!("limit={limit}")).problem(400, "invalid_parameter").says("limit");
    }
    for limit in ["1", "1000"] {
        list(sample, &format!("limit={limit}")).must_be(200);
    }
    let unknown = list(sample, "colour=red").problem(400, "unknown_parameter").says("colour");
    ["limit", "cursor", "sort", "count"]
        .into_iter()
        .fold(unknown, |problem, known| problem.says(&format!("`{known}`")));
    list(sample, "sort=colour").problem(400, "invalid_parameter").says("sort");
    list(sample, "count=perhaps").problem(400, "invalid_parameter").says("count");
    for cursor in ["x", "AAAA", "bm90IGpzb24", "WyJrZXkiLFtdXQ", "WyJrZXkiLFsiXHUwMDAwIl1d"] {
        list(sample, &format!("cursor={cursor}")).problem(400, "invalid_cursor");
    }
    // Whole cursors, but of values that no row can have.
    for cursor in ["WyJ1cGRhdGVkX2F0IixbIngiLCJBIl1d", "WyJ1cGRhdGVkX2F0IixbIjAwMDAtMDEtMDFUMDA6MDA6MDBaIiwiQSJdXQ"] {
        list(sample, &format!("sort=updated_at&cursor={cursor}")).problem(400, "invalid_cursor");
    }
    let total = list(sample, "").must_be(200).json();
    assert_eq!((total.get("total"), &total["items"]), (None, &Value::Array(Vec::new())));
}

/// Shows only what the filters let through, with every filter on its own.
pub fn filters(sample: &Sample<'_>, cases: &[(&str, &[&str])]) {
    for (query, wanted) in cases {
        let page = list(sample, &format!("{query}&count=true")).must_be(200).json();
        let found: Vec<String> = keys(sample, &page).iter().map(|key| key.join("/")).collect();
        assert_eq!(&found, wanted, "{query}");
        assert_eq!(page["total"].as_u64(), Some(wanted.len() as u64), "{query}");
    }
}
