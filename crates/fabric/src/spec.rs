//! The specification: the fabric as plainly as it can be said, one struct per router.
//!
//! A cycle is: everything due becomes visible ([`Router::latch`]); every source interface and every
//! router decides on that state ([`Router::arbitrate`], which cannot change anything); the decisions
//! are applied ([`Router::drive`]) and their effects put on the wires, due two cycles later or more.
//! Therefore the order in which nodes are visited cannot show. [`crate::Network`] is the fast form;
//! the two run in lockstep in the tests. Source of all rules: `docs/chip/fabric.md`, Router timing,
//! Allocation, Source interface, Multicast, Links between chips, Drop mode.

#![expect(
    clippy::indexing_slicing,
    reason = "ports < 5, channels < CV, nodes < mesh: by construction"
)]

use std::collections::BTreeMap;

use leadlag_diagnostic::Diagnostic;

use crate::config::Checked;
use crate::counters::Counters;
use crate::engine::Engine;
use crate::lookup::{Tables, lookup};
use crate::offer;
use crate::packet::{Delivery, Flit, Packet};
use crate::topology::{Node, Port};

mod allocate;
mod router;
mod source;

use router::Router;
use source::Source;

/// What is on a wire, and where it will be seen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Wire {
    /// A flit enters an input's virtual channel.
    Flit { node: Node, port: Port, channel: usize, flit: Flit },
    /// A slot behind an output's virtual channel is free again.
    Credit { node: Node, port: Port, channel: usize },
    /// A slot of the local input is free again.
    SourceCredit { node: Node, channel: usize },
    /// A flit is at its core.
    Core { node: Node, channel: usize, flit: Flit },
}

/// The fabric, plainly.
#[derive(Clone, PartialEq, Debug)]
pub struct Spec {
    checked: Checked,
    tables: Tables,
    now: u64,
    routers: Vec<Router>,
    sources: Vec<Source>,
    wires: BTreeMap<u64, Vec<Wire>>,
    deliveries: Vec<Delivery>,
    counters: Counters,
}

impl Spec {
    /// The fabric after reset.
    ///
    /// # Errors
    /// LL1506 if there are tables and the preset is not P.
    pub fn new(checked: &Checked, tables: Tables) -> Result<Self, Diagnostic> {
        offer::check_tables(checked, &tables)?;
        let nodes = checked.mesh().all();
        Ok(Self {
            now: 0,
            routers: nodes.map(|node| Router::reset(checked, node)).collect(),
            sources: checked.mesh().all().map(|_| Source::reset(checked)).collect(),
            wires: BTreeMap::new(),
            deliveries: Vec::new(),
            counters: offer::counters(checked),
            tables: offer::whole(checked, tables),
            checked: checked.clone(),
        })
    }

    /// Runs one cycle, visiting the nodes in the given order. It cannot show.
    pub fn step_in_order(&mut self, order: &[Node]) {
        for wire in &self.wires.remove(&self.now).unwrap_or_default() {
            self.latch(wire);
        }
        for &node in order {
            self.send(node);
            self.route(node);
        }
        self.now += 1;
        self.counters.cycles = self.now;
    }

    /// The flits that become visible in routers in the next cycle: router, input, virtual channel, and
    /// the flit's 64 bits. Read before every step, it tells which channels a packet was granted.
    pub fn arriving(&self) -> impl Iterator<Item = (Node, Port, usize, u64)> {
        let due = self.wires.get(&self.now).into_iter().flatten();
        due.filter_map(|wire| match *wire {
            Wire::Flit { node, port, channel, flit } => Some((node, port, channel, flit.word)),
            Wire::Credit { .. } | Wire::SourceCredit { .. } | Wire::Core { .. } => None,
        })
    }

    fn latch(&mut self, wire: &Wire) {
        match *wire {
            Wire::Flit { node, port, channel, flit } => self.enter((node, port), channel, flit),
            Wire::Credit { node, port, channel } => {
                self.routers[node.index()].take_credit(port, channel);
            }
            Wire::SourceCredit { node, channel } => {
                self.sources[node.index()].take_credit(channel);
            }
            Wire::Core { node, channel, flit } => {
                let vc = u8::try_from(channel).expect("at most 12 virtual channels");
                let delivery = Delivery::new(self.now, node, vc, &flit);
                self.counters.cores[node.index()].arrive(delivery.tail, delivery.latency);
                self.deliveries.push(delivery);
            }
        }
    }

    /// A flit enters a router; a head's outputs are known at once.
    fn enter(&mut self, (node, port): (Node, Port), channel: usize, mut flit: Flit) {
        let counters = &mut self.counters.routers[node.index()];
        if flit.is_head() {
            let table = &self.tables[node.index()];
            let found = lookup(&self.checked, table, (node, port), &flit, self.now);
            flit = flit.with_outputs(found.outputs);
            counters.route_errors += u64::from(found.route_errors);
            counters.lost += u64::from(found.lost);
        }
        let held = self.routers[node.index()].latch(port, channel, flit);
        let fill = &mut counters.fill[port.index() * self.checked.channels() + channel];
        *fill = held.max(*fill);
    }

    /// The source interface's cycle: at most one flit, seen in the router two cycles later.
    fn send(&mut self, node: Node) {
        let source = &mut self.sources[node.index()];
        if !source.waits(self.now) {
            return;
        }
        let counters = &mut self.counters.cores[node.index()];
        match source.choose(self.now) {
            None => counters.waited += 1,
            Some((class, channel)) => {
                let flit = source.send(class, channel);
                counters.sent += 1;
                counters.packets += u64::from(flit.is_head());
                self.put(self.now + 2, Wire::Flit { node, port: Port::Local, channel, flit });
            }
        }
    }

    /// A router's cycle.
    fn route(&mut self, node: Node) {
        let decisions = self.routers[node.index()].arbitrate(&self.checked, self.now);
        let counters = &mut self.counters.routers[node.index()];
        let router = &mut self.routers[node.index()];
        let effects = router.drive(&self.checked, self.now, &decisions, counters);
        for (due, wire) in effects {
            self.put(due, wire);
        }
    }

    fn put(&mut self, due: u64, wire: Wire) {
        self.wires.entry(due).or_default().push(wire);
    }
}

impl Engine for Spec {
    fn offer(&mut self, source: Node, at: u64, packet: &Packet) -> Result<(), Diagnostic> {
        offer::check(&self.checked, self.now, source, at, packet)?;
        self.sources[source.index()].queue(source, at, packet);
        Ok(())
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn step(&mut self) {
        let order: Vec<_> = self.checked.mesh().all().collect();
        self.step_in_order(&order);
    }

    fn next_event(&self) -> Option<u64> {
        if self.routers.iter().any(|router| !router.is_empty()) {
            return Some(self.now);
        }
        let wire = self.wires.keys().next().copied();
        let sources = self.sources.iter().filter_map(Source::next_event);
        wire.into_iter().chain(sources).min().map(|cycle| cycle.max(self.now))
    }

    fn drain(&mut self) -> Vec<Delivery> {
        let mut taken = std::mem::take(&mut self.deliveries);
        taken.sort_unstable_by_key(|delivery| (delivery.cycle, delivery.node));
        taken
    }

    fn sent(&self, core: Node) -> u64 {
        self.counters.cores.get(core.index()).map_or(0, |core| core.sent)
    }

    fn is_home(&self) -> bool {
        let routers = self.routers.iter().all(|router| router.is_home(&self.checked));
        routers && self.sources.iter().all(|source| source.is_home(&self.checked))
    }

    fn counters(&self) -> Counters {
        self.counters.clone()
    }
}
