//! Which codes a target can be relative to, and which figures each has.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::db::schema::{areas, comparator_groups};
use crate::domain::code::Code;
use crate::domain::fault::Fault;
use crate::domain::target::{ComparatorSort, TargetTerms, unfit_comparator};
use crate::http::problems;

/// What is known of some codes; of one that is nothing to compare with, nothing.
#[derive(Clone, Debug, Default)]
pub struct Comparators(BTreeMap<Code, ComparatorSort>);

impl Comparators {
    /// Reads what these codes are.
    ///
    /// # Errors
    /// [`DbError`] when the database cannot be reached.
    pub async fn read(
        connection: &mut AsyncPgConnection,
        codes: impl IntoIterator<Item = &Code>,
    ) -> Result<Self, DbError> {
        let codes: Vec<&str> = codes.into_iter().map(Code::as_str).collect();
        if codes.is_empty() {
            return Ok(Self::default());
        }
        let found = areas::table.filter(areas::code.eq_any(codes.clone())).select((areas::code, areas::kind));
        let found: Vec<(Code, _)> = found.load(connection).await?;
        let groups = comparator_groups::table.filter(comparator_groups::code.eq_any(codes));
        let groups: Vec<Code> = groups.select(comparator_groups::code).load(connection).await?;
        let areas = found.into_iter().map(|(code, kind)| (code, ComparatorSort::Area(kind)));
        Ok(Self(areas.chain(groups.into_iter().map(|code| (code, ComparatorSort::Group))).collect()))
    }

    /// What is wrong with the comparator that a target names, if there is one with this code.
    pub fn misfit(&self, terms: &TargetTerms) -> Option<Fault> {
        let code = terms.comparator.as_ref()?;
        unfit_comparator(code, *self.0.get(code)?, terms.comparator_statistic)
    }

    /// That a target names a comparator which is not there.
    pub fn unknown(&self, terms: &TargetTerms) -> Option<Fault> {
        let code = terms.comparator.as_ref().filter(|code| !self.0.contains_key(*code))?;
        let detail = format!("there is no comparator group, region or country {code}: create it, or correct the code");
        Some(Fault::new("comparator", problems::UNKNOWN_REFERENCE.code, detail))
    }
}
