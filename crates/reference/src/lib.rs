//! GLE in double precision: the yardstick of the chip.
//!
//! [`Reference`] runs and trains a network exactly as the equations say, many samples at a time;
//! [`golden`] compares it with recorded trajectories of an independent simulator. This crate knows
//! no chip and rounds nothing but doubles. Results are the same bits on every platform and for every
//! vector width: elementary functions come from `libm` or from here, sums have one order, and
//! products are never fused into sums.

mod engine;
pub mod experiment;
pub mod golden;
mod kernel;
mod loss;
mod neurons;
mod optimiser;
mod phi;
mod spiking;
mod synapses;
mod teacher;

pub use engine::{Reference, Training};
pub use teacher::Teacher;
