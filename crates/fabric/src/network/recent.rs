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

/// What happened in one cycle.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Moves {
    /// By [`Whose`].
    moved: [Vec<Move>; 2],
    /// Packets that a source interface sent in cycle T: their routers see them at T + 2.
    pub(super) injected: Vec<Arrival>,
}

impl Moves {
    #[inline(always)]
    pub(super) fn push(&mut self, whose: Whose, moved: Move) {
        self.moved[whose.index()].push(moved);
    }

    /// Moves into routers, and into cores.
    #[inline(always)]
    pub(super) fn lists(&mut self) -> [&mut Vec<Move>; 2] {
        self.moved.each_mut()
    }
}

/// Cycles that are remembered: a power of two above 5.
const CYCLES: usize = 8;

/// By cycle modulo [`CYCLES`]. A list is emptied when nothing follows from it any more.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Recent([Moves; CYCLES]);

impl Recent {
    /// What happened in a cycle.
    #[inline(always)]
    pub(super) fn of(&mut self, cycle: u64) -> &mut Moves {
        &mut self.0[index(low(cycle)) % CYCLES]
    }

    /// The cycles before `now` from which something may follow.
    fn before(&self, now: u64) -> impl Iterator<Item = (u64, &Moves)> {
        let cycles = (1..=5).filter_map(move |ago| now.checked_sub(ago));
        cycles.map(|cycle| (cycle, &self.0[index(low(cycle)) % CYCLES]))
    }

    /// The first cycle, from `now` on, in which something is seen.
    pub(super) fn next(&self, now: u64) -> Option<u64> {
        self.before(now)
            .flat_map(|(cycle, moves)| follow(cycle, moves, now))
            .map(|due| due.cycle)
            .min()
    }

    /// Everything that will be seen from `now` on.
    pub(super) fn save(&self, now: u64) -> impl Iterator<Item = Due> {
        self.before(now).flat_map(move |(cycle, moves)| follow(cycle, moves, now))
    }
}

/// What follows from `now` on from the moves of a cycle.
fn follow(cycle: u64, moves: &Moves, now: u64) -> impl Iterator<Item = Due> {
    let credit = |cycle, place| Due { cycle, core: false, place, flit: None };
    let lists = [false, true].into_iter().zip(&moves.moved);
    let from_switches = lists.flat_map(move |(core, list)| {
        list.iter().flat_map(move |&Move { flit, into, back }| {
            let seen = Due { cycle: cycle + 3, core, place: into, flit: Some(flit) };
            // A flit that has not reached its core yet brings its credit itself.
            let ejected = (core && cycle + 3 < now).then(|| credit(cycle + 5, into));
            [Some(seen), Some(credit(cycle + 2, back)), ejected]
        })
    });
    let injected = moves.injected.iter().map(move |&Arrival { flit, place }| {
        Some(Due { cycle: cycle + 2, core: false, place, flit: Some(flit) })
    });
    from_switches.chain(injected).flatten().filter(move |due| due.cycle >= now)
}
