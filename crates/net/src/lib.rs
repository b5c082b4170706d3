//! Networks as data: populations, projections, GLE parameters, tasks and data sets.
//!
//! A network file (TOML, quantities with units) becomes a [`Network`] that is valid by construction,
//! or a list of everything wrong with it. A task turns a seed into [`Block`]s of stimulus, the one
//! form in which any backend receives them. This crate knows no chip and computes no network.
//!
//! * One GLE time unit is written as 1 ms; only ratios to `dt` matter.
//! * Every draw is a function of a seed and of what it is for; nothing depends on order.
//! * No file is opened here; readers and writers take bytes.

mod archive;
mod block;
mod dataset;
mod learning;
mod weights;

mod network;
mod npz;
mod parameters;
mod parse;
mod schedule;
mod signals;
mod spec;
mod table;
pub mod tasks;
mod write;

pub use archive::NpzArchive;
pub use block::{Block, Score, Target, Targets, decision};
pub use dataset::{Dataset, Part};
pub use learning::{Feedback, Learning, Loss, Operand, Rounding, Rule, Sender, Teach};
pub use network::{
    Bias, Errors, Group, Init, Leak, MAX_SIZE, MAX_WEIGHTS, Members, Network, Neurons, Phi,
    Population, Projection, Spiking, TauM, Teaching,
};
pub use npz::{write_outputs, write_spikes};
pub use parameters::Parameters;
pub use schedule::{Anneal, Length, Lowering, Map, Order, Plateau, Schedule};
pub use signals::Signals;
pub use spec::{Mnist1d, TaskSpec, Xor};
