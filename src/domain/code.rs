//! Codes: the short names that definitional things are addressed by, never changed and never used again.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::text_form::text_form;

/// The most characters a code may have.
pub const LONGEST_CODE: usize = 32;

/// The code of a framework, an outcome or a measure, such as `EDU-01`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// A text that is not a code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not a code: codes have 1 to 32 capital letters, digits and hyphens, and begin with a letter or \
         digit{}", suggested(.suggestion.as_ref()))]
pub struct CodeError {
    text: String,
    suggestion: Option<Code>,
}

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_code(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

fn suggested(suggestion: Option<&Code>) -> String {
    suggestion.map_or_else(String::new, |code| format!("; did you mean `{code}`?"))
}

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        if is_code(text) {
            return Ok(Self(text.to_owned()));
        }
        let tidied = text.trim().to_ascii_uppercase().replace([' ', '_'], "-");
        Err(CodeError {
            text: text.chars().take(LONGEST_CODE + 8).collect(),
            suggestion: is_code(&tidied).then_some(Self(tidied)),
        })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

text_form!(
    Code, format: "code", pattern: "^[A-Z0-9][A-Z0-9-]{0,31}$", example: "EDU-01",
    "A code: 1 to 32 capital letters, digits and hyphens, beginning with a letter or digit. It is never changed and \
     never used again."
);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn takes_codes_and_nothing_else() {
        let long = "A".repeat(32);
        for text in ["EDU-01", "CSPF-2024-28", "BELONG-THRIVE", "7", "A-", long.as_str()] {
            assert_eq!(text.parse::<Code>().unwrap().as_str(), text);
        }
        for text in ["", "-A", "edu-01", "EDU 01", "EDU_01", "É1", "EDU-01\n", &"A".repeat(33)] {
            assert!(text.parse::<Code>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn suggests_the_code_that_was_meant() {
        let rule = "codes have 1 to 32 capital letters, digits and hyphens, and begin with a letter or digit";
        for (text, hint) in [
            ("edu-01", "; did you mean `EDU-01`?"),
            ("EDU 01", "; did you mean `EDU-01`?"),
            ("cspf_2024_28 ", "; did you mean `CSPF-2024-28`?"),
            ("É1", ""),
            ("", ""),
        ] {
            let message = text.parse::<Code>().unwrap_err().to_string();
            assert_eq!(message, format!("`{text}` is not a code: {rule}{hint}"));
        }
    }
}
