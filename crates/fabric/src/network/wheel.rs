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

/// Which virtual channel of which router: the router, and 7 of 8 bits of `port·CV + channel`. Port 5 is the
/// source interface as seen by its router: what it may fill.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
pub(super) struct Place(u32);

impl Place {
    /// The place of a virtual channel; `cell` is `port·CV + channel`.
    #[inline(always)]
    pub(super) fn new(router: usize, cell: usize) -> Self {
        Self(count(router) << 8 | count(cell))
    }

    #[inline(always)]
    pub(super) fn router(self) -> usize {
        index(self.0 >> 8)
    }

    #[inline(always)]
    pub(super) fn cell(self) -> usize {
        index(self.0 & 0x7f)
    }

    /// The channel `further` channels on, of the same port.
    #[inline(always)]
    pub(super) fn channel(self, further: usize) -> Self {
        Self(self.0 + count(further))
    }

    /// The same channel of another router, of a place of router 0.
    #[inline(always)]
    pub(super) fn at(self, router: usize) -> Self {
        Self(count(router) << 8 | self.0)
    }

    /// The place that lies so far from this router's first, modulo 2^32: see [`Self::way`].
    #[inline(always)]
    pub(super) fn far(router: usize, way: u32) -> Self {
        Self((count(router) << 8).wrapping_add(way))
    }

    /// How far it is from a router's first place to a place of a router so many nodes on.
    pub(super) fn way(nodes: usize, cell: usize) -> u32 {
        count(nodes) << 8 | count(cell)
    }

    /// The same channel of another router.
    #[inline(always)]
    pub(super) fn moved(self, router: usize) -> Self {
        Self(self.0 & 0xff).at(router)
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
    pub(super) credits: Vec<Place>,
}

/// Which of two lists: what a router sees (0), or its core (1). Both lists have one form, so that
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
    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.flits.iter().all(Vec::is_empty) && self.credits.is_empty()
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

/// Something that will be seen: a flit, or without one a credit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Due {
    pub(super) cycle: u64,
    /// Whether a core sees it, and not its router.
    pub(super) core: bool,
    pub(super) place: Place,
    pub(super) flit: Option<Flit>,
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
    pub(super) fn credit(&mut self, due: u64, place: Place) {
        self.slot(due).credits.push(place);
    }

    /// Whether anything is due in a cycle.
    #[inline(always)]
    pub(super) fn is_due(&self, cycle: u64) -> bool {
        !self.slots[index(low(cycle)) & (self.slots.len() - 1)].is_empty()
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
        slot.credits.clear();
        *self.slot(cycle) = slot;
    }

    /// The first cycle, from `now` on, in which something is seen.
    pub(super) fn next(&self, now: u64) -> Option<u64> {
        let mask = self.slots.len() - 1;
        let filled = |cycle: &u64| !self.slots[index(low(*cycle)) & mask].is_empty();
        (now..).take(self.slots.len()).find(filled)
    }

    /// Everything that will be seen from `now` on.
    pub(super) fn save(&self, now: u64) -> Vec<Due> {
        let credit = |cycle, place| Due { cycle, core: false, place, flit: None };
        let mut all = Vec::new();
        let mask = self.slots.len() - 1;
        for due in (now..).take(self.slots.len()) {
            let slot = &self.slots[index(low(due)) & mask];
            for (core, list) in [false, true].into_iter().zip(&slot.flits) {
                let seen =
                    |&Arrival { flit, place }| Due { cycle: due, core, place, flit: Some(flit) };
                all.extend(list.iter().map(seen));
            }
            all.extend(slot.credits.iter().map(|&place| credit(due, place)));
        }
        all
    }
}
