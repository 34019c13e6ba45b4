//! Who may do what: every operation of the document tried with every scope, against what the document says.

use std::collections::BTreeSet;

use performance_framework::access::scope::Scope;
use performance_framework::resources;
use strum::VariantArray;

use crate::support::db::ROLES;
use crate::support::document::{Operation, operations};
use crate::support::{App, Client};

/// Whether the caller was let through.
fn let_through(client: &Client, operation: &Operation) -> Result<(), u16> {
    match operation.try_example(client, "00000000-0000-7000-8000-000000000000").status {
        refused @ (401 | 403) => Err(refused),
        _ => Ok(()),
    }
}

#[test]
fn every_operation_lets_in_exactly_the_scopes_that_the_document_names() {
    let app = App::start();
    for operation in operations() {
        let open = let_through(&app.anonymous(), &operation);
        assert_eq!(open, if operation.scopes().is_some() { Err(401) } else { Ok(()) }, "{operation} without a key");
        for (role, _, scope) in ROLES {
            let found = let_through(&app.by(role), &operation);
            let granted = if operation.lets_in(scope) { Ok(()) } else { Err(403) };
            assert_eq!(found, granted, "{operation} with the scope `{}`", scope.as_ref());
        }
    }
}

#[test]
fn a_key_with_several_scopes_has_each_of_them_and_no_other() {
    let app = App::start();
    let client = Client::new(app.base(), Some(&app.key_of("both", &["read", "submit"])));
    for operation in operations() {
        let granted = [Scope::Read, Scope::Submit].iter().any(|scope| operation.lets_in(*scope));
        assert_eq!(let_through(&client, &operation).is_ok(), granted, "{operation}");
    }
}

#[test]
fn everything_needs_a_key_but_health_documentation_and_problems() {
    let open: BTreeSet<String> = operations()
        .iter()
        .filter(|operation| operation.scopes().is_none())
        .map(|operation| operation.id().to_owned())
        .collect();
    let reviewed = ["health_live", "health_ready", "list_problems", "get_problem", "get_openapi", "get_limits"];
    assert_eq!(open, reviewed.map(str::to_owned).into());
}

#[test]
fn the_walk_leaves_nothing_out() {
    let paths: Vec<String> = operations().iter().map(|operation| operation.path.clone()).collect();
    for resource in resources::ALL {
        let collection = format!("/api/v1/{}", resource.name);
        assert!(paths.contains(&collection), "no operation of {collection} is in the document");
    }
    assert_eq!(ROLES.map(|(_, _, scope)| scope), Scope::VARIANTS, "a scope is not tried");
}
