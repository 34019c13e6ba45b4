//! What a proposal would do, worked out before anything is stored: the same plan says whether a proposal is complete, how the
//! year would have been coloured under it, and what applying it writes.

use serde_json::{Value, json};

use super::proposal::Proposal;
use super::subjects::Subject;
use crate::domain::code::Code;
use crate::domain::fault;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::review::Counting;
use crate::domain::target::{TargetRule, TargetTerms};
use crate::domain::terms::ProposalAction;
use crate::http::body::{Patch, check};
use crate::http::problem::{Fault, Problem};
use crate::resources::measures::body::{Measure, MeasureBody};
use crate::resources::measures::rules::numbers_fit;
use crate::resources::targets::body::TargetBody;

/// What the changes of a review share.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a> {
    /// The year for which they are made.
    pub year: FinancialYear,
    /// The quarter from which they hold: the first of the year, or the first that is not sealed.
    pub from: Quarter,
    /// The decision that they cite; none before it is taken.
    pub decision: Option<&'a Code>,
}

impl Ahead<'_> {
    /// The whole year after that of a review, while nothing is decided.
    pub fn of_review(year: FinancialYear) -> Self {
        Self { year: year.next(), from: year.next().first_quarter(), decision: None }
    }
}

/// What one proposal would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The measure as it would be: amended, or retired.
    pub changed: Option<MeasureBody>,
    /// A further measure, with its code.
    pub added: Option<(Code, MeasureBody)>,
    /// The target of the measure, or of the further one, in the year ahead.
    pub target: Option<TargetTerms>,
    /// Whether the change ends comparison with the figures that there are.
    pub ends_comparison: bool,
}

type Planned = Result<Plan, Vec<Fault>>;

impl Proposal {
    /// Works the proposal out for its measure as it stands.
    ///
    /// # Errors
    /// Everything that the action needs and the proposal lacks, with pointers from the proposal.
    pub fn plan(&self, subject: Option<&Subject>, ahead: Ahead<'_>) -> Planned {
        let known = || {
            let detail = format!("{} is not a measure of this framework.", self.measure);
            subject.ok_or_else(|| vec![Fault::new("/measure", "unknown_measure", detail)])
        };
        match self.action {
            ProposalAction::Add => self.added(&self.measure, ahead),
            ProposalAction::Retain | ProposalAction::Retarget => self.kept(known()?),
            ProposalAction::Amend => self.amended(known()?, ahead),
            ProposalAction::Retire => Ok(Plan { changed: Some(self.retired(known()?, ahead)?), ..Plan::default() }),
            ProposalAction::Replace => self.replaced(known()?, ahead),
        }
    }

    /// The measure stays as it is, with its present target or another.
    fn kept(&self, subject: &Subject) -> Planned {
        let proposed = self.proposed.target();
        if self.action == ProposalAction::Retarget && proposed.is_empty() {
            let detail = format!("The proposal to retarget {} names no part of a target: give one.", self.measure);
            return Err(vec![Fault::new("/proposed/target_value", "required", detail)]);
        }
        let measure = Patch::<MeasureBody>::nothing().apply(&subject.measure).map_err(unplaced)?;
        let retarget = self.action == ProposalAction::Retarget;
        Ok(Plan { target: self.target(subject, &measure, retarget)?, ..Plan::default() })
    }

    fn amended(&self, subject: &Subject, ahead: Ahead<'_>) -> Planned {
        let fields = self.proposed.definition_patch();
        if fields.is_empty() {
            let detail = format!("The proposal to amend {} names no part of the definition: give one.", self.measure);
            return Err(vec![Fault::new("/proposed/measure", "required", detail)]);
        }
        let mut changed = self.version(subject, fields.into(), ahead)?;
        let named = self.proposed.measure.as_ref().and_then(|measure| measure.new_series);
        let ends_comparison =
            named == Some(true) || counting(&changed).ends_comparison(&counting_now(&subject.measure));
        changed.series = Some(subject.measure.series + i32::from(ends_comparison));
        let target = self.target(subject, &changed, true)?;
        Ok(Plan { changed: Some(changed), target, ends_comparison, added: None })
    }

    fn retired(&self, subject: &Subject, ahead: Ahead<'_>) -> Result<MeasureBody, Vec<Fault>> {
        self.version(subject, json!({"status": "retired"}), ahead)
    }

