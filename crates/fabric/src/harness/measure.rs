//! One load on one fabric.

#![expect(clippy::indexing_slicing, reason = "nodes are of the mesh, flights of the list")]

use std::collections::VecDeque;

use leadlag_diagnostic::Diagnostics;

use super::Figures;
use crate::engine::Engine;
use crate::packet::{Class, Delivery, Packet};
use crate::topology::{Mesh, Node};
use crate::traffic::{Load, Traffic};

/// When packets are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Windows {
    /// Cycles before anything is looked at.
    pub warm_up: u64,
    /// Cycles in which the packets are created that are followed.
    pub measure: u64,
    /// Cycles after these in which their arrival is waited for, at most.
    pub drain: u64,
}

impl Windows {
    /// Two periods of 1500 cycles to warm up, three to measure; every measured packet is drained.
    /// A load that needs more than 20 measurements for that is given up.
    pub const LATENCY: Self = Self { warm_up: 3000, measure: 4500, drain: 90_000 };
    /// Two periods of 600 cycles to warm up, three to measure; beyond saturation nothing is drained.
    pub const THROUGHPUT: Self = Self { warm_up: 1200, measure: 1800, drain: 0 };

    /// Whether a cycle lies in the measurement window.
    const fn measures(&self, cycle: u64) -> bool {
        cycle >= self.warm_up && cycle < self.warm_up + self.measure
    }

    /// The first cycle after the measurement window.
    const fn end(&self) -> u64 {
        self.warm_up + self.measure
    }
}

/// Offers a load to an engine in its state after reset, and measures.
///
/// # Errors
/// As [`Traffic::new`]; a load whose packets this fabric cannot carry.
pub fn measure(
    engine: &mut impl Engine,
    mesh: Mesh,
    load: &Load,
    windows: Windows,
) -> Result<Figures, Diagnostics> {
    let traffic = Traffic::new(load, mesh)?;
    let mut run = Run::new(mesh, load, windows);
    run.through(engine, traffic)?;
    Ok(run.figures)
}

/// A packet between its creation and its last flit.
#[derive(Clone, Copy, Debug)]
struct Flight {
    measured: bool,
    /// When its head was sent.
    head: u64,
    /// Sums of the cycles in which its flits were sent, and in which they arrived.
    sent: u64,
    arrived: u64,
}

/// Packets of one source whose flits are not all sent: (flight, flits to come).
type Queue = VecDeque<(u32, u32)>;

struct Run {
    mesh: Mesh,
    windows: Windows,
    flits: u32,
    flights: Vec<Flight>,
    /// Flights that may be used again.
    landed: Vec<u32>,
    queues: Vec<Queue>,
    /// Sources with a queue.
    waiting: Vec<Node>,
    /// Flits that each source was known to have sent.
    sent: Vec<u64>,
    /// Measured packets on their way.
    open: u64,
    figures: Figures,
}

impl Run {
    fn new(mesh: Mesh, load: &Load, windows: Windows) -> Self {
        let nodes = mesh.nodes();
        let figures = Figures {
            runs: 1,
            nodes: u64::try_from(nodes).unwrap_or(u64::MAX),
            window: windows.measure,
            accepted: vec![0; nodes],
            ..Figures::default()
        };
        Self {
            mesh,
            windows,
            flits: load.flits,
            flights: Vec::new(),
            landed: Vec::new(),
            queues: vec![Queue::new(); nodes],
            waiting: Vec::new(),
            sent: vec![0; nodes],
            open: 0,
            figures,
        }
    }

    fn through(
        &mut self,
        engine: &mut impl Engine,
        mut traffic: Traffic,
    ) -> Result<(), Diagnostics> {
        let (end, limit) = (self.windows.end(), self.windows.end() + self.windows.drain);
        while engine.now() < end || (self.open > 0 && engine.now() < limit) {
            let now = engine.now();
            if self.landed.len() == self.flights.len() {
                // Nothing is under way: on to the next packet.
                let next = traffic.next_cycle().unwrap_or(limit).clamp(now, limit.max(end));
                if next > now && engine.next_event().is_none() {
                    engine.run_until(next.min(end.max(now + 1)));
                    continue;
                }
            }
            self.create(engine, &mut traffic)?;
            engine.step();
            self.sources(engine, now);
            engine.drain().iter().for_each(|delivery| self.arrive(delivery));
        }
        self.figures.cycles = engine.now();
        self.figures.lost_in_drain = self.open;
        self.figures.close_run();
        Ok(())
    }

