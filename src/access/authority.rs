//! What a caller may do, and how far: scopes that reach everywhere, or grants that may be limited.

use std::sync::Arc;

use super::audience::Audience;
use super::grant::{Grant, Limit};
use super::scope::Scope;
use crate::db::reach::{Eyes, Reach, Within};

/// What a caller may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// These scopes, everywhere.
    Scopes(Vec<Scope>),
    /// What these grants give, each where it reaches.
    Grants(Vec<Grant>),
}

impl Authority {
    /// How far the caller reaches who needs one of these scopes; nothing where none is held anywhere. Who needs none to be
    /// let in reaches no data.
    pub fn reach(&self, needed: &[Scope]) -> Option<Reach> {
        if needed.is_empty() {
            return Some(Reach::Within(Arc::default()));
        }
        match self {
            Self::Scopes(scopes) => serves(scopes, needed).then_some(Reach::Everywhere),
            Self::Grants(grants) => reach_of(grants.iter().filter(|grant| serves(grant.role.scopes(), needed))),
        }
    }

    /// Whose eyes the caller has: of several roles, those that see most; of a key with scopes, those of who works with the figures.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Scopes(_) => Audience::Internal,
            Self::Grants(grants) => grants.iter().map(|grant| grant.role.audience()).max().unwrap_or(Audience::Public),
        }
    }

    /// Every scope that the caller has somewhere.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = match self {
            Self::Scopes(scopes) => scopes.clone(),
            Self::Grants(grants) => grants.iter().flat_map(|grant| grant.role.scopes()).copied().collect(),
        };
        scopes.sort();
        scopes.dedup();
        scopes
    }

    /// The grants; none for one of scopes.
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Scopes(_) => &[],
            Self::Grants(grants) => grants,
        }
    }
}

/// Whether one of these scopes serves one of those needed.
fn serves(held: &[Scope], needed: &[Scope]) -> bool {
    needed.iter().any(|scope| held.iter().any(|held| held.includes(*scope)))
}

fn reach_of<'a>(grants: impl Iterator<Item = &'a Grant>) -> Option<Reach> {
    let mut within = Within::default();
    let mut audience = None;
    for grant in grants {
        audience = audience.max(Some(grant.role.audience()));
        // Who works with some of the figures is shown those, in truth, and no others.
        if grant.role.audience() != Audience::Internal {
            continue;
        }
        match grant.limit() {
            Limit::Everywhere => return Some(Reach::Everywhere),
            Limit::Framework(code) => within.frameworks.push(code.to_string()),
            Limit::Outcome(code) => within.outcomes.push(code.to_string()),
            Limit::Measure(code) => within.measures.push(code.to_string()),
        }
    }
    audience.map(|audience| match audience {
        Audience::Internal => Reach::Within(Arc::new(within)),
        Audience::Members => Reach::Disclosed(Eyes::Members),
        Audience::Public => Reach::Disclosed(Eyes::Public),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(grants: &[&str]) -> Authority {
        Authority::Grants(grants.iter().filter_map(|grant| grant.parse().ok()).collect())
    }

    fn within(frameworks: &[&str], measures: &[&str]) -> Reach {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Reach::Within(Arc::new(Within {
            frameworks: owned(frameworks),
            measures: owned(measures),
            ..Within::default()
        }))
    }

    #[test]
    fn a_scope_reaches_as_far_as_the_grants_that_give_it() {
        let two = granted(&["director:framework=A", "provider:measure=B-1", "provider:measure=B-2"]);
        assert_eq!(two.grants().len(), 3);
        assert_eq!(two.reach(&[Scope::Read]), Some(within(&["A"], &["B-1", "B-2"])));
        assert_eq!(two.reach(&[Scope::Submit]), Some(within(&[], &["B-1", "B-2"])));
        assert_eq!(two.reach(&[Scope::Approve]), Some(within(&["A"], &[])));
        assert_eq!(two.reach(&[Scope::Decide, Scope::Approve]), Some(within(&["A"], &[])));
        assert_eq!(two.reach(&[Scope::Configure]), None);
        assert_eq!(two.scopes(), [Scope::Read, Scope::Submit, Scope::Approve]);
    }

    #[test]
    fn one_grant_without_a_limit_reaches_everywhere_for_its_own_scopes_only() {
        let both = granted(&["auditor", "provider:measure=B-1"]);
        assert_eq!(both.reach(&[Scope::Read]), Some(Reach::Everywhere));
        assert_eq!(both.reach(&[Scope::Submit]), Some(within(&[], &["B-1"])));
        assert_eq!(granted(&["administrator"]).reach(&[Scope::Submit]), Some(Reach::Everywhere));
    }

    #[test]
    fn members_and_the_public_see_what_was_published() {
        for (grants, audience, reach) in [
            (vec!["public"], Audience::Public, Reach::Disclosed(Eyes::Public)),
            (vec!["public", "member"], Audience::Members, Reach::Disclosed(Eyes::Members)),
            (vec!["member", "provider:measure=B-1"], Audience::Internal, within(&[], &["B-1"])),
            (vec!["member", "auditor"], Audience::Internal, Reach::Everywhere),
        ] {
            let caller = granted(&grants);
            assert_eq!((caller.audience(), caller.reach(&[Scope::Read])), (audience, Some(reach)), "{grants:?}");
        }
        assert_eq!(granted(&["member"]).reach(&[Scope::Submit]), None);
    }

    #[test]
    fn who_holds_nothing_reaches_nothing() {
        for nobody in [granted(&[]), Authority::Scopes(Vec::new())] {
            assert_eq!(nobody.reach(&[Scope::Read]), None);
            assert_eq!(nobody.reach(&[]), Some(within(&[], &[])));
        }
        let reader = Authority::Scopes(vec![Scope::Read]);
        assert_eq!((reader.reach(&[Scope::Read]), reader.reach(&[Scope::Audit])), (Some(Reach::Everywhere), None));
    }
}
