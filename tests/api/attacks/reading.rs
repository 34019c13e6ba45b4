//! Who read the true values is on record: the access log says so, as the service is started without further settings.

use serde_json::{Value, json};

use crate::commands::Process;
use crate::support::Client;
use crate::support::db::{Database, Role};

/// The line of the log about a request.
fn line<'a>(log: &'a str, id: &str) -> &'a str {
    let ends = format!(" request={id}");
    log.lines().find(|line| line.ends_with(&ends)).unwrap_or_else(|| panic!("no line about {id}: {log}"))
}

#[test]
fn the_log_says_who_read_what_for_whose_eyes_and_from_where() {
    let database = Database::fresh();
    let url = database.url();
    // An empty setting is as good as none.
    let (mut service, base) = Process::start(&[("DATABASE_URL", &url), ("RUST_LOG", "")]);
    let admin = Client::new(&base, Some(database.key(Role::Admin)));
    let made = |name: &str, role: &str| -> Value {
        admin.post("keys").send(&json!({"name": name, "grants": [{"role": role}]})).must_be(201).json()
    };
    for (name, role) in [("Director of Children's Services", "director"), ("a-member", "member"), ("anybody", "public")]
    {
        let client = admin.with_key(made(name, role)["key"].as_str().unwrap());
        let ask = |path: &str, id: &str| client.get(path).header("X-Request-Id", id).call().status;
        assert_eq!(ask("measures?limit=5", &format!("{role}-list")), 200);
        assert_eq!(ask("measures/NOWHERE", &format!("{role}-one")), 404);
        assert_eq!(ask("changes", &format!("{role}-refused")), if role == "director" { 200 } else { 403 });
    }
    Client::new(&base, None).get("measures").header("X-Request-Id", "stranger").call().must_be(401);
    let (_, log) = service.end("TERM");
    for (id, parts) in [
        (
            "director-list",
            ["GET /api/v1/measures?limit=5 200 ", " caller=\"Director of Children's Services\" audience=internal "],
        ),
        ("director-one", ["GET /api/v1/measures/NOWHERE 404 ", " audience=internal "]),
        ("member-list", [" 200 ", " caller=a-member audience=members "]),
        ("public-one", [" 404 ", " caller=anybody audience=public "]),
        ("member-refused", ["GET /api/v1/changes 403 ", " caller=a-member audience=members "]),
        ("stranger", ["GET /api/v1/measures 401 ", " caller=- audience=- "]),
    ] {
        let line = line(&log, id);
        assert!(line.contains(" access] ") && line.contains(" from=127.0.0.1 "), "{line}");
        parts.iter().for_each(|part| assert!(line.contains(part), "{part}: {line}"));
    }
}
