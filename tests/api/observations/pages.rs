//! Order and pages: whatever the order, each row comes once, also where many have the same value or none.

use std::collections::BTreeSet;

use super::{council, get, items, keys};

#[test]
fn each_row_comes_once_in_every_order() {
    let app = council();
    let all: BTreeSet<String> = keys(&items(&app, "")).into_iter().collect();
    for sort in [
        "",
        "key",
        "-key",
        "value",
        "-value",
        "rag",
        "-rag",
        "updated_at",
        "-updated_at",
        "value_symbol,-quarter",
        "-narrative_challenges",
        "-direction_short,value",
        "quarter,-value",
        "sequence",
        "-data_period_start",
        "target",
    ] {
        let whole = keys(&items(&app, &format!("?sort={sort}")));
        assert_eq!(whole.iter().cloned().collect::<BTreeSet<_>>(), all, "{sort}");
        for limit in [1, 3] {
            assert_eq!(keys(&items(&app, &format!("?sort={sort}&limit={limit}"))), whole, "{sort} by {limit}");
        }
    }
    let values = |sort: &str| -> Vec<Option<f64>> {
        items(&app, &format!("?sort={sort}")).iter().map(|row| row["value"].as_f64()).collect()
    };
    let up = values("value");
    assert!(up.windows(2).all(|pair| pair[1].is_none() || pair[0] <= pair[1]) && up.last() == Some(&None), "{up:?}");
    assert_eq!(values("-value")[0], None, "what is missing stands first where the greatest does");
}

#[test]
fn a_cursor_belongs_to_its_order() {
    let app = council();
    let next = get(&app, "?limit=1").must_be(200).json()["next"].as_str().unwrap().to_owned();
    let link = get(&app, "?limit=1").header("link").to_owned();
    assert_eq!(link, format!("<{next}>; rel=\"next\""));
    let cursor = next.split("cursor=").nth(1).unwrap();
    get(&app, &format!("?limit=1&sort=value&cursor={cursor}")).must_be(400);
    get(&app, &format!("?limit=1&cursor={cursor}")).must_be(200);
}
