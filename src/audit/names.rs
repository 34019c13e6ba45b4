//! Names in the change log: it has numbers in their place, which are read as names again, or as what stands for an erased one.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::{Map, Value};

use super::body::Change;
use crate::db::DbError;
use crate::db::functions::account_name;
use crate::db::schema::accounts::dsl;

/// What stands in a row of the log in place of a name: an object with this one member, the number.
const NUMBER: &str = "name_of_account";

/// Puts the names back: of who made each change, and into what it tells of rows.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(super) async fn put_back(mut connection: &AsyncPgConnection, changes: &mut [Change]) -> Result<(), DbError> {
    let mut numbers: BTreeSet<i64> = changes.iter().filter_map(|change| change.actor.parse().ok()).collect();
    visit_all(changes, &mut |_, number| {
        numbers.insert(number);
    });
    let query = dsl::accounts.filter(dsl::number.eq_any(numbers)).select((dsl::number, account_name(dsl::number)));
    let names: HashMap<i64, String> = query.load::<(i64, String)>(&mut connection).await?.into_iter().collect();
    for change in changes.iter_mut() {
        if let Some(name) = change.actor.parse().ok().and_then(|number: i64| names.get(&number)) {
            change.actor.clone_from(name);
        }
    }
    visit_all(changes, &mut |place, number| {
        if let Some(name) = names.get(&number) {
            *place = Value::String(name.clone());
        }
    });
    Ok(())
}

fn visit_all(changes: &mut [Change], show: &mut impl FnMut(&mut Value, i64)) {
    let rows = changes.iter_mut().flat_map(|change| change.before.iter_mut().chain(change.after.iter_mut()));
    rows.for_each(|row| visit(row, show));
}

/// Shows every place where a number stands for a name.
fn visit(value: &mut Value, show: &mut impl FnMut(&mut Value, i64)) {
    match value {
        Value::Object(members) => match number(members) {
            Some(number) => show(value, number),
            None => members.values_mut().for_each(|member| visit(member, show)),
        },
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, show)),
        _ => {}
    }
}

fn number(members: &Map<String, Value>) -> Option<i64> {
    members.get(NUMBER).filter(|_| members.len() == 1)?.as_i64()
}
