//! What is constant for a lane.

use leadlag_fabric::Barrier;
use leadlag_fixed::count;
use leadlag_image::Mode;

/// What is constant for a lane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) mode: Mode,
    pub(crate) setup: u64,
    pub(crate) cycles_per_step: u64,
    pub(crate) barrier_cycles: u32,
    /// Bits of a row register.
    pub(crate) payload_bits: u32,
    /// In barrier mode, whether nothing can keep an event from landing as it was sent: what lands is
    /// then known when it is sent.
    pub(crate) calm: bool,
    /// Whether every sender speaks in every step.
    pub(crate) alike: bool,
}

impl Pace {
    /// Cycles that the barrier tree takes to close; none in free-running mode.
    pub(crate) fn tree(self, cores: usize) -> u64 {
        match self.mode {
            Mode::FreeRunning => 0,
            Mode::Barrier => Barrier::reset(count(cores), self.barrier_cycles).latency(),
        }
    }
}
