//! A database for each test: a copy of a migrated template that has a key for each role.

use std::collections::BTreeMap;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel_async::{AsyncConnection, AsyncPgConnection};
use performance_framework::access::body::KeyBody;
use performance_framework::access::scope::Scope;
use performance_framework::access::store;
use performance_framework::db::migrate;

use super::cluster;
use super::sql::{Sql, runtime};

/// Who calls: each role has a key of its own with the one scope that it is named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Reader,
    /// Pushes figures.
    Provider,
    /// Approves them.
    Officer,
    /// Configures.
    Editor,
    /// Records what committees do.
    Clerk,
    /// Reads the keys.
    Auditor,
    /// Has every scope.
    Admin,
}

/// Every role with its scope.
pub const ROLES: [(Role, &str, Scope); 7] = [
    (Role::Reader, "reader", Scope::Read),
    (Role::Provider, "provider", Scope::Submit),
    (Role::Officer, "officer", Scope::Approve),
    (Role::Editor, "editor", Scope::Configure),
    (Role::Clerk, "clerk", Scope::Decide),
    (Role::Auditor, "auditor", Scope::Audit),
    (Role::Admin, "admin", Scope::Admin),
];

/// A database that others are copied from.
pub struct Template {
    name: String,
    keys: BTreeMap<Role, String>,
}

/// A database of one test; dropped with it.
pub struct Database {
    name: String,
    keys: BTreeMap<Role, String>,
}

static TEMPLATES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The migrated template, made once.
pub fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = template_name("empty");
        admin().run(&format!("CREATE DATABASE {name}"));
        migrate::run(&cluster::url(&name)).expect("the migrations run");
        let keys = make_keys(&cluster::url(&name));
        Template { name, keys }
    })
}

impl Database {
    /// A copy of the migrated template.
    pub fn fresh() -> Self {
        Self::copy_of(template())
    }

    /// An empty database: no migration has run.
    pub fn bare() -> Self {
        let name = next_name();
        admin().run(&format!("CREATE DATABASE {name}"));
        Self { name, keys: BTreeMap::new() }
    }

    /// A copy of a template. One at a time, for a template that is being copied takes no connections.
    pub fn copy_of(template: &Template) -> Self {
        let name = next_name();
        admin().run(&format!("CREATE DATABASE {name} TEMPLATE {}", template.name));
        Self { name, keys: template.keys.clone() }
    }

    /// The same database as a template for others: nothing may be connected to it.
    pub fn into_template(self) -> Template {
        let name = template_name("filled");
        admin().run(&format!("ALTER DATABASE {} RENAME TO {name}", self.name));
        Template { name, keys: self.keys.clone() }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        cluster::url(&self.name)
    }

    /// The key of a role.
    pub fn key(&self, role: Role) -> &str {
        &self.keys[&role]
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // One that became a template has another name now.
        drop(admin().try_run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
    }
}

/// Drops the templates of this run; a private cluster goes as a whole anyway.
pub fn drop_templates() {
    for name in std::mem::take(&mut *TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner)) {
        drop(admin().try_run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
    }
}

/// The one connection that makes and drops databases.
fn admin() -> MutexGuard<'static, Sql> {
    static ADMIN: OnceLock<Mutex<Sql>> = OnceLock::new();
    let admin = ADMIN.get_or_init(|| {
        let admin = Sql::connect(&cluster::admin_url());
        admin.run("SET client_min_messages = warning");
        Mutex::new(admin)
    });
    admin.lock().unwrap_or_else(PoisonError::into_inner)
}

fn next_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("pf_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

fn template_name(what: &str) -> String {
    let name = format!("{}_{what}", next_name());
    TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner).push(name.clone());
    name
}

/// Makes a key for each role in a migrated database.
pub fn make_keys(url: &str) -> BTreeMap<Role, String> {
    runtime().block_on(async {
        let mut connection = AsyncPgConnection::establish(url).await.expect("a connection");
        let mut keys = BTreeMap::new();
        for (role, name, scope) in ROLES {
            let name = name.parse().expect("a name");
            let body =
                KeyBody { name, scopes: vec![scope], grants: Vec::new(), networks: Vec::new(), expires_at: None };
            keys.insert(role, store::create(&mut connection, &body, None).await.expect("a key").key);
        }
        keys
    })
}
