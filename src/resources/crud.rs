//! What creating, reading, replacing, patching and deleting have in common, written once for every resource.

use actix_web::HttpRequest;
use diesel_async::AsyncPgConnection;

use crate::db::{Author, Db, DbError};
use crate::http::body::{Body, Patch};
use crate::http::moment::Moment;
use crate::http::page::{PageQuery, Rows};
use crate::http::params::List;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::listing::{self, Listed};
use crate::retry::Retry;

/// A resource that is kept in the database under a key of its own.
pub trait Stored: Resource + Listed {
    /// The variable parts of its address.
    type Key;
    /// What is sent to create or replace it.
    type Body: Body;
    /// Filters of its list.
    type Filter;

    /// What a missing one is called, such as "measure `EDU-99`".
    fn called(key: &Self::Key) -> String;
    /// Fills the body's key from the address.
    ///
    /// # Errors
    /// When the two contradict each other, or the address is not well formed.
    fn fill(body: &mut Self::Body, key: &Self::Key) -> Result<(), Problem>;
    /// A page of those that the filter lets through.
    ///
    /// # Errors
    /// For a wrong page, or when the database cannot be reached.
    fn list(
        connection: &AsyncPgConnection,
        filter: &Self::Filter,
        page: &PageQuery,
    ) -> impl Future<Output = Result<Rows<Self>, Problem>>
    where
        Self: Sized;
    /// The one with this key, if there is one.
    ///
    /// # Errors
    /// When the database cannot be reached.
    fn find(connection: &AsyncPgConnection, key: &Self::Key) -> impl Future<Output = Result<Option<Self>, DbError>>
    where
        Self: Sized;
    /// The same, locked until the transaction ends.
    ///
    /// # Errors
    /// When the database cannot be reached.
    fn lock(connection: &mut AsyncPgConnection, key: &Self::Key) -> impl Future<Output = Result<Option<Self>, DbError>>
    where
        Self: Sized;
    /// Whether the rules that reach beyond the body let it in, in place of `current`.
    ///
    /// # Errors
    /// What the rules refuse.
    fn check(
        _connection: &mut AsyncPgConnection,
        _body: &Self::Body,
        _current: Option<&Self>,
    ) -> impl Future<Output = Result<(), Problem>> {
        std::future::ready(Ok(()))
    }
    /// Stores a new one.
    ///
    /// # Errors
    /// What constraints refuse, such as a key that is taken.
    fn insert(connection: &mut AsyncPgConnection, body: &Self::Body) -> impl Future<Output = Result<Self, DbError>>
    where
        Self: Sized;
    /// Stores it in place of the one with this key, which is locked.
    ///
    /// # Errors
    /// What constraints refuse.
    fn replace(
        connection: &mut AsyncPgConnection,
        key: &Self::Key,
        body: &Self::Body,
    ) -> impl Future<Output = Result<Self, DbError>>
    where
        Self: Sized;
    /// Whether the rules that no constraint states let it be deleted.
    ///
    /// # Errors
    /// `still_in_use`, saying by what and how to retire it instead.
    fn may_delete(_connection: &mut AsyncPgConnection, _current: &Self) -> impl Future<Output = Result<(), Problem>> {
        std::future::ready(Ok(()))
    }
    /// Deletes it.
    ///
    /// # Errors
    /// What constraints refuse, such as something that depends on it.
    fn delete(connection: &mut AsyncPgConnection, key: &Self::Key) -> impl Future<Output = Result<(), DbError>>;
}

/// `GET` of a collection.
///
/// # Errors
/// As [`Stored::list`].
pub async fn list<R: Stored>(db: &Db, query: &List<R::Filter>, request: &HttpRequest) -> Answer {
    let connection = db.reading(query.moment.as_of()).await?;
    let rows = R::list(&connection, &query.filter, &query.page).await?;
    Ok(query.moment.echo(listing::answer(rows, request, &query.page)?))
}

/// `POST` to a collection.
///
/// # Errors
/// What rules and constraints refuse.
pub async fn create<R: Stored>(db: &Db, author: &Author, body: &R::Body, retry: Retry) -> Answer {
    retry
        .write(db, author, async |connection| {
            R::check(connection, body, None).await?;
            Reply::created(&R::insert(connection, body).await?)
        })
        .await
}

