//! Whole rows of routers with their sources, buffers and wires: what one thread owns.

#![expect(clippy::indexing_slicing, reason = "places name routers of the tile")]

use std::collections::BTreeMap;
use std::sync::Arc;

use leadlag_fixed::{count, index};

use super::masks::{Lanes, members};
use super::recent::Recent;
use super::router::{Router, Site};
use super::rules::Rules;
use super::source::Source;
use super::staged::Pointers;
use super::wheel::{Arrival, Crossing, Place, Wheel, Whose};
use crate::config::{Checked, Preset};
use crate::counters::{BUCKETS, Counters, RouterCounters};
use crate::lookup::Tables;
use crate::packet::{Delivery, Flit, Packet, flits, only_flit};
use crate::topology::{Node, PORTS, Port};

mod passage;
mod seen;
mod state;
mod streams;

/// Bits of a word of an active set.
const WORD: usize = 64;

/// Counters of a core's interface.
#[derive(Clone, PartialEq, Debug)]
struct Core {
    packets: u64,
    sent: u64,
    delivered: u64,
    packets_delivered: u64,
    waited: u64,
    latency: [u64; BUCKETS],
}

/// Nodes that have something to do.
#[derive(Clone, PartialEq, Debug)]
struct Active(Vec<u64>);

impl Active {
    fn new(nodes: usize) -> Self {
        Self(vec![0; nodes.div_ceil(WORD)])
    }

    #[inline(always)]
    fn set(&mut self, node: usize) {
        set(&mut self.0, node);
    }

    #[inline(always)]
    fn any(&self) -> bool {
        self.0.iter().any(|&word| word != 0)
    }
}

/// Adds a node to a set.
#[inline(always)]
fn set(words: &mut [u64], node: usize) {
    words[node / WORD] |= 1 << (node % WORD);
}

/// A tile.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tile<const CV: usize> {
    pub(super) rules: Rules,
    pub(super) routers: Vec<Router<CV>>,
    /// Flits behind the front ones: `[router][slot][port·CV + channel]`.
    pub(super) flits: Vec<Flit>,
    pub(super) wheel: Wheel,
    pub(super) recent: Recent,
    crossings: [Vec<Crossing>; 2],
    pub(super) open_from: Vec<[u64; PORTS]>,
    active_routers: Active,
    pub(super) sources: Vec<Source>,
    active_sources: Active,
    /// Sources by the cycle in which their next flit becomes ready.
    wakes: BTreeMap<u64, Vec<u32>>,
    cores: Vec<Core>,
    pub(super) deliveries: Vec<Delivery>,
    /// Presets with a channel allocator only.
    pub(super) pointers: Vec<Pointers>,
    /// Drop mode only: cycles that a front flit has won nothing, `[router][port·CV + channel]`.
    patience: Vec<u32>,
}

impl<const CV: usize> Tile<CV> {
    /// The tile of `count` nodes from `first` on, after reset.
    pub(super) fn reset(
        checked: &Arc<Checked>,
        tables: &Arc<Tables>,
        (first, count): (usize, usize),
    ) -> Self {
        let rules = Rules::new::<CV>(checked, tables, (first, count));
        let nodes = || (first..first + count).map(Node::at);
        let slots = count * rules.slots::<CV>();
        let staged = if rules.preset == Preset::P { 0 } else { count };
        let dropping = if rules.drop_after.is_some() { count * PORTS * CV } else { 0 };
        let core = Core {
            packets: 0,
            sent: 0,
            delivered: 0,
            packets_delivered: 0,
            waited: 0,
            latency: [0; BUCKETS],
        };
        Self {
            routers: nodes().map(|node| Router::reset(checked, node)).collect(),
            flits: vec![Flit::default(); slots],
            wheel: Wheel::new((checked.longest() + 2 + rules.credit_delay).max(6)),
            recent: Recent::default(),
            crossings: [Vec::new(), Vec::new()],
            open_from: vec![[0; PORTS]; count],
            active_routers: Active::new(count),
            sources: nodes().map(|_| Source::reset(checked)).collect(),
            active_sources: Active::new(count),
            wakes: BTreeMap::new(),
            cores: vec![core; count],
            deliveries: Vec::new(),
            pointers: vec![Pointers::default(); staged],
            patience: vec![0; dropping],
            rules,
        }
    }

    /// Queues a packet of one flit at a place of the tile.
    #[inline(always)]
    pub(super) fn offer(&mut self, local: usize, times: (u64, u64), head: u64) {
        let node = self.rules.node(local);
        self.queue(local, times, only_flit(head, node, times.1));
    }

    /// The same for packets of any length.
    pub(super) fn offer_any(&mut self, local: usize, times: (u64, u64), packet: &Packet) {
        let node = self.rules.node(local);
        flits(packet, node, times.1).for_each(|flit| self.queue(local, times, flit));
    }

