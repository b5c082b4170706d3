//! The whole fabric between two cycles, as a list by node that no number of threads shows in.

#![expect(
    clippy::indexing_slicing,
    reason = "lists have an entry per node: they are checked first"
)]

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::count;
use serde::{Deserialize, Serialize};

use super::masks::byte;
use super::router::RouterState;
use super::source::Lane;
use super::threads::Tiled;
use super::tile::Tile;
use super::wheel::{Arrival, Place, Whose};
use crate::counters::CoreCounters;
use crate::packet::{Delivery, Flit};
use crate::topology::{Node, PORTS, Port};

mod check;

/// All registers, buffers, wires, queues and counters of a [`super::Network`], between two cycles.
///
/// What it was saved from can be continued from it to the same bits, with any number of threads. The
/// configuration and the tables are not in it: it is restored into a network that was built from the
/// same ones.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NetworkState {
    now: u64,
    columns: u16,
    rows: u16,
    /// Virtual channels of a port, C; lists over channels are `[port·C + channel]`.
    channels: u8,
    nodes: Vec<NodeState>,
    wires: Vec<Wire>,
    deliveries: Vec<Delivery>,
}

/// A router and its core's interface.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct NodeState {
    router: RouterState,
    /// By output: first cycle in which a chip's link takes another flit.
    open_from: [u64; PORTS],
    /// Pointers of the channel allocator, where there is one, by input and by output channel.
    wanted: Vec<u8>,
    granted: Vec<u8>,
    /// Drop mode only.
    patience: Vec<u32>,
    lanes: [Lane; 2],
    turn: u8,
    core: CoreCounters,
}

/// What is on its way: a flit, or without one a credit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
struct Wire {
    due: u64,
    node: Node,
    /// Whether it is for the core and not for its router.
    core: bool,
    /// `port·C + channel`; port 5 is the source interface.
    channel: u8,
    flit: Option<Flit>,
}

impl<const CV: usize> Tiled<CV> {
    pub(super) fn save(&self) -> NetworkState {
        let (now, checked) = self.at();
        let extent = checked.mesh().extent();
        let mut state = NetworkState {
            now,
            columns: extent.columns,
            rows: extent.rows,
            channels: byte(count(checked.channels())),
            nodes: Vec::new(),
            wires: Vec::new(),
            deliveries: Vec::new(),
        };
        self.tiles().iter().for_each(|tile| tile.save(now, &mut state));
        state.wires.sort_unstable();
        state.deliveries.sort_by_key(|delivery| (delivery.cycle, delivery.node));
        state
    }

    /// The fabric in a saved state.
    pub(super) fn restored(&self, state: &NetworkState) -> Result<Self, Diagnostic> {
        check::check(state, self.at().1).map_err(|what| refused(&what))?;
        let mut fresh = self.fresh(state.now);
        fresh.tiles_mut().iter_mut().for_each(|tile| tile.load(state));
        Ok(fresh)
    }
}

fn refused(what: &str) -> Diagnostic {
    Diagnostic::new("LL1220", format!("a saved state of the fabric cannot be restored: {what}"))
        .help("restore a state into a fabric built from the configuration it was saved from")
}

impl<const CV: usize> Tile<CV> {
    fn save(&self, now: u64, state: &mut NetworkState) {
        let channels = usize::from(state.channels);
        let slots = self.rules.slots::<CV>();
        for local in 0..self.rules.count {
            let flits = &self.flits[local * slots..][..slots];
            let (lanes, turn) = self.sources[local].save();
            let (wanted, granted) =
                self.pointers.get(local).map_or_else(Default::default, super::Pointers::save);
            state.nodes.push(NodeState {
                router: self.routers[local].save(&self.rules, flits, channels),
                open_from: self.open_from[local],
                wanted,
                granted,
                patience: self.patience_of(local),
                lanes,
                turn,
                core: self.core_counters(local),
            });
        }
        for due in self.wheel.save(now).into_iter().chain(self.recent.save(now)) {
            let (port, channel) = (due.place.cell() / CV, due.place.cell() % CV);
            state.wires.push(Wire {
                due: due.cycle,
                node: self.rules.node(due.place.router()),
                core: due.core,
                channel: byte(count(port * channels + channel)),
                // What it took where it comes from is over.
                flit: due.flit.map(|flit| flit.with_outputs(0)),
            });
        }
        state.deliveries.extend(&self.deliveries);
    }

    /// Takes its part of a state that has been checked; the tile is as after reset.
    fn load(&mut self, state: &NetworkState) {
        let (channels, slots) = (usize::from(state.channels), self.rules.slots::<CV>());
        for local in 0..self.rules.count {
            let node = &state.nodes[self.rules.first + local];
            let flits = &mut self.flits[local * slots..][..slots];
            self.routers[local].load(&self.rules, flits, channels, &node.router);
            self.open_from[local] = node.open_from;
            if let Some(pointers) = self.pointers.get_mut(local) {
                pointers.load(&node.wanted, &node.granted);
            }
            self.load_patience(local, &node.patience);
            self.sources[local].load(&(node.lanes.clone(), node.turn));
            self.load_core(local, &node.core);
            self.awaken(local, state.now);
        }
        let here = |node: Node| {
            node.index().checked_sub(self.rules.first).filter(|local| *local < self.rules.count)
        };
        for wire in &state.wires {
            let Some(local) = here(wire.node) else { continue };
            let channel = usize::from(wire.channel);
            let place = Place::new(local, channel / channels * CV + channel % channels);
            let port = if wire.core { Port::Local } else { Port::PlusX };
            match wire.flit {
                Some(flit) => {
                    let flit = flit.with_outputs(0);
                    let whose = Whose::behind(port.index());
                    self.wheel.flit(wire.due, whose, Arrival { flit, place });
                }
                None => self.wheel.credit(wire.due, place),
            }
        }
        let mine = state.deliveries.iter().filter(|delivery| here(delivery.node).is_some());
        self.deliveries = mine.copied().collect();
    }
}
