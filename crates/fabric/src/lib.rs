//! Routers, links, multicast and barrier of the network between the cores.
//!
//! ```text
//!            offer ──► source interface ──► router (x, y) ──► core: Delivery
//!                                           │ +x  −x  +y  −y
//!                                           ▼ virtual channels, credits
//!                                        neighbours: 1 cycle, or a chip's edge: 16 and more
//! ```
//!
//! The crate carries packets and counts what that costs, in exact cycles; it knows no neuron. There
//! are two engines with one behaviour: [`Spec`] says the rules as plainly as possible, one struct
//! per router and three verbs; [`Network`] does the same work on machine words and in an event
//! wheel, skips idle cycles, and can be cut into tiles that run on threads. The two are compared
//! cycle by cycle in the tests, and both with packet traces of an independent simulator.
//!
//! Around them: [`tree`] and [`table`] turn multicast nets into the tables of the routers and prove
//! that these deliver; [`traffic`] creates synthetic packets; [`harness`] measures an engine under
//! them.
//!
//! Principles: a flit never turns from y to x; no router sees what another does in the same cycle;
//! a credit is never guessed; every flit that is removed is counted where it is removed.

mod barrier;
pub mod config;
mod counters;
mod engine;
mod faults;
pub mod harness;
mod lookup;
mod network;
mod offer;
mod packet;
mod spec;
pub mod table;
mod topology;
pub mod traffic;
pub mod tree;

pub use barrier::Barrier;
pub use config::{Checked, ChipLink, Config, Preset};
pub use counters::{BUCKETS, CoreCounters, Counters, RouterCounters};
pub use engine::Engine;
pub use faults::{DeadLink, DeadRouter, Faults, StuckChannel};
pub use lookup::{Entry, Tables};
pub use network::{Bearing, Load, Network, NetworkState, Passage, Stream, Streams};
pub use packet::{Class, Delivery, Header, Packet, Target};
pub use spec::Spec;
pub use topology::{Extent, Mesh, Node, PORTS, Port};
