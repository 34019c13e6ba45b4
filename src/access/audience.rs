//! Whose eyes figures are shown to, and which addresses are for members and the public.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, IntoStaticStr};
use utoipa::ToSchema;

use crate::http::odata;

/// Whose eyes figures are shown to.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
    AsRefStr,
    Display,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Audience {
    /// Everybody: what was published, disclosure-checked.
    Public,
    /// Members of committees: the same figures, and what is done about them.
    Members,
    /// Those who work with the figures: the true values.
    Internal,
}

/// THE list: addresses below `/api/v1`, and those of OData whole, that can be read by others than those who work with the figures, and who at least must ask.
/// An address that is not here is refused them.
const SHOWN: &[(&str, Audience)] = &[
    ("/areas", Audience::Public),
    ("/areas/{area}", Audience::Public),
    ("/benchmarks", Audience::Public),
    ("/benchmarks/{measure}/{comparator}/{data_period}", Audience::Public),
    ("/collection-cycles", Audience::Members),
    ("/collection-cycles/{framework}/{quarter}", Audience::Members),
    ("/comparator-groups", Audience::Public),
    ("/comparator-groups/{group}", Audience::Public),
    ("/comparator-memberships", Audience::Public),
    ("/comparator-memberships/{group}/{area}/{valid_from}", Audience::Public),
    ("/decisions", Audience::Public),
    ("/decisions/{decision}", Audience::Public),
    ("/dimensions/comparators", Audience::Public),
    ("/dimensions/frameworks", Audience::Public),
    ("/dimensions/measures", Audience::Public),
    ("/dimensions/outcomes", Audience::Public),
    ("/dimensions/periods", Audience::Public),
    ("/frameworks", Audience::Public),
    ("/frameworks/{framework}", Audience::Public),
    ("/frameworks/{framework}/connection.pbids", Audience::Public),
    ("/frameworks/{framework}/scorecard", Audience::Public),
    ("/issues-of-concern", Audience::Members),
    ("/issues-of-concern/{issue}", Audience::Members),
    ("/limits", Audience::Public),
    ("/me", Audience::Public),
    ("/measures", Audience::Public),
    ("/measures/{measure}", Audience::Public),
    ("/measures/{measure}/comparators", Audience::Public),
    ("/measures/{measure}/versions", Audience::Public),
    ("/meetings", Audience::Public),
    ("/meetings/{meeting}", Audience::Public),
    ("/observations", Audience::Public),
    ("/odata/v1", Audience::Public),
    ("/odata/v1/", Audience::Public),
    ("/odata/v1/$metadata", Audience::Public),
    ("/odata/v1/Comparators", Audience::Public),
    ("/odata/v1/Comparators/$count", Audience::Public),
    ("/odata/v1/Comparators({key})", Audience::Public),
    ("/odata/v1/Frameworks", Audience::Public),
    ("/odata/v1/Frameworks/$count", Audience::Public),
    ("/odata/v1/Frameworks({key})", Audience::Public),
    ("/odata/v1/Measures", Audience::Public),
    ("/odata/v1/Measures/$count", Audience::Public),
    ("/odata/v1/Measures({key})", Audience::Public),
    ("/odata/v1/Observations", Audience::Public),
    ("/odata/v1/Observations/$count", Audience::Public),
    ("/odata/v1/Observations({key})", Audience::Public),
    ("/odata/v1/Outcomes", Audience::Public),
    ("/odata/v1/Outcomes/$count", Audience::Public),
    ("/odata/v1/Outcomes({key})", Audience::Public),
    ("/odata/v1/Periods", Audience::Public),
    ("/odata/v1/Periods/$count", Audience::Public),
    ("/odata/v1/Periods({key})", Audience::Public),
    ("/outcomes", Audience::Public),
    ("/outcomes/{outcome}", Audience::Public),
    ("/quarterly-reports", Audience::Public),
    ("/quarterly-reports/{framework}/{quarter}", Audience::Public),
    ("/quarterly-reports/{framework}/{quarter}/content", Audience::Public),
    ("/quarterly-reports/{framework}/{quarter}/versions", Audience::Public),
    ("/quarterly-reports/{framework}/{quarter}/versions/{version}", Audience::Public),
    ("/quarterly-reports/{framework}/{quarter}/versions/{version}/content", Audience::Public),
    ("/quarterly-submissions", Audience::Public),
    ("/quarterly-submissions/{measure}/{quarter}", Audience::Public),
    ("/recovery-plans", Audience::Members),
    ("/recovery-plans/{plan}", Audience::Members),
    ("/targets", Audience::Public),
    ("/targets/{measure}/{year}", Audience::Public),
    ("/targets/{measure}/{year}/versions", Audience::Public),
];

impl Audience {
    /// Whether an address, as the document writes it, is for this audience. What the address then shows, the database decides.
    pub fn sees(self, path: &str) -> bool {
        let below = path.strip_prefix("/api/v1").unwrap_or(path);
        self == Self::Internal || SHOWN.iter().any(|(shown, least)| *shown == below && self >= *least)
    }
}

/// The addresses of the list, each as the document writes it.
pub fn shown() -> impl Iterator<Item = String> {
    let base = |path: &str| if odata::below(path) { "" } else { "/api/v1" };
    SHOWN.iter().map(move |(path, _)| format!("{}{path}", base(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_for_those_who_work_with_the_figures() {
        for (path, who) in [
            ("/api/v1/measures/{measure}", "public members internal"),
            ("/api/v1/recovery-plans/{plan}", "members internal"),
            ("/api/v1/changes", "internal"),
            ("/api/v1/quarterly-submissions/{measure}/{quarter}/revisions", "internal"),
            ("/api/v1/nowhere", "internal"),
        ] {
            let all = [Audience::Public, Audience::Members, Audience::Internal];
            let seen: Vec<String> = all.iter().filter(|one| one.sees(path)).map(ToString::to_string).collect();
            assert_eq!(seen.join(" "), who, "{path}");
        }
    }
}
