//! An iCalendar feed of all-day events (RFC 5545): content lines, their escaping and their folding.

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};

/// Most octets in a line, without its end.
const LONGEST_LINE: usize = 75;

/// An event that lasts one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What tells it from every other event, for ever.
    pub uid: String,
    /// When what it says was last changed.
    pub stamp: DateTime<Utc>,
    /// The day.
    pub day: NaiveDate,
    /// What happens.
    pub summary: String,
    /// More about it.
    pub description: String,
}

/// Writes a calendar of this name.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN", "VCALENDAR");
    line(&mut text, "VERSION", "2.0");
    line(&mut text, "PRODID", "-//Performance Framework//Deadlines//EN");
    line(&mut text, "CALSCALE", "GREGORIAN");
    line(&mut text, "NAME", &escaped(name));
    // The name that most programs read.
    line(&mut text, "X-WR-CALNAME", &escaped(name));
    for event in events {
        line(&mut text, "BEGIN", "VEVENT");
        line(&mut text, "UID", &escaped(&event.uid));
        line(&mut text, "DTSTAMP", &event.stamp.format("%Y%m%dT%H%M%SZ").to_string());
        // An all-day event without an end lasts one day.
        line(&mut text, "DTSTART;VALUE=DATE", &event.day.format("%Y%m%d").to_string());
        line(&mut text, "SUMMARY", &escaped(&event.summary));
        line(&mut text, "DESCRIPTION", &escaped(&event.description));
        // Nobody is busy on the day.
        line(&mut text, "TRANSP", "TRANSPARENT");
        line(&mut text, "END", "VEVENT");
    }
    line(&mut text, "END", "VCALENDAR");
    text
}

/// One content line, folded: a line that goes on begins with a space, which counts, and no character is torn apart.
fn line(text: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// A text value: what has a meaning of its own gets a backslash, and of the controls only the end of a line is kept.
fn escaped(told: &str) -> String {
    let mut value = String::with_capacity(told.len());
    for c in told.chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(value, "\\{c}");
            }
            '\n' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_of_its_own_is_escaped() {
        for (told, value) in [
            ("Plain: text", "Plain: text"),
            ("A, B; C \\ D", "A\\, B\\; C \\\\ D"),
            ("one\r\ntwo", "one\\ntwo"),
            ("bell\u{7}", "bell"),
        ] {
            assert_eq!(escaped(told), value);
        }
    }

    #[test]
    fn lines_are_folded_at_75_octets_between_characters() {
        for value in ["x".repeat(400), "é".repeat(200), format!("x{}", "漢".repeat(90)), "x".repeat(75 - 2)] {
            let mut text = String::new();
            line(&mut text, "N", &value);
            let lines: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= 75), "{lines:?}");
            assert!(lines[1..].iter().all(|line| line.starts_with(' ')), "{lines:?}");
            assert!(lines[..lines.len() - 1].iter().all(|line| line.len() > 75 - 4), "folded too early: {lines:?}");
            assert_eq!(text.replace("\r\n ", ""), format!("N:{value}\r\n"));
        }
    }
}
