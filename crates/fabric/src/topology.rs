//! The global mesh: nodes, ports, neighbours, and dimension-order routes.
//!
//! Source: `docs/chip/fabric.md`, Topology.

use leadlag_fixed::{count, index};
use serde::{Deserialize, Serialize};

/// Ports of a router.
pub const PORTS: usize = 5;

/// A core and its router: `x + k·y`, where k is the number of nodes in a row.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Node(pub u16);

impl Node {
    /// The node as an index into a list of all nodes.
    #[inline(always)]
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The node at an index of a list of all nodes; a mesh has at most 65,536.
    #[inline(always)]
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self(u16::try_from(place).unwrap_or(u16::MAX))
    }
}

/// A router port. Input port *p* is fed by the neighbour that lies in direction *p*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Port {
    /// Towards larger x.
    PlusX,
    /// Towards smaller x.
    MinusX,
    /// Towards larger y.
    PlusY,
    /// Towards smaller y.
    MinusY,
    /// The core.
    Local,
}

impl Port {
    /// All ports in the order of the round robins.
    pub const ALL: [Self; PORTS] =
        [Self::PlusX, Self::MinusX, Self::PlusY, Self::MinusY, Self::Local];

    /// The place of the port in [`Port::ALL`].
    #[inline(always)]
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::PlusX => 0,
            Self::MinusX => 1,
            Self::PlusY => 2,
            Self::MinusY => 3,
            Self::Local => 4,
        }
    }

    /// The port as a set of outputs with one member: bit `index`.
    #[inline(always)]
    #[must_use]
    pub const fn mask(self) -> u8 {
        1 << self.index()
    }

    /// The port at the other end of a link; the local port is its own opposite.
    #[inline(always)]
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::PlusX => Self::MinusX,
            Self::MinusX => Self::PlusX,
            Self::PlusY => Self::MinusY,
            Self::MinusY => Self::PlusY,
            Self::Local => Self::Local,
        }
    }

    /// The outputs that a flit from this input may take: never back, never from y to x.
    #[inline(always)]
    #[must_use]
    pub const fn turns(self) -> u8 {
        match self {
            Self::PlusX | Self::MinusX => 0b11111 & !self.mask(),
            Self::PlusY | Self::MinusY => 0b11100 & !self.mask(),
            Self::Local => 0b11111,
        }
    }
}

/// Columns and rows of a rectangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Extent {
    /// Size along x.
    pub columns: u16,
    /// Size along y.
    pub rows: u16,
}

impl Extent {
    /// A rectangle of `columns` × `rows`.
    #[must_use]
    pub const fn new(columns: u16, rows: u16) -> Self {
        Self { columns, rows }
    }

    /// Places in the rectangle.
    #[must_use]
    pub fn area(self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }
}

/// The global mesh of all chips.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mesh {
    /// Cores of one chip.
    chip: Extent,
    /// Cores of all chips.
    whole: Extent,
}

impl Mesh {
    /// The mesh of `grid` chips of `chip` cores each. The caller has checked that both extents are
    /// positive and their product is at most 256 × 256.
    #[must_use]
    pub const fn new(chip: Extent, grid: Extent) -> Self {
        let whole = Extent::new(chip.columns * grid.columns, chip.rows * grid.rows);
        Self { chip, whole }
    }

    /// Nodes of the mesh.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.whole.area()
    }

    /// Columns and rows of the whole mesh.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        self.whole
    }

    /// Whether the node is part of the mesh.
    #[must_use]
    pub fn contains(&self, node: Node) -> bool {
        node.index() < self.nodes()
    }

    /// Coordinates (x, y) of a node.
    #[inline(always)]
    #[must_use]
    pub const fn coordinates(&self, node: Node) -> (u16, u16) {
        (node.0 % self.whole.columns, node.0 / self.whole.columns)
    }

    /// The node at (x, y), if there is one.
    #[must_use]
    pub fn node(&self, x: u16, y: u16) -> Option<Node> {
        let inside = x < self.whole.columns && y < self.whole.rows;
        inside.then(|| Node(x.wrapping_add(self.whole.columns.wrapping_mul(y))))
    }

    /// The neighbour in a direction, if there is one; the local port has none.
    #[must_use]
    pub fn neighbour(&self, node: Node, port: Port) -> Option<Node> {
        let (x, y) = self.coordinates(node);
        match port {
            Port::PlusX => self.node(x + 1, y),
            Port::MinusX => self.node(x.checked_sub(1)?, y),
            Port::PlusY => self.node(x, y + 1),
            Port::MinusY => self.node(x, y.checked_sub(1)?),
            Port::Local => None,
        }
    }

    /// Outputs of a node that lead somewhere, the core included.
    #[must_use]
    pub fn outputs(&self, node: Node) -> u8 {
        let linked = |port: &Port| *port == Port::Local || self.neighbour(node, *port).is_some();
        Port::ALL.into_iter().filter(linked).fold(0, |set, port| set | port.mask())
    }

    /// Whether the link in a direction crosses the edge of a chip.
    #[must_use]
    pub fn crosses_chips(&self, node: Node, port: Port) -> bool {
        let chip = |node: Node| {
            let (x, y) = self.coordinates(node);
            (x / self.chip.columns, y / self.chip.rows)
        };
        self.neighbour(node, port).is_some_and(|next| chip(node) != chip(next))
    }

    /// The output at `node` on the dimension-order route to `destination`: x before y.
    #[inline(always)]
    #[must_use]
    pub const fn route(&self, node: Node, destination: Node) -> Port {
        let ((x, y), (to_x, to_y)) = (self.coordinates(node), self.coordinates(destination));
        if to_x > x {
            Port::PlusX
        } else if to_x < x {
            Port::MinusX
        } else if to_y > y {
            Port::PlusY
        } else if to_y < y {
            Port::MinusY
        } else {
            Port::Local
        }
    }

    /// Routers on the way from one node to another, both ends included: distance + 1.
    #[must_use]
    pub fn routers_between(&self, from: Node, to: Node) -> u32 {
        let ((x0, y0), (x1, y1)) = (self.coordinates(from), self.coordinates(to));
        u32::from(x0.abs_diff(x1)) + u32::from(y0.abs_diff(y1)) + 1
    }

    /// All nodes in order.
    pub fn all(&self) -> impl Iterator<Item = Node> + use<> {
        (0..count(self.nodes())).map(|node| Node::at(index(node)))
    }
}
