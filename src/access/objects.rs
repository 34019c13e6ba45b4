//! What an operation is about, and so how a limited grant meets it. The policies of the database decide; this says what they come
//! to, for the access matrix, which a test holds against the running service.

use super::audience::Audience;
use super::role::Role;
use super::scope::Scope;
use crate::http::odata;

/// What an address is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A measure, or what belongs to one.
    Measure,
    /// An outcome.
    Outcome,
    /// A framework, or what is computed of it.
    Framework,
    /// Part of a framework that everybody sees who sees some of it.
    FrameworkPart,
    /// What tells of every measure of a framework at once.
    WholeFramework,
    /// An issue of concern, which can name several measures.
    Issue,
    /// An import mapping, which names measures.
    Mapping,
    /// An import: rows about measures, and a receipt that is the sender's own.
    Import,
    /// What belongs to no measure and everybody reads: meetings, decisions, areas and their groups.
    Shared,
    /// What belongs to no measure and only those see who see all: the change log and its seals, the keys, the accounts, the webhook
    /// endpoints, which keys read what.
    Everything,
    /// The caller.
    Caller,
}

/// How far a grant reaches, as the matrix tries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaching {
    /// All of the framework that the object belongs to.
    Whole,
    /// One measure of it: the object's own, if it is of one; for an issue or a mapping, one that it does not name.
    Part,
    /// Another framework.
    Other,
}

/// What becomes of a request that has nothing else wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is let through; a list shows what is reached.
    Through,
    /// It is let through to what was published; all else is as if it did not exist.
    Published,
    /// `403`.
    Forbidden,
    /// As if the object, or what the body refers to, did not exist: `404` or `422`.
    Unknown,
}

/// Beginnings of addresses below `/api/v1`, and of those of OData whole, longest first where one begins another.
const OBJECTS: &[(&str, Object)] = &[
    ("/accounts", Object::Everything),
    ("/annual-target-reviews", Object::WholeFramework),
    ("/areas", Object::Shared),
    ("/audit", Object::Everything),
    ("/benchmarks", Object::Measure),
    ("/changes", Object::Everything),
    ("/collection-cycles", Object::FrameworkPart),
    ("/comparator-groups", Object::Shared),
    ("/comparator-memberships", Object::Shared),
    ("/data-requests", Object::Measure),
    ("/decisions", Object::Shared),
    ("/dimensions", Object::Measure),
    ("/frameworks/{framework}/collection-cycles", Object::FrameworkPart),
    ("/frameworks/{framework}/review-status", Object::WholeFramework),
    ("/frameworks", Object::Framework),
    ("/import-mappings", Object::Mapping),
    ("/imports", Object::Import),
    ("/issues-of-concern", Object::Issue),
    ("/keys", Object::Everything),
    ("/me", Object::Caller),
    ("/measures/{measure}/consumers", Object::Everything),
    ("/measures", Object::Measure),
    ("/meetings", Object::Shared),
    ("/observations", Object::Measure),
    ("/odata/v1/Comparators", Object::Shared),
    ("/odata/v1/Frameworks", Object::Framework),
    ("/odata/v1/Measures", Object::Measure),
    ("/odata/v1/Observations", Object::Measure),
    ("/odata/v1/Outcomes", Object::Outcome),
    ("/odata/v1/Periods", Object::Shared),
    ("/odata/v1", Object::Caller),
    ("/outcomes", Object::Outcome),
    ("/quarterly-reports", Object::WholeFramework),
    ("/quarterly-submissions", Object::Measure),
    ("/recovery-plans", Object::Measure),
    ("/targets", Object::Measure),
    ("/webhook-endpoints", Object::Everything),
];

/// What the operations at an address are about; none for an address that nobody has thought about yet.
pub fn object_of(path: &str) -> Option<Object> {
    let below = if odata::below(path) { path } else { path.strip_prefix("/api/v1")? };
    let begins =
        |start: &str| below.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '(']));
    OBJECTS.iter().find(|(start, _)| begins(start)).map(|(_, object)| *object)
}

/// What becomes of a request of somebody in a role, for an operation that needs one of these scopes.
pub fn outcome(role: Role, reaching: Reaching, needed: &[Scope], method: &str, path: &str) -> Option<Outcome> {
    let object = object_of(path)?;
    let serves = |scope: &Scope| role.scopes().iter().any(|held| held.includes(*scope));
    if !needed.is_empty() && !needed.iter().any(serves) {
        return Some(Outcome::Forbidden);
    }
    if !needed.is_empty() && !role.audience().sees(path) {
        return Some(Outcome::Forbidden);
    }
    if !needed.is_empty() && role.audience() != Audience::Internal {
        return Some(if path.contains('{') { Outcome::Published } else { Outcome::Through });
    }
    if !role.can_be_limited() || object == Object::Caller {
        return Some(Outcome::Through);
    }
    let collection = !path.contains('{');
    Some(match (method, object) {
        (_, Object::Everything) => Outcome::Forbidden,
        ("POST", Object::Import) if collection => only(reaching != Reaching::Other),
        (_, Object::Import) => only(collection),
        ("GET", Object::Shared) => Outcome::Through,
        (method, Object::Shared | Object::Mapping) if method != "GET" => Outcome::Forbidden,
        ("GET", _) if collection => Outcome::Through,
        ("GET", _) => reads(object, reaching),
        // A new framework is in no grant; and putting one that is not reached would make it.
        ("POST", Object::Framework) if collection => Outcome::Forbidden,
        ("PUT", Object::Framework) if reaching != Reaching::Whole => Outcome::Forbidden,
        // A new measure belongs to whom its outcome was granted.
        ("POST", Object::Measure) if path.ends_with("/measures") => only(reaching == Reaching::Whole),
        (_, Object::Measure) => only(reaching != Reaching::Other),
        _ => only(reaching == Reaching::Whole),
    })
}

const fn reads(object: Object, reaching: Reaching) -> Outcome {
    match (object, reaching) {
        (_, Reaching::Other) | (Object::WholeFramework | Object::Issue | Object::Mapping, Reaching::Part) => {
            Outcome::Unknown
        }
        _ => Outcome::Through,
    }
}

const fn only(reached: bool) -> Outcome {
    if reached { Outcome::Through } else { Outcome::Unknown }
}
