//! `/api/v1/measures/{measure}/comparators`.

mod batch;
mod gaps;
mod groups;
mod past;
mod rank;
mod real_data;

use serde_json::Value;

use crate::support::App;

/// The comparators of `M-1`.
fn comparators(app: &App, query: &str) -> Value {
    app.reader().get(&format!("measures/M-1/comparators?{query}")).call().must_be(200).json()
}

/// A service with `M-1`, an annual percentage of financial years, and the areas `HOME`, `A-1` to `A-4`, `REGION` and
/// `NATION`; `G` is the group of `HOME`, with `A-1` to `A-3` as members from 2021 on.
fn app() -> App {
    let app = App::with_outcome();
    app.measure("M-1").set("frequency", "annual").create();
    for code in ["HOME", "A-1", "A-2", "A-3", "A-4"] {
        app.area(code).create();
    }
    app.area("REGION").set("kind", "region").create();
    app.area("NATION").set("kind", "country").create();
    app.group("G").set("home_area", "HOME").create();
    for area in ["A-1", "A-2", "A-3"] {
        app.membership("G", area, "2021-04-01").create();
    }
    app
}
