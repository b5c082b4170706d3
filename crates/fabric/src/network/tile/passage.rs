//! What a step that comes again leaves behind in a tile that is the whole fabric.

#![expect(clippy::indexing_slicing, reason = "as in the tile; a passage has an entry per node")]

use super::Tile;
use crate::counters::CoreCounters;
use crate::network::passage::{Bearing, Debt, Passage, Robins};
use crate::network::router::Router;
use crate::network::source::Source;
use crate::network::wheel::{Due, Place};
use crate::topology::Port;

const LOCAL: usize = Port::Local.index();

impl Robins {
    fn of<const CV: usize>(router: &Router<CV>, source: &Source) -> Self {
        let (lanes, turn) = source.save();
        let pointers = [router.input_pointer, router.output_pointer, router.channel_pointer];
        Self { pointers, pick: router.pick_pointer, next: lanes.map(|lane| lane.next), turn }
    }

    /// Turns those of an idle router and source.
    fn turn<const CV: usize>(&self, router: &mut Router<CV>, source: &mut Source) {
        [router.input_pointer, router.output_pointer, router.channel_pointer] = self.pointers;
        router.pick_pointer = self.pick;
        let (mut lanes, _) = source.save();
        lanes.iter_mut().zip(self.next).for_each(|(lane, next)| lane.next = next);
        source.load(&(lanes, self.turn));
    }
}

impl<const CV: usize> Tile<CV> {
    /// Whether all that has arrived has been drained.
    pub(in crate::network) fn is_drained(&self) -> bool {
        self.deliveries.is_empty()
    }

    pub(in crate::network) fn bearing(&self) -> Bearing {
        let nodes = self.routers.iter().zip(&self.sources);
        Bearing(nodes.map(|(router, source)| Robins::of(router, source)).collect())
    }

    pub(in crate::network) fn turn_to(&mut self, bearing: &Bearing) {
        let nodes = self.routers.iter_mut().zip(&mut self.sources);
        nodes.zip(&bearing.0).for_each(|((router, source), robins)| robins.turn(router, source));
    }

    /// Slots that are not free yet, all of them in front of a core; none if anything else is to come.
    pub(in crate::network) fn debts(&self, now: u64, start: u64) -> Option<Vec<Debt>> {
        let rests = !self.active_routers.any() && self.sources.iter().all(Source::is_empty);
        let debt = |due: Due| {
            let (port, channel) = (due.place.cell() / CV, due.place.cell() % CV);
            let is_debt = due.flit.is_none() && port == LOCAL;
            is_debt.then(|| Debt { node: due.place.router(), channel, due: due.cycle - start })
        };
        if !rests || !self.is_drained() {
            return None;
        }
        self.wheel.save(now).into_iter().chain(self.recent.save(now)).map(debt).collect()
    }

    /// Adds what a step does that begins in cycle `start`.
    pub(in crate::network) fn pass_again(&mut self, passage: &Passage, start: u64) {
        let channels = self.rules.checked.channels();
        self.turn_to(&passage.after);
        for (router, counters) in self.routers.iter_mut().zip(&passage.counters.routers) {
            router.add(channels, counters);
        }
        for (core, counters) in self.cores.iter_mut().zip(&passage.counters.cores) {
            core.add(counters);
        }
        for debt in &passage.debts {
            self.routers[debt.node].owe(debt.channel);
            let place = Place::new(debt.node, LOCAL * CV + debt.channel);
            self.wheel.credit(start + debt.due, place);
        }
    }
}

impl super::Core {
    fn add(&mut self, counters: &CoreCounters) {
        self.packets += counters.packets;
        self.sent += counters.sent;
        self.delivered += counters.delivered;
        self.packets_delivered += counters.packets_delivered;
        self.waited += counters.waited;
        self.latency.iter_mut().zip(&counters.latency).for_each(|(sum, packets)| *sum += packets);
    }
}
