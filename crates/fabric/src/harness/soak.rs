//! Long overload, with a watchdog and a complete account at the end.

#![expect(clippy::indexing_slicing, reason = "nodes are of the mesh, pairs are nodes² in number")]

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::measure::packet;
use crate::engine::Engine;
use crate::packet::Delivery;
use crate::topology::{Mesh, Node, Port};
use crate::traffic::{Load, Traffic};

/// Packets that wait at one source at most; a source that is full creates nothing, so that memory
/// stays bounded however long the overload lasts.
const BACKLOG: u64 = 64;
/// Cycles for which packets are created ahead of the engine.
const BATCH: u64 = 64;
/// Nodes of the largest mesh whose pairs are accounted for one by one.
const PAIRS: usize = 1024;

/// How long, and how patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Cycles of overload.
    pub cycles: u64,
    /// Cycles without any arrival, while flits are under way, after which the fabric counts as stuck.
    pub watchdog: u64,
    /// Whether packets of a pair must arrive in order: true with one virtual channel per class.
    pub in_order: bool,
}

/// The account of a soak.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// Cycles run, drain included.
    pub cycles: u64,
    /// Flits created.
    pub created: u64,
    /// Flits that arrived.
    pub delivered: u64,
    /// Flits that arrived while traffic was offered.
    pub delivered_under_load: u64,
    /// Longest time without an arrival while flits were under way, cycles.
    pub longest_silence: u64,
    /// The cycle in which the watchdog barked, if it did.
    pub stuck: Option<u64>,
    /// Packets that arrived before an earlier one of the same pair.
    pub out_of_order: u64,
    /// Outputs that carried another number of flits than the XY routes of all pairs sum to.
    pub wrong_links: u64,
    /// Branches that were discarded: dropped, lost or sent nowhere.
    pub removed: u64,
    /// Of these, branches removed by drop mode.
    pub dropped: u64,
    /// Of these, branches that led into something dead.
    pub lost: u64,
    /// Flits that had a bit flipped on a link.
    pub flipped: u64,
    /// Flit-hops counted.
    pub hops: u64,
    /// Whether every credit and every virtual channel came home.
    pub is_home: bool,
}

impl Account {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let conserved = self.created == self.delivered && self.removed + self.flipped == 0;
        let orderly = self.out_of_order == 0 && self.wrong_links == 0;
        conserved && orderly && self.stuck.is_none() && self.is_home
    }
}

/// Overloads a fabric, drains it, and checks that all flits arrived over their XY routes.
///
/// A flit that turns from y to x, or goes back, loads an output that no XY route of its pair has; so
/// the loads of all outputs are compared with the sums of the routes. `progress` is told the cycle now
/// and then, and ends the overload early by answering false.
///
/// # Errors
/// As [`Traffic::new`]; LL1535 for meshes of more than 1024 nodes.
pub fn soak(
    engine: &mut impl Engine,
    mesh: Mesh,
    load: &Load,
    plan: Plan,
    mut progress: impl FnMut(u64) -> bool,
) -> Result<Account, Diagnostics> {
    if mesh.nodes() > PAIRS {
        return Err(too_large(mesh));
    }
    let mut traffic = Traffic::new(load, mesh)?;
    let mut soak = Soak::new(mesh, load, plan);
    while engine.now() < plan.cycles && soak.account.stuck.is_none() && progress(engine.now()) {
        let until = (engine.now() + BATCH).min(plan.cycles);
        soak.offer(engine, &mut traffic, until)?;
        engine.run_until(until);
        soak.take(engine);
    }
    soak.account.delivered_under_load = soak.account.delivered;
    soak.drain(engine);
    Ok(soak.close(engine))
}

fn too_large(mesh: Mesh) -> Diagnostics {
    let nodes = mesh.nodes();
    Diagnostic::new("LL1535", format!("a soak accounts for every pair of nodes: the mesh has {nodes}, at most {PAIRS} are allowed"))
        .help("soak a mesh of 32 × 32 or less")
        .into()
}

struct Soak {
    mesh: Mesh,
    plan: Plan,
    flits: u32,
    /// Flits offered by each source.
    offered: Vec<u64>,
    /// Flits and, with order, the next number, by source and destination.
    pairs: Vec<(u64, u32, u32)>,
    last_arrival: u64,
    account: Account,
}

