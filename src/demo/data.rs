//! The embedded files, and what their rows say.

use std::fmt;

use serde_json::Value;

use super::DemoError;

/// A file of the demonstration.
#[derive(Clone, Copy, Debug)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

/// Names a file and embeds it.
macro_rules! file {
    ($name:literal) => {
        File { name: $name, text: include_str!(concat!("data/", $name)) }
    };
}

/// Frameworks that a committee adopted once their measures and targets were written.
pub(super) const ADOPTIONS: File = file!("adoptions.json");
/// Figures from public sources, a row each.
pub(super) const FIGURES: File = file!("figures.csv");
/// Figures to practise on, each with the state in which it is left.
pub(super) const PRACTICE: File = file!("figures_practice.json");
/// Calendars from which the collection cycles of a year are generated, with the committee days that follow no rule.
pub(super) const CALENDARS: File = file!("calendars.json");
/// Data requests that are waived.
pub(super) const WAIVERS: File = file!("waivers.json");
/// Imports, sent as they are.
pub(super) const IMPORTS: File = file!("imports.json");
/// Annual reviews that are taken beyond their opening.
pub(super) const REVIEWS: File = file!("reviews_walked.json");
/// The year of the children's framework, in the order in which it was walked.
pub(super) const YEAR: File = file!("year.json");
/// Measures that a quarter's report has to explain, and no source does.
pub(super) const ILLUSTRATED: File = file!("illustrated.json");
/// Webhook endpoints to practise on.
pub(super) const ENDPOINTS: File = file!("webhook_endpoints.json");
/// Narrative that goes with figures from public sources.
pub(super) const NARRATIVES: File = file!("narratives.json");

/// A kind of resource that is put as its rows say.
#[derive(Debug)]
pub(super) struct Kind {
    /// Name of its collection in addresses.
    pub(super) collection: &'static str,
    /// Fields that make its address.
    key: &'static [&'static str],
    /// Field that names what it belongs to, and the collection of that.
    pub(super) parent: Option<(&'static str, &'static str)>,
    files: &'static [File],
}

/// Every kind, in an order in which each finds what it refers to.
pub(super) const KINDS: &[Kind] = &[
    Kind { collection: "frameworks", key: &["code"], parent: None, files: &[file!("frameworks.json")] },
    Kind {
        collection: "outcomes",
        key: &["code"],
        parent: Some(("framework", "frameworks")),
        files: &[file!("outcomes.json")],
    },
    Kind {
        collection: "measures",
        key: &["code"],
        parent: Some(("outcome", "outcomes")),
        files: &[
            file!("measures_education.json"),
            file!("measures_safeguarding.json"),
            file!("measures_care.json"),
            file!("measures_other.json"),
            file!("measures_national.json"),
            file!("measures_practice.json"),
        ],
    },
    Kind {
        collection: "targets",
        key: &["measure", "year"],
        parent: Some(("measure", "measures")),
        files: &[
            file!("targets_education.json"),
            file!("targets_safeguarding.json"),
            file!("targets_care.json"),
            file!("targets_other.json"),
            file!("targets_practice.json"),
        ],
    },
    Kind {
        collection: "annual-target-reviews",
        key: &["framework", "year"],
        parent: Some(("framework", "frameworks")),
        files: &[file!("reviews.json")],
    },
    Kind { collection: "meetings", key: &["code"], parent: None, files: &[file!("meetings.json")] },
    Kind {
        collection: "decisions",
        key: &["code"],
        parent: Some(("meeting", "meetings")),
        files: &[file!("decisions.json")],
    },
    Kind { collection: "areas", key: &["code"], parent: None, files: &[file!("areas.json")] },
    // Rows of one kind are sent side by side: these name a successor among the areas above.
    Kind { collection: "areas", key: &["code"], parent: None, files: &[file!("areas_replaced.json")] },
    Kind { collection: "comparator-groups", key: &["code"], parent: None, files: &[file!("comparator_groups.json")] },
    Kind {
        collection: "comparator-memberships",
        key: &["group", "area", "valid_from"],
        parent: Some(("group", "comparator-groups")),
        files: &[file!("comparator_memberships.json")],
    },
    Kind {
        collection: "benchmarks",
        key: &["measure", "comparator", "data_period"],
        parent: Some(("measure", "measures")),
        files: &[file!("benchmarks.json"), file!("benchmarks_ehc_plans.json"), file!("benchmarks_practice.json")],
    },
    // What these are relative to has to be there before them.
    Kind {
        collection: "targets",
        key: &["measure", "year"],
        parent: Some(("measure", "measures")),
        files: &[file!("targets_relative.json")],
    },
    Kind { collection: "import-mappings", key: &["code"], parent: None, files: &[file!("import_mappings.json")] },
];