    fn replaced(&self, subject: &Subject, ahead: Ahead<'_>) -> Planned {
        let Some(code) = &self.proposed.replacement else {
            let detail = format!("The proposal to replace {} does not say by which measure.", self.measure);
            return Err(vec![Fault::new("/proposed/replacement", "required", detail)]);
        };
        let added = self.added(code, ahead)?;
        Ok(Plan { changed: Some(self.retired(subject, ahead)?), ..added })
    }

    /// A further measure, with its target if one is proposed.
    fn added(&self, code: &Code, ahead: Ahead<'_>) -> Planned {
        let mut fields = self.proposed.definition_fields();
        fields.insert("code".to_owned(), json!(code));
        let whole = self.citing(fields.into(), ahead);
        let measure: MeasureBody = check(whole).and_then(fits).map_err(|problem| in_definition(&problem))?;
        let proposed = self.proposed.target();
        let target = if proposed.is_empty() {
            None
        } else {
            let terms = proposed.onto(None).map_err(|fault| vec![of_target(&fault)])?;
            fitting(&terms, &measure)?;
            Some(terms)
        };
        Ok(Plan { added: Some((code.clone(), measure)), target, ..Plan::default() })
    }

    /// The measure with a change, as the version that the year ahead begins with.
    fn version(&self, subject: &Subject, change: Value, ahead: Ahead<'_>) -> Result<MeasureBody, Vec<Fault>> {
        let patch = Patch::<MeasureBody>::of(self.citing(change, ahead));
        patch.apply(&subject.measure).and_then(fits).map_err(|problem| in_definition(&problem))
    }

    fn citing(&self, mut fields: Value, ahead: Ahead<'_>) -> Value {
        fields["effective_from"] = json!(ahead.from);
        fields["change_reason"] = json!(self.rationale);
        fields["decision"] = json!(ahead.decision);
        fields
    }

    /// The target of the year ahead: the present one, changed where the proposal may change it.
    fn target(
        &self,
        subject: &Subject,
        measure: &MeasureBody,
        may_change: bool,
    ) -> Result<Option<TargetTerms>, Vec<Fault>> {
        let proposed = self.proposed.target();
        let present = match &subject.target {
            Some(target) => Some(Patch::<TargetBody>::nothing().apply(target).map_err(unplaced)?.terms()),
            None => None,
        };
        let terms = if may_change && !proposed.is_empty() {
            Some(proposed.onto(present.as_ref()).map_err(|fault| vec![of_target(&fault)])?)
        } else {
            present
        };
        if let Some(terms) = &terms {
            fitting(terms, measure)?;
        }
        Ok(terms)
    }
}

fn fits(measure: MeasureBody) -> Result<MeasureBody, Problem> {
    numbers_fit(&measure).map(|()| measure)
}

fn fitting(terms: &TargetTerms, measure: &MeasureBody) -> Result<(), Vec<Fault>> {
    TargetRule::new(terms, measure.polarity, measure.accumulation, measure.unit)
        .map(|_| ())
        .map_err(|found| found.iter().map(of_target).collect())
}

fn counting(measure: &MeasureBody) -> Counting {
    let MeasureBody { unit, rate_base, frequency, calendar, accumulation, .. } = *measure;
    Counting { unit, rate_base, frequency, calendar, accumulation }
}

fn counting_now(measure: &Measure) -> Counting {
    let Measure { unit, rate_base, frequency, calendar, accumulation, .. } = *measure;
    Counting { unit, rate_base, frequency, calendar, accumulation }
}

/// A fault of a target's terms, at the place where the proposal has them.
fn of_target(fault: &fault::Fault) -> Fault {
    let prefix = if ["kind", "value", "lower", "upper"].contains(&fault.field) { "target_" } else { "" };
    Fault::new(format!("/proposed/{prefix}{}", fault.field), fault.code, fault.detail.clone())
}

/// Faults of a definition, at the place where the proposal has it.
fn in_definition(problem: &Problem) -> Vec<Fault> {
    problem.clone().under("/proposed/measure").faults().to_vec()
}

/// Faults of what is stored already, which have no place in the proposal.
fn unplaced(problem: Problem) -> Vec<Fault> {
    problem.faults().iter().map(|fault| Fault::new("", fault.code.clone(), fault.detail.clone())).collect()
}
