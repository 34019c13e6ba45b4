//! A framework in the middle of a collection: the quarter that ended last, with a cycle around today.

use chrono::TimeDelta;
use performance_framework::clock;
use performance_framework::domain::period::Quarter;
use serde_json::{Value, json};

use super::app::App;
use super::client::Answer;

/// The quarter that ended last.
pub fn last_quarter() -> Quarter {
    Quarter::containing(clock::today()).previous()
}

/// Days from the end of the last quarter until today.
pub fn days_since_quarter() -> i64 {
    (clock::today() - last_quarter().end()).num_days()
}

impl App {
    /// A service with the framework `F` that reports the last quarter, its outcome `O-1` and its measure `M-1`, whose figures
    /// can be had at once from Team A.
    pub fn collecting() -> Self {
        let app = Self::start();
        let year = last_quarter().year();
        app.framework("F").with(json!({"first_year": year.previous(), "last_year": year.next()})).create();
        app.outcome("O-1").create();
        app.measure("M-1").with(json!({"provider": "Team A", "owner": "Head of A"})).create();
        app
    }

    /// The cycle of the last quarter, made or replaced: days from today on which it opens, is due and is locked.
    pub fn collection(&self, days: [i64; 3]) -> Answer {
        let [opens_on, due_on, locks_on] = days.map(|days| clock::today() + TimeDelta::days(days));
        self.cycle(&last_quarter().to_string(), opens_on, due_on, locks_on).put()
    }

    /// The data request of a measure in the last quarter.
    #[track_caller]
    pub fn data_request(&self, measure: &str) -> Value {
        self.reader().get(&format!("data-requests/{measure}/{}", last_quarter())).call().must_be(200).json()
    }

    /// The data requests of the framework `F` in the last quarter.
    #[track_caller]
    pub fn data_requests(&self, filter: &str) -> Value {
        let path = format!("data-requests?framework=F&quarter={}{filter}", last_quarter());
        self.reader().get(&path).call().must_be(200).json()
    }

    /// Waives the data request of a measure in the last quarter.
    pub fn waive(&self, measure: &str, reason: &str) -> Answer {
        let path = format!("data-requests/{measure}/{}/waive", last_quarter());
        self.officer().post(&path).send(&json!({"reason": reason}))
    }
}
