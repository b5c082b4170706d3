//! Steps that come again.
//!
//! No router of preset P reads a payload or a clock, and of a step that is over nothing is left in it but
//! where its round robins stand ([`Bearing`]). So packets that were offered once take the same ways in the
//! same cycles when they are offered again, if the round robins stand as they stood then: what a step did
//! ([`Passage`]) is added, and nobody looks at a packet. Where bits flip, packets are dropped or something
//! is dead or on its way, there are no such steps; nor between chips, whose links remember for longer.

use super::threads::Tiled;
use super::{Network, Width};
use crate::config::Preset;
use crate::counters::Counters;
use crate::engine::Engine as _;
use crate::topology::PORTS;

/// Where the round robins of an idle fabric stand: all that a step without faults depends on, besides its
/// packets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bearing(pub(super) Vec<Robins>);

/// The round robins of a router and of its core's interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Robins {
    /// Of inputs, of outputs, of the channels of inputs.
    pub(super) pointers: [[u8; PORTS]; 3],
    /// Of the channels of outputs, by class.
    pub(super) pick: [[u8; 2]; PORTS],
    /// The source's: channels by class, and classes.
    pub(super) next: [u8; 2],
    pub(super) turn: u8,
}

/// A slot in front of a core that is not free again when a step has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Debt {
    pub(super) node: usize,
    pub(super) channel: usize,
    /// Cycles from the start of the step until it is free.
    pub(super) due: u64,
}

/// What a step of packets does to an idle fabric.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    before: Bearing,
    pub(super) after: Bearing,
    /// From its start until the last packet has arrived.
    pub(super) cycles: u64,
    pub(super) counters: Counters,
    pub(super) debts: Vec<Debt>,
}

impl Network {
    /// Where the round robins stand; none where more than they decides how packets travel.
    #[must_use]
    pub fn bearing(&self) -> Option<Bearing> {
        match &self.0 {
            Width::Two(tiles) => tiles.bearing(),
            Width::Four(tiles) => tiles.bearing(),
            Width::Eight(tiles) => tiles.bearing(),
            Width::Twelve(tiles) => tiles.bearing(),
        }
    }

    /// The same fabric in the same cycle, without what it has counted: for a step whose [`Passage`] is
    /// wanted. `bearing` is this fabric's.
    #[must_use]
    pub fn rehearsal(&self, bearing: &Bearing) -> Self {
        Self(match &self.0 {
            Width::Two(tiles) => Width::Two(tiles.rehearsal(bearing)),
            Width::Four(tiles) => Width::Four(tiles.rehearsal(bearing)),
            Width::Eight(tiles) => Width::Eight(tiles.rehearsal(bearing)),
            Width::Twelve(tiles) => Width::Twelve(tiles.rehearsal(bearing)),
        })
    }

    /// What a step did to a fabric that was a rehearsal in cycle `start` and had this bearing; none if it
    /// is not over: something is on its way, or what has arrived has not been drained.
    #[must_use]
    pub fn passage(&self, start: u64, before: Bearing) -> Option<Passage> {
        match &self.0 {
            Width::Two(tiles) => tiles.passage(start, before),
            Width::Four(tiles) => tiles.passage(start, before),
            Width::Eight(tiles) => tiles.passage(start, before),
            Width::Twelve(tiles) => tiles.passage(start, before),
        }
    }

    /// Adds what a step does that begins now: as if its packets had been offered, the last of them had
    /// arrived, and all had been drained. The bearing is that of the step, which was made by a rehearsal
    /// of this fabric, or of one that was built alike.
    pub fn pass(&mut self, passage: &Passage) {
        match &mut self.0 {
            Width::Two(tiles) => tiles.pass(passage),
            Width::Four(tiles) => tiles.pass(passage),
            Width::Eight(tiles) => tiles.pass(passage),
            Width::Twelve(tiles) => tiles.pass(passage),
        }
    }
}

impl Passage {
    /// Where the round robins stood.
    #[must_use]
    pub fn before(&self) -> &Bearing {
        &self.before
    }
}

impl<const CV: usize> Tiled<CV> {
    fn bearing(&self) -> Option<Bearing> {
        let (_, checked) = self.at();
        let config = checked.config();
        let plain = config.preset == Preset::P
            && config.drop_after.is_none()
            && config.faults.is_empty()
            && config.grid.area() == 1;
        let [tile] = self.tiles() else { return None };
        let idle = plain && self.next_event().is_none() && tile.is_drained() && tile.is_home();
        idle.then(|| tile.bearing())
    }

    fn rehearsal(&self, bearing: &Bearing) -> Self {
        let mut rehearsal = self.fresh(self.now());
        rehearsal.tiles_mut().iter_mut().for_each(|tile| tile.turn_to(bearing));
        rehearsal
    }

    fn passage(&self, start: u64, before: Bearing) -> Option<Passage> {
        let [tile] = self.tiles() else { return None };
        let (after, counters) = (tile.bearing(), self.counters());
        let debts = tile.debts(self.now(), start)?;
        Some(Passage { before, after, cycles: self.now() - start, counters, debts })
    }

    fn pass(&mut self, passage: &Passage) {
        let start = self.now();
        self.tiles_mut().iter_mut().for_each(|tile| tile.pass_again(passage, start));
        self.skip_to(start + passage.cycles);
    }
}
