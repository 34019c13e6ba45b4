//! Keys on the command line, and what the log of the running service tells of those that prove nothing.

use crate::commands::{Process, run};
use crate::support::Client;
use crate::support::db::{Database, Role};

#[test]
fn a_key_with_grants_and_networks_is_made_on_the_command_line() {
    let database = Database::fresh();
    let url = database.url();
    let settings = [("DATABASE_URL", url.as_str())];
    let words = "keys create --name team --grant provider:measure=EDU-01 --grant director:framework=F --from 127.0.0.0/8 --expires 2097-03-31T23:00:00Z";
    let (code, key, log) = run(&settings, &words.split(' ').collect::<Vec<_>>());
    assert_eq!((code, key.lines().count()), (Some(0), 1), "{log}");
    assert!(log.contains("/grants/0/measure: There is no measure `EDU-01`."), "{log}");
    let (_service, base) = Process::start(&settings);
    let me = Client::new(&base, Some(key.trim())).get("me").call().must_be(200).json();
    assert_eq!((&me["grants"][0]["measure"], &me["grants"][1]["framework"]), (&"EDU-01".into(), &"F".into()));
    assert_eq!(me["until"], "2097-03-31T23:00:00Z");
    let (code, list, _) = run(&settings, &["keys", "list"]);
    assert!(code == Some(0) && list.contains("team  provider:measure=EDU-01,director:framework=F  works"), "{list}");
    for wrong in [
        "keys create --name team",
        "keys create --name team --scopes read --grant provider",
        "keys create --name team --grant king",
        "keys create --name team --grant administrator:framework=F",
        "keys create --name team --scopes read --from 10.0.0.1/8",
    ] {
        let (code, printed, _) = run(&settings, &wrong.split(' ').collect::<Vec<_>>());
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{wrong}");
    }
}

#[test]
fn what_proves_nothing_is_logged_by_its_reason_and_never_itself() {
    let database = Database::fresh();
    let url = database.url();
    let (mut service, base) = Process::start(&[("DATABASE_URL", url.as_str())]);
    let nobody = "pf_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    let call =
        |key: &str, path: &str, id: &str| Client::new(&base, Some(key)).get(path).header("X-Request-Id", id).call();
    call(nobody, "measures", "unknown-1").must_be(401);
    call("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLW5vYm9keQ", "measures", "token-1").must_be(401);
    let known = database.key(Role::Reader);
    call(known, &format!("measures?key={known}"), "address-1").must_be(400);
    call(known, &format!("/nowhere/{known}"), "address-2").must_be(404);
    let (_, log) = service.end("TERM");
    let line =
        |id: &str, words: &str| log.lines().any(|line| line.contains(&format!("request={id}")) && line.contains(words));
    assert!(line("unknown-1", "refused reason=key_unknown peer=127.0.0.1"), "{log}");
    assert!(line("token-1", "refused reason=token_without_issuer peer=127.0.0.1"), "{log}");
    assert!(line("address-1", "[an address with a key in it] 400"), "{log}");
    for secret in [nobody, "eyJzdWIiOiIxIn0", known] {
        assert!(!log.contains(secret), "the log has {secret}: {log}");
    }
}

#[test]
fn wrong_settings_of_sign_in_are_told_at_start() {
    let wrong =
        [("OIDC_ISSUER", "http://login.example.org"), ("OIDC_ROLES", "Officer=king"), ("TRUSTED_PROXIES", "here")];
    let (code, printed, log) = run(&wrong, &["serve"]);
    assert_eq!((code, printed.as_str()), (Some(2), ""), "{log}");
    for name in ["OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_ROLES", "TRUSTED_PROXIES"] {
        assert!(log.contains(name), "{name} is not named: {log}");
    }
}
