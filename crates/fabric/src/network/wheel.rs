//! The event wheel: what is on the wires, by the cycle in which it is seen.
//!
//! A power-of-two number of slots above the longest latency. Within a slot the order cannot matter:
//! every (port, channel) has one writer.

#![expect(clippy::indexing_slicing, reason = "a cycle is masked to the number of slots")]

use leadlag_fixed::{count, index};

use crate::packet::{Delivery, Flit, low};

/// Which virtual channel of which router: 16 bits of router, 6 of `port·CV + channel`, 6 of its bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place(u32);

impl Place {
    /// The place of a virtual channel; `cell` is `port·CV + channel`.
    #[inline(always)]
    pub(super) fn new(router: usize, cell: usize, bit: usize) -> Self {
        Self(count(router) << 12 | count(cell) << 6 | count(bit))
    }

    #[inline(always)]
    pub(super) fn router(self) -> usize {
        index(self.0 >> 12)
    }

    #[inline(always)]
    pub(super) fn cell(self) -> usize {
        index(self.0 >> 6 & 63)
    }

    #[inline(always)]
    pub(super) fn bit(self) -> u32 {
        self.0 & 63
    }

    /// The same channel of another router.
    pub(super) fn at(self, router: usize) -> Self {
        Self(count(router) << 12 | self.0 & 0xfff)
    }
}

/// A flit that enters a router.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Arrival {
    pub(super) flit: Flit,
    pub(super) place: Place,
}

/// What is seen in one cycle.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Slot {
    pub(super) flits: Vec<Arrival>,
    pub(super) credits: Vec<Place>,
    /// Credits for source interfaces.
    pub(super) sources: Vec<Place>,
    pub(super) cores: Vec<Delivery>,
}

impl Slot {
    fn is_empty(&self) -> bool {
        self.flits.is_empty()
            && self.credits.is_empty()
            && self.sources.is_empty()
            && self.cores.is_empty()
    }
}

/// What leaves a tile: places name routers of the tile it goes to.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Crossing {
    /// A flit, and the cycle in which it is seen.
    Flit(u64, Arrival),
    /// A credit, and the cycle in which it counts.
    Credit(u64, Place),
}

impl Crossing {
    pub(super) const fn due(&self) -> u64 {
        match self {
            Self::Flit(due, _) | Self::Credit(due, _) => *due,
        }
    }
}

/// The wheel.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Wheel {
    slots: Vec<Slot>,
}

impl Wheel {
    /// A wheel that turns over `longest` cycles.
    pub(super) fn new(longest: u64) -> Self {
        let slots = index(low(longest + 1)).next_power_of_two();
        Self { slots: vec![Slot::default(); slots] }
    }

    #[inline(always)]
    fn slot(&mut self, cycle: u64) -> &mut Slot {
        let mask = self.slots.len() - 1;
        &mut self.slots[index(low(cycle)) & mask]
    }

    #[inline(always)]
    pub(super) fn flit(&mut self, due: u64, arrival: Arrival) {
        self.slot(due).flits.push(arrival);
    }

    #[inline(always)]
    pub(super) fn credit(&mut self, due: u64, place: Place) {
        self.slot(due).credits.push(place);
    }

    #[inline(always)]
    pub(super) fn source_credit(&mut self, due: u64, place: Place) {
        self.slot(due).sources.push(place);
    }

    #[inline(always)]
    pub(super) fn core(&mut self, delivery: Delivery) {
        self.slot(delivery.cycle).cores.push(delivery);
    }

    /// Takes what is due in a cycle.
    #[inline(always)]
    pub(super) fn take(&mut self, cycle: u64) -> Slot {
        std::mem::take(self.slot(cycle))
    }

    /// Gives the emptied lists back, for their memory.
    #[inline(always)]
    pub(super) fn give_back(&mut self, cycle: u64, mut slot: Slot) {
        slot.flits.clear();
        slot.credits.clear();
        slot.sources.clear();
        slot.cores.clear();
        *self.slot(cycle) = slot;
    }

    /// The first cycle, from `now` on, in which something is seen.
    pub(super) fn next(&self, now: u64) -> Option<u64> {
        let mask = self.slots.len() - 1;
        let filled = |cycle: &u64| !self.slots[index(low(*cycle)) & mask].is_empty();
        (now..).take(self.slots.len()).find(filled)
    }
}
