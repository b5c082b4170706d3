//! One experiment and what stays of it.
//!
//! Job: whatever needs a compiled network *and* a running chip, and the files of a run. Non-job:
//! printing, arguments, exit codes (`cli`), arithmetic (the crates below).
//!
//! Principles:
//! * A file is whole or absent: written under a temporary name, synchronised, renamed.
//! * Nothing is overwritten unless the caller says so.
//! * A failed operation names the path, the system's reason and a way out.

mod backend;
pub mod blame;
pub mod build;
pub mod carried;
mod chip_backend;
pub mod clocking;
pub mod counters;
pub mod course;
pub mod engines;
pub mod faults;
pub mod files;
pub mod firmware;
mod float_backend;
pub mod folder;
pub mod hash;
pub mod inference;
pub mod metrics;
pub mod observe;
mod page;
pub mod pause;
pub mod recording;
pub mod session;
pub mod shadow;
pub mod spiking;
mod stream;

pub use backend::Backend;
pub use chip_backend::ChipBackend;
pub use clocking::{Clocking, Engine};
pub use float_backend::FloatBackend;
