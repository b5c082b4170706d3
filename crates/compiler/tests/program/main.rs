//! Rules as programs: their listings, their costs, and the programs against the rule's evaluator.

mod costs;
mod harness;
mod lessons;
mod lockstep;
