//! Comparators as they were known at an instant: benchmarks and memberships travel alike.

use super::app;

#[test]
fn an_earlier_answer_is_given_again_whatever_is_written_since() {
    let app = app();
    let ask = |instant: &str| {
        let path = format!("measures/M-1/comparators?data_period=2024-25&as_of={instant}");
        app.reader().get(&path).call().must_be(200).json()
    };
    app.benchmark("M-1", "NATION", "2024-25", 46.4).create();
    app.benchmark("M-1", "A-1", "2024-25", 40).create();
    let instant =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    let before = ask(&instant);
    assert_eq!(before["published"][0]["benchmark"]["value"].to_string(), "46.4");
    assert_eq!(
        (before["groups"][0]["mean"].to_string(), before["groups"][0]["members"].to_string()),
        ("40.0".into(), "3".into())
    );
    app.benchmark("M-1", "NATION", "2024-25", 50).put().must_be(200);
    app.editor().delete("comparator-memberships/G/A-1/2021-04-01").call().must_be(204);
    app.editor().delete("benchmarks/M-1/A-1/2024-25").call().must_be(204);
    assert_eq!(ask(&instant), before);
    let now = app.reader().get("measures/M-1/comparators?data_period=2024-25").call().must_be(200).json();
    assert_eq!(now["published"][0]["benchmark"]["value"].to_string(), "50.0");
    assert_eq!(
        (now["groups"][0]["mean"].to_string(), now["groups"][0]["members"].to_string()),
        ("null".into(), "2".into())
    );
}
