//! The counting barrier: when a step's events have all landed, and when the next latch is.
//!
//! Every core counts the leaves it announces and the events it receives. With several virtual
//! channels a flush packet on one proves nothing about the others, so counts are compared. The tree
//! that compares them is dedicated wiring. Source: `docs/chip/fabric.md`, Barrier.

use serde::{Deserialize, Serialize};

/// The barrier of a fabric.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Barrier {
    cores: u32,
    cycles_per_level: u32,
    /// Leaves of the packets sent in this step.
    announced: u64,
    /// Events that have landed in this step.
    delivered: u64,
    closings: u64,
    cycles: u64,
}

impl Barrier {
    /// The barrier of `cores` cores (at least 1) with `cycles_per_level` (b) cycles per level of its
    /// tree, open.
    #[must_use]
    pub fn reset(cores: u32, cycles_per_level: u32) -> Self {
        Self { cores, cycles_per_level, announced: 0, delivered: 0, closings: 0, cycles: 0 }
    }

    /// A core sends a packet that goes to so many leaves.
    pub fn announce(&mut self, leaves: u32) {
        self.announced += u64::from(leaves);
    }

    /// An event lands.
    pub fn deliver(&mut self) {
        self.delivered += 1;
    }

    /// Whether everything announced has landed. With idle senders (and sleeping plasticity units, if
    /// they are waited for) the step's work is then finished.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.announced == self.delivered
    }

    /// Cycles from the end of a step's work to the next latch: ⌈log2 cores⌉·b.
    #[must_use]
    pub fn latency(&self) -> u64 {
        let levels = u32::BITS - (self.cores.max(1) - 1).leading_zeros();
        u64::from(levels) * u64::from(self.cycles_per_level)
    }

    /// The step's work is finished in cycle `finished`; result: the cycle of the next latch. The
    /// counts of the step start over.
    pub fn close(&mut self, finished: u64) -> u64 {
        debug_assert!(self.is_complete(), "a barrier closed over events on their way");
        (self.announced, self.delivered) = (0, 0);
        self.closings += 1;
        self.cycles += self.latency();
        finished + self.latency()
    }

    /// How often it has closed.
    #[must_use]
    pub fn closings(&self) -> u64 {
        self.closings
    }

    /// Cycles spent in closing.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.cycles
    }

    /// Hops of the tree: 2·(cores − 1) per closing, up and down.
    #[must_use]
    pub fn tree_hops(&self) -> u64 {
        self.closings * 2 * u64::from(self.cores.max(1) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_of_sixteen_cores_closes_in_sixteen_cycles() {
        let latency = |cores| Barrier::reset(cores, 4).latency();
        assert_eq!([1, 2, 3, 4, 5, 16, 17, 64].map(latency), [0, 4, 8, 8, 12, 16, 20, 24]);
    }

    #[test]
    fn it_closes_over_what_was_announced() {
        let mut barrier = Barrier::reset(16, 4);
        barrier.announce(3);
        for _ in 0..3 {
            assert!(!barrier.is_complete());
            barrier.deliver();
        }
        assert!(barrier.is_complete());
        assert_eq!(barrier.close(100), 116);
        assert_eq!((barrier.closings(), barrier.cycles(), barrier.tree_hops()), (1, 16, 30));
    }
}
