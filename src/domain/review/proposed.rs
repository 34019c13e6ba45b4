//! A target as it is proposed: what is left out stays as the present target has it.

use rust_decimal::Decimal;

use crate::domain::code::Code;
use crate::domain::fault::Fault;
use crate::domain::target::TargetTerms;
use crate::domain::terms::{ComparatorStatistic, TargetKind, ToleranceKind};

/// The parts of a target that a proposal names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposedTarget {
    /// What it is to ask of the value.
    pub kind: Option<TargetKind>,
    /// The target, for a kind with one value.
    pub value: Option<Decimal>,
    /// In its place, the comparator whose figure is to be the target.
    pub comparator: Option<Code>,
    /// Which figure of the comparator.
    pub comparator_statistic: Option<ComparatorStatistic>,
    /// Own units to be added to that figure.
    pub comparator_margin: Option<Decimal>,
    /// Lower edge of a band.
    pub lower: Option<Decimal>,
    /// Upper edge of a band.
    pub upper: Option<Decimal>,
    /// How the tolerance is to be stated.
    pub tolerance_kind: Option<ToleranceKind>,
    /// The tolerance.
    pub tolerance: Option<Decimal>,
    /// Its part below the target.
    pub tolerance_below: Option<Decimal>,
    /// Its part above the target.
    pub tolerance_above: Option<Decimal>,
    /// The points to reach by the end of each quarter.
    pub profile: [Option<Decimal>; 4],
}

impl ProposedTarget {
    /// Whether no part of a target is named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The target that this makes of the present one. A target of another kind keeps nothing of it, a tolerance stated in
    /// another way nothing of the present tolerance, one relative to another comparator nothing of what was said of the
    /// present one, and a profile is given whole. A value takes the place of a comparator, and a comparator that of a value
    /// and its profile.
    ///
    /// # Errors
    /// There is no present target, and the proposal does not say what the new one asks.
    pub fn onto(&self, present: Option<&TargetTerms>) -> Result<TargetTerms, Fault> {
        let kind = self.kind.or(present.map(|present| present.kind)).ok_or_else(|| {
            let detail = "There is no present target, so the proposal says what the new one asks: give a kind.";
            Fault::new("kind", "required", detail)
        })?;
        let base = present.filter(|present| present.kind == kind);
        let kept = |of: fn(&TargetTerms) -> Option<Decimal>| base.and_then(of);
        let stated = self.tolerance_kind.or(base.and_then(|base| base.tolerance_kind));
        let same_tolerance = base.filter(|base| base.tolerance_kind == stated);
        let tolerance = |of: fn(&TargetTerms) -> Option<Decimal>| same_tolerance.and_then(of);
        let other = |base: &TargetTerms| self.comparator.is_some() && self.comparator != base.comparator;
        let same_comparator = base.filter(|base| self.value.is_none() && !other(base));
        let comparator = self.comparator.clone().or(same_comparator.and_then(|base| base.comparator.clone()));
        let profile = if self.profile == [None; 4] {
            base.filter(|_| comparator.is_none()).map(|base| base.profile)
        } else {
            Some(self.profile)
        };
        Ok(TargetTerms {
            kind,
            value: self.value.or(kept(|terms| terms.value).filter(|_| comparator.is_none())),
            comparator,
            comparator_statistic: self
                .comparator_statistic
                .or(same_comparator.and_then(|base| base.comparator_statistic)),
            comparator_margin: self.comparator_margin.or(same_comparator.and_then(|base| base.comparator_margin)),
            lower: self.lower.or(kept(|terms| terms.lower)),
            upper: self.upper.or(kept(|terms| terms.upper)),
            tolerance_kind: stated,
            tolerance: self.tolerance.or(tolerance(|terms| terms.tolerance)),
            tolerance_below: self.tolerance_below.or(tolerance(|terms| terms.tolerance_below)),
            tolerance_above: self.tolerance_above.or(tolerance(|terms| terms.tolerance_above)),
            profile: profile.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::super::fixtures::{dec, target_terms};
    use super::*;

    #[test]
    fn keeps_of_the_present_target_what_still_means_the_same() {
        let present = "at_least value=55 tolerance_kind=absolute tolerance=2 profile_q1=10 profile_q2=20 profile_q3=30 profile_q4=55";
        let value = |value: &str| ProposedTarget { value: Some(dec(value)), ..ProposedTarget::default() };
        let kind = |kind: &str| ProposedTarget { kind: Some(kind.parse().unwrap()), ..ProposedTarget::default() };
        let relative = ProposedTarget { tolerance_kind: Some(ToleranceKind::Relative), ..value("60") };
        let profiled = ProposedTarget { profile: [None, None, None, Some(dec("60"))], ..value("60") };
        let beside = ProposedTarget {
            comparator: Some("SN".parse().unwrap()),
            comparator_statistic: Some(ComparatorStatistic::Mean),
            ..ProposedTarget::default()
        };
        for (proposed, made) in [
            (ProposedTarget::default(), present),
            (beside, "at_least comparator=SN comparator_statistic=mean tolerance_kind=absolute tolerance=2"),
            (
                value("60"),
                "at_least value=60 tolerance_kind=absolute tolerance=2 profile_q1=10 profile_q2=20 profile_q3=30 profile_q4=55",
            ),
            (
                relative,
                "at_least value=60 tolerance_kind=relative profile_q1=10 profile_q2=20 profile_q3=30 profile_q4=55",
            ),
            (profiled, "at_least value=60 tolerance_kind=absolute tolerance=2 profile_q4=60"),
            (kind("none"), "none"),
            (ProposedTarget { value: Some(dec("9")), ..kind("at_most") }, "at_most value=9"),
        ] {
            assert_eq!(proposed.onto(Some(&target_terms(present))), Ok(target_terms(made)), "{made}");
        }
        let present = "above comparator=SN comparator_statistic=mean comparator_margin=2";
        let margin = ProposedTarget { comparator_margin: Some(dec("3")), ..ProposedTarget::default() };
        let other = ProposedTarget { comparator: Some("CC".parse().unwrap()), ..ProposedTarget::default() };
        for (proposed, made) in [
            (margin, "above comparator=SN comparator_statistic=mean comparator_margin=3"),
            (other, "above comparator=CC"),
            (value("60"), "above value=60"),
            (ProposedTarget { value: Some(dec("60")), ..kind("at_least") }, "at_least value=60"),
        ] {
            assert_eq!(proposed.onto(Some(&target_terms(present))), Ok(target_terms(made)), "{made}");
        }
        assert_eq!(kind("none").onto(None), Ok(target_terms("none")));
        assert_eq!(value("60").onto(None).unwrap_err().field, "kind");
        assert!(ProposedTarget::default().is_empty() && !value("60").is_empty());
    }
}
