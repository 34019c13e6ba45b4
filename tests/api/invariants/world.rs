//! What the walk goes about: a framework around the quarter that ended last, and the names that things there have.

use performance_framework::clock;
use performance_framework::domain::period::Quarter;
use serde_json::json;

use super::dice::Dice;
use crate::support::App;
use crate::support::collecting::last_quarter;

/// Quarters that figures, reports and changes are about, the last of them not over yet.
const QUARTERS: usize = 7;

/// A service, and the names of what is in it.
pub struct World {
    /// The service.
    pub app: App,
    /// Reporting quarters, the oldest first.
    pub quarters: Vec<Quarter>,
    /// Their financial years, and the one after.
    pub years: Vec<String>,
}

impl World {
    /// A draft of the framework `F` with two outcomes and four measures, of which `M-4` is neutral, and three decisions.
    pub fn new() -> Self {
        let mut quarters = vec![Quarter::containing(clock::today())];
        while quarters.len() < QUARTERS {
            quarters.push(quarters[quarters.len() - 1].previous());
        }
        quarters.reverse();
        let (first, last) = (quarters[0].year(), last_quarter().year().next());
        let mut years: Vec<String> = quarters.iter().map(|quarter| quarter.year().to_string()).collect();
        years.push(last.to_string());
        years.dedup();
        let app = App::start();
        app.framework("F").with(json!({"first_year": first, "last_year": last})).create();
        for code in ["O-1", "O-2"] {
            app.outcome(code).create();
        }
        for (code, polarity) in [("M-1", "high"), ("M-2", "low"), ("M-3", "high"), ("M-4", "neutral")] {
            app.measure(code).set("polarity", polarity).create();
        }
        app.meeting("MT-1").set("held_on", quarters[1].end()).create();
        for code in ["D-1", "D-2", "D-3"] {
            let clause = |label: &str| json!({"clause": label, "verb": "agree", "text": "What was resolved."});
            app.decision(code).set("clauses", [clause("a"), clause("b")]).create();
        }
        Self { app, quarters, years }
    }

    /// A reporting quarter.
    pub fn quarter(&self, dice: &mut Dice) -> String {
        dice.pick(&self.quarters).to_string()
    }

    /// A name for a field or a part of an address that names something; some of them name nothing yet.
    pub fn name(&self, field: &str, dice: &mut Dice) -> Option<String> {
        // The low numbers more often: they are there first.
        let mut numbered = |letter: &str, most: usize| {
            let most = 1 + dice.below(most);
            format!("{letter}-{}", 1 + dice.below(most))
        };
        Some(match field {
            "framework" => if dice.chance(85) { "F" } else { dice.word(&["G", "H", "I"]) }.to_owned(),
            "outcome" => numbered("O", 5),
            "measure" => numbered("M", 14),
            "meeting" | "raised_at" | "report_to" => numbered("MT", 6),
            "decision" | "adopted_by" => numbered("D", 8),
            "plan" => numbered("P", 16),
            "issue" => numbered("I", 12),
            "import" => (1 + dice.below(9)).to_string(),
            "clause" => dice.word(&["a", "a", "b", "b", "c"]).to_owned(),
            "evidence_quarter" => {
                let counting = "SELECT quarter FROM quarterly_submissions WHERE state IN ('approved', 'published') ORDER BY measure, quarter";
                let counting = self.app.sql().column(counting);
                if counting.is_empty() { self.quarter(dice) } else { dice.pick(&counting).clone() }
            }
            "quarter" | "effective_from" => self.quarter(dice),
            "year" => dice.pick(&self.years).clone(),
            _ => return None,
        })
    }

    /// The parts of the address of something that is there, by the columns that hold them; in a state chosen first, so that the rare
    /// ones have their turn.
    pub fn existing(&self, table: &str, columns: &[&str], dice: &mut Dice) -> Option<Vec<String>> {
        let state = match table {
            "annual_target_reviews" | "measures" | "frameworks" => "status",
            "quarterly_submissions" | "quarterly_reports" | "recovery_plans" | "issues_of_concern" => "state",
            _ => "NULL",
        };
        // Sorted here: whatever the collation, the same seed goes the same way.
        let mut rows = self
            .app
            .sql()
            .rows(&format!("SELECT DISTINCT {state}, {columns} FROM {table}", columns = columns.join(", ")));
        rows.sort_unstable();
        let mut states: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
        states.dedup();
        if states.is_empty() {
            return None;
        }
        let state = *dice.pick(&states);
        let rows: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == *state).collect();
        Some(dice.pick(&rows)[1..].to_vec())
    }
}
