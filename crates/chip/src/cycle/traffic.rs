//! What the fabrics of all replicas counted, by node.

use leadlag_fabric::{Class, Engine as _, Port};
use serde::{Deserialize, Serialize};

use super::Clock;

/// Counts of a router, of the links that leave it, and of its core's interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Traffic {
    /// Flits by output, in the order of [`Port::ALL`], and by class: events, control.
    pub flits: [[u64; 2]; 5],
    /// Cycles in which a packet waited at the source and none entered.
    pub waited: u64,
    /// Cycles in which a flit was at the front of a channel and none was granted.
    pub stalled: u64,
    /// Copies that multicast made.
    pub replicated: u64,
    /// Branches that a table sent nowhere.
    pub route_errors: u64,
    /// Branches removed by drop mode.
    pub dropped: u64,
    /// Branches that led into something dead.
    pub lost: u64,
    /// Flits that had a bit flipped.
    pub flipped: u64,
}

impl Traffic {
    /// Adds the counts of so many routers that did the same.
    pub fn add(&mut self, other: &Self, times: u64) {
        for (own, other) in self.flits.as_flattened_mut().iter_mut().zip(other.flits.as_flattened())
        {
            *own += times * other;
        }
        self.waited += times * other.waited;
        self.stalled += times * other.stalled;
        self.replicated += times * other.replicated;
        self.route_errors += times * other.route_errors;
        self.dropped += times * other.dropped;
        self.lost += times * other.lost;
        self.flipped += times * other.flipped;
    }
}

impl Clock {
    /// Counts of all replicas' fabrics, by node.
    pub(crate) fn traffic(&self) -> Vec<Traffic> {
        let channels = usize::from(self.routes.checked.config().channels);
        let mut all = vec![Traffic::default(); self.routes.checked.mesh().nodes()];
        for lane in &self.lanes {
            let counters = lane.fabric.counters();
            let nodes = counters.routers.iter().zip(&counters.cores);
            for (sum, (router, core)) in all.iter_mut().zip(nodes) {
                let of =
                    |port, class: Class| router.through_of_class(port, class.index(), channels);
                let own = Traffic {
                    flits: Port::ALL
                        .map(|port| [Class::Event, Class::Control].map(|c| of(port, c))),
                    waited: core.waited,
                    stalled: router.stalled,
                    replicated: router.replicated,
                    route_errors: router.route_errors,
                    dropped: router.dropped,
                    lost: router.lost,
                    flipped: router.flipped,
                };
                sum.add(&own, u64::from(leadlag_fixed::count(lane.replicas)));
            }
        }
        all
    }
}
