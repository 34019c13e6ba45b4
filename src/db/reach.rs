//! How far the statements of a caller reach: everywhere, or only to what belongs to some frameworks, outcomes and measures.

use std::sync::Arc;

/// How far a caller's statements reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    Everywhere,
    /// What belongs to these, as the policies of every table decide it.
    Within(Arc<Within>),
    /// What was published, as these may see it; nothing can be written.
    Disclosed(Eyes),
}

/// Who reads what was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Everybody: without what is exempt from publication.
    Public,
    /// Members of committees: with it.
    Members,
}

impl Eyes {
    /// The word for them in the setting that the views read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
        }
    }
}

/// Codes of what a caller's grants name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Frameworks, with all that belongs to them.
    pub frameworks: Vec<String>,
    /// Outcomes, with their measures.
    pub outcomes: Vec<String>,
    /// Measures.
    pub measures: Vec<String>,
}

impl Within {
    /// The settings that the policies read, each with its value; codes have no comma.
    pub fn settings(&self) -> [(&'static str, String); 3] {
        [
            ("app.granted_frameworks", self.frameworks.join(",")),
            ("app.granted_outcomes", self.outcomes.join(",")),
            ("app.granted_measures", self.measures.join(",")),
        ]
    }
}
