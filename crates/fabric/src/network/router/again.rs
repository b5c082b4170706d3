//! What a router counts when it does again what it has done before.

#![expect(clippy::indexing_slicing, reason = "as in the router")]

use super::Router;
use crate::counters::RouterCounters;
use crate::packet::low;

impl<const CV: usize> Router<CV> {
    /// Adds counts of a step, of `channels` channels per port.
    pub(in crate::network) fn add(&mut self, channels: usize, counters: &RouterCounters) {
        for (at, &flits) in counters.hops.iter().enumerate() {
            self.add_hops((at / channels, at % channels), flits);
        }
        for (at, &most) in counters.fill.iter().enumerate() {
            let fill = &mut self.fill[at / channels][at % channels];
            *fill = most.max(*fill);
        }
        self.stalled += counters.stalled;
        self.rare.replicated += counters.replicated;
        self.rare.route_errors += counters.route_errors;
        self.rare.dropped += counters.dropped;
        self.rare.lost += counters.lost;
        self.rare.flipped += counters.flipped;
    }

    fn add_hops(&mut self, (output, channel): (usize, usize), flits: u64) {
        let hops = &mut self.hops[output][channel];
        let (sum, turned) = hops.overflowing_add(low(flits));
        *hops = sum;
        self.turnovers[output][channel] += low(flits >> 32) + u32::from(turned);
    }
}
