//! The fast engine: machine words, an event wheel, and work proportional to traffic.
//!
//! It does what [`crate::Spec`] says, cycle by cycle and count by count. How:
//!
//! * *One pass per cycle.* A router acts at once; whatever it causes elsewhere is due two cycles
//!   later or more and waits in an event wheel ([`wheel`]).
//! * *One entry for all.* What a lone flit causes follows from what it did a few cycles ago ([`recent`]).
//! * *Active sets.* Only routers that hold a flit, and sources that have one, are visited; if there
//!   are none, time jumps to the next thing that happens.
//! * *Sets as words.* A router's virtual channels are bits ([`masks`]); requests are masks, and a
//!   round robin is a shift ([`allocate`], [`staged`]).
//! * *Streams.* Packets in a row that meet nobody on their way are not looked at ([`streams`]).
//! * *Steps that come again.* What packets did once is added when they are sent again ([`passage`]).
//! * *Tiles.* Whole rows form a tile ([`tile`]) that knows nothing but its own state. Tiles exchange
//!   what crosses between them every few cycles, as many as the shortest coupling takes
//!   ([`threads`]), so results are the same for any number of them.

use std::sync::Arc;

use leadlag_diagnostic::Diagnostic;

use crate::config::Checked;
use crate::counters::Counters;
use crate::engine::Engine;
use crate::lookup::Tables;
use crate::offer;
use crate::packet::{Delivery, Packet};
use crate::topology::Node;

mod allocate;
mod look;
mod masks;
mod passage;
mod recent;
mod router;
mod rules;
mod source;
mod staged;
mod state;
mod streams;
mod threads;
mod tile;
mod wheel;

pub use look::Load;
pub use passage::{Bearing, Passage};
use staged::Pointers;
pub use state::NetworkState;
pub use streams::{Stream, Streams};
use threads::Tiled;

/// The fabric, fast.
///
/// Cloning it is a snapshot; two fabrics that have done the same are equal.
#[derive(Clone, PartialEq, Debug)]
pub struct Network(Width);

/// By the virtual channels that the words have room for.
#[derive(Clone, PartialEq, Debug)]
enum Width {
    Two(Tiled<2>),
    Four(Tiled<4>),
    Eight(Tiled<8>),
    Twelve(Tiled<12>),
}

impl Network {
    /// The fabric after reset, run by the caller's thread.
    ///
    /// # Errors
    /// LL1506 if there are tables and the preset is not P; LL1508 for tables of another mesh.
    pub fn new(checked: &Checked, tables: Tables) -> Result<Self, Diagnostic> {
        Self::with_threads(checked, tables, 1)
    }

    /// The fabric after reset, run by up to `threads` threads: as many as there are rows at most.
    /// No result depends on their number.
    ///
    /// # Errors
    /// As [`Network::new`].
    pub fn with_threads(
        checked: &Checked,
        tables: Tables,
        threads: usize,
    ) -> Result<Self, Diagnostic> {
        offer::check_tables(checked, &tables)?;
        let tables = Arc::new(offer::whole(checked, tables));
        let checked = Arc::new(checked.clone());
        Ok(Self(match checked.channels() {
            ..=2 => Width::Two(Tiled::reset(checked, &tables, threads)),
            3..=4 => Width::Four(Tiled::reset(checked, &tables, threads)),
            5..=8 => Width::Eight(Tiled::reset(checked, &tables, threads)),
            _ => Width::Twelve(Tiled::reset(checked, &tables, threads)),
        }))
    }

    /// Runs one cycle, visiting the routers in the given order. It cannot show.
    pub fn step_in_order(&mut self, order: &[Node]) {
        match &mut self.0 {
            Width::Two(tiles) => tiles.step_in_order(order),
            Width::Four(tiles) => tiles.step_in_order(order),
            Width::Eight(tiles) => tiles.step_in_order(order),
            Width::Twelve(tiles) => tiles.step_in_order(order),
        }
    }

    /// All that the fabric holds between two cycles, to be written somewhere.
    #[must_use]
    pub fn state(&self) -> NetworkState {
        match &self.0 {
            Width::Two(tiles) => tiles.save(),
            Width::Four(tiles) => tiles.save(),
            Width::Eight(tiles) => tiles.save(),
            Width::Twelve(tiles) => tiles.save(),
        }
    }

    /// Continues from a state that was saved from a fabric of the same configuration and tables, with
    /// however many threads. Nothing changes if it is refused.
    ///
    /// # Errors
    /// LL1220 for a state that is not one of this fabric.
    pub fn restore(&mut self, state: &NetworkState) -> Result<(), Diagnostic> {
        match &mut self.0 {
            Width::Two(tiles) => *tiles = tiles.restored(state)?,
            Width::Four(tiles) => *tiles = tiles.restored(state)?,
            Width::Eight(tiles) => *tiles = tiles.restored(state)?,
            Width::Twelve(tiles) => *tiles = tiles.restored(state)?,
        }
        Ok(())
    }

    fn engine(&self) -> &dyn Engine {
        match &self.0 {
            Width::Two(tiles) => tiles,
            Width::Four(tiles) => tiles,
            Width::Eight(tiles) => tiles,
            Width::Twelve(tiles) => tiles,
        }
    }

    fn engine_mut(&mut self) -> &mut dyn Engine {
        match &mut self.0 {
            Width::Two(tiles) => tiles,
            Width::Four(tiles) => tiles,
            Width::Eight(tiles) => tiles,
            Width::Twelve(tiles) => tiles,
        }
    }
}

impl Engine for Network {
    fn offer(&mut self, source: Node, at: u64, packet: &Packet) -> Result<(), Diagnostic> {
        match &mut self.0 {
            Width::Two(tiles) => tiles.offer(source, at, packet),
            Width::Four(tiles) => tiles.offer(source, at, packet),
            Width::Eight(tiles) => tiles.offer(source, at, packet),
            Width::Twelve(tiles) => tiles.offer(source, at, packet),
        }
    }

    fn now(&self) -> u64 {
        match &self.0 {
            Width::Two(tiles) => tiles.now(),
            Width::Four(tiles) => tiles.now(),
            Width::Eight(tiles) => tiles.now(),
            Width::Twelve(tiles) => tiles.now(),
        }
    }

    fn step(&mut self) {
        self.engine_mut().step();
    }

    fn run_until(&mut self, cycle: u64) {
        self.engine_mut().run_until(cycle);
    }

    fn next_event(&self) -> Option<u64> {
        self.engine().next_event()
    }

    fn drain(&mut self) -> Vec<Delivery> {
        self.engine_mut().drain()
    }

    fn sent(&self, core: Node) -> u64 {
        self.engine().sent(core)
    }

    fn is_home(&self) -> bool {
        self.engine().is_home()
    }

    fn counters(&self) -> Counters {
        self.engine().counters()
    }
}
