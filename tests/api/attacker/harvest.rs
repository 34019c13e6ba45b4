//! Everything that a caller may fetch, and the numbers of figures in it.

use std::collections::{BTreeMap, BTreeSet};

use performance_framework::access::audience;
use rust_decimal::Decimal;
use serde_json::Value;

use super::cards;
use super::truth::Place;
use crate::support::document::operations;
use crate::support::{Answer, Client};

/// Pages that a list is followed for.
const PAGES: usize = 1000;

/// What is seen of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its value.
    pub value: Option<Decimal>,
    /// Its numerator.
    pub numerator: Option<Decimal>,
    /// Its denominator.
    pub denominator: Option<Decimal>,
}

/// What a caller has seen.
#[derive(Debug, Default)]
pub struct Harvest {
    /// By measure, quarter and revision; the whole and its parts, those of which only the name was seen, too.
    pub figures: BTreeMap<(String, String, i64), BTreeMap<Place, Seen>>,
    /// Values of baselines by measure and period.
    pub baselines: BTreeSet<(String, String, Decimal)>,
    /// Scorecards, as they were answered.
    pub cards: Vec<Value>,
    /// Answers that were granted.
    pub answers: usize,
    asked: BTreeSet<String>,
}

/// The number that a value is.
pub fn decimal(value: &Value) -> Option<Decimal> {
    Decimal::from_str_exact(&value.as_number()?.to_string()).ok()
}

/// The part that a flat row is of; nothing for the whole.
fn place(dimension: Option<String>, category: Option<String>) -> Place {
    dimension.filter(|dimension| dimension != "total").zip(category.map(|category| category.to_lowercase()))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

impl Seen {
    fn of(figure: &Value) -> Self {
        Self {
            value: decimal(&figure["value"]),
            numerator: decimal(&figure["numerator"]),
            denominator: decimal(&figure["denominator"]),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            value: self.value.or(other.value),
            numerator: self.numerator.or(other.numerator),
            denominator: self.denominator.or(other.denominator),
        }
    }
}

impl Harvest {
    /// Asks once, and keeps what is told.
    pub fn ask(&mut self, client: &Client, path: &str) {
        let answer = client.get(path).call();
        assert!([200, 400, 403, 404, 422].contains(&answer.status), "{answer}");
        self.take(&answer);
    }

    /// Keeps what an answer tells, if it was granted; gives the address of the page after it.
    pub fn take(&mut self, answer: &Answer) -> Option<String> {
        if answer.status != 200 {
            return None;
        }
        self.answers += 1;
        match answer.header("content-type") {
            kind if kind.starts_with("application/json") => {
                let told = answer.json();
                self.read(&told);
                return text(&told["next"]).or_else(|| text(&told["@odata.nextLink"]));
            }
            kind if kind.starts_with("application/x-ndjson") => {
                answer.text().lines().for_each(|line| self.read(&serde_json::from_str(line).unwrap()));
            }
            kind if kind.starts_with("text/csv") => self.read_csv(&answer.body),
            _ => {}
        }
        None
    }

    /// Follows a list to its end.
    pub fn follow(&mut self, client: &Client, path: &str) {
        let mut answer = client.get(path).call();
        for _ in 0..PAGES {
            let Some(next) = self.take(&answer) else { return };
            answer = client.follow(&next).call();
        }
    }

    /// Asks every list that is shown, by every filter and order of the document.
    pub fn ask_every_list(&mut self, client: &Client) {
        let shown: BTreeSet<String> = audience::shown().collect();
        let lists = operations().into_iter().filter(|one| one.method == "GET" && shown.contains(&one.path));
        for list in lists.filter(|one| !one.path.contains('{')) {
            // Tables beside the feed have no pages.
            let paged = list.parameters("query").any(|parameter| parameter["name"] == "limit");
            self.follow(client, &format!("{}?{}", list.path, if paged { "limit=7" } else { "" }));
            let most = if paged { "limit=500&count=true&" } else { "" };
            for parameter in list.parameters("query") {
                let name = parameter["name"].as_str().unwrap_or_default();
                for value in parameter["schema"]["enum"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    self.follow(client, &format!("{}?{most}{name}={value}", list.path));
                }
            }
        }
    }

    /// Asks every address of the document of which all keys are known, each once.
    pub fn ask_every_address(&mut self, client: &Client, known: &[(&str, &str)]) {
        for one in operations().into_iter().filter(|one| one.method == "GET" && one.path.contains('{')) {
            let put = |path: String, (name, key): &(&str, &str)| path.replace(&format!("{{{name}}}"), key);
            let path = known.iter().fold(one.path, put);
            if !path.contains('{') && self.asked.insert(path.clone()) {
                self.ask(client, &path);
            }
        }
    }

    /// Looks for scorecards, figures and baselines, wherever they stand.
    fn read(&mut self, told: &Value) {
        match told {
            Value::Array(all) => all.iter().for_each(|one| self.read(one)),
            Value::Object(fields) => {
                if told["outcomes"].is_array() && told["rule_set_version"].is_number() {
                    self.read_card(told);
                }
                self.look(told);
                fields.values().for_each(|one| self.read(one));
            }
            _ => {}
        }
    }

    fn read_card(&mut self, told: &Value) {
        let card = cards::of_scorecard_or_report(told);
        let quarter = text(&card["quarter"]).unwrap();
        let outcomes = card["outcomes"].as_array().unwrap().iter();
        for measure in outcomes.flat_map(|outcome| outcome["measures"].as_array().unwrap()) {
            let (code, figure) = (text(&measure["code"]).unwrap(), &measure["figure"]);
            if let Some(revision) = figure["revision"].as_i64() {
                self.see((code, quarter.clone(), revision), None, Seen::of(figure));
            }
        }
        self.cards.push(card);
    }

    fn look(&mut self, told: &Value) {
        let measure = text(&told["measure"]).or_else(|| text(&told["code"]));
        if let (Some(measure), Some(quarter), Some(revision)) =
            (&measure, text(&told["quarter"]), told["revision"].as_i64())
        {
            let key = (measure.clone(), quarter, revision);
            let place = place(text(&told["dimension"]), text(&told["category"]));
            self.see(key.clone(), place, Seen::of(told));
            for part in told["breakdowns"].as_array().into_iter().flatten() {
                let place = (text(&part["dimension"]).unwrap(), text(&part["category"]).unwrap().to_lowercase());
                self.see(key.clone(), Some(place), Seen::of(part));
            }
        }
        if let (Some(measure), Some(period), Some(value)) =
            (measure, text(&told["baseline_period"]), decimal(&told["baseline_value"]))
        {
            self.baselines.insert((measure, period, value));
        }
    }

    fn read_csv(&mut self, body: &[u8]) {
        let mut reader = ::csv::Reader::from_reader(body);
        for row in reader.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let text = |column: &str| row.get(column).cloned();
            let number = |column: &str| row[column].parse().ok();
            if let Some(revision) = text("revision").and_then(|text| text.parse().ok()) {
                let seen =
                    Seen { value: number("value"), numerator: number("numerator"), denominator: number("denominator") };
                let place = place(text("dimension"), text("category"));
                self.see((row["measure"].clone(), row["quarter"].clone(), revision), place, seen);
            }
        }
    }

    fn see(&mut self, key: (String, String, i64), place: Place, seen: Seen) {
        let known = self.figures.entry(key).or_default().entry(place).or_default();
        *known = known.or(seen);
    }
}
