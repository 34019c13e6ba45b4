//! The chase list as it is answered, and how it is put together from data requests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::data_request::DataRequestState;
use crate::domain::period::Quarter;
use crate::resources::collection_cycles::body::CollectionCycle;
use crate::resources::data_requests::body::{DataRequest, Excuse, RequestCounts};
use crate::resources::frameworks::body::Framework;

/// Who owes what for a quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChaseList {
    /// Code of the framework.
    #[schema(example = "CSPF-2024-28")]
    pub framework: String,
    /// Title of the framework.
    pub title: String,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Day on which it stands like this, in London.
    pub as_of: NaiveDate,
    /// The collection cycle of the quarter; null where there is none.
    pub cycle: Option<CollectionCycle>,
    /// How many data requests stand where.
    pub counts: RequestCounts,
    /// What is owed, by provider; what has no provider comes first.
    pub owed: Vec<ProviderDebts>,
    /// What is excused, and why.
    pub excused: Vec<Excused>,
}

/// What one provider owes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProviderDebts {
    /// Team that supplies the figures; null where the measures name none.
    #[schema(example = "Practice Team")]
    pub provider: Option<String>,
    /// How many figures it owes.
    pub owed: usize,
    /// How many of them are late.
    pub late: usize,
    /// Days by which the latest of them is late.
    pub days_late: i64,
    /// The same by owner.
    pub owners: Vec<OwnerDebts>,
}

/// What is owed on measures of one owner.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnerDebts {
    /// Post accountable for the performance; null where the measures name none.
    #[schema(example = "Service Manager, Practice")]
    pub owner: Option<String>,
    /// The figures.
    pub measures: Vec<Owed>,
}

/// A figure that is owed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Owed {
    /// Measure.
    #[schema(example = "EDU-01")]
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Open, returned or overdue.
    pub state: DataRequestState,
    /// Last day on which it is in time.
    pub due_on: Option<NaiveDate>,
    /// Days since; 0 while it is in time.
    pub days_late: i64,
    /// The same in a sentence.
    pub explanation: String,
}

/// A figure that nobody need hand in now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Excused {
    /// Measure.
    #[schema(example = "EDU-03")]
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Team that supplies the figure.
    pub provider: Option<String>,
    /// Day on which its source is expected.
    pub expected_on: Option<NaiveDate>,
    /// Why.
    pub excuse: Excuse,
}

impl ChaseList {
    /// The list of a framework in a quarter, as it stands on the day `as_of`.
    pub fn new(
        framework: Framework,
        quarter: Quarter,
        as_of: NaiveDate,
        cycle: Option<CollectionCycle>,
        requests: Vec<DataRequest>,
    ) -> Self {
        Self {
            framework: framework.code.to_string(),
            title: framework.title,
            quarter,
            as_of,
            cycle,
            counts: RequestCounts::of(&requests),
            owed: owed(requests.iter().filter(|request| request.is_owed())),
            excused: requests.into_iter().filter_map(excused).collect(),
        }
    }
}

fn owed<'a>(requests: impl Iterator<Item = &'a DataRequest>) -> Vec<ProviderDebts> {
    let mut providers: BTreeMap<Option<String>, BTreeMap<Option<String>, Vec<Owed>>> = BTreeMap::new();
    for request in requests {
        let owners = providers.entry(request.provider.clone()).or_default();
        owners.entry(request.owner.clone()).or_default().push(Owed {
            measure: request.measure.clone(),
            title: request.title.clone(),
            state: request.state,
            due_on: request.due_on,
            days_late: request.days_late,
            explanation: request.explanation.clone(),
        });
    }
    providers.into_iter().map(|(provider, owners)| debts(provider, owners)).collect()
}

fn debts(provider: Option<String>, owners: BTreeMap<Option<String>, Vec<Owed>>) -> ProviderDebts {
    let days = || owners.values().flatten().map(|owed| owed.days_late);
    ProviderDebts {
        provider,
        owed: days().count(),
        late: days().filter(|days| *days > 0).count(),
        days_late: days().max().unwrap_or_default(),
        owners: owners.into_iter().map(|(owner, measures)| OwnerDebts { owner, measures }).collect(),
    }
}

fn excused(request: DataRequest) -> Option<Excused> {
    let DataRequest { measure, title, provider, expected_on, excuse, .. } = request;
    Some(Excused { measure, title, provider, expected_on, excuse: excuse? })
}
