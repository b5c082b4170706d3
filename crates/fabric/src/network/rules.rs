//! What a tile needs to know about the whole: constant while running.

#![expect(clippy::indexing_slicing, reason = "ports < 5")]

use std::sync::Arc;

use super::masks::Lanes;
use super::wheel::Place;
use crate::config::{Checked, Preset};
use crate::lookup::Tables;
use crate::topology::{Node, PORTS, Port};

/// Settings of the routers of one tile.
#[derive(Clone, PartialEq, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, each tested in a hot loop"
)]
pub(super) struct Rules {
    pub(super) checked: Arc<Checked>,
    pub(super) tables: Arc<Tables>,
    pub(super) preset: Preset,
    /// First node of the tile, and how many there are.
    pub(super) first: usize,
    pub(super) count: usize,
    /// By mesh port: how far the neighbour's place is, modulo 2^64.
    steps: [usize; PORTS],
    /// V.
    pub(super) per_class: usize,
    /// By class: its channels, in the lowest group of bits.
    pub(super) class_channels: [u64; 2],
    /// By class: its channels at every port.
    pub(super) class_everywhere: [u64; 2],
    /// Channels whose flits are not moved without further questions: all but those of class event in
    /// preset P.
    pub(super) never_plain: u64,
    /// cd.
    pub(super) credit_delay: u64,
    /// By [`super::wheel::Whose`]: cd, and the source interface's, which has none.
    pub(super) credit_delays: [u64; 2],
    /// By output: where its first channel enters the neighbour, or the core.
    pub(super) entries: [Place; PORTS],
    /// By input: whose channel 0 gets the credits, the neighbour's output or the source's.
    pub(super) returns: [Place; PORTS],
    /// By output channel: how far it is to the place that its flits enter.
    forward: [u32; LISTED],
    /// By input channel: how far it is to the place that gets its credits.
    backward: [u32; LISTED],
    /// Slots of the deepest buffer behind the front one.
    slots_behind: u8,
    /// The first place of the router after the last.
    end: Place,
    /// D and q of links between chips.
    link_latency: u64,
    pub(super) interval: u64,
    /// Heads spend a cycle on their route.
    pub(super) route_stage: bool,
    /// Preset P without drop mode.
    pub(super) simple: bool,
    /// A unicast head's output is known on arrival and leads somewhere.
    pub(super) direct: bool,
    /// Something is, or will be, dead.
    pub(super) faulty: bool,
    /// Bits may flip on links.
    pub(super) flips: bool,
    pub(super) drop_after: Option<u32>,
}

const LOCAL: usize = Port::Local.index();
/// Entries of a list by channel, rounded up to a power of two.
const LISTED: usize = 64;
/// By port: the port at the other end of its link.
const PAIR: [usize; PORTS] = [1, 0, 3, 2, LOCAL];

/// Channel 0 of a port.
fn place<const CV: usize>(port: usize) -> Place {
    Place::new(0, port * CV)
}

/// By channel: how far it is to the place behind its port.
fn ways<const CV: usize>(steps: &[usize; PORTS], behind: &[Place; PORTS]) -> [u32; LISTED] {
    std::array::from_fn(|at| {
        let port = (at / CV).min(LOCAL);
        Place::way(steps[port], behind[port].cell() + at % CV)
    })
}

impl Rules {
    /// The rules for `count` nodes from `first` on: whole rows.
    pub(super) fn new<const CV: usize>(
        checked: &Arc<Checked>,
        tables: &Arc<Tables>,
        (first, count): (usize, usize),
    ) -> Self {
        let config = checked.config();
        let columns = usize::from(checked.mesh().extent().columns);
        let of_class = |class: u32| {
            let present = class < u32::from(config.classes);
            let all = (1_u64 << config.channels) - 1;
            if present { all << (class * u32::from(config.channels)) } else { 0 }
        };
        let class_channels = [of_class(0), of_class(1)];
        let steps = [1, 1_usize.wrapping_neg(), columns, columns.wrapping_neg(), 0];
        let entries = PAIR.map(place::<CV>);
        let returns = std::array::from_fn(|input| {
            place::<CV>(if input == LOCAL { PORTS } else { PAIR[input] })
        });
        let [_, control] = class_channels.map(Lanes::<CV>::everywhere);
        let simple = config.preset == Preset::P && config.drop_after.is_none();
        let plain = simple && config.faults.flips == 0;
        Self {
            preset: config.preset,
            first,
            count,
            steps,
            per_class: checked.per_class(),
            class_channels,
            class_everywhere: class_channels.map(Lanes::<CV>::everywhere),
            never_plain: if plain { control } else { u64::MAX },
            credit_delay: config.preset.credit_delay(),
            credit_delays: [config.preset.credit_delay(), 0],
            entries,
            returns,
            forward: ways::<CV>(&steps, &entries),
            backward: ways::<CV>(&steps, &returns),
            direct: config.faults.none_dead() && !config.preset.has_route_stage(),
            slots_behind: checked.deepest() - 1,
            end: Place::new(count, 0),
            link_latency: u64::from(config.link.latency),
            interval: u64::from(config.link.interval),
            route_stage: config.preset.has_route_stage(),
            simple,
            faulty: !config.faults.none_dead(),
            flips: config.faults.flips > 0,
            drop_after: config.drop_after,
            checked: Arc::clone(checked),
            tables: Arc::clone(tables),
        }
    }

    /// Slots of a router, those of the front flits apart.
    #[inline(always)]
    pub(super) fn slots<const CV: usize>(&self) -> usize {
        usize::from(self.slots_behind) * PORTS * CV
    }

    /// Where in the tile's list a slot of a router's channel lies.
    #[inline(always)]
    pub(super) fn slot<const CV: usize>(&self, (local, cell): (usize, usize), slot: u8) -> usize {
        local * self.slots::<CV>() + usize::from(slot) * PORTS * CV + cell
    }

    /// The slot that lies some slots further round the ring, less than one turn.
    #[inline(always)]
    pub(super) fn slot_after(&self, slot: u8, further: u8) -> u8 {
        let after = slot + further;
        if after < self.slots_behind { after } else { after - self.slots_behind }
    }

    /// The node at a place of the tile.
    #[inline(always)]
    pub(super) fn node(&self, local: usize) -> Node {
        Node::at(self.first + local)
    }

    /// D of a mesh port, given the ports that cross chips.
    #[inline(always)]
    pub(super) fn latency(&self, slow: u8, port: usize) -> u64 {
        if slow >> port & 1 == 1 { self.link_latency } else { 1 }
    }

    /// Where a flit goes through an output channel, and who gets the credit of an input channel, if
    /// both are in this tile.
    #[inline(always)]
    pub(super) fn ends(&self, local: usize, cell: usize, into: usize) -> Option<(Place, Place)> {
        let entry = Place::far(local, self.forward[into % LISTED]);
        let back = Place::far(local, self.backward[cell % LISTED]);
        (entry < self.end && back < self.end).then_some((entry, back))
    }

    /// The place of the neighbour through a mesh port, which may lie outside the tile; the place itself
    /// for the local port.
    #[inline(always)]
    pub(super) fn near(&self, local: usize, port: usize) -> usize {
        local.wrapping_add(self.steps[port])
    }

    /// The neighbour through a mesh port: in this tile, or the side it lies on (0: smaller rows) and
    /// its node.
    #[inline(always)]
    pub(super) fn next(&self, local: usize, port: usize) -> Result<usize, (usize, usize)> {
        let next = self.near(local, port);
        if next < self.count {
            Ok(next)
        } else {
            Err((1 - (port & 1), self.first.wrapping_add(next)))
        }
    }
}
