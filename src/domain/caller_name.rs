//! Names of callers: a key's name is the caller; a person who signed in has a name to read and a mark that stays.
//!
//! The mark stands at the end, as in `j.smith@council.example (oidc:5f0c…)`: it is made of issuer and subject, which no
//! marriage and no new address changes. No key can have such a name, so nobody is taken for a key, and no key for a person.

/// What begins the mark.
const OPENING: &str = " (oidc:";
/// Hexadecimal digits of the mark.
pub const MARK_DIGITS: usize = 32;
/// The most characters kept of the readable part.
const LONGEST: usize = 100;

/// The name of a person: how they are called, and their mark.
pub fn of_person(called: &str, mark: &str) -> String {
    let readable: String = called.chars().filter(|character| !character.is_control()).take(LONGEST).collect();
    format!("{}{OPENING}{mark})", readable.trim())
}

/// The mark of a person's name; none in the name of a key.
pub fn mark(name: &str) -> Option<&str> {
    let mark = name.strip_suffix(')')?.rsplit_once(OPENING)?.1;
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (mark.len() == MARK_DIGITS && mark.bytes().all(hexadecimal)).then_some(mark)
}

/// What tells one caller from another: the mark of a person, else the whole name.
pub fn identity(name: &str) -> &str {
    mark(name).unwrap_or(name)
}

/// Whether one could pass for the other: names that differ by the size of letters, or by space at their ends, are one caller's.
pub fn is_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| identity(name).trim().to_lowercase();
    plain(one) == plain(other)
}

/// What stands in place of an erased name, before the number of the account.
const ERASED: &str = "erased person ";

/// Whether this is what stands in place of an erased name.
pub fn is_erased(name: &str) -> bool {
    name.strip_prefix(ERASED).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_person_is_the_same_under_another_name_and_no_key_is_a_person() {
        let (before, after) = (of_person("a.jones@council.example", MARK), of_person("A. Smith", MARK));
        assert_eq!(before, format!("a.jones@council.example (oidc:{MARK})"));
        assert_eq!(identity(&before), identity(&after));
        assert!(
            is_same(&before, &after)
                && is_same("case-system", " Case-System")
                && !is_same("case-system", "case system")
        );
        assert_ne!(identity(&before), identity(&of_person("a.jones@council.example", &MARK.replace('0', "1"))));
        for key in [
            "case-system",
            "x (oidc:)",
            "x (oidc:0123)",
            &format!("x (oidc:{MARK})y"),
            &format!("x (oidc:{})", MARK.to_uppercase()),
            &format!("(oidc:{MARK})"),
        ] {
            assert_eq!((mark(key), identity(key)), (None, key));
        }
    }

    #[test]
    fn what_stands_for_an_erased_name_is_known_by_its_form() {
        for (name, erased) in [
            ("erased person 17", true),
            ("erased person ", false),
            ("erased person 1a", false),
            ("An erased person 1", false),
        ] {
            assert_eq!(is_erased(name), erased, "{name}");
        }
    }

    #[test]
    fn a_name_is_one_line_and_not_long() {
        assert_eq!(of_person("a\r\nb\u{7f}", MARK), format!("ab (oidc:{MARK})"));
        assert_eq!(of_person(&"x".repeat(500), MARK).len(), 100 + OPENING.len() + MARK_DIGITS + 1);
    }
}
