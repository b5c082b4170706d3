//! Certificates: how far the chip can be from exact arithmetic, and from the float reference.
//!
//! Two kinds of finite precision are kept apart.
//!
//! * The **emulation format** (Q7.24 states, rounded products, rounded coefficients) stands for a
//!   continuous quantity and has to be invisible. [`emulation`] bounds what it does to the output of
//!   one compartment whose registers hold given codes; no network enters, so the bound holds for any
//!   image, recurrent or learning. [`Emulation::check`] compares it with the finest converter that
//!   observes the output.
//! * The **modelled quantisers** (weight word and converter, payload, tables) are the chip's.
//!   [`deviation`] bounds what they do to the rates of a network, population by population, against
//!   the reference: for frozen weights and no taught error. It is a bound for the worst input there
//!   can be, so it grows with the gain of every layer; for a loop it exists only if the loop
//!   contracts.
//!
//! Every bound is the l1 norm of an impulse response (worst-case peak gain): bounded causes give a
//! bounded effect, and some input attains it. All terms are non-negative; sums of at most 2^17 of
//! them in double precision are off by less than 2^-35 of their value, and every result is raised by
//! 2^-30 of its own.

mod circuit;
mod emulation;
mod network;
mod solve;

pub use circuit::{Circuit, Mismatch, STATE_LSB, Share};
pub use emulation::{Emulation, LARGEST_SHARE, emulation};
pub use network::{Cause, Deviation, PopulationBound, Split, deviation};

/// Full scales at which a drive is held.
pub(crate) const DRIVE_RAIL: f64 = 64.0;

/// A sum of non-negative terms, raised by more than its rounding can have taken away.
pub(crate) fn outward(sum: f64) -> f64 {
    sum * (1.0 + 1.0 / 1_073_741_824.0)
}
