//! What is text and what is not, here and in the schema's own words.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::*;

const REFUSED_BY_BOTH: [&str; 7] = ["", " ", "\u{a0}\u{2003}", "a\u{0}", "a\u{7}b", "\u{feff}", "\u{9f}a"];

#[test]
fn takes_what_can_be_read() {
    for text in ["a", " a ", "Children’s services: 10 % – “better”", "Ünïcödé 你好 🙂", "12345678901234567890"]
    {
        assert_eq!(&*Line::<40>::new(text).unwrap(), text);
        assert_eq!(&*Prose::<40>::new(text).unwrap(), text);
    }
    for text in ["a\nb", "a\r\nb\tc", "\n\na"] {
        assert!(
            matches!(Line::<40>::new(text), Err(TextError::LineBreak { .. } | TextError::Control { .. })),
            "{text:?}"
        );
        assert_eq!(&*Prose::<40>::new(text).unwrap(), text);
    }
    for text in REFUSED_BY_BOTH {
        assert!(Line::<40>::new(text).is_err() && Prose::<40>::new(text).is_err(), "{text:?}");
    }
    assert!(Line::<40>::new("a\u{2028}b").is_err() && Line::<40>::new("a\u{85}b").is_err());
}

#[test]
fn says_what_is_wrong() {
    for (text, message) in [
        (" ", "the text is blank: write at least one visible character, or leave the field null where it may be"),
        ("äöüäöü", "the text has 6 characters, and at most 5 are allowed"),
        ("a\nb", "the text has a line break at character 2: this field takes one line"),
        ("a\u{7}", "the text has the control character U+0007 at character 2: take it out"),
    ] {
        assert_eq!(text.parse::<Line<5>>().unwrap_err().to_string(), message);
    }
    let next_line = Prose::<9>::new("a\u{85}b").unwrap_err().to_string();
    assert_eq!(next_line, "the text has the control character U+0085 at character 2: take it out");
    let refused = serde_json::from_str::<Line<5>>("\" \"").unwrap_err().to_string();
    assert!(refused.starts_with("the text is blank"), "{refused}");
}

#[test]
fn two_lengths_are_two_schemas() {
    assert_eq!(Line::<200>::name(), "Line200");
    assert_eq!(Prose::<4000>::name(), "Prose4000");
    let schema = serde_json::to_value(Line::<200>::schema()).unwrap();
    assert_eq!((schema["minLength"].as_u64(), schema["maxLength"].as_u64()), (Some(1), Some(200)));
    assert_eq!(schema["description"], "One line of text of at most 200 characters, not blank.");
    assert!(schema["pattern"].as_str().unwrap().starts_with("^[^\\u0000-\\u001f"));
}
