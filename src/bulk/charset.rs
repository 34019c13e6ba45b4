//! How a content writes characters: UTF-8, or Windows-1252, which spreadsheets write as "CSV" without saying so.

use std::borrow::Cow;

use crate::domain::import::Charset;

/// What Windows-1252 has from 0x80 to 0x9F; five places are not taken.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Finds out, as a content arrives, whether all of it is UTF-8.
#[derive(Debug, Default)]
pub struct Detector {
    /// The beginning of a character whose end is still to come.
    begun: Vec<u8>,
    first: Vec<u8>,
    /// Characters of more than one byte.
    characters: u64,
    /// Bytes that are of no character.
    strays: u64,
    /// Line breaks before the first of these.
    breaks: u64,
    /// The first of these, as far as there is one.
    stray: Option<u8>,
}

/// The mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Detector {
    /// Looks at the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.first.len() < 4 {
            self.first.extend(bytes.iter().take(4 - self.first.len()));
        }
        let mut joined = std::mem::take(&mut self.begun);
        joined.extend_from_slice(bytes);
        let mut rest = joined.as_slice();
        while let Err(error) = std::str::from_utf8(rest) {
            let (good, bad) = rest.split_at(error.valid_up_to());
            self.count(good);
            let Some(strays) = error.error_len() else {
                self.begun = bad.to_vec();
                return;
            };
            self.strays += strays as u64;
            self.stray = self.stray.or(bad.first().copied());
            rest = bad.get(strays..).unwrap_or_default();
        }
        self.count(rest);
    }

    /// Counts characters and, up to the first stray byte, lines.
    fn count(&mut self, good: &[u8]) {
        let (mut characters, mut breaks) = (0, 0);
        for byte in good {
            characters += u64::from(*byte >= 0xc0);
            breaks += u64::from(*byte == b'\n');
        }
        self.characters += characters;
        if self.stray.is_none() {
            self.breaks += breaks;
        }
    }

    /// What it is, as far as it was there. A character whose end is missing is none only if no more is to come.
    pub fn charset(&self, ended: bool) -> Charset {
        let broken = self.stray.is_some() || (ended && !self.begun.is_empty());
        if broken { Charset::Windows1252 } else { Charset::Utf8 }
    }

    /// What keeps it from being read at all: it says by its mark that it is UTF-8, or has more characters of UTF-8 than other bytes,
    /// and is not UTF-8 throughout. Read as Windows-1252 its correct characters would be spoilt. Whether it has more of them is known at
    /// its end.
    pub fn mixed(&self, ended: bool) -> Option<String> {
        let unfinished = self.begun.first().copied().filter(|_| ended);
        let strays = self.strays + if ended { self.begun.len() as u64 } else { 0 };
        let byte = self.stray.or(unfinished)?;
        let why = if self.first.starts_with(MARK) {
            "begins with the mark of UTF-8".to_owned()
        } else if ended && self.characters > strays {
            format!("has {} characters of several bytes in UTF-8", self.characters)
        } else {
            return None;
        };
        Some(format!(
            "The content {why}, but on line {} stands the byte 0x{byte:02X}, which is no UTF-8: parts of it may come from another file. \
             Correct the line, and save all of it as UTF-8.",
            self.breaks + 1
        ))
    }

    /// Whether it begins with the mark of UTF-16, or has the zeros of it.
    pub fn is_wide(&self) -> bool {
        self.first.starts_with(&[0xff, 0xfe]) || self.first.starts_with(&[0xfe, 0xff]) || self.first.contains(&0)
    }
}

/// The text of these bytes.
pub fn decode(bytes: &[u8], charset: Charset) -> Cow<'_, str> {
    match charset {
        Charset::Utf8 => String::from_utf8_lossy(bytes),
        Charset::Windows1252 => bytes.iter().map(|byte| character(*byte)).collect(),
    }
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(parts: &[&[u8]]) -> Charset {
        let mut detector = Detector::default();
        parts.iter().for_each(|part| detector.feed(part));
        detector.charset(true)
    }

    #[test]
    fn utf_8_is_known_wherever_it_is_cut() {
        let text = "Café – 20 % ünd 𝄞".as_bytes();
        for at in 0..text.len() {
            assert_eq!(detected(&[&text[..at], &text[at..]]), Charset::Utf8, "cut at {at}");
        }
        assert_eq!(detected(&[b"Caf\xe9"]), Charset::Windows1252);
        assert_eq!(detected(&[b"Caf\xe9 au lait"]), Charset::Windows1252);
        assert_eq!(detected(&[]), Charset::Utf8);
    }

    #[test]
    fn a_character_that_is_still_arriving_is_not_broken() {
        let text = "𝄞".as_bytes();
        for (arrived, so_far, at_the_end) in [
            (&text[..2], Charset::Utf8, Charset::Windows1252),
            (text, Charset::Utf8, Charset::Utf8),
            (b"\xe9 ", Charset::Windows1252, Charset::Windows1252),
        ] {
            let mut detector = Detector::default();
            detector.feed(arrived);
            assert_eq!((detector.charset(false), detector.charset(true)), (so_far, at_the_end), "{arrived:?}");
        }
    }

    #[test]
    fn what_is_partly_utf_8_is_told_with_its_line_wherever_it_is_cut() {
        for (bytes, told) in [
            (&b"\xef\xbb\xbfa\nCaf\xc3\xa9\nCaf\xe9\n"[..], Some("line 3 stands the byte 0xE9")),
            (b"\xef\xbb\xbfCaf\xe9", Some("the mark of UTF-8, but on line 1 ")),
            (b"\xc3\xa9\xc3\xa9\n\xe9 \xc3\xa9\n", Some("has 3 characters of several bytes in UTF-8, but on line 2 ")),
            (b"\xc3\xa9 \xe9\n", None),
            (b"\xe9\n\xe9\n", None),
            ("\u{feff}é".as_bytes(), None),
        ] {
            for size in [1, 2, 3, 100] {
                let mut detector = Detector::default();
                bytes.chunks(size).for_each(|part| detector.feed(part));
                let found = detector.mixed(true);
                assert_eq!(found.is_some(), told.is_some(), "{bytes:?}: {found:?}");
                assert!(found.unwrap_or_default().contains(told.unwrap_or_default()), "{bytes:?}: {told:?}");
            }
        }
    }

    #[test]
    fn windows_1252_has_its_own_characters() {
        assert_eq!(decode(b"Caf\xe9 \x96 \x80 5 \x93so\x94", Charset::Windows1252), "Café – € 5 “so”");
        assert_eq!(decode("Café".as_bytes(), Charset::Utf8), "Café");
    }

    #[test]
    fn what_is_wide_is_seen_at_its_beginning() {
        for (bytes, wide) in [
            (&b"\xff\xfem\0"[..], true),
            (b"\xfe\xff\0m", true),
            (b"m\0e\0", true),
            (b"\xef\xbb\xbfm", false),
            (b"", false),
        ] {
            let mut detector = Detector::default();
            bytes.chunks(1).for_each(|part| detector.feed(part));
            assert_eq!(detector.is_wide(), wide, "{bytes:?}");
        }
    }
}
