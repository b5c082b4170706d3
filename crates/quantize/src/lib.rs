//! From real numbers to codes: the one place where a float becomes an integer of the chip.
//!
//! * [`word`], [`code`], [`ratio`]: rounding of weights, signals and factors;
//! * [`coefficients`]: time constants as lag and lead of a compartment;
//! * [`table`]: activation functions as knots, with the error they cost;
//! * [`calibrate`]: ranges of signals, from a run of the reference;
//! * [`scale`]: the power of two that covers a range;
//! * [`bounds`]: certificates of what all this costs;
//! * [`dead_bands`]: updates that are too small for their word;
//! * [`Stored`]: the way back, from an image's words to a network's parameters.
//!
//! Elementary functions come from one pure-Rust implementation, so an image has the same bits on
//! every platform. What this crate does not do: decide where a neuron goes.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "rounding of floats to integers of the chip is this crate's job; ranges are held before"
)]

pub mod bounds;
mod calibrate;
mod coefficients;
mod dead_bands;
mod number;
mod stored;
mod table;

pub use calibrate::{Ranges, calibrate};
pub use coefficients::{Coefficients, coefficients};
pub use dead_bands::dead_bands;
pub use number::{code, converter, ratio, scale, value, word};
pub use stored::{Stored, Synapses};
pub use table::{Tables, activation, table, table_error};