    /// Creates the packets of the cycle that the engine runs next.
    fn create(
        &mut self,
        engine: &mut impl Engine,
        traffic: &mut Traffic,
    ) -> Result<(), Diagnostics> {
        let now = engine.now();
        let mut refused = None;
        traffic.due(now, |source, target| {
            let label = self.take_off(source, now);
            let packet = packet(self.mesh, target, self.flits, label);
            refused = refused.take().or(engine.offer(source, now, &packet).err());
        });
        refused.map_or(Ok(()), |refused| Err(refused.into()))
    }

    fn take_off(&mut self, source: Node, now: u64) -> u32 {
        let measured = self.windows.measures(now);
        let flight = Flight { measured, head: 0, sent: 0, arrived: 0 };
        let label = self.landed.pop().unwrap_or_else(|| {
            self.flights.push(flight);
            u32::try_from(self.flights.len() - 1).expect("fewer packets than 2^32 are under way")
        });
        self.flights[leadlag_fixed::index(label)] = flight;
        let queue = &mut self.queues[source.index()];
        if queue.is_empty() {
            self.waiting.push(source);
        }
        queue.push_back((label, self.flits));
        self.open += u64::from(measured);
        self.figures.created += if measured { u64::from(self.flits) } else { 0 };
        label
    }

    /// Sees which sources have sent a flit in cycle `now`.
    fn sources(&mut self, engine: &impl Engine, now: u64) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|&source| {
            let (sent, known) = (engine.sent(source), &mut self.sent[source.index()]);
            if sent > *known {
                *known = sent;
                self.leave(source, now);
            }
            !self.queues[source.index()].is_empty()
        });
        self.waiting = waiting;
    }

    /// A flit of the first packet of a source's queue has been sent.
    fn leave(&mut self, source: Node, now: u64) {
        let queue = &mut self.queues[source.index()];
        let Some((label, left)) = queue.front_mut() else { return };
        let flight = &mut self.flights[leadlag_fixed::index(*label)];
        if *left == self.flits {
            flight.head = now;
        }
        flight.sent += now;
        self.figures.injected += u64::from(self.windows.measures(now));
        *left -= 1;
        if *left == 0 {
            queue.pop_front();
        }
    }

    fn arrive(&mut self, delivery: &Delivery) {
        let figures = &mut self.figures;
        let counted = self.windows.measures(delivery.cycle);
        figures.accepted[delivery.node.index()] += u64::from(counted);
        let label = usize::try_from(delivery.label()).expect("labels are those of flights");
        let flight = &mut self.flights[label];
        flight.arrived += delivery.cycle;
        if !delivery.tail {
            return;
        }
        if flight.measured {
            figures.packet_latency.add(u64::from(delivery.latency));
            figures.network_latency.add(delivery.cycle - flight.head);
            figures.flits += u64::from(self.flits);
            figures.flit_latency += flight.arrived - flight.sent;
            figures.hops += u64::from(self.mesh.routers_between(delivery.source, delivery.node));
            self.open -= 1;
        }
        self.landed.push(u32::try_from(label).unwrap_or(0));
    }
}

/// A packet of an event's class that carries its label in every flit.
pub(super) fn packet(mesh: Mesh, target: Node, flits: u32, label: u32) -> Packet {
    let (x, y) = mesh.coordinates(target);
    let narrow = |coordinate: u16| u8::try_from(coordinate).unwrap_or(u8::MAX);
    let flits = u16::try_from(flits).unwrap_or(u16::MAX);
    Packet::labelled(Class::Event, (narrow(x), narrow(y)), flits, u64::from(label))
}
