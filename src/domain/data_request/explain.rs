//! Where a data request stands, in one sentence.

use chrono::NaiveDate;

use super::{Asked, DataRequestState, ExcuseKind, Standing};

impl Asked {
    /// The sentence for a standing of this request.
    pub fn explain(&self, standing: &Standing) -> String {
        let told = match standing.state {
            DataRequestState::Scheduled => {
                let opens = self.cycle.map(|cycle| format!(": the collection opens on {}", spoken(cycle.opens_on)));
                format!("scheduled{}", opens.unwrap_or_default())
            }
            DataRequestState::Open => format!("open{}", standing.due()),
            DataRequestState::Submitted => format!("submitted{}, awaits approval", self.handed_in(standing)),
            DataRequestState::Accepted => format!("accepted{}", self.handed_in(standing)),
            DataRequestState::Returned => format!("returned, to be handed in again{}", standing.due()),
            DataRequestState::Overdue => format!("overdue{}", standing.due()),
            DataRequestState::NotDue => format!("not due: {}", self.not_due(standing)),
            DataRequestState::Waived => "waived: no figure is asked for".to_owned(),
        };
        match (self.cycle, standing.due_on) {
            (None, Some(_)) => {
                format!("{told}; {} has no collection cycle, so the measure alone says when it is due", self.quarter)
            }
            _ => told,
        }
    }

    fn handed_in(&self, standing: &Standing) -> String {
        let Some(day) = self.handed_in_on else { return String::new() };
        let late = match standing.days_late {
            0 => "in time".to_owned(),
            late => format!("{} late", days(late)),
        };
        format!(": handed in on {}, {late}", spoken(day))
    }

    fn not_due(&self, standing: &Standing) -> String {
        let Some(expected) = standing.expected else { return format!("nothing falls due in {}", self.quarter) };
        let (period, due) = (expected.data_period, spoken(expected.due));
        let lag = days(self.expected_lag_days.into());
        match standing.excuse {
            Some(ExcuseKind::NothingFallsDue) => {
                format!("nothing falls due in {}; the figure for {period} is expected on {due}", self.quarter)
            }
            _ => format!("the figure for {period} is expected on {due}, {lag} after its period ends"),
        }
    }
}

impl Standing {
    fn due(&self) -> String {
        let due = |day: NaiveDate| match self.days_late {
            0 => format!(": due on {}", spoken(day)),
            late => format!(": was due on {}, {} ago", spoken(day), days(late)),
        };
        self.due_on.map(due).unwrap_or_default()
    }
}

fn days(number: i64) -> String {
    format!("{number} {}", if number == 1 { "day" } else { "days" })
}

fn spoken(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
