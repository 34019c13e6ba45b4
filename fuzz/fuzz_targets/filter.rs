//! Any text as a `$filter`: it is read or refused, and what is read is written and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use performance_framework::odata::{filter, model::OBSERVATIONS};

fuzz_target!(|text: &str| {
    if let Ok(node) = filter::parse(text) {
        let _ = filter::condition(&node, &OBSERVATIONS);
        let written = node.to_string();
        if let Ok(again) = filter::parse(&written) {
            assert_eq!(again.to_string(), written);
        }
    }
});
