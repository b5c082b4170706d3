//! Rules as programs: their listings, their costs, and the programs against the rule's evaluator.

mod costs;
mod errors;
mod harness;
mod lessons;
mod library;
mod lockstep;
