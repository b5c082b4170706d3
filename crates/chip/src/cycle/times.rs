//! What the clock counts.

use serde::{Deserialize, Serialize};

/// Counts of a core's traffic and program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CoreTimes {
    /// Packets offered by the senders.
    pub packets: u64,
    /// Of these, packets of rates and of errors.
    pub packets_of: [u64; 2],
    /// Leaves of these packets.
    pub announced: u64,
    /// Events that landed.
    pub delivered: u64,
    /// Of these, rates and errors.
    pub delivered_of: [u64; 2],
    /// Of these, events that landed at or after the latch they were meant for.
    pub late: u64,
    /// Events that were older than what their row held already; they changed nothing.
    pub stale: u64,
    /// Packets that were not sent because the next step's began.
    pub overrun: u64,
    /// Cycles in which the plasticity unit ran.
    pub plasticity_busy: u64,
}

impl CoreTimes {
    fn add(&mut self, other: &Self, times: u64) {
        self.packets += times * other.packets;
        self.announced += times * other.announced;
        for side in 0..2 {
            self.packets_of[side] += times * other.packets_of[side];
            self.delivered_of[side] += times * other.delivered_of[side];
        }
        self.delivered += times * other.delivered;
        self.late += times * other.late;
        self.stale += times * other.stale;
        self.overrun += times * other.overrun;
        self.plasticity_busy += times * other.plasticity_busy;
    }
}

/// Lengths of steps, in cycles.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Lengths {
    /// Steps that were timed.
    pub steps: u64,
    /// The shortest.
    pub shortest: u64,
    /// The longest.
    pub longest: u64,
    /// Sum.
    pub sum: u64,
    /// Sum of squares.
    pub squares: u128,
}

impl Lengths {
    pub(crate) fn note(&mut self, cycles: u64) {
        self.shortest = if self.steps == 0 { cycles } else { self.shortest.min(cycles) };
        self.longest = self.longest.max(cycles);
        self.steps += 1;
        self.sum += cycles;
        self.squares += u128::from(cycles) * u128::from(cycles);
    }

    fn add(&mut self, other: &Self, times: u64) {
        if other.steps == 0 {
            return;
        }
        self.shortest =
            if self.steps == 0 { other.shortest } else { self.shortest.min(other.shortest) };
        self.longest = self.longest.max(other.longest);
        self.steps += times * other.steps;
        self.sum += times * other.sum;
        self.squares += u128::from(times) * other.squares;
    }
}

/// Counts of a chip's clock.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Times {
    /// Latch to latch.
    pub step: Lengths,
    /// Latch to the landing of the last event; barrier mode.
    pub travel: Lengths,
    /// Steps that were not timed.
    pub untimed: u64,
    /// Steps in which the plasticity units were the last to be ready.
    pub waited_for_plasticity: u64,
    /// Closings of the barrier.
    pub closings: u64,
    /// Cycles spent in closing it.
    pub barrier_cycles: u64,
    /// Hops in its tree.
    pub tree_hops: u64,
    /// By core of the image.
    pub cores: Vec<CoreTimes>,
}

impl Times {
    pub(crate) fn new(cores: usize) -> Self {
        Self { cores: vec![CoreTimes::default(); cores], ..Self::default() }
    }

    /// Adds the counts of so many chips that did the same.
    pub fn add(&mut self, other: &Self, times: u64) {
        self.step.add(&other.step, times);
        self.travel.add(&other.travel, times);
        self.untimed += times * other.untimed;
        self.waited_for_plasticity += times * other.waited_for_plasticity;
        self.closings += times * other.closings;
        self.barrier_cycles += times * other.barrier_cycles;
        self.tree_hops += times * other.tree_hops;
        self.cores.resize(self.cores.len().max(other.cores.len()), CoreTimes::default());
        for (core, other) in self.cores.iter_mut().zip(&other.cores) {
            core.add(other, times);
        }
    }
}
