//! What an annual target review is decided on: the evidence of its year, and the effect of what it proposes.
//!
//! Both read the four quarters' scorecards; `prefill` writes proposals from the evidence.

pub mod body;
mod effect;
mod evidence;
pub mod handlers;
mod prefill;
