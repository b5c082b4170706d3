//! The event wheel: what is on the wires, by the cycle in which it is seen.
//!
//! A power-of-two number of slots above the longest latency. Within a slot the order cannot matter:
//! every (port, channel) has one writer.

#![expect(
    clippy::indexing_slicing,
    reason = "a cycle is masked to the number of slots, lists are two"
)]

use leadlag_fixed::{count, index};

use crate::packet::{Flit, low};
use crate::topology::Port;

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

    /// The channel `further` channels on, of the same port.
    #[inline(always)]
    pub(super) fn channel(self, further: usize) -> Self {
        Self(self.0 + count(further) * 65)
    }

    /// The same channel of another router.
    #[inline(always)]
    pub(super) fn at(self, router: usize) -> Self {
        Self(count(router) << 12 | self.0 & 0xfff)
    }
}

/// A flit that enters a router, or a core.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Arrival {
    pub(super) flit: Flit,
    pub(super) place: Place,
}

/// What is seen in one cycle.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Slot {
    /// By [`Whose`].
    pub(super) flits: [Vec<Arrival>; 2],
    /// By [`Whose`].
    pub(super) credits: [Vec<Place>; 2],
}

/// Which of two lists: what a router sees (0), or its core (1): deliveries, and credits of its source
/// interface. Both lists have one form, so that
/// choosing one is arithmetic and not a branch that nobody can predict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Whose(usize);

impl Whose {
    /// The router's.
    pub(super) const ROUTER: Self = Self(0);

    /// Who is at the other end of a port.
    #[inline(always)]
    pub(super) fn behind(port: usize) -> Self {
        Self(usize::from(port == Port::Local.index()))
    }

    #[inline(always)]
    pub(super) const fn index(self) -> usize {
        self.0
    }
}

impl Slot {
    fn is_empty(&self) -> bool {
        self.flits.iter().all(Vec::is_empty) && self.credits.iter().all(Vec::is_empty)
    }
}

/// Lists of the wheel that are written most, at hand: credits due in two cycles, flits due in three.
#[derive(Debug)]
pub(super) struct Near {
    credits: [Vec<Place>; 2],
    flits: [Vec<Arrival>; 2],
}

impl Near {
    #[inline(always)]
    pub(super) fn credit(&mut self, whose: Whose, place: Place) {
        self.credits[whose.0].push(place);
    }

    #[inline(always)]
    pub(super) fn flit(&mut self, whose: Whose, arrival: Arrival) {
        self.flits[whose.0].push(arrival);
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
    pub(super) fn flit(&mut self, due: u64, whose: Whose, arrival: Arrival) {
        self.slot(due).flits[whose.0].push(arrival);
    }

    #[inline(always)]
    pub(super) fn credit(&mut self, due: u64, whose: Whose, place: Place) {
        self.slot(due).credits[whose.0].push(place);
    }

    /// Lends the lists that routers without slow links write in a cycle.
    pub(super) fn lend(&mut self, now: u64) -> Near {
        let credits = std::mem::take(&mut self.slot(now + 2).credits);
        Near { credits, flits: std::mem::take(&mut self.slot(now + 3).flits) }
    }

    /// Takes them back.
    pub(super) fn restore(&mut self, now: u64, near: Near) {
        self.slot(now + 2).credits = near.credits;
        self.slot(now + 3).flits = near.flits;
    }

    /// Takes what is due in a cycle.
    #[inline(always)]
    pub(super) fn take(&mut self, cycle: u64) -> Slot {
        std::mem::take(self.slot(cycle))
    }

    /// Gives the emptied lists back, for their memory.
    #[inline(always)]
    pub(super) fn give_back(&mut self, cycle: u64, mut slot: Slot) {
        slot.flits.iter_mut().for_each(Vec::clear);
        slot.credits.iter_mut().for_each(Vec::clear);
        *self.slot(cycle) = slot;
    }

    /// The first cycle, from `now` on, in which something is seen.
    pub(super) fn next(&self, now: u64) -> Option<u64> {
        let mask = self.slots.len() - 1;
        let filled = |cycle: &u64| !self.slots[index(low(*cycle)) & mask].is_empty();
        (now..).take(self.slots.len()).find(filled)
    }
}
