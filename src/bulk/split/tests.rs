//! Contents cut into records, wherever the bytes are cut.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::*;

/// The records of a content that is fed in pieces of this size, each with its line; or what is wrong.
fn cut(form: ContentForm, content: &[u8], size: usize) -> Result<Vec<(u32, String)>, String> {
    let mut splitter = Splitter::new(form, Place::default());
    let mut found = Vec::new();
    let mut pieces = content.chunks(size);
    loop {
        while let Some(record) = splitter.cut().map_err(|problem| problem.detail().to_owned())? {
            assert_eq!(record.number as usize, found.len());
            found.push((record.line, String::from_utf8(record.bytes).unwrap()));
        }
        match pieces.next() {
            Some(piece) => splitter.feed(piece),
            None if splitter.ended => return Ok(found),
            None => splitter.end(),
        }
    }
}

#[track_caller]
fn gives(form: ContentForm, content: &str, records: &[(u32, &str)]) {
    for size in [1, 2, 3, 7, 1000] {
        let found = cut(form, content.as_bytes(), size).unwrap();
        let found: Vec<(u32, &str)> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(found, records, "in pieces of {size}");
    }
}

#[track_caller]
fn refuses(form: ContentForm, content: &str, words: &str) {
    for size in [1, 1000] {
        let told = cut(form, content.as_bytes(), size).unwrap_err();
        assert!(told.contains(words), "{content:?}: {told}");
    }
}

#[test]
fn csv_is_cut_at_breaks_outside_quotation_marks() {
    let csv = ContentForm::Csv;
    gives(csv, "a,b\n1,2\n3,4", &[(1, "a,b"), (2, "1,2"), (3, "3,4")]);
    gives(csv, "a,b\r\n1,\"x\r\ny\"\r\n3,4\r\n", &[(1, "a,b"), (2, "1,\"x\r\ny\""), (4, "3,4")]);
    gives(csv, "a,b\r\n1,\"2\"\r", &[(1, "a,b"), (2, "1,\"2\"")]);
    gives(csv, "a\n\n  \n1\n\n", &[(1, "a"), (4, "1")]);
    gives(csv, "\u{feff}a\n1", &[(1, "a"), (2, "1")]);
    gives(csv, "a\n\"say \"\"so\"\"\n\"\n2", &[(1, "a"), (2, "\"say \"\"so\"\"\n\""), (4, "2")]);
    // A mark within a cell is a character of it, as in 5" of rain.
    gives(csv, "a,b\n5\" of rain,2\n3,4", &[(1, "a,b"), (2, "5\" of rain,2"), (3, "3,4")]);
    refuses(csv, "a,b\n1,\"open\n2,3\n", "line 2 is not closed");
}

#[test]
fn lines_of_json_are_cut_at_every_break() {
    gives(ContentForm::Ndjson, "{\"a\": \"x\\n\"}\r\n\n[1]\n", &[(1, "{\"a\": \"x\\n\"}"), (3, "[1]")]);
}

#[test]
fn a_list_is_cut_into_its_elements() {
    let json = ContentForm::Json;
    gives(json, "[]", &[]);
    gives(json, " [ {\"a\": [1, 2]} ,\n {\"b\": \"],\\\"\"} ] ", &[(1, "{\"a\": [1, 2]}"), (2, "{\"b\": \"],\\\"\"}")]);
    gives(json, "{ \"rows\" : [1,\n2] }", &[(1, "1"), (2, "2")]);
    gives(json, "\u{feff}{\"rows\":[]}", &[]);
    for (content, words) in [
        ("", "send a list of rows"),
        ("{\"row\": []}", "send a list of rows"),
        ("{\"rows\": {}}", "send a list of rows"),
        ("7", "send a list of rows"),
        ("[1,]", "a row is missing"),
        ("[1,,2]", "a row is missing"),
        ("[1", "does not end"),
        ("[1] 2", "something stands after"),
        ("{\"rows\": [1]", "does not end"),
        ("{\"rows\": [1], \"mode\": 1}", "something stands after"),
    ] {
        refuses(json, content, words);
    }
}

#[test]
fn it_goes_on_from_any_place() {
    for (form, content) in [
        (ContentForm::Csv, "a,b\n1,\"x\ny\"\n3,4\n"),
        (ContentForm::Ndjson, "1\n2\n\n3"),
        (ContentForm::Json, "{\"rows\": [1,\n {\"a\": [2]}, 3]}"),
    ] {
        let whole = cut(form, content.as_bytes(), 1000).unwrap();
        let mut splitter = Splitter::new(form, Place::default());
        splitter.feed(content.as_bytes());
        splitter.end();
        for expected in whole.iter().skip(1) {
            splitter.cut().unwrap();
            let place: Place = serde_json::from_str(&serde_json::to_string(&splitter.place()).unwrap()).unwrap();
            let mut further = Splitter::new(form, place);
            further.feed(&content.as_bytes()[usize::try_from(place.byte).unwrap()..]);
            further.end();
            let next = further.cut().unwrap().unwrap();
            assert_eq!((next.line, String::from_utf8(next.bytes).unwrap()), *expected);
        }
    }
}
