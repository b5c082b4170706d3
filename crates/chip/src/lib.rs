//! The emulator: an image, stepped in exact integers.
//!
//! A step does, in this order (`docs/chip/time.md`): *latch* the codes that were sent in the step
//! before and the host's inputs into the row registers; write the *injection* registers of the
//! taught cores from the rates before the step and the target of this step; *evaluate* every
//! neuron, its apical compartment first; *send*; *learn*.
//!
//! An engine is what happens between send and land. In the functional engine an event lands when it is
//! sent, and a step has no duration: that serves `barrier` mode, in which values do not depend on the
//! fabric's timing. With [`Emulator::attach_fabric`] it is the cycle engine: packets travel, programs
//! take their time, and a latch takes what has landed.
//!
//! Several identical chips ([`Emulator::load`]'s `replicas`) may share one weight state: they see
//! different samples, and the products that their synapses see are averaged at each update. One
//! replica is the chip itself.
//!
//! Every register can be looked at between two steps: the emulator is
//! [`Probed`](leadlag_trace::Probed), and [`Emulator::run_each`] stops after each step.
//!
//! Principles: no floating point; no draw from a shared stream; the state is a value
//! ([`State`]: clone, compare, serialise); no result depends on the number of threads. What this
//! crate does not do: know a network, choose a scale, open a file.

#![expect(clippy::indexing_slicing, reason = "a validated image proves every index; see `plan`")]

mod block;
mod check;
mod counters;
mod cycle;
mod emulator;
mod faults;
mod firmware;
mod gate;
mod learn;
mod midstep;
mod plan;
mod probe;
mod rescale;
mod shard;
mod state;
mod stimulus;
mod synapses;
mod timed;
mod trim;

pub use counters::{CLASSES, Counters, SideCounters};
pub use cycle::{Analytic, ClockState, CoreTimes, Lengths, ProgramCycles, Route, Times, Traffic};
pub use emulator::{Emulator, Options};
pub use faults::{Dead, Faults, Memory, Often, Part, Since, Stuck, Upset, Upsets};
pub use firmware::{CoreProgram, Keeps, KeepsTau, UnitState, unit_settings};
pub use midstep::Midstep;
pub use plan::{dropped_bits, rounding, rule};
pub use state::{ArrayState, CoreState, ShardState, SideState, State};
pub use stimulus::{Record, Stimulus, Targets};
pub use synapses::Synapses;
pub use trim::{TRIMS, TrimState};