    #[inline(always)]
    fn queue(&mut self, local: usize, (now, at): (u64, u64), flit: Flit) {
        if self.sources[local].queue(at, flit) {
            if at <= now {
                self.active_sources.set(local);
            } else {
                self.wake_at(local, at);
            }
        }
    }

    #[inline(never)]
    fn wake_at(&mut self, local: usize, at: u64) {
        self.wakes.entry(at).or_default().push(count(local));
    }

    /// The first cycle, from `now` on, in which anything happens.
    pub(super) fn next_event(&self, now: u64) -> Option<u64> {
        if self.active_routers.any() || self.active_sources.any() {
            return Some(now);
        }
        let wake = self.wakes.keys().next().copied();
        let wire = self.wheel.next(now).into_iter().chain(self.recent.next(now));
        wake.into_iter().chain(wire).min()
    }

    /// Runs the cycles from `now` to `end`, skipping those in which nothing happens.
    pub(super) fn run(&mut self, mut now: u64, end: u64) {
        while now < end {
            self.cycle(now);
            now += 1;
            if now < end && !self.active_routers.any() && !self.active_sources.any() {
                now = self.next_event(now).unwrap_or(end);
            }
        }
    }

    /// One cycle: what is due becomes visible, then sources and routers decide and act. No effect is
    /// due before two cycles later, so one pass does it.
    #[inline(always)]
    fn cycle(&mut self, now: u64) {
        self.begin(now);
        self.route(now);
    }

    /// What a cycle does before its routers act.
    #[inline(always)]
    fn begin(&mut self, now: u64) {
        self.wake(now);
        if self.wheel.is_due(now) {
            self.latch(now);
        }
        self.settle(now);
        self.send(now);
    }

    #[inline(always)]
    fn wake(&mut self, now: u64) {
        while let Some(first) = self.wakes.first_entry().filter(|entry| *entry.key() <= now) {
            for local in first.remove() {
                self.active_sources.set(index(local));
            }
        }
    }

    /// Every source that has a flit sends it, if there is room.
    #[inline(never)]
    fn send(&mut self, now: u64) {
        for word in 0..self.active_sources.0.len() {
            let mut idle = 0;
            for bit in members(self.active_sources.0[word]) {
                let local = word * WORD + index(bit);
                idle |= u64::from(self.send_from(local, now)) << bit;
            }
            self.active_sources.0[word] &= !idle;
        }
    }

    /// Result: whether there is nothing more that could be sent now.
    #[inline(always)]
    fn send_from(&mut self, local: usize, now: u64) -> bool {
        let (source, router) = (&mut self.sources[local], &mut self.routers[local]);
        let Some((channel, flit)) = source.send(now, router.open_to_source()) else {
            return self.hold(local, now);
        };
        router.take_source_slot(channel);
        let core = &mut self.cores[local];
        core.sent += 1;
        core.packets += u64::from(flit.is_head());
        let place = Place::new(local, Port::Local.index() * CV + channel);
        let arrival = Arrival { flit, place };
        if self.rules.direct && flit.is_lone() {
            self.recent.of(now.wrapping_sub(1)).inject(arrival);
        } else {
            self.wheel.flit(now + 2, Whose::ROUTER, arrival);
        }
        source.is_empty() || (!source.waits(now) && self.rest(local, now))
    }

    /// A source has sent nothing, for want of room or of a flit.
    #[inline(never)]
    fn hold(&mut self, local: usize, now: u64) -> bool {
        let waits = self.sources[local].waits(now);
        self.cores[local].waited += u64::from(waits);
        !waits && self.rest(local, now)
    }

    /// A source has no flit that could be sent before its next becomes ready.
    #[inline(never)]
    fn rest(&mut self, local: usize, now: u64) -> bool {
        if let Some(at) = self.sources[local].wakes(now) {
            self.wake_at(local, at);
        }
        true
    }

    /// Every router that holds a flit allocates, in the order of nodes.
    #[inline(never)]
    fn route(&mut self, now: u64) {
        for word in 0..self.active_routers.0.len() {
            let set = self.active_routers.0[word];
            if set != 0 {
                self.route_set(word, set, now);
            }
        }
    }

    /// Some active routers of one word of the active set allocate.
    #[inline(always)]
    fn route_set(&mut self, word: usize, set: u64, now: u64) {
        let Self { rules, routers, flits, wheel, recent, crossings, open_from, .. } = self;
        let moves = recent.of(now);
        let mut site = Site { rules, flits, wheel, moves, crossings, open_from, local: 0, now };
        let mut emptied = 0;
        for bit in members(set) {
            let local = word * WORD + index(bit);
            site.local = local;
            let router = &mut routers[local];
            if router.is_plain(site.rules) {
                if !router.plain(&mut site) {
                    router.stalled += 1;
                }
            } else if site.rules.simple && router.removing == 0 {
                let won = router.combined(&mut site);
                router.stalled += u64::from(won == 0);
            } else {
                route_with_rarities(router, &mut site, &mut self.pointers, &mut self.patience);
            }
            emptied |= u64::from(router.occupied == 0) << bit;
        }
        self.active_routers.0[word] &= !emptied;
    }