/// Every kind that goes through states, loaded after the figures: a result is shown by one.
pub(super) const STAGED: &[Kind] = &[
    Kind {
        collection: "recovery-plans",
        key: &["code"],
        parent: Some(("measure", "measures")),
        files: &[file!("recovery_plans.json")],
    },
    Kind {
        collection: "issues-of-concern",
        key: &["code"],
        parent: Some(("framework", "frameworks")),
        files: &[file!("issues_of_concern.json")],
    },
    // Rows of one kind are sent side by side: the first report of a framework has to be there before the others.
    reports(&[file!("reports_baseline.json")]),
    reports(&[file!("reports.json")]),
];

/// The kind with this name in addresses, for what stands in no file of its own; `place` is that of what names it.
pub(super) fn kind(place: Place, collection: &str) -> Result<&'static Kind, DemoError> {
    let found = KINDS.iter().chain(STAGED).find(|kind| kind.collection == collection);
    found.ok_or_else(|| place.wrong(format!("there is no kind `{collection}`")))
}

const fn reports(files: &'static [File]) -> Kind {
    Kind {
        collection: "quarterly-reports",
        key: &["framework", "quarter"],
        parent: Some(("framework", "frameworks")),
        files,
    }
}

/// Where in the data something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: &'static str,
    /// Its rows counted from 1; 0 for the file as a whole.
    pub row: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            0 => f.write_str(self.file),
            row => write!(f, "{}, row {row}", self.file),
        }
    }
}

impl Place {
    /// An error in the data at this place.
    pub(super) fn wrong(self, detail: impl fmt::Display) -> DemoError {
        DemoError::Data { place: self, detail: detail.to_string() }
    }
}

/// One row of a file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) body: Value,
}

impl Row {
    /// The text in a field.
    pub(super) fn text(&self, field: &str) -> Result<String, DemoError> {
        let text = self.body.get(field).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| self.place.wrong(format!("there is no text `{field}`")))
    }
}

impl File {
    /// The rows of a JSON file, which is an array.
    pub(super) fn rows(self) -> Result<Vec<Row>, DemoError> {
        let whole = Place { file: self.name, row: 0 };
        let bodies: Vec<Value> = serde_json::from_str(self.text).map_err(|error| whole.wrong(error))?;
        let numbered = (1..).zip(bodies);
        Ok(numbered.map(|(row, body)| Row { place: Place { row, ..whole }, body }).collect())
    }
}

impl Kind {
    /// The rows of all its files.
    pub(super) fn rows(&self) -> Result<Vec<Row>, DemoError> {
        let mut rows = Vec::new();
        for file in self.files {
            rows.extend(file.rows()?);
        }
        Ok(rows)
    }

    /// What the change log calls a row; of reports, the first version.
    pub(super) fn log_key(&self, row: &Row) -> Result<String, DemoError> {
        let parts = self.key.iter().map(|field| row.text(field)).collect::<Result<Vec<_>, _>>()?;
        let first = if self.collection == "quarterly-reports" { "/1" } else { "" };
        Ok(parts.join("/") + first)
    }

    /// The address of a row.
    pub(super) fn address(&self, row: &Row) -> Result<String, DemoError> {
        let mut address = format!("/api/v1/{}", self.collection);
        for field in self.key {
            address.push('/');
            address.push_str(&row.text(field)?);
        }
        Ok(address)
    }
}
