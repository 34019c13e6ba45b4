//! Any text as `$orderby` and `$skiptoken`, as a whole query, and as `sort` and `changed_since` of the feed: it is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use performance_framework::audit::cursor;
use performance_framework::bi::order::Order;
use performance_framework::odata::{model::OBSERVATIONS, options::Options, read::Asked, sort::Sort};

fuzz_target!(|text: &str| {
    let (order, token) = text.split_once('\n').unwrap_or(("", text));
    if let Ok(sort) = Sort::read(order, &OBSERVATIONS) {
        let _ = sort.place(token);
    }
    let _ = (Order::read(order), cursor::read(token));
    if let Ok(options) = Options::of(text) {
        let _ = Asked::read(&options, &OBSERVATIONS, 1000);
    }
});
