//! Probes, recordings and breakpoints: what is looked at while a chip runs.
//!
//! ```text
//!   engine ──Probed──> Selection ──> Recorder ──> events.llog ──> Reader ──> CSV, JSON lines
//!             │                                                     (export)
//!             └──────> Breakpoint: stop after this step
//! ```
//!
//! Job: path patterns, the signal table, the one canonical log and what is made from it, conditions
//! on registers. Non-job: to know a chip, to step one, to open a file. An engine implements
//! [`Probed`]; whatever records, stops or lists goes through it, so every engine is looked at in the
//! same way.
//!
//! Principles:
//! * Registers are read between two steps, never inside one: looking changes nothing.
//! * Memory does not grow with the length of a recording.
//! * A code becomes a quantity here and nowhere below: value = code * LSB + offset, exactly.
//! * Damage is refused, truncation is reported; neither is silent.
//!
//! The format is described in `docs/reference/probes.md`.

mod breakpoint;
mod condition;
mod cursor;
pub mod export;
mod log;
mod path;
mod pattern;
mod probe;
mod reader;
mod recorder;
mod selection;
mod signal;

pub use breakpoint::{ADDRESS, Breakpoint, Hit, Seen};
pub use condition::Condition;
pub use log::{Clock, Event, MAGIC, MAJOR, MINOR, Writer};
pub use path::{Path, Segment};
pub use pattern::Pattern;
pub use probe::{Family, Format, Probe, Probed};
pub use reader::{Ending, Reader};
pub use recorder::{Broken, Recorder};
pub use selection::{LIMIT, Request, Selection};
pub use signal::{Signal, value};
