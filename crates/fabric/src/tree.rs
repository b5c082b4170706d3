//! Multicast trees: unions of XY paths from one source.
//!
//! Source: `docs/chip/fabric.md`, Multicast.

use crate::topology::{Mesh, Node, Port};

/// The four links of a router, as a set of outputs.
pub const LINKS: u8 = 0b01111;

/// What one router does with the packets of a tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Branching {
    /// The router.
    pub node: Node,
    /// The ports it sends a copy to: bit [`Port::index`].
    pub outputs: u8,
}

/// The union of the XY paths from a source to its leaves, router by router.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    source: Node,
    branchings: Vec<Branching>,
}

/// A leaf by column, then row.
type Place = (u16, u16);

impl Tree {
    /// Along the source's row, branching into columns, then along y, with local leaves.
    ///
    /// Nodes lie in the mesh; a leaf that is named twice counts once. Cost: the size of the tree.
    #[must_use]
    pub fn new(mesh: Mesh, source: Node, leaves: &[Node]) -> Self {
        let mut places: Vec<Place> = leaves.iter().map(|leaf| mesh.coordinates(*leaf)).collect();
        places.sort_unstable();
        places.dedup();
        let mut edges = Edges { mesh, all: Vec::new() };
        let (x, y) = mesh.coordinates(source);
        edges.along_row(x, y, &places);
        for column in places.chunk_by(|a, b| a.0 == b.0) {
            edges.along_column(y, column);
        }
        edges.all.sort_unstable();
        let branchings = edges.all.chunk_by(|a, b| a.node == b.node).filter_map(gathered).collect();
        Self { source, branchings }
    }

    /// Where packets begin.
    #[must_use]
    pub fn source(&self) -> Node {
        self.source
    }

    /// The routers of the tree, in the order of their nodes.
    #[must_use]
    pub fn branchings(&self) -> &[Branching] {
        &self.branchings
    }

    /// What the router of a node does, if the tree touches it.
    #[must_use]
    pub fn outputs(&self, node: Node) -> Option<u8> {
        let place = self.branchings.binary_search_by_key(&node, |one| one.node).ok()?;
        self.branchings.get(place).map(|one| one.outputs)
    }

    /// Links that one packet traverses.
    #[must_use]
    pub fn links(&self) -> u32 {
        self.branchings.iter().map(|one| (one.outputs & LINKS).count_ones()).sum()
    }

    /// Flit-hops of one packet: a branch through a router each, ejection included.
    #[must_use]
    pub fn hops(&self) -> u32 {
        self.branchings.iter().map(|one| one.outputs.count_ones()).sum()
    }

    /// The leaves, in the order of their nodes.
    pub fn leaves(&self) -> impl Iterator<Item = Node> {
        let local = |one: &&Branching| one.outputs & Port::Local.mask() != 0;
        self.branchings.iter().filter(local).map(|one| one.node)
    }
}

/// Flit-hops of one packet per leaf: what a sender without multicast costs.
#[must_use]
pub fn unicast_hops(mesh: Mesh, source: Node, leaves: &[Node]) -> u32 {
    leaves.iter().map(|&leaf| mesh.routers_between(source, leaf)).sum()
}

/// The edges of a tree while it grows.
struct Edges {
    mesh: Mesh,
    all: Vec<Branching>,
}

impl Edges {
    fn put(&mut self, x: u16, y: u16, port: Port) {
        let edge = |node| Branching { node, outputs: port.mask() };
        self.all.extend(self.mesh.node(x, y).map(edge));
    }

    /// The stretch of the source's row between the outermost columns.
    fn along_row(&mut self, x: u16, y: u16, places: &[Place]) {
        let (Some(&(left, _)), Some(&(right, _))) = (places.first(), places.last()) else { return };
        (x..right.max(x)).for_each(|x| self.put(x, y, Port::PlusX));
        (left.min(x)..x).for_each(|x| self.put(x + 1, y, Port::MinusX));
    }

    /// The stretch of one column between the source's row and the outermost leaves, and the leaves.
    fn along_column(&mut self, row: u16, leaves: &[Place]) {
        let (Some(&(x, low)), Some(&(_, high))) = (leaves.first(), leaves.last()) else { return };
        (row..high.max(row)).for_each(|y| self.put(x, y, Port::PlusY));
        (low.min(row)..row).for_each(|y| self.put(x, y + 1, Port::MinusY));
        for &(x, y) in leaves {
            self.put(x, y, Port::Local);
        }
    }
}

/// All branches of one router.
fn gathered(edges: &[Branching]) -> Option<Branching> {
    let both =
        |all: Branching, one: Branching| Branching { outputs: all.outputs | one.outputs, ..all };
    edges.iter().copied().reduce(both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Extent;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn mesh(columns: u16, rows: u16) -> Mesh {
        Mesh::new(Extent::new(columns, rows), Extent::new(1, 1))
    }

    fn instance() -> impl Strategy<Value = (Mesh, Node, Vec<Node>)> {
        (1_u16..9, 1_u16..9).prop_flat_map(|(columns, rows)| {
            let node = (0..columns * rows).prop_map(Node);
            (Just(mesh(columns, rows)), node.clone(), prop::collection::vec(node, 0..20))
        })
    }

    /// The links of one XY path.
    fn path(mesh: Mesh, source: Node, leaf: Node) -> Vec<(Node, Port)> {
        let mut links = Vec::new();
        let mut node = source;
        while node != leaf {
            let port = mesh.route(node, leaf);
            links.push((node, port));
            node = mesh.neighbour(node, port).expect("a route stays in the mesh");
        }
        links
    }

    proptest! {
        /// The tree is the union of the paths, link by link, and its leaves are the destinations.
        #[test]
        fn a_tree_is_the_union_of_xy_paths((mesh, source, leaves) in instance()) {
            let tree = Tree::new(mesh, source, &leaves);
            let paths: BTreeSet<_> = leaves.iter().flat_map(|&leaf| path(mesh, source, leaf)).collect();
            let links: BTreeSet<_> = tree.branchings().iter().flat_map(|one| {
                let taken = Port::ALL.into_iter().filter(|port| one.outputs & LINKS & port.mask() != 0);
                taken.map(|port| (one.node, port))
            }).collect();
            prop_assert_eq!(&links, &paths);
            prop_assert_eq!(usize::try_from(tree.links()), Ok(paths.len()));
            let wanted: BTreeSet<_> = leaves.iter().copied().collect();
            prop_assert_eq!(tree.leaves().collect::<BTreeSet<_>>(), wanted.clone());
            prop_assert_eq!(usize::try_from(tree.hops()), Ok(paths.len() + wanted.len()));
            prop_assert!(tree.hops() <= unicast_hops(mesh, source, &leaves));
        }
    }

    #[test]
    fn a_cross_of_five_leaves() {
        let mesh = mesh(3, 3);
        let nodes = |ids: &[u16]| ids.iter().map(|&id| Node(id)).collect::<Vec<_>>();
        let tree = Tree::new(mesh, Node(4), &nodes(&[1, 3, 4, 5, 7, 4]));
        assert_eq!((tree.source(), tree.links(), tree.hops()), (Node(4), 4, 9));
        assert_eq!((tree.outputs(Node(4)), tree.outputs(Node(0))), (Some(0b11111), None));
        assert_eq!(unicast_hops(mesh, Node(4), &nodes(&[1, 3, 4, 5, 7])), 9);
        assert!(Tree::new(mesh, Node(4), &[]).branchings().is_empty());
    }
}
