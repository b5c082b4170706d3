//! What single-flit packets for one core did in the last cycles, from which follows what is seen now.
//!
//! Where nothing is slow, broken or split, one entry stands for all that a packet causes at fixed
//! delays, and nothing has to be put on the wheel.

#![expect(clippy::indexing_slicing, reason = "a cycle is taken modulo the number of lists")]

use leadlag_fixed::index;

use super::wheel::{Arrival, Due, Place, Whose};
use crate::packet::{Flit, low};

/// A packet that won a switch of preset P in cycle T: its slot's credit counts upstream at T + 2, it is
/// seen at T + 3, and if that is by a core, the ejection credit counts at T + 5.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Move {
    pub(super) flit: Flit,
    /// Where it goes.
    pub(super) into: Place,
    /// Whose output, or source interface, gets the credit.
    pub(super) back: Place,
}

/// What happened in one cycle T.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Moves {
    /// By [`Whose`]. Behind the moves into routers stand the packets that source interfaces sent in
    /// T + 1, so that all that routers see at T + 3 is one list.
    moved: [Vec<Move>; 2],
    /// How many these are.
    injected: usize,
}

impl Moves {
    /// A packet wins a switch in T.
    #[inline(always)]
    pub(super) fn push(&mut self, whose: Whose, moved: Move) {
        self.moved[whose.index()].push(moved);
    }

    /// A source interface sends a packet in T + 1; its slot is not one that was filled in T.
    #[inline(always)]
    pub(super) fn inject(&mut self, Arrival { flit, place }: Arrival) {
        self.moved[0].push(Move { flit, into: place, back: place });
        self.injected += 1;
    }

    /// Moves into routers, and into cores.
    #[inline(always)]
    pub(super) fn moved(&self) -> [&[Move]; 2] {
        let [to_routers, to_cores] = &self.moved;
        [&to_routers[..to_routers.len() - self.injected], to_cores]
    }

    /// What enters routers, and what cores.
    #[inline(always)]
    pub(super) fn entering(&self) -> [&[Move]; 2] {
        self.moved.each_ref().map(Vec::as_slice)
    }

    /// Nothing follows from what entered routers any more.
    #[inline(always)]
    pub(super) fn forget_entered(&mut self) {
        self.moved[0].clear();
        self.injected = 0;
    }

    /// Nothing follows from what entered cores any more.
    #[inline(always)]
    pub(super) fn forget_landed(&mut self) {
        self.moved[1].clear();
    }
}

/// Cycles that are remembered: a power of two above 5.
const CYCLES: usize = 8;

/// By cycle modulo [`CYCLES`]. A list is emptied when nothing follows from it any more.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Recent([Moves; CYCLES]);

impl Recent {
    /// What happened in a cycle; the one before cycle 0 is the last that there is.
    #[inline(always)]
    pub(super) fn of(&mut self, cycle: u64) -> &mut Moves {
        &mut self.0[index(low(cycle)) % CYCLES]
    }

    /// The first cycle, from `now` on, in which something is seen.
    pub(super) fn next(&self, now: u64) -> Option<u64> {
        self.save(now).map(|due| due.cycle).min()
    }

    /// Everything that will be seen from `now` on.
    pub(super) fn save(&self, now: u64) -> impl Iterator<Item = Due> {
        let cycles = (1..=5).map(move |ago| now.wrapping_sub(ago));
        cycles.flat_map(move |cycle| follow(cycle, &self.0[index(low(cycle)) % CYCLES], now))
    }
}

/// What follows from `now` on from the moves of a cycle.
fn follow(cycle: u64, moves: &Moves, now: u64) -> impl Iterator<Item = Due> {
    let after = move |cycles| cycle.wrapping_add(cycles);
    let credit = move |cycle, place| Due { cycle, core: false, place, flit: None };
    let freed = moves.moved().into_iter().flatten().map(|freed| freed.back);
    let back = freed.map(move |place| credit(after(2), place));
    let entering = [false, true].into_iter().zip(moves.entering()).flat_map(move |(core, list)| {
        list.iter().flat_map(move |&Move { flit, into, .. }| {
            let seen = Due { cycle: after(3), core, place: into, flit: Some(flit) };
            // A flit that has not reached its core yet brings its credit itself.
            let ejected = (core && after(3) < now).then(|| credit(after(5), into));
            [Some(seen), ejected].into_iter().flatten()
        })
    });
    back.chain(entering).filter(move |due| due.cycle >= now)
}
