//! Any text as `$orderby` and `$skiptoken`, and as a whole query: it is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use performance_framework::odata::{model::OBSERVATIONS, options::Options, read::Asked, sort::Sort};

fuzz_target!(|text: &str| {
    let (order, token) = text.split_once('\n').unwrap_or(("", text));
    if let Ok(sort) = Sort::read(order, &OBSERVATIONS) {
        let _ = sort.place(token);
    }
    if let Ok(options) = Options::of(text) {
        let _ = Asked::read(&options, &OBSERVATIONS, 1000);
    }
});
