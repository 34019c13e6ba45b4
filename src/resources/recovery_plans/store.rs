//! Recovery plans in the database.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{RecoveryPlan, RecoveryPlanBody, RecoveryPlanFilter, RecoveryPlanPath};
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::recovery_plans::{self, dsl};
use crate::db::schema::{measures, outcomes};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::resources::crud::Stored;
use crate::rows_of_page;

fn filtered(filter: &RecoveryPlanFilter) -> recovery_plans::BoxedQuery<'_, Pg> {
    let mut query = dsl::recovery_plans.into_boxed();
    if let Some(framework) = &filter.framework {
        let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
        let its_measures = measures::table.filter(measures::outcome.eq_any(its_outcomes)).select(measures::code);
        query = query.filter(dsl::measure.eq_any(its_measures));
    }
    if let Some(measure) = &filter.measure {
        query = query.filter(dsl::measure.eq(measure));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    query
}

impl Stored for RecoveryPlan {
    type Key = RecoveryPlanPath;
    type Body = RecoveryPlanBody;
    type Filter = RecoveryPlanFilter;

    fn called(key: &RecoveryPlanPath) -> String {
        format!("recovery plan `{}`", key.plan)
    }

    fn fill(body: &mut RecoveryPlanBody, key: &RecoveryPlanPath) -> Result<(), Problem> {
        body.code.fill("code", &key.plan)
    }

    async fn list(
        connection: &AsyncPgConnection,
        filter: &RecoveryPlanFilter,
        page: &PageQuery,
    ) -> Result<Rows<Self>, Problem> {
        rows_of_page!(connection, page, Self, filtered(filter))
    }

    async fn find(mut connection: &AsyncPgConnection, key: &RecoveryPlanPath) -> Result<Option<Self>, DbError> {
        let query = Remembered(dsl::recovery_plans.find(&key.plan).select(Self::as_select()));
        Ok(query.get_result(&mut connection).await.optional()?)
    }

    async fn lock(connection: &mut AsyncPgConnection, key: &RecoveryPlanPath) -> Result<Option<Self>, DbError> {
        let query = dsl::recovery_plans.find(&key.plan).select(Self::as_select()).for_update();
        Ok(query.first(connection).await.optional()?)
    }

    async fn check(
        connection: &mut AsyncPgConnection,
        body: &RecoveryPlanBody,
        current: Option<&Self>,
    ) -> Result<(), Problem> {
        rules::check(connection, body, current).await
    }

    async fn insert(connection: &mut AsyncPgConnection, body: &RecoveryPlanBody) -> Result<Self, DbError> {
        let insert = diesel::insert_into(dsl::recovery_plans).values(body);
        Ok(insert.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn replace(
        connection: &mut AsyncPgConnection,
        key: &RecoveryPlanPath,
        body: &RecoveryPlanBody,
    ) -> Result<Self, DbError> {
        let update = diesel::update(dsl::recovery_plans.find(&key.plan)).set(body);
        Ok(update.returning(Self::as_returning()).get_result(connection).await?)
    }

    async fn may_delete(_: &mut AsyncPgConnection, current: &Self) -> Result<(), Problem> {
        rules::may_delete(current)
    }

    async fn delete(connection: &mut AsyncPgConnection, key: &RecoveryPlanPath) -> Result<(), DbError> {
        diesel::delete(dsl::recovery_plans.find(&key.plan)).execute(connection).await?;
        Ok(())
    }
}
