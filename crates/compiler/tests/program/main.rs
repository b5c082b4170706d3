//! Rules as programs: their listings, their costs, and the programs against the rule's evaluator.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "shapes and rules that are written here"
)]

mod costs;
mod errors;
mod hand;
mod harness;
mod lessons;
mod library;
mod lockstep;
mod taught;
