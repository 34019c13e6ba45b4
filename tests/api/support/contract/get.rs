//! `GET` of a member.

use super::{Sample, kept};

/// Answers the resource with its version, and `304` to who has that version.
pub fn answers_or_says_unchanged(sample: &Sample<'_>) {
    let made = sample.make(0);
    let read = sample.read(0);
    assert_eq!((read.json(), read.etag()), (kept(&made), made.etag()));
    let again = |tag: &str| sample.reader().get(&sample.path(0)).if_none_match(tag).call();
    for known in [read.etag(), format!("W/{}", read.etag()), format!("\"1\", {}", read.etag()), "*".to_owned()] {
        let unchanged = again(&known).must_be(304);
        assert_eq!((unchanged.body.len(), unchanged.etag()), (0, read.etag()));
    }
    let (field, value) = &sample.change;
    sample.writer().put(&sample.path(0)).send(&sample.with(field, value)).must_be(200);
    let newer = again(&read.etag()).must_be(200);
    assert_eq!(&newer.json()[field], value);
    assert_ne!(newer.etag(), read.etag());
    again("unquoted").problem(400, "invalid_header");
}

/// Says what is not there.
pub fn says_what_is_missing(sample: &Sample<'_>) {
    let missing = sample.reader().get(&sample.path(0)).call();
    let problem = missing.problem(404, "not_found").says("There is no ");
    for part in (sample.nth)(0) {
        assert!(problem.member("detail").to_string().contains(&part), "{missing}");
    }
}
