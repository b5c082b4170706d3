//! What is seen in a cycle: flits and credits that were on their way.

#![expect(clippy::indexing_slicing, reason = "places name routers of the tile")]

use leadlag_fixed::count;

use super::{Core, Tile, set};
use crate::counters::bucket;
use crate::lookup::lookup;
use crate::network::masks::byte;
use crate::network::router::Router;
use crate::network::rules::Rules;
use crate::network::wheel::{Arrival, Place};
use crate::packet::{Delivery, Flit};
use crate::topology::Port;

/// The input buffers of all routers.
struct Inputs<'a, const CV: usize> {
    rules: &'a Rules,
    routers: &'a mut [Router<CV>],
    flits: &'a mut [Flit],
    active: &'a mut [u64],
}

impl<const CV: usize> Inputs<'_, CV> {
    /// A packet of one flit for one core becomes visible in its router, where nothing is dead.
    #[inline(always)]
    fn enter_lone(&mut self, flit: Flit, place: Place) {
        let (local, cell) = (place.router(), place.cell());
        set(self.active, local);
        self.routers[local].enter_lone(self.rules, self.flits, (local, cell), flit);
    }

    /// A flit becomes visible in its router; a head's outputs are known at once.
    #[inline(never)]
    fn enter(&mut self, mut flit: Flit, place: Place, now: u64) {
        let (local, cell) = (place.router(), place.cell());
        let router = &mut self.routers[local];
        set(self.active, local);
        if flit.is_head() {
            flit = flit.with_outputs(if self.rules.faulty || flit.is_multicast() {
                look_up(router, self.rules, (local, Port::ALL[cell / CV]), &flit, now)
            } else {
                router.route(&flit)
            });
        }
        router.enter(self.rules, self.flits, (local, cell), flit);
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

/// Where flits end.
struct Landing<'a> {
    rules: &'a Rules,
    cores: &'a mut [Core],
    deliveries: &'a mut Vec<Delivery>,
}

impl Landing<'_> {
    /// A flit is at its core.
    #[inline(always)]
    fn deliver<const CV: usize>(&mut self, flit: &Flit, place: Place, now: u64) {
        let (local, vc) = (place.router(), place.cell() % CV);
        let delivery = Delivery::new(now, self.rules.node(local), byte(count(vc)), flit);
        let core = &mut self.cores[local];
        core.delivered += 1;
        if delivery.tail {
            core.packets_delivered += 1;
            core.latency[bucket(delivery.latency)] += 1;
        }
        self.deliveries.push(delivery);
    }
}

impl<const CV: usize> Tile<CV> {
    /// What is due on the wheel.
    #[inline(never)]
    pub(super) fn latch(&mut self, now: u64) {
        let slot = self.wheel.take(now);
        let Self { rules, routers, flits, active_routers, wheel, cores, deliveries, .. } = self;
        let [to_routers, to_cores] = &slot.flits;
        let mut inputs = Inputs { rules, routers, flits, active: &mut active_routers.0 };
        for &Arrival { flit, place } in to_routers {
            if rules.direct && flit.is_lone() {
                inputs.enter_lone(flit, place);
            } else {
                inputs.enter(flit, place, now);
            }
        }
        for &credit in &slot.credits {
            routers[credit.router()].take_credit(credit);
        }
        let mut landing = Landing { rules, cores, deliveries };
        for &Arrival { flit, place } in to_cores {
            landing.deliver::<CV>(&flit, place, now);
            // A flit is at its core at T + 3; the ejection credit counts at T + 5 + cd.
            wheel.credit(now + 2 + rules.credit_delay, place);
        }
        wheel.give_back(now, slot);
    }

    /// What follows now from what happened in the last cycles.
    #[inline(never)]
    pub(super) fn settle(&mut self, now: u64) {
        let Self { rules, routers, flits, active_routers, recent, cores, deliveries, .. } = self;
        let routers = &mut routers[..];
        let landed = recent.of(now.wrapping_sub(5));
        for moved in landed.entering()[1] {
            routers[moved.into.router()].take_credit(moved.into);
        }
        landed.forget_landed();
        for moves in recent.of(now.wrapping_sub(2)).moved() {
            for moved in moves {
                routers[moved.back.router()].take_credit(moved.back);
            }
        }
        let mut inputs = Inputs { rules, routers, flits, active: &mut active_routers.0 };
        let moves = recent.of(now.wrapping_sub(3));
        let [to_routers, to_cores] = moves.entering();
        if rules.direct {
            for moved in to_routers {
                inputs.enter_lone(moved.flit, moved.into);
            }
        } else {
            for moved in to_routers {
                inputs.enter(moved.flit, moved.into, now);
            }
        }
        let mut landing = Landing { rules, cores, deliveries };
        for moved in to_cores {
            landing.deliver::<CV>(&moved.flit, moved.into, now);
        }
        moves.forget_entered();
    }
}
