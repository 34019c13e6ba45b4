//! `DELETE` of a member.

use serde_json::json;

use super::Sample;

/// Deletes it, once, at the version asked for, and logs what it was.
pub fn deletes_it(sample: &Sample<'_>) {
    let made = sample.make(0);
    let delete = |tag: &str| sample.writer().delete(&sample.path(0)).if_match(tag).call();
    sample.app.storing_nothing(|| delete("\"1\"")).problem(412, "precondition_failed").says(&made.etag());
    let gone = delete(&made.etag()).must_be(204);
    assert_eq!(gone.body.len(), 0);
    sample.reader().get(&sample.path(0)).call().problem(404, "not_found");
    let log = sample.log(0);
    let (action, _, before, after) = &log[1];
    assert_eq!((log.len(), action.as_str(), after), (2, "deleted", &json!(null)));
    assert_eq!(before["row_version"].to_string(), made.etag().trim_matches('"'));
    let again = sample.app.storing_nothing(|| sample.writer().delete(&sample.path(0)).call());
    again.problem(404, "not_found");
}
