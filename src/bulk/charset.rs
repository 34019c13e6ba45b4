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
    broken: bool,
    first: Vec<u8>,
}

impl Detector {
    /// Looks at the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.first.len() < 4 {
            self.first.extend(bytes.iter().take(4 - self.first.len()));
        }
        if self.broken {
            return;
        }
        let mut joined = std::mem::take(&mut self.begun);
        joined.extend_from_slice(bytes);
        if let Err(error) = std::str::from_utf8(&joined) {
            match error.error_len() {
                Some(_) => self.broken = true,
                None => self.begun = joined.split_off(error.valid_up_to()),
            }
        }
    }

    /// What it is, as far as it was there. A character whose end is missing is none only if no more is to come.
    pub fn charset(&self, ended: bool) -> Charset {
        if self.broken || (ended && !self.begun.is_empty()) { Charset::Windows1252 } else { Charset::Utf8 }
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