impl Soak {
    fn new(mesh: Mesh, load: &Load, plan: Plan) -> Self {
        let nodes = mesh.nodes();
        Self {
            mesh,
            plan,
            flits: load.flits,
            offered: vec![0; nodes],
            pairs: vec![(0, 0, 0); nodes * nodes],
            last_arrival: 0,
            account: Account::default(),
        }
    }

    fn pair(&mut self, source: Node, destination: Node) -> &mut (u64, u32, u32) {
        &mut self.pairs[source.index() * self.mesh.nodes() + destination.index()]
    }

    /// Creates packets up to a cycle, where the queues are not full.
    fn offer(
        &mut self,
        engine: &mut impl Engine,
        traffic: &mut Traffic,
        until: u64,
    ) -> Result<(), Diagnostics> {
        let flits = u64::from(self.flits);
        let mut refused = None;
        for cycle in engine.now()..until {
            traffic.due(cycle, |source, target| {
                let waiting = self.offered[source.index()] - engine.sent(source);
                if waiting >= BACKLOG * flits {
                    return;
                }
                self.offered[source.index()] += flits;
                self.account.created += flits;
                let pair = self.pair(source, target);
                let label = pair.1;
                pair.1 = label.wrapping_add(1);
                let packet = packet(self.mesh, target, self.flits, label);
                refused = refused.take().or(engine.offer(source, cycle, &packet).err());
            });
        }
        refused.map_or(Ok(()), |refused| Err(refused.into()))
    }

    fn take(&mut self, engine: &mut impl Engine) {
        for delivery in engine.drain() {
            self.silence(delivery.cycle);
            self.last_arrival = delivery.cycle;
            self.arrive(&delivery);
        }
        self.silence(engine.now());
        if self.account.created == self.account.delivered || engine.next_event().is_none() {
            self.last_arrival = engine.now();
        }
    }

    fn silence(&mut self, now: u64) {
        let silence = now.saturating_sub(self.last_arrival);
        self.account.longest_silence = self.account.longest_silence.max(silence);
        if silence > self.plan.watchdog {
            self.account.stuck = self.account.stuck.or(Some(now));
        }
    }

    fn arrive(&mut self, delivery: &Delivery) {
        self.account.delivered += 1;
        let in_order = self.plan.in_order;
        let pair = self.pair(delivery.source, delivery.node);
        pair.0 += 1;
        if delivery.tail {
            let expected = pair.2;
            pair.2 = expected.wrapping_add(1);
            let wrong = in_order && delivery.label() != u64::from(expected);
            self.account.out_of_order += u64::from(wrong);
        }
    }

    /// Runs without new traffic until all is quiet or the watchdog barks.
    fn drain(&mut self, engine: &mut impl Engine) {
        while self.account.stuck.is_none() && engine.next_event().is_some() {
            engine.run_until(engine.now() + BATCH);
            self.take(engine);
        }
    }

    fn close(mut self, engine: &impl Engine) -> Account {
        let counters = engine.counters();
        self.account.cycles = engine.now();
        self.account.removed = counters.removed();
        for router in &counters.routers {
            self.account.dropped += router.dropped;
            self.account.lost += router.lost;
            self.account.flipped += router.flipped;
        }
        self.account.hops = counters.flit_hops();
        self.account.is_home = engine.is_home();
        let expected = self.routes();
        let outputs = self.mesh.all().flat_map(|node| Port::ALL.map(|port| (node, port)));
        let wrong = outputs.filter(|(node, port)| {
            let counted =
                counters.routers.get(node.index()).map_or(0, |router| router.through(*port));
            expected[node.index()][port.index()] != counted
        });
        self.account.wrong_links = u64::try_from(wrong.count()).unwrap_or(u64::MAX);
        self.account
    }

    /// Flits that every output should have carried: the XY routes of all pairs.
    fn routes(&self) -> Vec<[u64; crate::PORTS]> {
        let nodes = self.mesh.nodes();
        let mut load = vec![[0; crate::PORTS]; nodes];
        for (place, (flits, ..)) in self.pairs.iter().enumerate().filter(|(_, pair)| pair.0 > 0) {
            let (mut node, target) = (Some(Node::at(place / nodes)), Node::at(place % nodes));
            while let Some(at) = node {
                let port = self.mesh.route(at, target);
                load[at.index()][port.index()] += flits;
                node = self.mesh.neighbour(at, port);
            }
        }
        load
    }
}
