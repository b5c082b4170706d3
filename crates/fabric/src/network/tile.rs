//! Whole rows of routers with their sources, buffers and wires: what one thread owns.

#![expect(clippy::indexing_slicing, reason = "places name routers of the tile")]

use std::collections::BTreeMap;
use std::sync::Arc;

use leadlag_fixed::{count, index};

use super::masks::{Lanes, byte, members};
use super::router::{Planned, Router, Site};
use super::rules::Rules;
use super::source::Source;
use super::staged::Pointers;
use super::wheel::{Arrival, Crossing, Moves, Place, Slot, Wheel, Whose};
use crate::config::{Checked, Preset};
use crate::counters::{BUCKETS, Counters, RouterCounters, bucket};
use crate::lookup::{Tables, lookup};
use crate::packet::{Delivery, Flit, Packet, flits, only_flit};
use crate::topology::{Node, PORTS, Port};

mod passage;
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
        self.0[node / WORD] |= 1 << (node % WORD);
    }

    #[inline(always)]
    fn clear(&mut self, node: usize) {
        self.0[node / WORD] &= !(1 << (node % WORD));
    }

    #[inline(always)]
    fn any(&self) -> bool {
        self.0.iter().any(|&word| word != 0)
    }
}

/// A tile.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tile<const CV: usize> {
    pub(super) rules: Rules,
    pub(super) routers: Vec<Router<CV>>,
    /// `[router][slot][port·CV + channel]`
    pub(super) flits: Vec<Flit>,
    pub(super) wheel: Wheel,
    crossings: [Vec<Crossing>; 2],
    pub(super) open_from: Vec<[u64; PORTS]>,
    active_routers: Active,
    pub(super) sources: Vec<Source>,
    active_sources: Active,
    /// Sources by the cycle in which their next flit becomes ready.
    wakes: BTreeMap<u64, Vec<u32>>,
    cores: Vec<Core>,
    pub(super) deliveries: Vec<Delivery>,
    /// Grants of this cycle that are still to be carried out.
    planned: Vec<Planned>,
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
            crossings: [Vec::new(), Vec::new()],
            open_from: vec![[0; PORTS]; count],
            active_routers: Active::new(count),
            sources: nodes().map(|_| Source::reset(checked)).collect(),
            active_sources: Active::new(count),
            wakes: BTreeMap::new(),
            cores: vec![core; count],
            deliveries: Vec::new(),
            planned: Vec::new(),
            pointers: vec![Pointers::default(); staged],
            patience: vec![0; dropping],
            rules,
        }
    }

    /// Queues a packet at a place of the tile.
    pub(super) fn offer(&mut self, local: usize, now: u64, at: u64, packet: &Packet) {
        let node = self.rules.node(local);
        if packet.body.is_empty() {
            self.queue(local, (now, at), only_flit(packet.head, node, at));
        } else {
            flits(packet, node, at).for_each(|flit| self.queue(local, (now, at), flit));
        }
    }

    #[inline(always)]
    fn queue(&mut self, local: usize, (now, at): (u64, u64), flit: Flit) {
        if self.sources[local].queue(at, flit) {
            if at <= now {
                self.active_sources.set(local);
            } else {
                self.wakes.entry(at).or_default().push(count(local));
            }
        }
    }

    /// The first cycle, from `now` on, in which anything happens.
    pub(super) fn next_event(&self, now: u64) -> Option<u64> {
        if self.active_routers.any() || self.active_sources.any() {
            return Some(now);
        }
        let wake = self.wakes.keys().next().copied();
        let wire = self.wheel.next(now);
        wake.into_iter().chain(wire).min()
    }

    /// Runs the cycles from `now` to `end`, skipping those in which nothing happens.
    pub(super) fn run(&mut self, mut now: u64, end: u64) {
        while now < end {
            self.cycle(now);
            now += 1;
            if !self.active_routers.any() && !self.active_sources.any() {
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
            let slot = self.wheel.take(now);
            self.latch(&slot, now);
            self.wheel.give_back(now, slot);
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

    #[inline(never)]
    fn latch(&mut self, slot: &Slot, now: u64) {
        let [to_routers, to_cores] = &slot.flits;
        for arrival in to_routers {
            if self.rules.direct && arrival.flit.is_lone() {
                self.enter_lone(arrival.flit, arrival.place);
            } else {
                self.enter(arrival.flit, arrival.place, now);
            }
        }
        for &credit in &slot.credits {
            self.routers[credit.router()].take_credit(credit);
        }
        for arrival in to_cores {
            self.deliver(&arrival.flit, arrival.place, now);
            self.wheel.credit(now + 2 + self.rules.credit_delay, arrival.place);
        }
    }

    /// What follows now from moves of earlier cycles.
    #[inline(never)]
    fn settle(&mut self, now: u64) {
        let Self { wheel, routers, .. } = self;
        for moved in wheel.moves(now.wrapping_sub(2)).lists().into_iter().flatten() {
            routers[moved.back.router()].take_credit(moved.back);
        }
        let ejected = wheel.moves(now.wrapping_sub(5));
        for moved in ejected.lists()[1] {
            routers[moved.into.router()].take_credit(moved.into);
        }
        ejected.forget_cores();
        if !wheel.moves(now.wrapping_sub(3)).is_empty() {
            let mut moves = self.wheel.lend(now.wrapping_sub(3));
            self.arrive(&moves, now);
            moves.forget_routers();
            self.wheel.restore(now.wrapping_sub(3), moves);
        }
    }

    /// What was moved three cycles ago is seen.
    #[inline(always)]
    fn arrive(&mut self, moves: &Moves, now: u64) {
        let [to_routers, to_cores] = moves.lists();
        if self.rules.direct {
            for moved in to_routers {
                self.enter_lone(moved.flit, moved.into);
            }
        } else {
            for moved in to_routers {
                self.enter(moved.flit, moved.into, now);
            }
        }
        for moved in to_cores {
            self.deliver(&moved.flit, moved.into, now);
        }
    }

    /// A flit is at its core at T + 3; the ejection credit counts at T + 5 + cd.
    #[inline(always)]
    fn deliver(&mut self, flit: &Flit, place: Place, now: u64) {
        let (local, vc) = (place.router(), place.cell() % CV);
        let node = self.rules.node(local);
        let delivery = Delivery::new(now, node, byte(count(vc)), flit);
        let core = &mut self.cores[local];
        core.delivered += 1;
        if delivery.tail {
            core.packets_delivered += 1;
            core.latency[bucket(delivery.latency)] += 1;
        }
        self.deliveries.push(delivery);
    }

    /// A packet of one flit for one core becomes visible in its router, where nothing is dead.
    #[inline(always)]
    fn enter_lone(&mut self, flit: Flit, place: Place) {
        let local = place.router();
        self.active_routers.set(local);
        let base = local * self.rules.slots::<CV>();
        let slot = (self.rules.last_slot, base);
        self.routers[local].enter_lone(&mut self.flits, slot, (flit, place));
    }

    /// A flit becomes visible in its router; a head's outputs are known at once.
    #[inline(never)]
    fn enter(&mut self, mut flit: Flit, place: Place, now: u64) {
        let local = place.router();
        let router = &mut self.routers[local];
        let base = local * self.rules.slots::<CV>();
        self.active_routers.set(local);
        if flit.is_head() {
            flit = flit.with_outputs(if self.rules.faulty || flit.is_multicast() {
                let port = Port::ALL[place.cell() / CV];
                look_up(router, &self.rules, (local, port), &flit, now)
            } else {
                1 << router.route(&flit)
            });
        }
        router.enter(&self.rules, &mut self.flits, base, (flit, place));
    }

    /// Every source that has a flit sends it, if there is room.
    #[inline(never)]
    fn send(&mut self, now: u64) {
        for word in 0..self.active_sources.0.len() {
            for bit in members(self.active_sources.0[word]) {
                self.send_from(word * WORD + index(bit), now);
            }
        }
    }

    #[inline(always)]
    fn send_from(&mut self, local: usize, now: u64) {
        let (source, core) = (&mut self.sources[local], &mut self.cores[local]);
        let router = &mut self.routers[local];
        match source.send(now, router.open_to_source()) {
            None => {
                let waits = source.waits(now);
                core.waited += u64::from(waits);
                if waits {
                    return;
                }
            }
            Some((channel, flit)) => {
                core.sent += 1;
                core.packets += u64::from(flit.is_head());
                router.take_source_slot(channel);
                let place = Place::new(local, Port::Local.index() * CV + channel);
                self.wheel.flit(now + 2, Whose::ROUTER, Arrival { flit, place });
            }
        }
        if source.is_empty() {
            self.active_sources.clear(local);
        } else if !source.waits(now) {
            self.active_sources.clear(local);
            if let Some(at) = source.wakes(now) {
                self.wakes.entry(at).or_default().push(count(local));
            }
        }
    }

    /// Every router that holds a flit allocates, in the order of nodes. What some of them have planned is
    /// carried out while the nearest cache still has them.
    #[inline(never)]
    fn route(&mut self, now: u64) {
        if !self.active_routers.any() {
            return;
        }
        let mut moves = self.wheel.lend(now);
        for word in 0..self.active_routers.0.len() {
            if self.active_routers.0[word] != 0 {
                self.route_set(word, self.active_routers.0[word], &mut moves, now);
                self.carry_out(&mut moves, now);
            }
        }
        self.wheel.restore(now, moves);
    }

    /// Carries out what was planned.
    #[inline(never)]
    fn carry_out(&mut self, moves: &mut Moves, now: u64) {
        let Self { rules, routers, flits, wheel, crossings, open_from, planned, .. } = self;
        let (room, local, base) = (rules.slots::<CV>(), 0, 0);
        let mut site = Site { rules, flits, wheel, moves, crossings, open_from, local, base, now };
        for &plan in planned.iter() {
            let (local, grant) = plan.unpack();
            (site.local, site.base) = (local, local * room);
            let router = &mut routers[local];
            let flit = *router.front(&site, grant.input, grant.channel);
            if flit.output() < PORTS {
                router.send_lone(&mut site, grant, flit);
            } else {
                router.send(&mut site, grant);
            }
            let empty = u64::from(router.occupied == 0) << (local % WORD);
            self.active_routers.0[local / WORD] &= !empty;
        }
        planned.clear();
    }

    /// Some active routers of one word of the active set allocate.
    #[inline(always)]
    fn route_set(&mut self, word: usize, set: u64, moves: &mut Moves, now: u64) {
        let Self { rules, routers, flits, wheel, crossings, open_from, .. } = self;
        let (room, local, base) = (rules.slots::<CV>(), 0, 0);
        let mut site = Site { rules, flits, wheel, moves, crossings, open_from, local, base, now };
        let mut emptied = 0;
        for bit in members(set) {
            let local = word * WORD + index(bit);
            (site.local, site.base) = (local, local * room);
            let router = &mut routers[local];
            if router.is_plain(site.rules) {
                let found = router.plan(site.rules, local, &mut self.planned);
                router.stalled += u64::from(!found);
                continue;
            }
            if site.rules.simple && router.removing == 0 {
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
        let mut moves = self.wheel.lend(now);
        for node in order {
            let local = node.index() - self.rules.first;
            let (word, bit) = (local / WORD, 1 << (local % WORD));
            self.route_set(word, self.active_routers.0[word] & bit, &mut moves, now);
        }
        self.carry_out(&mut moves, now);
        self.wheel.restore(now, moves);
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

/// The outputs of a head where a table or a fault has a say.
#[inline(never)]
fn look_up<const CV: usize>(
    router: &mut Router<CV>,
    rules: &Rules,
    (local, port): (usize, Port),
    flit: &Flit,
    now: u64,
) -> u8 {
    let node = rules.node(local);
    let table = &rules.tables[node.index()];
    let found = lookup(&rules.checked, table, (node, port), flit, now);
    router.rare.route_errors += u64::from(found.route_errors);
    router.rare.lost += u64::from(found.lost);
    found.outputs
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
        if *patience >= after && router.front(site, port, channel).is_single_event() {
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

    /// Moves the deliveries out, in order of cycles.
    pub(super) fn drain(&mut self, into: &mut Vec<Delivery>) {
        into.append(&mut self.deliveries);
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
        let fill = |row: &[u8; CV]| row.iter().copied().take(channels).collect::<Vec<_>>();
        RouterCounters {
            hops: self.counted_hops(channels),
            fill: self.fill.iter().flat_map(fill).collect(),
            replicated: self.rare.replicated,
            route_errors: self.rare.route_errors,
            dropped: self.rare.dropped,
            lost: self.rare.lost,
            flipped: self.rare.flipped,
            stalled: self.stalled,
        }
    }
}
