//! What a saved state has of a tile that is not in its routers.

#![expect(clippy::indexing_slicing, reason = "places name routers of the tile, lists are checked")]

use leadlag_fixed::count;

use super::Tile;
use crate::counters::CoreCounters;
use crate::topology::PORTS;

impl<const CV: usize> Tile<CV> {
    pub(in crate::network) fn core_counters(&self, local: usize) -> CoreCounters {
        let core = &self.cores[local];
        CoreCounters {
            packets: core.packets,
            sent: core.sent,
            delivered: core.delivered,
            packets_delivered: core.packets_delivered,
            waited: core.waited,
            latency: core.latency.to_vec(),
        }
    }

    /// Takes counters with all buckets.
    pub(in crate::network) fn load_core(&mut self, local: usize, counters: &CoreCounters) {
        let core = &mut self.cores[local];
        core.latency.copy_from_slice(&counters.latency);
        (core.packets, core.sent, core.delivered) =
            (counters.packets, counters.sent, counters.delivered);
        (core.packets_delivered, core.waited) = (counters.packets_delivered, counters.waited);
    }

    /// Drop mode: cycles that the front flits of a router have won nothing, by input channel in use.
    pub(in crate::network) fn patience_of(&self, local: usize) -> Vec<u32> {
        let all = self.patience.get(local * PORTS * CV..).unwrap_or_default();
        let channels = self.rules.checked.channels();
        let ports = all.chunks(CV).take(PORTS);
        ports.flat_map(|port| port.iter().copied().take(channels)).collect()
    }

    /// Takes what [`Self::patience_of`] gave.
    pub(in crate::network) fn load_patience(&mut self, local: usize, patience: &[u32]) {
        let channels = self.rules.checked.channels();
        for (at, &cycles) in patience.iter().enumerate() {
            let cell = at / channels * CV + at % channels;
            self.patience[local * PORTS * CV + cell] = cycles;
        }
    }

    /// Puts a node whose buffers and queues have been filled where it will be visited.
    pub(in crate::network) fn awaken(&mut self, local: usize, now: u64) {
        if self.routers[local].occupied != 0 {
            self.active_routers.set(local);
        }
        if self.sources[local].waits(now) {
            self.active_sources.set(local);
        }
        if let Some(at) = self.sources[local].wakes(now) {
            self.wakes.entry(at).or_default().push(count(local));
        }
    }
}
