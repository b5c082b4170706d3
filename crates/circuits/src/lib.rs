//! The mixed-signal circuits of a core.
//!
//! ```text
//!  row codes ─► synapse array ─► current ─► drive ─► lead-lag compartment ─► y ─► table ─► sender ─► code
//!   (array)                    (drive)             (compartment, bank)       (table)   (sender)
//!                    └─► count ─► integrate-and-fire neuron ─► spike ─► sender ─► code
//!                                 (spike)
//! ```
//!
//! Each unit has a scalar form, which is its specification and may be slow, and a bank: one array
//! per register, one branch-free loop over all columns of several replicas. A lockstep property
//! ties the bank to the specification bit for bit. Arrays of columns are `[replica][column]`,
//! with columns padded to a multiple of [`LANES`]; padding columns have zero coefficients.
//!
//! This crate knows no core, no network and no floating point. Sums are exact, so the order of
//! events cannot show in them (`docs/chip/core.md`).

#![expect(clippy::indexing_slicing, reason = "banks index by columns whose count `width` proves")]
#![expect(
    clippy::manual_clamp,
    reason = "`clamp` would check the order of its bounds in every lane"
)]

mod array;
mod bank;
mod compartment;
mod drive;
mod recurrent;
mod sender;
mod sparse;
mod spike;
mod table;
mod trim;

pub use array::{
    Change, Shape, accumulate, amplify, convert, currents, currents_baseline, currents_wide, dac,
    gained, nonzero, pair_weights,
};
pub use bank::{Bank, Held};
pub use compartment::{LeadLag, Output, Settings, toward};
pub use drive::{DRIVE_RAIL, apical_drive, soma_drive, trim_current, trim_currents};
pub use recurrent::Recurrent;
pub use sender::{Format, Spoken, code, speak};
pub use sparse::{SparseArray, Synapse};
pub use spike::{Count, Fired, Membrane, Membranes, SpikeBank, Spiking, Volley};
pub use table::{Activation, Table};
pub use trim::{Coefficients, Motion, trim_code, trimmed, trimmed_lag};

/// Columns are padded to a multiple of this, so that a bank's loop has no remainder.
pub const LANES: usize = 16;

/// The padded number of columns.
#[must_use]
pub fn width(columns: usize) -> usize {
    columns.next_multiple_of(LANES)
}
