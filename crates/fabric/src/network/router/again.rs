//! What a router counts when it does again what it has done before.

#![expect(clippy::indexing_slicing, reason = "as in the router")]

use super::{CREDITS, Router};
use crate::counters::RouterCounters;

impl<const CV: usize> Router<CV> {
    /// Adds counts of a step, of `channels` channels per port.
    pub(in crate::network) fn add(&mut self, channels: usize, counters: &RouterCounters) {
        for (at, &flits) in counters.hops.iter().enumerate() {
            self.flow[at / channels][at % channels] += flits << CREDITS;
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
}
