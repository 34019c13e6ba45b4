//! `GET /api/v1/issues-of-concern`.

use serde_json::json;

use super::{sample, start};
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&start()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&start()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&start()));
}

#[test]
fn filters() {
    let app = start();
    app.framework("G").create();
    app.issue("A").set("report_wanted_by", "2025-06-16").create();
    app.issue("B").with(json!({"framework": "G", "raised_by": "A third", "measures": ["M-2"]})).create();
    app.issue("C")
        .with(json!({"assigned_to": "Another", "measures": ["M-2", "M-1"], "report_wanted_by": "2099-01-01"}))
        .create();
    app.issue("D").set("report_wanted_by", "2025-06-16").create();
    app.officer().post("issues-of-concern/D/decline").send(&json!({"reason": "No."})).must_be(200);
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["A", "C", "D"]),
        ("framework=G", &["B"]),
        ("state=raised", &["A", "B", "C"]),
        ("state=declined", &["D"]),
        ("assigned_to=Another", &["C"]),
        ("assigned_to=A+committee", &["A", "B", "D"]),
        ("raised_by=A+third", &["B"]),
        ("measure=M-1", &["A", "C", "D"]),
        ("measure=M-2", &["B", "C"]),
        ("measure=NOWHERE", &[]),
        ("overdue=true", &["A"]),
        ("overdue=false", &["B", "C", "D"]),
        ("framework=F&overdue=false&measure=M-2", &["C"]),
    ];
    list::filters(&sample(&app), cases);
    for query in ["state=perhaps", "overdue=perhaps", "measure=m-1"] {
        let parameter = query.split('=').next().unwrap();
        app.reader()
            .get(&format!("issues-of-concern?{query}"))
            .call()
            .problem(400, "invalid_parameter")
            .says(parameter);
    }
}
