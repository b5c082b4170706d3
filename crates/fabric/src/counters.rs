//! What is counted, always and exactly.
//!
//! Source: `docs/chip/fabric.md`, Counters. A flit-hop is one flit (one branch) through one router,
//! ejection included.

use serde::{Deserialize, Serialize};

use crate::topology::{PORTS, Port};

/// Powers of two of the latency histogram.
pub const BUCKETS: usize = 33;

/// Counts of one router and the links that leave it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RouterCounters {
    /// Flit-hops by output and its virtual channel: `[port·CV + channel]`.
    pub hops: Vec<u64>,
    /// Most flits that an input's virtual channel ever held: `[port·CV + channel]`.
    pub fill: Vec<u8>,
    /// Copies made: grants of a multicast flit that left other branches pending.
    pub replicated: u64,
    /// Branches that a table sent nowhere.
    pub route_errors: u64,
    /// Branches removed by drop mode.
    pub dropped: u64,
    /// Branches removed since they led into something dead.
    pub lost: u64,
    /// Flits that had a bit flipped on the way out.
    pub flipped: u64,
    /// Cycles in which a flit was at the front of a virtual channel and none was granted.
    pub stalled: u64,
}

impl RouterCounters {
    pub(crate) fn new(channels: usize) -> Self {
        let (hops, fill) = (vec![0; PORTS * channels], vec![0; PORTS * channels]);
        Self { hops, fill, ..Self::default() }
    }

    /// Flits that left through an output, over all its virtual channels: of a mesh port, the flits
    /// of the link.
    #[must_use]
    pub fn through(&self, port: Port) -> u64 {
        let channels = self.hops.len() / PORTS;
        self.hops.iter().skip(port.index() * channels).take(channels).sum()
    }

    /// Flits of one class that left through an output; `per_class` is V.
    #[must_use]
    pub fn through_of_class(&self, port: Port, class: usize, per_class: usize) -> u64 {
        let channels = self.hops.len() / PORTS;
        self.hops.iter().skip(port.index() * channels + class * per_class).take(per_class).sum()
    }

    /// All flit-hops of the router.
    #[must_use]
    pub fn flit_hops(&self) -> u64 {
        self.hops.iter().sum()
    }
}

/// Counts of one core's interface to the fabric.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoreCounters {
    /// Packets whose head entered the router.
    pub packets: u64,
    /// Flits that entered the router.
    pub sent: u64,
    /// Flits that arrived.
    pub delivered: u64,
    /// Packets whose last flit arrived.
    pub packets_delivered: u64,
    /// Cycles in which a flit waited at the source and none entered.
    pub waited: u64,
    /// Packets by latency, of their last flit, source queue included: bucket b holds latencies of b
    /// bits, 2^(b−1) to 2^b − 1 cycles.
    pub latency: Vec<u64>,
}

impl Default for CoreCounters {
    fn default() -> Self {
        Self {
            packets: 0,
            sent: 0,
            delivered: 0,
            packets_delivered: 0,
            waited: 0,
            latency: vec![0; BUCKETS],
        }
    }
}

/// The bucket of a latency.
#[inline(always)]
pub(crate) fn bucket(latency: u32) -> usize {
    leadlag_fixed::index(u32::BITS - latency.leading_zeros())
}

impl CoreCounters {
    /// Counts a flit that arrived.
    pub(crate) fn arrive(&mut self, tail: bool, latency: u32) {
        self.delivered += 1;
        if tail {
            self.packets_delivered += 1;
            if let Some(count) = self.latency.get_mut(bucket(latency)) {
                *count += 1;
            }
        }
    }
}

/// All counts of a fabric.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counters {
    /// Cycles run, skipped ones included.
    pub cycles: u64,
    /// By node.
    pub routers: Vec<RouterCounters>,
    /// By node.
    pub cores: Vec<CoreCounters>,
}

impl Counters {
    /// All flit-hops.
    #[must_use]
    pub fn flit_hops(&self) -> u64 {
        self.routers.iter().map(RouterCounters::flit_hops).sum()
    }

    /// Flits that crossed links, ejection not included.
    #[must_use]
    pub fn link_traversals(&self) -> u64 {
        let ejected: u64 = self.routers.iter().map(|router| router.through(Port::Local)).sum();
        self.flit_hops() - ejected
    }

    /// Flits that arrived at cores.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.cores.iter().map(|core| core.delivered).sum()
    }

    /// Flits that entered the fabric.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.cores.iter().map(|core| core.sent).sum()
    }

    /// Branches that did not arrive, over all routers: dropped, lost, or sent nowhere.
    #[must_use]
    pub fn removed(&self) -> u64 {
        self.routers.iter().map(|router| router.dropped + router.lost + router.route_errors).sum()
    }
}
