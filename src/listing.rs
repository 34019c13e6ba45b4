//! Where the pages of HTTP meet the keysets of the database: one way to list rows, for every resource.

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::db::keyset::{KeyColumn, Order};
use crate::http::page::{PageQuery, Rows};
use crate::http::reply::Answer;

/// A row with a place in its list.
pub trait Listed: Serialize {
    /// Columns of the key, with their SQL types.
    const KEY: &'static [KeyColumn];
    /// The key's values, as text.
    fn key(&self) -> Vec<String>;
    /// When the row last changed.
    fn updated_at(&self) -> DateTime<Utc>;
}

/// The order that the page asks for.
pub fn order<T: Listed>(page: &PageQuery) -> Order {
    Order::new(page.sort().by_update(), page.sort().descending(), T::KEY)
}

/// The answer with these rows as one page.
///
/// # Errors
/// As [`Rows::page`].
pub fn answer<T: Listed>(rows: Rows<T>, request: &HttpRequest, page: &PageQuery) -> Answer {
    let by_update = page.sort().by_update();
    rows.page(request, page, |row| {
        let update = by_update.then(|| row.updated_at().to_rfc3339());
        update.into_iter().chain(row.key()).collect()
    })
}

/// Reads the rows of one page: `$filtered` makes the boxed, filtered query, and is made twice when rows are counted.
#[macro_export]
macro_rules! rows_of_page {
    ($connection:expr, $page:expr, $row:ty, $filtered:expr) => {
        async {
            use diesel::prelude::*;
            use diesel_async::RunQueryDsl;
            let mut connection: &diesel_async::AsyncPgConnection = $connection;
            let order = $crate::listing::order::<$row>($page);
            let total: Option<i64> = match $page.counts() {
                true => Some($filtered.count().get_result(&mut connection).await.map_err($crate::db::DbError::from)?),
                false => None,
            };
            let mut query = $filtered.select(<$row>::as_select());
            if let Some(values) = $page.after(|values| order.fits(values))? {
                query = query.filter(order.after(values));
            }
            let query = query.order(order).limit($page.fetched()?);
            let rows = query.load::<$row>(&mut connection).await.map_err($crate::db::DbError::from)?;
            Ok::<_, $crate::http::problem::Problem>($crate::http::page::Rows { rows, total })
        }
        .await
    };
}

/// Gives a row its address, its version and its place in lists: `resource!(Target, "targets", measure: "text", year: "text")`.
/// The key's fields are named in the order of the address, each with the SQL type of its column.
#[macro_export]
macro_rules! resource {
    ($row:ty, $collection:literal, $($key:ident: $sql_type:literal),+) => {
        impl $crate::http::reply::Resource for $row {
            fn address(&self) -> String {
                let key = [$(self.$key.to_string()),+].join("/");
                format!(concat!("/api/v1/", $collection, "/{}"), key)
            }

            fn version(&self) -> $crate::http::version::Version {
                $crate::http::version::Version(self.row_version)
            }
        }

        impl $crate::listing::Listed for $row {
            const KEY: &'static [$crate::db::keyset::KeyColumn] = &[$((stringify!($key), $sql_type)),+];

            fn key(&self) -> Vec<String> {
                vec![$(self.$key.to_string()),+]
            }

            fn updated_at(&self) -> chrono::DateTime<chrono::Utc> {
                self.updated_at
            }
        }
    };
}