    /// One cycle with the routers visited in another order.
    pub(super) fn cycle_in_order(&mut self, now: u64, order: &[Node]) {
        self.begin(now);
        for node in order {
            let local = node.index() - self.rules.first;
            let (word, bit) = (local / WORD, 1 << (local % WORD));
            self.route_set(word, self.active_routers.0[word] & bit, now);
        }
    }
}

/// One router's cycle where more can happen than that a flit wins or waits.
#[inline(never)]
fn route_with_rarities<const CV: usize>(
    router: &mut Router<CV>,
    site: &mut Site<'_>,
    pointers: &mut [Pointers],
    patience: &mut [u32],
) {
    let (before, removing) = (router.occupied, router.occupied & router.removing);
    let won = if site.rules.preset == Preset::P {
        router.combined(site)
    } else {
        router.staged(site, &mut pointers[site.local])
    };
    router.stalled += u64::from(won == 0);
    if removing != 0 {
        remove(router, site, removing);
    }
    if let Some(after) = site.rules.drop_after {
        let patience = &mut patience[site.local * PORTS * CV..][..PORTS * CV];
        drop_impatient(router, site, (before & !removing, won), (patience, after));
    }
}

/// Packets that lead nowhere lose a flit.
#[inline(never)]
fn remove<const CV: usize>(router: &mut Router<CV>, site: &mut Site<'_>, channels: u64) {
    for bit in members(channels) {
        let (port, channel) = Lanes::<CV>::place(bit);
        router.remove(site, port, channel);
    }
}

/// Events that have won nothing for too long lose all their branches. Source:
/// `docs/chip/fabric.md`, Drop mode.
#[inline(never)]
fn drop_impatient<const CV: usize>(
    router: &mut Router<CV>,
    site: &mut Site<'_>,
    (present, won): (u64, u64),
    (patience, after): (&mut [u32], u32),
) {
    for bit in members(present) {
        let (port, channel) = Lanes::<CV>::place(bit);
        let patience = &mut patience[port * CV + channel];
        if won >> bit & 1 == 1 {
            *patience = 0;
            continue;
        }
        *patience += 1;
        if *patience >= after && router.front(port, channel).is_single_event() {
            *patience = 0;
            router.rare.dropped += router.branches(port, channel);
            router.remove(site, port, channel);
        }
    }
}

impl<const CV: usize> Tile<CV> {
    /// Takes what left the tile since the last call: towards smaller rows, towards larger rows.
    pub(super) fn crossings(&mut self) -> &mut [Vec<Crossing>; 2] {
        &mut self.crossings
    }

    /// Puts what came from a neighbouring tile on the wires.
    pub(super) fn receive(&mut self, crossings: &mut Vec<Crossing>) {
        let first = self.rules.first;
        for crossing in crossings.drain(..) {
            match crossing {
                Crossing::Flit(due, Arrival { flit, place }) => {
                    let place = place.moved(place.router() - first);
                    self.wheel.flit(due, Whose::ROUTER, Arrival { flit, place });
                }
                Crossing::Credit(due, place) => {
                    self.wheel.credit(due, place.moved(place.router() - first));
                }
            }
        }
    }

    /// Takes the deliveries, in order of cycles. As many again are expected.
    pub(super) fn drain(&mut self) -> Vec<Delivery> {
        let room = Vec::with_capacity(self.deliveries.len());
        std::mem::replace(&mut self.deliveries, room)
    }

    pub(super) fn is_home(&self) -> bool {
        let checked = &self.rules.checked;
        let fresh = |local| Router::reset(checked, self.rules.node(local));
        let mut routers = self.routers.iter().enumerate();
        routers.all(|(local, router)| router.is_home(&fresh(local)))
            && self.sources.iter().all(Source::is_home)
    }

    /// Flits that a core's source interface has sent.
    pub(super) fn sent(&self, core: Node) -> u64 {
        self.cores[core.index() - self.rules.first].sent
    }

    /// Appends the counters of the tile's nodes.
    pub(super) fn count(&self, counters: &mut Counters) {
        let channels = self.rules.checked.channels();
        counters.routers.extend(self.routers.iter().map(|router| router.counters(channels)));
        counters.cores.extend((0..self.cores.len()).map(|local| self.core_counters(local)));
    }
}

impl<const CV: usize> Router<CV> {
    fn counters(&self, channels: usize) -> RouterCounters {
        RouterCounters {
            hops: self.counted_hops(channels),
            fill: self.fill(channels),
            replicated: self.rare.replicated,
            route_errors: self.rare.route_errors,
            dropped: self.rare.dropped,
            lost: self.rare.lost,
            flipped: self.rare.flipped,
            stalled: self.stalled,
        }
    }
}
