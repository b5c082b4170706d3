//! What a program has done.

use crate::counters::Counters;

/// Counts of a unit since its start.
pub(super) struct Work {
    pub(super) instructions: u64,
    pub(super) cycles: u64,
    pub(super) waits: [u64; 3],
    pub(super) overruns: u64,
    pub(super) row_accesses: u64,
    pub(super) conversions: u64,
    pub(super) classes: Vec<u64>,
}

impl Work {
    /// Counts what was done since an earlier look.
    pub(super) fn since(&self, before: &Self, counters: &mut Counters) {
        counters.instructions += self.instructions - before.instructions;
        counters.plasticity_cycles += self.cycles - before.cycles;
        counters.plasticity_overruns += self.overruns - before.overruns;
        counters.row_accesses += self.row_accesses - before.row_accesses;
        counters.conversions += self.conversions - before.conversions;
        let waits = counters.plasticity_waits.iter_mut().zip(self.waits).zip(before.waits);
        waits.for_each(|((count, now), then)| *count += now - then);
        let classes = counters.classes.iter_mut().zip(&self.classes).zip(&before.classes);
        classes.for_each(|((count, now), then)| *count += now - then);
    }
}