/// `GET` of a member.
///
/// # Errors
/// `not_found`.
pub async fn get<R: Stored>(db: &Db, key: &R::Key, at: &Moment, when: &Conditions) -> Answer {
    let connection = db.reading(at.as_of()).await?;
    let found = R::find(&connection, key).await?.ok_or_else(|| missing::<R>(key))?;
    Ok(at.echo(Reply::unless_known(&found, when)?))
}

/// `PUT` of a member.
///
/// # Errors
/// `precondition_failed`; what rules and constraints refuse.
pub async fn put<R: Stored>(db: &Db, author: &Author, key: &R::Key, mut body: R::Body, when: &Conditions) -> Answer {
    R::fill(&mut body, key)?;
    match put_once::<R>(db, author, key, &body, when).await {
        // Somebody has made it just now: what came second replaces it, or is refused by its conditions.
        Err(problem) if problem.kind().code == problems::ALREADY_EXISTS.code => {
            put_once::<R>(db, author, key, &body, when).await
        }
        answer => answer,
    }
}

async fn put_once<R: Stored>(db: &Db, author: &Author, key: &R::Key, body: &R::Body, when: &Conditions) -> Answer {
    db.write(author, async |connection| {
        let current = R::lock(connection, key).await?;
        when.allow_write(current.as_ref().map(Resource::version))?;
        R::check(connection, body, current.as_ref()).await?;
        match current {
            None => Reply::created(&R::insert(connection, body).await?),
            Some(_) => Reply::resource(&R::replace(connection, key, body).await?),
        }
    })
    .await
}

/// `PATCH` of a member.
///
/// # Errors
/// As [`put`], and `not_found`.
pub async fn patch<R: Stored>(
    db: &Db,
    author: &Author,
    key: &R::Key,
    patch: Patch<R::Body>,
    when: &Conditions,
) -> Answer {
    patch_if::<R>(db, author, key, patch, when, |_| Ok(())).await
}

/// The same, if `allow` lets the outcome in: for what depends on how the service is set up.
///
/// # Errors
/// As [`patch`]; those of `allow`.
pub async fn patch_if<R: Stored>(
    db: &Db,
    author: &Author,
    key: &R::Key,
    patch: Patch<R::Body>,
    when: &Conditions,
    allow: impl Fn(&R::Body) -> Result<(), Problem>,
) -> Answer {
    db.write(author, async |connection| {
        let current = locked::<R>(connection, key).await?;
        when.allow_write(Some(current.version()))?;
        let mut body = patch.apply(&current)?;
        R::fill(&mut body, key)?;
        allow(&body)?;
        R::check(connection, &body, Some(&current)).await?;
        Reply::resource(&R::replace(connection, key, &body).await?)
    })
    .await
}

/// `DELETE` of a member.
///
/// # Errors
/// `not_found`, `precondition_failed`, `still_in_use`.
pub async fn delete<R: Stored>(db: &Db, author: &Author, key: &R::Key, when: &Conditions) -> Answer {
    db.write(author, async |connection| {
        let current = locked::<R>(connection, key).await?;
        when.allow_write(Some(current.version()))?;
        R::may_delete(connection, &current).await?;
        R::delete(connection, key).await?;
        Ok(Reply::nothing())
    })
    .await
}

/// `POST` of an action on a member.
///
/// # Errors
/// `not_found`, `precondition_failed`; those of `change`.
pub async fn act<R: Stored, W>(
    db: &Db,
    author: &Author,
    key: &R::Key,
    when: &Conditions,
    retry: Retry,
    change: W,
) -> Answer
where
    W: AsyncFnOnce(&mut AsyncPgConnection, &R) -> Result<R, Problem>,
{
    retry
        .write(db, author, async |connection| {
            let current = locked::<R>(connection, key).await?;
            when.allow_write(Some(current.version()))?;
            Reply::resource(&change(connection, &current).await?)
        })
        .await
}

/// A member, which nobody else changes until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn locked<R: Stored>(connection: &mut AsyncPgConnection, key: &R::Key) -> Result<R, Problem> {
    R::lock(connection, key).await?.ok_or_else(|| missing::<R>(key))
}

/// `not_found` for this key.
pub fn missing<R: Stored>(key: &R::Key) -> Problem {
    Problem::not_found(R::called(key))
}
