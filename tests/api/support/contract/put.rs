//! `PUT` of a member: safe to repeat, conditional, and whole.

use std::thread;

use serde_json::{Value, json};

use super::{Sample, kept, without};

/// Creates with `201`; the same again changes nothing, not even the version.
pub fn creates_and_repeats_without_effect(sample: &Sample<'_>) {
    let made = sample.writer().put(&sample.path(0)).send(&sample.body).must_be(201);
    assert_eq!(made.header("location"), format!("/api/v1/{}", sample.path(0)));
    sample.shows(0, &made);
    for body in [sample.body.clone(), sample.whole(0)] {
        let again = sample.app.storing_nothing(|| sample.writer().put(&sample.path(0)).send(&body));
        let again = again.must_be(200);
        assert_eq!((again.json(), again.etag()), (kept(&made), made.etag()));
        assert_eq!(again.header("location"), "");
    }
    assert_eq!(sample.log(0).len(), 1);
}

/// Replaces the whole: what is left out goes back to its default. Logged with before and after.
pub fn replaces_the_whole(sample: &Sample<'_>) {
    let (optional, given) = &sample.optional;
    let made = sample.writer().put(&sample.path(0)).send(&sample.with(optional, given)).must_be(201);
    assert_eq!(&made.json()[optional], given);
    let (field, value) = &sample.change;
    let replaced = sample.writer().put(&sample.path(0)).send(&sample.with(field, value)).must_be(200);
    assert_eq!((&replaced.json()[field], &replaced.json()[optional]), (value, &Value::Null));
    assert_ne!(replaced.etag(), made.etag());
    assert_eq!(sample.read(0).json(), replaced.json());
    let log = sample.log(0);
    let (action, _, before, after) = &log[1];
    assert_eq!((log.len(), action.as_str()), (2, "updated"));
    assert_eq!((&before[optional], &after[optional]), (given, &Value::Null));
    assert_eq!(&after[field], value);
}

/// `If-Match` and `If-None-Match` decide, and a refused write changes nothing.
pub fn honours_conditions(sample: &Sample<'_>) {
    let put =
        |header: &str, tag: &str, body: &Value| sample.writer().put(&sample.path(0)).header(header, tag).send(body);
    for tag in ["\"1\"", "*"] {
        let absent = sample.app.storing_nothing(|| put("If-Match", tag, &sample.body));
        absent.problem(412, "precondition_failed");
    }
    let made = put("If-None-Match", "*", &sample.body).must_be(201);
    let (field, value) = &sample.change;
    let changed = sample.with(field, value);
    let refused = sample.app.storing_nothing(|| put("If-None-Match", "*", &changed));
    refused.problem(412, "precondition_failed").says("exists already");
    assert_eq!(refused.etag(), made.etag());
    let newer = put("If-Match", &made.etag(), &changed).must_be(200);
    for tag in [made.etag(), format!("W/{}", newer.etag())] {
        let stale = sample.app.storing_nothing(|| put("If-Match", &tag, &sample.body));
        stale.problem(412, "precondition_failed").says(&newer.etag());
    }
    put("If-Match", &format!("\"1\", {}", newer.etag()), &sample.body).must_be(200);
    put("If-Match", "*", &changed).must_be(200);
    sample.app.storing_nothing(|| put("If-Match", "12", &sample.body)).problem(400, "invalid_header");
}

/// The key in the body may be left out, but not contradict the address.
pub fn refuses_another_key_in_the_body(sample: &Sample<'_>) {
    let key = sample.keys[sample.keys.len() - 1];
    let other = (sample.nth)(1);
    let mut body = sample.whole(0);
    body[key] = json!(other[other.len() - 1]);
    let refused = sample.app.storing_nothing(|| sample.writer().put(&sample.path(0)).send(&body));
    refused.problem(422, "validation_failed").only_fault(&format!("/{key}"), "key_mismatch").says("must agree");
}

/// Leaves others alone.
pub fn touches_no_other(sample: &Sample<'_>) {
    sample.make(0);
    let other = sample.make(1);
    let (field, value) = &sample.change;
    sample.writer().put(&sample.path(0)).send(&sample.with(field, value)).must_be(200);
    let after = sample.read(1);
    assert_eq!((without(&after.json(), ""), after.etag()), (without(&kept(&other), ""), other.etag()));
}

/// Of many that create at once one does: with `If-None-Match: *` the others are refused, without it they replace.
pub fn of_many_at_once_one_creates(sample: &Sample<'_>) {
    let (field, value) = &sample.change;
    let bodies = [sample.body.clone(), sample.with(field, value)];
    let put = |n: usize, at: usize, only_create: bool| {
        let request = sample.writer().put(&sample.path(n));
        if only_create { request.if_none_match("*") } else { request }.send(&bodies[at % 2]).status
    };
    let put = &put;
    let at_once = |n: usize, only_create: bool| -> Vec<u16> {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|at| scope.spawn(move || put(n, at, only_create))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a request that is answered")).collect()
        })
    };
    let mut conditional = at_once(0, true);
    conditional.sort_unstable();
    assert_eq!(conditional, [201, 412, 412, 412, 412, 412]);
    assert_eq!(sample.log(0).len(), 1, "a refused request has changed it");
    let mut plain = at_once(1, false);
    plain.sort_unstable();
    assert_eq!(plain, [200, 200, 200, 200, 200, 201]);
    let made = sample.log(1).iter().filter(|(action, ..)| action == "created").count();
    assert_eq!(made, 1);
}
