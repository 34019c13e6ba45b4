//! Grants: a role, everywhere or within one framework, one outcome or one measure.

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use thiserror::Error;
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::role::Role;
use crate::domain::code::Code;
use crate::json_column;

/// A role, and how far it reaches: everywhere, or only what belongs to a framework, an outcome or a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "reaches_somewhere"))]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Only within this framework.
    #[serde(default)]
    pub framework: Option<Code>,
    /// Only within this outcome.
    #[serde(default)]
    pub outcome: Option<Code>,
    /// Only this measure.
    #[serde(default)]
    pub measure: Option<Code>,
}

/// What a grant is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit<'a> {
    /// Nothing: it reaches everywhere.
    Everywhere,
    /// A framework.
    Framework(&'a Code),
    /// An outcome.
    Outcome(&'a Code),
    /// A measure.
    Measure(&'a Code),
}

impl Grant {
    /// A role everywhere.
    pub const fn everywhere(role: Role) -> Self {
        Self { role, framework: None, outcome: None, measure: None }
    }

    /// What it is limited to.
    pub fn limit(&self) -> Limit<'_> {
        match (&self.framework, &self.outcome, &self.measure) {
            (Some(framework), ..) => Limit::Framework(framework),
            (_, Some(outcome), _) => Limit::Outcome(outcome),
            (.., Some(measure)) => Limit::Measure(measure),
            (None, None, None) => Limit::Everywhere,
        }
    }
}

fn reaches_somewhere(grant: &Grant) -> Result<(), ValidationError> {
    let limits = [&grant.framework, &grant.outcome, &grant.measure].into_iter().flatten().count();
    let told = |code: &'static str, message: &'static str| ValidationError::new(code).with_message(message.into());
    if limits > 1 {
        return Err(told(
            "one_limit",
            "A grant is limited to a framework, an outcome or a measure, and to one of them only.",
        ));
    }
    if limits == 1 && !grant.role.can_be_limited() {
        return Err(told(
            "no_limit",
            "An auditor or administrator is one everywhere, and so are a member and the public: what they see belongs to no one measure.",
        ));
    }
    Ok(())
}

/// A text that is not a grant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not a grant: {why}; write a role, alone or limited, such as provider:measure=EDU-01; roles are {}; limits are framework, outcome and measure",
    Role::VARIANTS.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", "))]
pub struct GrantError {
    text: String,
    why: String,
}

impl FromStr for Grant {
    type Err = GrantError;

    fn from_str(text: &str) -> Result<Self, GrantError> {
        let wrong = |why: String| GrantError { text: text.to_owned(), why };
        let (role, limit) = text.split_once(':').map_or((text, None), |(role, limit)| (role, Some(limit)));
        let mut grant = Self::everywhere(role.parse().map_err(|_| wrong(format!("there is no role `{role}`")))?);
        if let Some(limit) = limit {
            let (kind, code) = limit.split_once('=').ok_or_else(|| wrong(format!("`{limit}` is no limit")))?;
            let code: Code = code.parse().map_err(|error| wrong(format!("{error}")))?;
            match kind {
                "framework" => grant.framework = Some(code),
                "outcome" => grant.outcome = Some(code),
                "measure" => grant.measure = Some(code),
                _ => return Err(wrong(format!("`{kind}` is no limit"))),
            }
        }
        let faulty = reaches_somewhere(&grant).err();
        faulty.map_or(Ok(grant), |fault| Err(wrong(fault.message.unwrap_or_default().into_owned())))
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.role)?;
        match self.limit() {
            Limit::Everywhere => Ok(()),
            Limit::Framework(code) => write!(f, ":framework={code}"),
            Limit::Outcome(code) => write!(f, ":outcome={code}"),
            Limit::Measure(code) => write!(f, ":measure={code}"),
        }
    }
}

/// Every grant of a caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Grants(pub Vec<Grant>);

json_column!(Grants);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_a_role_and_at_most_one_limit() {
        for text in [
            "provider",
            "provider:measure=EDU-01",
            "performance_officer:framework=CSPF-2024-28",
            "director:outcome=O-1",
        ] {
            assert_eq!(text.parse::<Grant>().map(|grant| grant.to_string()).as_deref(), Ok(text));
        }
        for (text, told) in [
            ("", "there is no role ``"),
            ("Provider", "there is no role `Provider`"),
            ("provider:", "`` is no limit"),
            ("provider:EDU-01", "`EDU-01` is no limit"),
            ("provider:school=1", "`school` is no limit"),
            ("provider:measure=edu-01", "did you mean `EDU-01`?"),
            ("provider:measure=EDU-01,EDU-02", "`EDU-01,EDU-02` is not a code"),
            ("administrator:framework=F", "one everywhere"),
            ("auditor:measure=M", "one everywhere"),
        ] {
            let refused = text.parse::<Grant>().map_err(|error| error.to_string());
            assert!(refused.as_ref().is_err_and(|error| error.contains(told)), "{text}: {refused:?}");
        }
    }

    #[test]
    fn a_grant_with_two_limits_is_none() {
        let code = |text: &str| text.parse::<Code>().ok();
        let grant = Grant { framework: code("F"), measure: code("M-1"), ..Grant::everywhere(Role::Provider) };
        assert!(grant.validate().is_err());
    }
}
