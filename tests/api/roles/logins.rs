//! Logins: one that migrates and one that serves, what is said of one that may not, and databases that are migrated at once.

use std::fs;
use std::thread;

use performance_framework::db::embedded::{DATABASE, Embedded};
use performance_framework::db::migrate;
use performance_framework::db::roles::{self, PRIVATE_LOGIN, Standing};
use performance_framework::db::session::{AUDIENCE_ROLE, LIMITED_ROLE, ROLE};

use crate::commands::{Process, run};
use crate::support::db::Database;
use crate::support::sql::{Sql, runtime};
use crate::support::{Client, cluster};

/// A login of its own for a test; dropped with it.
struct Login {
    name: &'static str,
    owner: Sql,
}

impl Login {
    fn new(name: &'static str, words: &str) -> Self {
        let owner = Sql::connect(&cluster::admin_url());
        owner.run(&format!("DROP ROLE IF EXISTS {name}; CREATE ROLE {name} LOGIN PASSWORD '{name}' {words}"));
        Self { name, owner }
    }

    /// The URL with this login in place of its own.
    fn at(&self, url: &str) -> String {
        let (scheme, rest) = url.split_once("://").unwrap();
        let place = rest.split_once('@').map_or(rest, |(_, place)| place);
        format!("{scheme}://{name}:{name}@{place}", name = self.name)
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        drop(self.owner.try_run(&format!("DROP ROLE {}", self.name)));
    }
}

#[test]
fn one_login_migrates_and_another_serves() {
    let database = Database::bare();
    // The first migration of the cluster makes the role; a test may be the first.
    cluster_has_the_role();
    let login = Login::new("pf_test_serves", &format!("IN ROLE {ROLE}"));
    let (serving, owner) = (login.at(&database.url()), database.url());
    let settings = [("DATABASE_URL", serving.as_str()), ("MIGRATE_DATABASE_URL", owner.as_str())];
    let (mut service, base) = Process::start(&settings);
    // Nothing is left to migrate: the login that serves is enough.
    let (code, key, log) =
        run(&[("DATABASE_URL", serving.as_str())], &["keys", "create", "--name", "me", "--scopes", "admin"]);
    assert_eq!(code, Some(0), "{log}");
    let body = serde_json::json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    Client::new(&base, Some(key.trim())).put("frameworks/F").send(&body).must_be(201);
    let (code, _, log) = run(&[("DATABASE_URL", serving.as_str()), ("AUTO_MIGRATE", "false")], &["keys", "list"]);
    assert_eq!(code, Some(0), "{log}");
    let (code, log) = service.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("superuser"), "{log}");
}

#[test]
fn a_login_that_may_not_serve_is_told_so_at_start() {
    let database = Database::fresh();
    let login = Login::new("pf_test_stranger", "");
    let (serving, owner) = (login.at(&database.url()), database.url());
    let settings = [("DATABASE_URL", serving.as_str()), ("MIGRATE_DATABASE_URL", owner.as_str())];
    let (code, printed, log) = run(&settings, &["serve"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""), "{log}");
    assert!(log.contains(&format!("GRANT {ROLE} TO")), "{log}");
}

#[test]
fn a_login_that_may_not_make_roles_is_told_what_to_ask_for() {
    let folder = cluster::folder("-no-roles");
    let server = Embedded::start_for_tests(&folder).unwrap();
    Sql::connect(&server.url(DATABASE))
        .run(&format!("CREATE ROLE council LOGIN; ALTER DATABASE {DATABASE} OWNER TO council"));
    let url = server.url_as("council", DATABASE);
    let refused = migrate::run(&url).unwrap_err().to_string();
    assert!(refused.contains(&format!("CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO council")), "{refused}");
    Sql::connect(&server.url(DATABASE)).run(&format!("CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO council"));
    let refused = migrate::run(&url).unwrap_err().to_string();
    let limited =
        format!("CREATE ROLE {LIMITED_ROLE} NOLOGIN; ALTER ROLE {ROLE} NOINHERIT; GRANT {LIMITED_ROLE} TO {ROLE};");
    assert!(refused.contains(&limited), "{refused}");
    Sql::connect(&server.url(DATABASE)).run(&limited);
    let refused = migrate::run(&url).unwrap_err().to_string();
    let audience = format!("CREATE ROLE {AUDIENCE_ROLE} NOLOGIN; GRANT {AUDIENCE_ROLE} TO {ROLE};");
    assert!(refused.contains(&audience), "{refused}");
    Sql::connect(&server.url(DATABASE)).run(&audience);
    let refused = migrate::run(&url).unwrap_err().to_string();
    let dashboards = "CREATE ROLE performance_framework_bi NOLOGIN;";
    assert!(refused.contains(dashboards), "{refused}");
    Sql::connect(&server.url(DATABASE)).run(dashboards);
    assert!(migrate::run(&url).unwrap() > 0);
    assert_eq!(runtime().block_on(roles::standing(&url)).unwrap(), Standing::Confined);
    drop(server);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn databases_of_one_cluster_are_migrated_at_once() {
    let folder = cluster::folder("-at-once");
    let server = Embedded::start_for_tests(&folder).unwrap();
    let names = ["one", "two", "three"];
    let owner = Sql::connect(&server.url(DATABASE));
    names.iter().for_each(|name| owner.run(&format!("CREATE DATABASE {name}")));
    thread::scope(|scope| {
        names.iter().for_each(|name| drop(scope.spawn(|| assert!(migrate::run(&server.url(name)).unwrap() > 0))));
    });
    // Taking one back leaves the role to the others.
    migrate::revert_all(&server.url("one")).unwrap();
    assert_eq!(owner.count(&format!("pg_roles WHERE rolname = '{ROLE}'")), 1);
    let two = server.url("two");
    runtime().block_on(async {
        roles::make_private_login(&two).await.unwrap();
        roles::make_private_login(&two).await.unwrap();
    });
    let private = server.url_as(PRIVATE_LOGIN, "two");
    assert_eq!(runtime().block_on(roles::standing(&private)).unwrap(), Standing::Confined);
    assert_eq!(runtime().block_on(roles::standing(&two)).unwrap(), Standing::Superuser);
    assert!(migrate::run(&server.url("one")).unwrap() > 0);
    drop(server);
    fs::remove_dir_all(folder).unwrap();
}

/// Migrates the template, so that the role is there.
fn cluster_has_the_role() {
    drop(Database::fresh());
}
