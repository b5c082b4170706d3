//! Which outputs a head takes: dimension order for one core, a table for a multicast tag.
//!
//! Source: `docs/chip/fabric.md`, Topology, Tables, Faults.

use serde::{Deserialize, Serialize};

use crate::config::Checked;
use crate::packet::Flit;
use crate::topology::{Node, Port};

/// One line of a router's table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Compared with tag & mask.
    pub key: u16,
    /// The bits of the tag that count.
    pub mask: u16,
    /// Outputs, bit = [`Port::index`].
    pub outputs: u8,
}

impl Entry {
    /// Whether the entry applies to a tag.
    #[inline(always)]
    #[must_use]
    pub const fn matches(&self, tag: u16) -> bool {
        tag & self.mask == self.key
    }
}

/// The tables of all routers, indexed `[node][entry]`; the first entry that matches wins.
pub type Tables = Vec<Vec<Entry>>;

/// What a router does with a head on arrival.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Lookup {
    /// Outputs to take; none: the packet is removed.
    pub(crate) outputs: u8,
    /// Branches that the table sends where none may go, or nowhere.
    pub(crate) route_errors: u32,
    /// Branches into something dead.
    pub(crate) lost: u32,
}

/// The outputs of a head that enters `node` through `input` in `cycle`.
///
/// A tag that no entry matches goes straight on; where there is no straight link, or the packet is
/// the core's own, it is an error.
pub(crate) fn lookup(
    checked: &Checked,
    table: &[Entry],
    (node, input): (Node, Port),
    flit: &Flit,
    cycle: u64,
) -> Lookup {
    let mesh = checked.mesh();
    let wanted = if flit.is_multicast() {
        let tag = flit.target();
        let entry = table.iter().find(|entry| entry.matches(tag));
        entry.map_or_else(|| straight(input), |entry| entry.outputs & 0b11111)
    } else {
        mesh.route(node, core(checked, flit)).mask()
    };
    let legal = wanted & input.turns() & mesh.outputs(node);
    let missed = u32::from(wanted == 0);
    let dead = checked.config().faults.dead(mesh, node, cycle) & legal;
    Lookup {
        outputs: legal & !dead,
        route_errors: (wanted & !legal).count_ones() + missed,
        lost: dead.count_ones(),
    }
}

/// The default route: from a mesh port to the opposite one, from the core nowhere.
const fn straight(input: Port) -> u8 {
    match input {
        Port::Local => 0,
        Port::PlusX | Port::MinusX | Port::PlusY | Port::MinusY => input.opposite().mask(),
    }
}

/// The destination of a unicast head.
pub(crate) fn core(checked: &Checked, flit: &Flit) -> Node {
    let [y, x] = flit.target().to_be_bytes();
    let node = checked.mesh().node(u16::from(x), u16::from(y));
    node.expect("a packet to a core outside the mesh is refused when it is offered")
}
