//! The OpenAPI document: what is checked in, what it says of every operation, and whether its examples can be executed.

mod examples;
mod operations;
mod served;
