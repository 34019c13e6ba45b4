//! What `push` shows: how far an import is, its receipt as a table, and what it would do to the scorecards.

use std::fmt::Write;

use serde::Deserialize;

/// Cells of the bar that shows how far an import is.
const CELLS: usize = 30;

/// An import as the service tells of it; see `Import` in the OpenAPI document.
#[derive(Debug, Deserialize)]
pub(super) struct Import {
    pub(super) number: i64,
    pub(super) state: String,
    mode: String,
    dry_run: bool,
    pub(super) counts: Counts,
    progress: Progress,
    notes: Vec<String>,
    effect: Option<Effect>,
    pub(super) problem: Option<Problem>,
}

/// Rows by what became of them.
#[derive(Debug, Deserialize)]
pub(super) struct Counts {
    pub(super) read: u32,
    pub(super) stored: u32,
    created: u32,
    updated: u32,
    proposed: u32,
    unchanged: u32,
    not_stored: u32,
    pub(super) refused: u32,
    warned: u32,
}

#[derive(Debug, Deserialize)]
struct Progress {
    percent: f64,
    rows_per_second: Option<f64>,
    seconds_left: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Effect {
    further: usize,
    measures: Vec<Moved>,
}

#[derive(Debug, Deserialize)]
struct Moved {
    told: String,
}

/// A problem: what was wrong with the request as a whole.
#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub(super) detail: String,
    #[serde(default)]
    errors: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    pointer: Option<String>,
    column: Option<String>,
    detail: String,
}

/// The receipt of a row.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    line: i32,
    measure: Option<String>,
    quarter: Option<String>,
    outcome: String,
    errors: Vec<Place>,
    warnings: Vec<Warning>,
}

#[derive(Debug, Deserialize)]
struct Warning {
    field: String,
    detail: String,
}

impl Import {
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state.as_str(), "done" | "refused" | "failed" | "cancelled")
    }

    /// What there is of it in the framework, in words.
    pub(super) fn kept(&self) -> &'static str {
        match self.counts.stored {
            _ if self.dry_run => "dry run: nothing is stored",
            0 if self.state == "done" => "nothing new was to be stored",
            0 => "nothing was stored",
            _ => "the others were stored",
        }
    }
}

impl Problem {
    /// Its detail, and each fault on a line.
    pub(super) fn told(&self) -> String {
        let faults = self.errors.iter().map(|fault| format!("\n  {}: {}", fault.place(), fault.detail));
        format!("{}{}", self.detail, faults.collect::<String>())
    }
}

impl Place {
    fn place(&self) -> &str {
        self.column.as_deref().or(self.pointer.as_deref()).unwrap_or_default()
    }
}

/// One line: how far the import is.
pub(super) fn bar(import: &Import) -> String {
    let percent = import.progress.percent.clamp(0.0, 100.0);
    let full = (1..=CELLS).filter(|cell| 100 * cell <= percent.round() as usize * CELLS).count();
    let rate = import.progress.rows_per_second.map(|rate| format!(", {rate:.0} a second")).unwrap_or_default();
    let left = import.progress.seconds_left.map(|left| format!(", {left} s left")).unwrap_or_default();
    let bar = format!("{}{}", "#".repeat(full), ".".repeat(CELLS - full));
    format!("[{bar}] {percent:5.1} %  {} rows{rate}{left}    ", import.counts.read)
}

/// The receipt: what became of the rows, those refused, those that are unlikely, and what it does to the scorecards.
pub(super) fn receipt(import: &Import, refused: &[Row], warned: &[Row]) -> String {
    let counts = &import.counts;
    let mut text = String::new();
    let would = match import.state.as_str() {
        _ if import.dry_run => " (dry run: nothing is stored)",
        "refused" | "failed" | "cancelled" if counts.stored == 0 => " (nothing was stored)",
        "failed" | "cancelled" if import.mode == "row_by_row" => " (what was stored before stays)",
        _ => "",
    };
    // Only of those that are all or nothing.
    let aside =
        if counts.not_stored > 0 { format!("{} right but not stored, ", counts.not_stored) } else { String::new() };
    let _ = writeln!(text, "Import {}: {}{would}", import.number, import.state);
    let _ = writeln!(
        text,
        "{} rows: {} created, {} updated, {} proposed, {} unchanged, {}{} refused; {} with warnings",
        counts.read,
        counts.created,
        counts.updated,
        counts.proposed,
        counts.unchanged,
        aside,
        counts.refused,
        counts.warned
    );
    for note in &import.notes {
        let _ = writeln!(text, "Note: {note}");
    }
    table(&mut text, "refused", counts.refused, refused, |row| {
        row.errors.iter().map(|fault| (fault.place().to_owned(), fault.detail.clone())).collect()
    });
    table(&mut text, "unlikely", counts.warned, warned, |row| {
        row.warnings.iter().map(|warning| (warning.field.clone(), warning.detail.clone())).collect()
    });
    for moved in import.effect.iter().flat_map(|effect| &effect.measures) {
        let _ = writeln!(text, "Effect: {}", moved.told);
    }
    if let Some(further) = import.effect.as_ref().map(|effect| effect.further).filter(|further| *further > 0) {
        let _ = writeln!(text, "Effect: {further} further figures are not looked at");
    }
    text
}

fn table(text: &mut String, what: &str, all: u32, rows: &[Row], faults: impl Fn(&Row) -> Vec<(String, String)>) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{:>7}  {:<16} {:<11} {:<10} {what}", "line", "measure", "quarter", "outcome");
    for row in rows {
        let (measure, quarter) = (row.measure.as_deref().unwrap_or("-"), row.quarter.as_deref().unwrap_or("-"));
        for (place, detail) in faults(row) {
            let _ =
                writeln!(text, "{:>7}  {measure:<16} {quarter:<11} {:<10} {place}: {detail}", row.line, row.outcome);
        }
    }
    if all as usize > rows.len() {
        let _ = writeln!(text, "         and {} more", all as usize - rows.len());
    }
    text.push('\n');
}
