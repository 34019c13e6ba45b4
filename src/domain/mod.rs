//! The rules, free of input and output: every decision that the council could be asked to defend is made here.
//!
//! | Question | Answered in |
//! |---|---|
//! | How is a period read, and what does the error say? | [`period`], [`data_period`], [`period_error`] |
//! | Which periods does a measure take? | [`period_rule`] |
//! | Which earlier period is it compared with? | [`comparison`] |
//! | What falls due in a quarter, when, and what is late? | [`due`], [`reading`] |
//! | When is a quarter collected, and where does a request for a figure stand? | [`cycle`], [`data_request`] |
//! | Can a pushed figure be true? | [`figure`]; its parts: [`breakdown`] |
//! | What stands in a cell of a file, and what becomes of a row? | [`cell`], [`import`]; of published files [`tidy`] |
//! | Is a figure that can be true likely? | [`plausibility`] |
//! | Does a target make sense, and where do its limits lie? | [`target`], [`limits`] |
//! | Why is it red? | [`rag`]; for activity, which has no colour, [`signal`] |
//! | Is it improving? | [`direction`] |
//! | How far has it come since the baseline? | [`distance`] |
//! | What may members and the public see? | [`disclosure`] |
//! | How do many measures add up? | [`summary`] |
//! | How does the council compare? | [`comparator`] (mean and median of a group), [`rank`] |
//! | What may be done next, and by whom? | [`workflow`]; by tables of [`steps`] |
//! | Does a measure recover as its plan promised? | [`recovery`] |
//! | What happens to an issue of concern, and is its report overdue? | [`concern`] |
//! | Does a recorded decision make sense? | [`decision`] |
//! | What does an annual review propose and change, and when is it due? | [`review`] |
//! | What day is it in London, and how is a day written? | [`london`], [`day`] |
//! | Who is told of what by webhooks, and when is it tried again? | [`event`], [`redelivery`] |
//! | Which addresses may the service call? | [`outside`] |
//! | Which words are there? | [`terms`] |
//!
//! Numbers are decimals ([`quantity`]), never binary floats, and today's date is always an argument. A rule that finds
//! something wrong tells all of it at once, as [`fault::Fault`]s.

pub mod academic;
pub mod breakdown;
pub mod caller_name;
pub mod cell;
pub mod code;
pub mod comparator;
pub mod comparison;
pub mod concern;
pub mod cycle;
pub mod data_period;
pub mod data_request;
pub mod day;
pub mod decision;
pub mod direction;
pub mod disclosure;
pub mod distance;
pub mod due;
pub mod event;
pub mod exempt;
pub mod fault;
pub mod figure;
#[cfg(test)]
mod fixtures;
pub mod formats;
pub mod import;
pub mod limits;
pub mod london;
pub mod measure_rule;
pub mod month;
pub mod network;
pub mod outside;
pub mod period;
pub mod period_error;
pub mod period_rule;
pub mod plausibility;
pub mod quantity;
pub mod rag;
pub mod rank;
pub mod reading;
pub mod recovery;
pub mod redelivery;
pub mod report;
pub mod retirement;
pub mod review;
pub mod signal;
pub mod steps;
pub mod summary;
pub mod target;
pub mod terms;
pub mod text;
mod text_form;
pub mod tidy;
pub mod token_times;
mod words;
pub mod workflow;
