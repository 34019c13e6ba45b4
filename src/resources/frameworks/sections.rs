//! The narrative sections that a framework asks for, and from which quarter: committees add sections as they go.

use std::collections::BTreeMap;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::period::Quarter;
use crate::domain::text::Line;
use crate::json_column;

/// One section of the narrative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Name of the section in submissions.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$", example = "challenges")]
    pub name: String,
    /// Its heading in reports.
    #[schema(example = "Performance challenges")]
    pub title: Line<100>,
}

/// The sections asked for from a quarter on, until the next edition begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// First quarter for which they are asked; null for as long as the framework runs.
    pub from_quarter: Option<Quarter>,
    /// The sections, in the order of the report.
    #[schema(min_items = 1, max_items = 12)]
    pub sections: Vec<Section>,
}

/// Every edition, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Edition>, min_items = 1, max_items = 40)]
pub struct NarrativeSections(pub Vec<Edition>);

impl Default for NarrativeSections {
    /// The sections of the first report of Sheffield's framework, February 2025.
    fn default() -> Self {
        let asked = [
            ("challenges", "Performance challenges"),
            ("interventions", "Interventions taken"),
            ("results", "Results of changes made"),
        ];
        let sections = asked
            .iter()
            .filter_map(|(name, title)| Some(Section { name: (*name).to_owned(), title: title.parse().ok()? }));
        Self(vec![Edition { from_quarter: None, sections: sections.collect() }])
    }
}

impl NarrativeSections {
    /// The sections asked for in a quarter.
    pub fn in_quarter(&self, quarter: Quarter) -> &[Section] {
        let begun = self.0.iter().rev().find(|edition| edition.from_quarter.is_none_or(|first| first <= quarter));
        begun.or(self.0.first()).map_or(&[], |edition| &edition.sections)
    }

    /// Whether editions follow each other in time and no section stands twice in one.
    pub fn in_order(&self) -> bool {
        let distinct = |edition: &Edition| {
            edition.sections.iter().map(|section| (&section.name, ())).collect::<BTreeMap<_, _>>().len()
                == edition.sections.len()
        };
        self.0.windows(2).all(|pair| pair[0].from_quarter < pair[1].from_quarter) && self.0.iter().all(distinct)
    }
}

json_column!(NarrativeSections);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_edition_holds_from_its_quarter_on() -> Result<(), Box<dyn std::error::Error>> {
        let mut all = NarrativeSections::default();
        let mut later = all.0[0].clone();
        later.from_quarter = Some("2024-25-Q4".parse()?);
        later.sections.insert(0, Section { name: "strengths".to_owned(), title: "Performance strengths".parse()? });
        all.0.push(later);
        assert!(all.in_order());
        for (quarter, count) in [("2024-25-Q2", 3), ("2024-25-Q3", 3), ("2024-25-Q4", 4), ("2025-26-Q1", 4)] {
            assert_eq!(all.in_quarter(quarter.parse()?).len(), count, "{quarter}");
        }
        all.0.swap(0, 1);
        assert!(!all.in_order());
        Ok(())
    }
}
