//! What a core's plasticity unit computes: learning rules and output errors, in integers.
//!
//! This is the specification that a program of the plasticity unit must equal bit for bit. One
//! definition serves both arrays of a core with the roles of row and column exchanged: a synapse
//! sees the product of its column's own code and its row's code, whichever of the two is the error
//! (Ellenberger et al., arXiv 2403.16933: dW = eta e r^T; `docs/chip/learning.md`).
//!
//! Several identical chips that see different samples share one weight state here: the products of
//! a synapse are added over the replicas, exactly, and the rule is applied to their mean. With one
//! replica that is the chip itself.
//!
//! This crate knows no network, no core and no floating point in its results.

#![expect(
    clippy::indexing_slicing,
    reason = "banks index by columns and rows whose counts their shape proves"
)]
#![expect(
    clippy::manual_clamp,
    reason = "`clamp` would check the order of its bounds in every lane"
)]

mod bank;
mod correlate;
mod error;
pub mod language;
pub mod processor;
mod rule;
mod sums;
mod tau;

pub use bank::{Synapses, update};
pub use correlate::{Factors, Span, correlate, correlate_baseline, correlate_wide};
pub use error::{CodeScale, LOG2_E, POWER, cross_entropy, squared_error};
pub use rule::{
    Constants, FINE, Fraction, Mean, Rounding, Rule, Settling, Words, dead_band, learn,
};
pub use sums::{gather, gather_all, motion_of_cut};
pub use tau::{TAU_STEP, TauConstants, learn_tau, motion};
