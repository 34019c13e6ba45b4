//! OData tells nothing but what the feed's rows show: its filters, counts and orders are answered as by somebody who has seen the rows
//! alone.

use serde_json::Value;

use super::harvest::{Harvest, decimal};
use crate::support::{Answer, Client};

fn ask(client: &Client, harvest: &mut Harvest, address: &str, options: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(options).finish();
    let told = client.get(&format!("/odata/v1/Observations{address}?{query}")).call().must_be(200);
    harvest.take(&told);
    told
}

fn are(told: &Answer, wanted: &[&Value]) {
    let found = told.json()["value"].take();
    let found: Vec<&Value> = found.as_array().unwrap().iter().collect();
    assert_eq!(found, wanted, "what is hidden is told of: {told}");
}

/// A filter lets these rows through, and counts them.
pub fn lets_through(client: &Client, harvest: &mut Harvest, filter: &str, wanted: &[&Value]) {
    let told = ask(client, harvest, "", &[("$filter", filter), ("$count", "true")]);
    are(&told, wanted);
    assert_eq!(told.json()["@odata.count"], wanted.len(), "{filter}");
    assert_eq!(ask(client, harvest, "/$count", &[("$filter", filter)]).text(), wanted.len().to_string(), "{filter}");
}

/// An order by a number puts these rows, which are in the order of their keys, in its own; null is the least of all.
pub fn orders(client: &Client, harvest: &mut Harvest, column: &str, descending: bool, rows: &[Value]) {
    let mut wanted: Vec<&Value> = rows.iter().collect();
    wanted.sort_by(|one, other| {
        let order = decimal(&one[column]).cmp(&decimal(&other[column]));
        if descending { order.reverse() } else { order }
    });
    wanted.truncate(20);
    let order = format!("{column}{}", if descending { " desc" } else { "" });
    are(&ask(client, harvest, "", &[("$orderby", &order), ("$top", "20")]), &wanted);
}
