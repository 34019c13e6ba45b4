//! Pages: previews, paging by the client, by the server, and counts.

use serde_json::Value;

use super::{council, entities, get, query, rows};
use crate::support::App;
use crate::support::app::PUBLIC_URL;

fn page(app: &App, address: &str, size: usize) -> Value {
    let request =
        app.reader().get(&format!("/odata/v1/{address}")).header("Prefer", &format!("odata.maxpagesize={size}"));
    request.call().must_be(200).json()
}

#[test]
fn following_links_gives_every_row_once_in_any_order() {
    let app = council();
    let whole = rows(&entities(&app, "Observations"));
    for order in ["", "value", "value desc", "rag,value desc", "value_symbol desc,quarter", "category desc,rag"] {
        let wanted = rows(&entities(&app, &format!("Observations?{}", query(&[("$orderby", order)]))));
        for size in [1, 2, 3, 7, 8, 9] {
            let mut found = Vec::new();
            let mut answer =
                page(&app, &format!("Observations?{}", query(&[("$orderby", order), ("$count", "true")])), size);
            assert_eq!(answer["@odata.count"], 8);
            loop {
                found.extend(rows(answer["value"].as_array().unwrap()));
                let Some(next) = answer["@odata.nextLink"].as_str() else { break };
                assert!(next.starts_with(&format!("{PUBLIC_URL}/odata/v1/Observations?")), "{next}");
                assert!(next.contains("$skiptoken="), "{next}");
                answer = page(&app, &next[PUBLIC_URL.len() + "/odata/v1/".len()..], size);
            }
            assert_eq!(found, wanted, "{order} by {size}");
        }
        let mut sorted = wanted;
        sorted.sort();
        assert_eq!(sorted, {
            let mut all = whole.clone();
            all.sort();
            all
        });
    }
}

#[test]
fn a_client_pages_by_itself() {
    let app = council();
    let whole = rows(&entities(&app, "Observations"));
    for size in [1, 3, 500] {
        let mut found = Vec::new();
        loop {
            let answer = get(&app, &format!("Observations?$top={size}&$skip={}", found.len())).must_be(200).json();
            assert!(answer["@odata.nextLink"].is_null(), "what was asked for was given: {answer}");
            let got = rows(answer["value"].as_array().unwrap());
            let last = got.len() < size;
            found.extend(got);
            if last {
                break;
            }
        }
        assert_eq!(found, whole, "{size}");
    }
    for (options, wanted) in [
        ("$top=500&$skip=0", 8),
        ("$top=1000", 8),
        ("$top=0", 0),
        ("$skip=7", 1),
        ("$skip=100", 0),
        ("%24top=2&%24skip=6", 2),
    ] {
        let answer = get(&app, &format!("Observations?{options}")).must_be(200).json();
        assert_eq!(answer["value"].as_array().unwrap().len(), wanted, "{options}");
    }
}

#[test]
fn rows_are_passed_over_in_any_order() {
    let app = council();
    for order in ["value desc", "rag,value", "direction_short desc"] {
        let ordered = query(&[("$orderby", order)]);
        let all = rows(&entities(&app, &format!("Observations?{ordered}")));
        let some = get(&app, &format!("Observations?{ordered}&$skip=3&$top=4")).must_be(200).json();
        assert_eq!(rows(some["value"].as_array().unwrap()), all[3..7], "{order}");
    }
    get(&app, "Observations?$orderby=rag&$skip=10001").problem(400, "invalid_parameter").says("`$skip`");
}

#[test]
fn a_greater_top_than_a_page_goes_on_and_ends() {
    let app = council();
    let mut found = Vec::new();
    let mut answer = page(&app, "Observations?$top=5&$skip=1", 2);
    loop {
        found.extend(rows(answer["value"].as_array().unwrap()));
        let Some(next) = answer["@odata.nextLink"].as_str() else { break };
        answer = page(&app, &next[PUBLIC_URL.len() + "/odata/v1/".len()..], 2);
    }
    assert_eq!(found, rows(&entities(&app, "Observations"))[1..6]);
}

#[test]
fn counts_are_numbers_alone() {
    let app = council();
    for (address, wanted) in [
        ("Observations/$count", "8"),
        ("Observations/%24count", "8"),
        ("Observations/$count?$filter=rag%20eq%20'red'", "1"),
        ("Observations/$count?$filter=value%20gt%2050", "3"),
        ("Observations/$count?$top=1&$skip=2&$orderby=value%20desc", "8"),
    ] {
        let answer = get(&app, address).must_be(200);
        assert_eq!(
            (answer.text().as_str(), answer.header("content-type")),
            (wanted, "text/plain; charset=utf-8"),
            "{address}"
        );
    }
    let preview = get(&app, "Observations?$count=true&$top=1&$filter=value%20gt%2050").must_be(200).json();
    assert_eq!(preview["@odata.count"], 3);
    assert!(get(&app, "Observations?$top=1").json()["@odata.count"].is_null());
}

#[test]
fn a_token_serves_only_what_it_was_given_out_for() {
    let app = council();
    let next = page(&app, "Observations?$orderby=value", 1)["@odata.nextLink"].as_str().unwrap().to_owned();
    let token = next.split("$skiptoken=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    for address in [
        format!("Observations?$skiptoken={token}"),
        format!("Observations?$orderby=quarter&$skiptoken={token}"),
        format!("Measures?$skiptoken={token}"),
        format!("Observations?$orderby=value&$skiptoken={}", &token[1..]),
        "Observations?$skiptoken=WyJPYnNlcnZhdGlvbnMiLCIiLFtdXQ".to_owned(),
    ] {
        get(&app, &address).problem(400, "invalid_cursor");
    }
    get(&app, &format!("Observations?$orderby=value&$skiptoken={token}")).must_be(200);
}
