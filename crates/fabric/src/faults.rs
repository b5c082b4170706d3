//! What is broken: links, routers, virtual channels, and bits on their way.
//!
//! Every fault is configured; those that need chance draw it from (seed, cycle, router, port), so a
//! run repeats for any engine and any number of threads. Source: `docs/chip/fabric.md`, Faults.

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::random::{Kind, draw};
use serde::{Deserialize, Serialize};

use crate::packet::{CONTENT_BITS, Class};
use crate::topology::{Mesh, Node, Port};

/// A link that carries no new packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeadLink {
    /// The router whose output it is.
    pub node: Node,
    /// The output; [`Port::Local`] is the core's ejection.
    pub port: Port,
    /// First cycle in which it is dead. 0: since reset.
    pub since: u64,
}

/// A router that takes no new packet, from anywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeadRouter {
    /// The router.
    pub node: Node,
    /// First cycle in which it is dead. 0: since reset.
    pub since: u64,
}

/// An output's virtual channel that is never free.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StuckChannel {
    /// The router.
    pub node: Node,
    /// The output.
    pub port: Port,
    /// class·V + v.
    pub channel: u8,
}

/// All faults of a fabric.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Faults {
    /// Dead links.
    pub links: Vec<DeadLink>,
    /// Dead routers.
    pub routers: Vec<DeadRouter>,
    /// Stuck virtual channels.
    pub stuck: Vec<StuckChannel>,
    /// Chance that a flit has one of its low 45 bits flipped on a link, in units of 2^−32. The
    /// routing field above them is taken to be protected.
    pub flips: u32,
    /// Seed of the flips.
    pub seed: u64,
}

impl Faults {
    /// Whether nothing is ever dead, stuck or flipped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.none_dead() && self.stuck.is_empty() && self.flips == 0
    }

    /// Whether nothing is ever dead: outputs need no second look.
    pub(crate) fn none_dead(&self) -> bool {
        self.links.is_empty() && self.routers.is_empty()
    }

    /// Outputs of a router that are dead in a cycle.
    pub(crate) fn dead(&self, mesh: Mesh, node: Node, cycle: u64) -> u8 {
        let router = |node| self.routers.iter().any(|r| r.node == node && r.since <= cycle);
        let link =
            |port| self.links.iter().any(|l| l.node == node && l.port == port && l.since <= cycle);
        if router(node) {
            return 0b11111;
        }
        let beyond = |port| mesh.neighbour(node, port).is_some_and(router);
        let dead = |port: &Port| link(*port) || beyond(*port);
        Port::ALL.into_iter().filter(dead).fold(0, |set, port| set | port.mask())
    }

    /// Virtual channels of an output that are stuck: bit class·V + v.
    pub(crate) fn stuck_channels(&self, node: Node, port: Port) -> u64 {
        let here = self.stuck.iter().filter(|s| s.node == node && s.port == port);
        here.fold(0, |set, stuck| set | 1 << stuck.channel)
    }

    /// The bit that flips in a flit that leaves `node` through `port` in `cycle`: a mask, mostly 0.
    #[inline]
    pub(crate) fn flip(&self, cycle: u64, node: Node, port: usize) -> u64 {
        if self.flips == 0 {
            return 0;
        }
        let port = leadlag_fixed::count(port);
        let draw = |place| draw(self.seed, Kind::LinkFlip, cycle, 0, node.0, place);
        let hit = draw(2 * port) < self.flips;
        if hit { 1 << (draw(2 * port + 1) % CONTENT_BITS) } else { 0 }
    }

    /// Whether a packet of `class` gets from one core to another, given what is dead or stuck since
    /// reset. `channels` is V.
    ///
    /// # Errors
    /// LL1511 with the pair and the first place that is in the way.
    pub fn reach(
        &self,
        mesh: &Mesh,
        channels: u8,
        class: Class,
        (from, to): (Node, Node),
    ) -> Result<(), Diagnostic> {
        let first = usize::from(channels) * class.index();
        let of_class = ((1_u64 << channels) - 1) << first;
        let mut node = from;
        loop {
            let port = mesh.route(node, to);
            let dead = self.dead(*mesh, node, 0) & port.mask() != 0;
            if dead || self.stuck_channels(node, port) & of_class == of_class {
                return Err(blocked(*mesh, (from, to), (node, port)));
            }
            match mesh.neighbour(node, port) {
                Some(next) => node = next,
                None => return Ok(()),
            }
        }
    }
}

fn blocked(mesh: Mesh, (from, to): (Node, Node), (at, port): (Node, Port)) -> Diagnostic {
    let [(x0, y0), (x1, y1), (x, y)] = [from, to, at].map(|node| mesh.coordinates(node));
    let message = format!(
        "core ({x1}, {y1}) cannot be reached from ({x0}, {y0}): output {port:?} of router \
         ({x}, {y}) is broken, and routes go along x, then along y"
    );
    Diagnostic::new("LL1511", message)
        .help("place the two cores so that their route avoids the broken place")
}
