//! `performance-framework accounts`: what it prints, and its exit codes.

use serde_json::Value;

use super::{caller, number};
use crate::commands::run;
use crate::support::App;

#[test]
fn an_account_is_listed_exported_and_erased_beside_the_service() {
    let app = App::with_framework();
    let (jo, key) = caller(&app, "Jo Quill", "configure");
    jo.patch("frameworks/F").send(&serde_json::json!({"title": "T"})).must_be(200);
    let account = number(&app, "Jo Quill").to_string();
    let url = app.database_url();
    let settings = [("DATABASE_URL", url.as_str())];
    let (code, list, log) = run(&settings, &["accounts", "list"]);
    assert!(code == Some(0) && list.lines().any(|line| line == format!("{account}  Jo Quill")), "{list}{log}");
    let (_, one, _) = run(&settings, &["accounts", "list", "--name", "Jo Quill"]);
    assert_eq!(one, format!("{account}  Jo Quill\n"));
    let (code, export, log) = run(&settings, &["accounts", "export", &account]);
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["account"]["names"][0], "Jo Quill");
    let places: Vec<&str> = lines[1..].iter().map(|line| line["held"]["place"].as_str().unwrap()).collect();
    assert_eq!(places.len(), 3, "{export}");

    let erase = ["accounts", "erase", &account, "--reason", "Left the council."];
    let (code, _, log) = run(&settings, &erase);
    assert!(code == Some(1) && log.contains(&key), "{log}");
    app.sql().run("SELECT set_config('app.actor', 'test', false); UPDATE api_keys SET revoked_at = now() - interval '1 hour' WHERE name = 'Jo Quill'");
    let (code, printed, log) = run(&settings, &erase);
    assert_eq!((code, printed.trim()), (Some(0), format!("account {account} is erased").as_str()), "{log}");
    let (_, list, _) = run(&settings, &["accounts", "list"]);
    assert!(
        list.lines().any(|line| line.starts_with(&format!("{account}  erased "))) && !list.contains("Quill"),
        "{list}"
    );
    for (words, code) in [
        (&["accounts", "export", "99999"][..], 1),
        (&["accounts", "erase", "99999", "--reason", "x"], 1),
        (&["accounts", "erase", &account], 2),
        (&["accounts", "erase", &account, "--reason", ""], 1),
        (&["accounts", "export", "x"], 2),
    ] {
        assert_eq!(run(&settings, words).0, Some(code), "{words:?}");
    }
}
