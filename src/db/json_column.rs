//! Values with parts of their own in `jsonb` columns, checked on the way in and on the way out by their own types.

/// Lets serialisable types stand for `Jsonb` columns. The type also derives `FromSqlRow` and `AsExpression`.
#[macro_export]
macro_rules! json_column {
    ($name:ty) => {
        impl diesel::serialize::ToSql<diesel::sql_types::Jsonb, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                use std::io::Write;
                // The first byte is the version of PostgreSQL's binary jsonb format.
                out.write_all(&[1])?;
                serde_json::to_writer(out, self)?;
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Jsonb, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                let json = bytes.as_bytes().split_first().map_or(&[][..], |(_, json)| json);
                Ok(serde_json::from_slice(json)?)
            }
        }
    };
}
