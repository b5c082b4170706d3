//! Where the events of an image go, and what that is for the links.

use std::collections::BTreeMap;

use leadlag_chip::{Emulator, Options, Route};
use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::tree::Tree;
use leadlag_fabric::{Extent, Faults, Mesh, Node, Port, Target};
use leadlag_image::{Compartment, Image};

/// Signals of consecutive columns that take the same way to the same rows, or to as many after them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// The sender's place in the image's list of cores.
    pub core: usize,
    /// Whether they are rates (soma) or errors (apical).
    pub side: Compartment,
    /// First column, and how many.
    pub columns: [u32; 2],
    /// Row of the first column's signal.
    pub row: u32,
    /// What the packets name.
    pub target: Target,
    /// Places of the cores that they reach in the image's list.
    pub leaves: Vec<usize>,
    /// The union of the XY paths that a packet takes.
    pub tree: Tree,
}

/// The traffic of an image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traffic {
    /// The mesh of all chips.
    pub mesh: Mesh,
    /// By core, compartment and column.
    pub bundles: Vec<Bundle>,
    /// Entries of each router's table, where it has some.
    pub entries: Vec<(Node, usize)>,
}

/// What one packet of a bundle has in common with that of the next column.
type Alike = (usize, usize, i64, Vec<usize>, (bool, u32));

impl Traffic {
    /// Finds the ways of an image's events.
    ///
    /// # Errors
    /// What is wrong with the image, or what the fabric cannot carry.
    pub fn new(image: &Image) -> Result<Self, Diagnostics> {
        let options = Options { replicas: 1, threads: 1, seed: 1 };
        let mut chip = Emulator::load(image.clone(), options)?;
        chip.attach_fabric(Faults::default())?;
        let mesh = mesh(image);
        let mut alike: BTreeMap<Alike, Vec<Route>> = BTreeMap::new();
        for route in chip.routes().unwrap_or_default() {
            let shift = i64::from(route.row) - i64::from(route.column);
            let key =
                (route.core, route.side.index(), shift, route.leaves.clone(), key(route.target));
            alike.entry(key).or_default().push(route);
        }
        let chunks = alike.values().flat_map(|all| all.chunk_by(|a, b| a.column + 1 == b.column));
        let mut bundles: Vec<_> = chunks.filter_map(|routes| bundle(image, mesh, routes)).collect();
        bundles.sort_by_key(|one| (one.core, one.side.index(), one.columns, one.row));
        let tables = chip.router_tables().map_or(&[][..], |tables| tables.as_slice());
        let entries = mesh.all().zip(tables).map(|(node, table)| (node, table.len()));
        Ok(Self { mesh, bundles, entries: entries.filter(|(_, held)| *held > 0).collect() })
    }

    /// Packets over each link and into each core, in a step in which every sender speaks.
    #[must_use]
    pub fn loads(&self) -> BTreeMap<(Node, Port), u64> {
        let mut loads = BTreeMap::new();
        for bundle in &self.bundles {
            for branching in bundle.tree.branchings() {
                for port in Port::ALL {
                    if branching.outputs & port.mask() != 0 {
                        let [_, packets] = bundle.columns;
                        *loads.entry((branching.node, port)).or_default() += u64::from(packets);
                    }
                }
            }
        }
        loads
    }

    /// Packets of such a step.
    #[must_use]
    pub fn packets(&self) -> u64 {
        self.bundles.iter().map(|bundle| u64::from(bundle.columns[1])).sum()
    }
}

/// The mesh of all chips of an image.
fn mesh(image: &Image) -> Mesh {
    let part = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
    let extent = |x, y| Extent::new(part(x), part(y));
    let chip = &image.chip;
    Mesh::new(extent(chip.mesh_x, chip.mesh_y), extent(chip.grid_x, chip.grid_y))
}

/// A destination in an order.
fn key(target: Target) -> (bool, u32) {
    match target {
        Target::Core { x, y } => (false, u32::from(y) << 8 | u32::from(x)),
        Target::Tag(tag) => (true, tag.into()),
    }
}

/// Routes of consecutive columns.
fn bundle(image: &Image, mesh: Mesh, routes: &[Route]) -> Option<Bundle> {
    let first = routes.first()?;
    let node = |at: usize| {
        let core = image.cores.get(at)?;
        mesh.node(u16::try_from(core.x).ok()?, u16::try_from(core.y).ok()?)
    };
    let leaves: Vec<Node> = first.leaves.iter().filter_map(|&leaf| node(leaf)).collect();
    Some(Bundle {
        core: first.core,
        side: first.side,
        columns: [first.column, u32::try_from(routes.len()).ok()?],
        row: first.row.into(),
        target: first.target,
        leaves: first.leaves.clone(),
        tree: Tree::new(mesh, node(first.core)?, &leaves),
    })
}

/// What people call the ports of a router.
#[must_use]
pub fn port_name(port: Port) -> &'static str {
    match port {
        Port::PlusX => "+x",
        Port::MinusX => "-x",
        Port::PlusY => "+y",
        Port::MinusY => "-y",
        Port::Local => "core",
    }
}
