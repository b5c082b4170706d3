//! What can be looked at between two cycles without a copy of the fabric.

#![expect(clippy::indexing_slicing, reason = "the node has been found in a tile")]

use super::router::Router;
use super::threads::Tiled;
use super::{Network, Width};
use crate::topology::{Node, Port};

/// Flits in a place, and flits that have passed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Load {
    /// Flits that wait: in the buffers of the input port, or at the source.
    pub waiting: u64,
    /// Flits that have left through the output port.
    pub passed: u64,
}

impl Network {
    /// The buffers of a router's input port, over its virtual channels, and the link from its output
    /// port. A node that there is not reads as nothing.
    #[must_use]
    pub fn load(&self, node: Node, port: Port) -> Load {
        match &self.0 {
            Width::Two(tiles) => tiles.load_of(node, port),
            Width::Four(tiles) => tiles.load_of(node, port),
            Width::Eight(tiles) => tiles.load_of(node, port),
            Width::Twelve(tiles) => tiles.load_of(node, port),
        }
    }

    /// Flits that could leave a core's source interface now, if there were room.
    #[must_use]
    pub fn waiting(&self, node: Node) -> u64 {
        match &self.0 {
            Width::Two(tiles) => tiles.waiting(node),
            Width::Four(tiles) => tiles.waiting(node),
            Width::Eight(tiles) => tiles.waiting(node),
            Width::Twelve(tiles) => tiles.waiting(node),
        }
    }
}

impl<const CV: usize> Tiled<CV> {
    fn load_of(&self, node: Node, port: Port) -> Load {
        let channels = self.at().1.channels();
        self.router(node).map_or_else(Load::default, |router| Load {
            waiting: router.held(port),
            passed: router.through(port, channels),
        })
    }

    fn router(&self, node: Node) -> Option<&Router<CV>> {
        let tiles = self.tiles().iter();
        tiles
            .filter(|tile| {
                (tile.rules.first..tile.rules.first + tile.rules.count).contains(&node.index())
            })
            .find_map(|tile| tile.routers.get(node.index() - tile.rules.first))
    }

    fn waiting(&self, node: Node) -> u64 {
        let (now, _) = self.at();
        let tiles = self.tiles().iter();
        let at =
            |first: usize, count: usize| node.index().checked_sub(first).filter(|at| *at < count);
        tiles
            .filter_map(|tile| Some(&tile.sources[at(tile.rules.first, tile.rules.count)?]))
            .map(|source| source.ready(now))
            .sum()
    }
}

impl<const CV: usize> Router<CV> {
    fn through(&self, port: Port, channels: usize) -> u64 {
        let hops = self.counted_hops(channels);
        hops.iter().skip(port.index() * channels).take(channels).sum()
    }
}
