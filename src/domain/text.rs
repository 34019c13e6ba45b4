//! Words that people write: a line such as a title, or prose of several lines, never blank and never with characters
//! that would garble a report.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use thiserror::Error;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};
use utoipa::{PartialSchema, ToSchema};

/// A text that is refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing to read.
    #[error("the text is blank: write at least one visible character, or leave the field null where it may be")]
    Blank,
    /// Longer than allowed.
    #[error("the text has {length} characters, and at most {longest} are allowed")]
    TooLong {
        /// Its characters.
        length: usize,
        /// The most there may be.
        longest: usize,
    },
    /// A line break where there is one line.
    #[error("the text has a line break at character {position}: this field takes one line")]
    LineBreak {
        /// Counted from 1.
        position: usize,
    },
    /// A character that is not text.
    #[error("the text has the control character U+{character:04X} at character {position}: take it out")]
    Control {
        /// The code point.
        character: u32,
        /// Counted from 1.
        position: usize,
    },
}

/// Declares a text with a greatest length in characters (not bytes), its JSON form and its OpenAPI schema.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $what:literal, refuses: $refuses:expr, pattern: $pattern:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<const MAX: usize>(String);

        impl<const MAX: usize> $name<MAX> {
            /// Takes a text as it is.
            ///
            /// # Errors
            /// The first thing that is wrong with it.
            pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
                let text = text.into();
                check(&text, MAX, $refuses).map(|()| Self(text))
            }
        }

        impl<const MAX: usize> FromStr for $name<MAX> {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                Self::new(text)
            }
        }

        impl<const MAX: usize> Deref for $name<MAX> {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> AsRef<str> for $name<MAX> {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }

        impl<const MAX: usize> Serialize for $name<MAX> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de, const MAX: usize> Deserialize<'de> for $name<MAX> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }

        impl<const MAX: usize> PartialSchema for $name<MAX> {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some(1))
                    .max_length(Some(MAX))
                    .pattern(Some($pattern))
                    .description(Some(format!("{} of at most {MAX} characters, not blank.", $what)))
                    .into()
            }
        }

        /// The schema's name carries the length, so that two lengths are two schemas.
        impl<const MAX: usize> ToSchema for $name<MAX> {
            fn name() -> Cow<'static, str> {
                Cow::Owned(format!("{}{MAX}", stringify!($name)))
            }
        }
    };
}

text! {
    /// One line of 1 to `MAX` characters: no line break, no control character, at least one visible character.
    Line, "One line of text", refuses: |character| character.is_control() || is_line_break(character),
    pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*[^\\s\\u0000-\\u001f\\u007f-\\u009f\\ufeff]\
        [^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$"
}

text! {
    /// Prose of 1 to `MAX` characters: line breaks and tabs are welcome, other control characters are not, and at least
    /// one character is visible.
    Prose, "Text, of several lines if need be,",
    refuses: |character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'),
    pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*\
        [^\\s\\u0000-\\u001f\\u007f-\\u009f\\ufeff]\
        [^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$"
}

fn check(text: &str, longest: usize, refuses: fn(char) -> bool) -> Result<(), TextError> {
    if let Some((n, character)) = text.chars().enumerate().find(|(_, character)| refuses(*character)) {
        let position = n + 1;
        return Err(if is_line_break(character) && refuses('\n') {
            TextError::LineBreak { position }
        } else {
            TextError::Control { character: character.into(), position }
        });
    }
    let length = text.chars().count();
    if length > longest {
        return Err(TextError::TooLong { length, longest });
    }
    // The byte order mark is white space to JSON Schema's regular expressions, though not to Unicode.
    let visible = |character: char| !character.is_whitespace() && !character.is_control() && character != '\u{feff}';
    if text.chars().any(visible) { Ok(()) } else { Err(TextError::Blank) }
}

const fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests;
