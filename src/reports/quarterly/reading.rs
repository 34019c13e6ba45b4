//! Three readings of a report: of those who work with the figures, of members, of the public. Everybody reads their own; those who work
//! with the figures may look at the others, also before there is one.

use actix_web::http::header::{ETAG, HeaderValue};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::content::ReportContent;
use super::drafting::{draft, sealed, to_be_published};
use super::verify::{Verification, differences};
use crate::access::audience::Audience;
use crate::access::caller::Caller;
use crate::db::Db;
use crate::db::reach::Eyes;
use crate::http::canonical;
use crate::http::moment::{Instant, Moment};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::resources::quarterly_reports::body::ReportPath;
use crate::resources::quarterly_reports::row::Report;

/// Which reading, and as at which instant.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadingQuery {
    /// Whose reading: by default one's own. Those who work with the figures may ask for the others, also before the report is
    /// published: then what would be sealed for them now.
    #[param(inline)]
    audience: Option<Audience>,
    /// Answer as the service knew things at this instant (RFC 3339), not as it knows them now. The same question has the same
    /// answer for ever.
    #[param(value_type = Option<String>, format = "date-time")]
    as_of: Option<Instant>,
}

impl ReadingQuery {
    /// The instant.
    pub(super) fn moment(&self) -> Moment {
        Moment::from(self.as_of)
    }
}

/// A reading that was asked for.
pub(super) struct Reading {
    audience: Audience,
    /// Whether who asks works with the figures.
    works: bool,
    /// What who asks sees.
    own: Db,
    /// What the audience sees.
    theirs: Db,
}

impl Reading {
    /// The reading that a caller asks for.
    ///
    /// # Errors
    /// `forbidden` for the reading of others.
    pub(super) fn of<P>(caller: &Caller<P>, query: &ReadingQuery, own: Db) -> Result<Self, Problem> {
        let works = caller.audience() == Audience::Internal;
        let audience = query.audience.unwrap_or_else(|| caller.audience());
        if !works && audience != caller.audience() {
            let detail = format!("You read as `{}`: leave `audience` out.", caller.audience());
            return Err(Problem::new(problems::FORBIDDEN, detail));
        }
        let theirs = match audience {
            Audience::Internal => own.clone(),
            Audience::Members => own.seen_by(Eyes::Members),
            Audience::Public => own.seen_by(Eyes::Public),
        };
        Ok(Self { audience, works, own, theirs })
    }

    /// Hash of what was sealed for the audience. Those who do not work with the figures know of one hash only, which is theirs.
    pub(super) fn hash<'a>(&self, report: &'a Report) -> Option<&'a str> {
        let hash = match self.audience {
            Audience::Members if self.works => &report.members_hash,
            Audience::Public if self.works => &report.public_hash,
            _ => &report.content_hash,
        };
        hash.as_deref()
    }

    /// Instant as at which it was read.
    pub(super) fn instant(&self, report: &Report) -> Option<DateTime<Utc>> {
        if self.audience == Audience::Internal { report.as_of } else { report.disclosed_at }
    }

    /// What the report says of what the audience sees as at an instant.
    ///
    /// # Errors
    /// As [`draft`].
    pub(super) async fn draft(
        &self,
        report: &Report,
        key: &ReportPath,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<ReportContent, Problem> {
        draft(&*self.theirs.reading(as_of).await?, report, key, self.audience, as_of).await
    }

    /// The sealed bytes under their hash; or, for those who work with the figures, what would be sealed.
    ///
    /// # Errors
    /// `not_found` where nothing was sealed for who asks; when the database cannot be reached.
    pub(super) async fn said(
        &self,
        connection: &AsyncPgConnection,
        report: &Report,
        key: &ReportPath,
        as_of: Option<DateTime<Utc>>,
    ) -> Answer {
        if let Some(hash) = self.hash(report) {
            let tag = HeaderValue::from_str(&format!("\"{hash}\"")).map_err(Problem::internal)?;
            return Ok(Reply::bytes("application/json", sealed(connection, hash).await?.into_bytes()).with((ETAG, tag)));
        }
        let nothing = || {
            let (framework, quarter, audience) = (&report.framework, report.quarter, self.audience);
            Problem::not_found(format!(
                "reading for `{audience}` of the report of framework `{framework}` for `{quarter}`"
            ))
        };
        match self.audience {
            _ if !self.works => Err(nothing()),
            Audience::Internal => Reply::json(&self.draft(report, key, as_of).await?),
            _ => {
                let report = to_be_published(&self.own, report, key, as_of).await?.ok_or_else(nothing)?;
                Reply::json(&self.draft(&report, key, as_of).await?)
            }
        }
    }

    /// What proves the sealed content of a report, compared with what is known as at an instant.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(super) async fn proof(
        &self,
        connection: &AsyncPgConnection,
        report: &Report,
        key: &ReportPath,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Verification, Problem> {
        let (Some(hash), Some(instant)) = (self.hash(report), self.instant(report)) else {
            return Err(Problem::internal("a sealed report without its instant"));
        };
        let kept = sealed(connection, hash).await?;
        let again = canonical::canonical(&self.draft(report, key, Some(instant)).await?)?;
        let now = serde_json::to_value(self.draft(report, key, as_of).await?).map_err(Problem::internal)?;
        let reported: Value = serde_json::from_str(&kept).map_err(Problem::internal)?;
        let recomputed_hash = canonical::hash(&kept);
        Ok(Verification {
            hash_matches: recomputed_hash == hash,
            reproduced: again == kept,
            differences: differences(&reported, &now),
            content_hash: hash.to_owned(),
            recomputed_hash,
        })
    }
}
