//! Where the events of a chip go: entries of the senders, tables of the routers, places to land.
//!
//! All of it follows from the row groups of the image, so it is made when the image is loaded and is
//! in no file. A neuron sends one packet per row number that its listeners keep for it; listeners
//! that share the row share the packet, if the routers replicate. Source: `docs/chip/fabric.md`,
//! Senders, Tables.

use std::collections::BTreeMap;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::table::{self, Net};
use leadlag_fabric::{Checked, ChipLink, Config, Extent, Faults, Node, Preset, Tables, Target};
use leadlag_fixed::{count, index};
use leadlag_image::{Chip, Compartment, Image, Source};

/// A packet that a neuron sends when its code is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) target: Target,
    pub(crate) row: u16,
    /// Cores that it reaches.
    pub(crate) leaves: u32,
    /// The one that it reaches, if it names a core.
    core: Option<usize>,
}

impl Entry {
    /// The core that it reaches, if it is for one.
    pub(crate) fn core(&self) -> Option<usize> {
        self.core
    }
}

/// Columns that have one packet each, all for one core: its rows from one on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    pub(crate) leaf: usize,
    pub(crate) row: usize,
}

/// The entries of one kind of signal of a core.
#[derive(Clone, Debug, Default)]
pub(crate) struct Senders {
    /// `entries[starts[column]..starts[column + 1]]`.
    starts: Vec<usize>,
    entries: Vec<Entry>,
    line: Option<Line>,
}

impl Senders {
    /// All of them in a line, if they are.
    pub(crate) fn line(&self) -> Option<Line> {
        self.line
    }

    /// Finds out whether they are in a line.
    fn align(&mut self) {
        let first = self.entries.first();
        let first = first.and_then(|entry| Some(Line { leaf: entry.core?, row: entry.row.into() }));
        self.line = first.filter(|first| {
            (0..self.columns()).all(|column| match self.of(column) {
                [entry] => {
                    let row = usize::from(entry.row);
                    (entry.core, row) == (Some(first.leaf), first.row + column)
                }
                _ => false,
            })
        });
    }

    pub(crate) fn of(&self, column: usize) -> &[Entry] {
        &self.entries[self.starts[column]..self.starts[column + 1]]
    }

    pub(crate) fn columns(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn push(&mut self, entries: Vec<Entry>) {
        self.entries.extend(entries);
        self.starts.push(self.entries.len());
    }
}

/// The signal that a row is wired to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Origin {
    pub(crate) core: usize,
    pub(crate) column: usize,
}

/// A core on the fabric.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    pub(crate) node: Node,
    /// By compartment.
    pub(crate) senders: [Senders; 2],
    /// By compartment and row: none for rows that no core drives.
    pub(crate) origins: [Vec<Option<Origin>>; 2],
    /// The same, as neighbouring rows that are wired to neighbouring columns.
    pub(crate) wires: [Vec<Wires>; 2],
}

impl Station {
    /// Whether any of its signals goes anywhere.
    pub(crate) fn sends(&self) -> bool {
        self.senders.iter().any(|senders| !senders.entries.is_empty())
    }
}

/// Rows that are wired to the columns of one core, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Wires {
    /// The first row.
    pub(crate) row: usize,
    /// Whose signal it is wired to.
    pub(crate) origin: Origin,
    pub(crate) rows: usize,
}

fn wires(origins: &[Option<Origin>]) -> Vec<Wires> {
    let mut all: Vec<Wires> = Vec::new();
    for (row, origin) in origins.iter().enumerate() {
        let Some(origin) = *origin else { continue };
        let next = |wires: &Wires| {
            let column = wires.origin.column + wires.rows;
            wires.row + wires.rows == row && Origin { column, ..wires.origin } == origin
        };
        match all.last_mut().filter(|wires| next(wires)) {
            Some(wires) => wires.rows += 1,
            None => all.push(Wires { row, origin, rows: 1 }),
        }
    }
    all
}

/// The traffic of an image.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    pub(crate) checked: Checked,
    pub(crate) tables: Tables,
    /// By core of the image.
    pub(crate) stations: Vec<Station>,
    /// Core of the image, by node.
    at: Vec<Option<usize>>,
    /// Cores of the image that a tag reaches.
    leaves: Vec<Vec<usize>>,
}

impl Routes {
    /// # Errors
    /// LL1500 to LL1511 for a fabric that cannot be built or whose faults cut a pair off; LL2510 for
    /// a table that is too long; LL2520 for a neuron with too many destinations; LL2521 for more
    /// destination sets than tags.
    pub(crate) fn new(image: &Image, faults: Faults) -> Result<Self, Diagnostics> {
        let checked = config(&image.chip, faults).check()?;
        let node = |core: &leadlag_image::Core| {
            let part = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
            checked.mesh().node(part(core.x), part(core.y)).unwrap_or_default()
        };
        let nodes: Vec<Node> = image.cores.iter().map(node).collect();
        let mut tags = Tags { multicast: image.chip.fabric.multicast, nets: BTreeMap::new() };
        let stations: Result<Vec<_>, Diagnostics> = (0..nodes.len())
            .map(|core| station(image, &checked, &nodes, core, &mut tags))
            .collect();
        let mut stations = stations?;
        let nets = tags.nets()?;
        let limit = index(image.chip.fabric.table_entries);
        let tables = if nets.is_empty() {
            Tables::new()
        } else {
            table::build(&checked, &nets, limit)?.tables
        };
        let mut at = vec![None; checked.mesh().nodes()];
        for (core, node) in nodes.iter().enumerate() {
            at[node.index()] = Some(core);
        }
        let mut leaves = vec![Vec::new(); nets.len()];
        for net in &nets {
            let cores = net.leaves.iter().filter_map(|node| at[node.index()]);
            leaves[usize::from(net.tag)] = cores.collect();
        }
        let senders = stations.iter_mut().flat_map(|station| &mut station.senders);
        for entry in senders.flat_map(|senders| &mut senders.entries) {
            if let Target::Core { x, y } = entry.target {
                let node = checked.mesh().node(x.into(), y.into());
                entry.core = node.and_then(|node| at[node.index()]);
            }
        }
        stations.iter_mut().flat_map(|station| &mut station.senders).for_each(Senders::align);
        Ok(Self { checked, tables, stations, at, leaves })
    }

    /// The cores that a packet reaches.
    pub(crate) fn leaves<'a>(&'a self, entry: &'a Entry) -> &'a [usize] {
        match entry.target {
            Target::Core { .. } => entry.core.as_slice(),
            Target::Tag(tag) => self.leaves.get(usize::from(tag)).map_or(&[], Vec::as_slice),
        }
    }

    /// The core of the image at a node.
    pub(crate) fn core_at(&self, node: Node) -> Option<usize> {
        self.at.get(node.index()).copied().flatten()
    }
}

/// The fabric that a chip description asks for.
fn config(chip: &Chip, faults: Faults) -> Config {
    let small = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let medium = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
    let extent = |x, y| Extent::new(medium(x), medium(y));
    let preset = match chip.fabric.preset {
        leadlag_image::Preset::P => Preset::P,
        leadlag_image::Preset::S => Preset::S,
        leadlag_image::Preset::L => Preset::L,
        leadlag_image::Preset::N => Preset::N,
        leadlag_image::Preset::I => Preset::I,
    };
    Config {
        mesh: extent(chip.mesh_x, chip.mesh_y),
        grid: extent(chip.grid_x, chip.grid_y),
        preset,
        classes: 2,
        channels: small(chip.fabric.channels),
        buffer: small(chip.fabric.buffer),
        link: ChipLink {
            latency: medium(chip.link.latency),
            interval: small(chip.link.interval),
            buffer: small(chip.link.buffer),
        },
        drop_after: Some(chip.fabric.drop_after).filter(|&cycles| cycles > 0),
        faults,
    }
}

/// A tag for every pair of a source and a set of leaves.
struct Tags {
    multicast: bool,
    nets: BTreeMap<(Node, Vec<Node>), u16>,
}

/// Tags that a packet can name.
const TAGS: usize = 1 << 16;

impl Tags {
    /// The packets from a node to some others that keep the same row for it.
    fn entries(
        &mut self,
        source: Node,
        leaves: &[Node],
        row: u16,
        checked: &Checked,
    ) -> Vec<Entry> {
        let alone = |leaf: &Node| {
            let (x, y) = checked.mesh().coordinates(*leaf);
            let part = |at: u16| u8::try_from(at).unwrap_or(u8::MAX);
            Entry { target: Target::Core { x: part(x), y: part(y) }, row, leaves: 1, core: None }
        };
        if leaves.len() < 2 || !self.multicast {
            return leaves.iter().map(alone).collect();
        }
        let next = u16::try_from(self.nets.len()).unwrap_or(u16::MAX);
        let tag = *self.nets.entry((source, leaves.to_vec())).or_insert(next);
        vec![Entry { target: Target::Tag(tag), row, leaves: count(leaves.len()), core: None }]
    }

    fn nets(self) -> Result<Vec<Net>, Diagnostics> {
        let needs = self.nets.len();
        if needs > TAGS {
            let message = format!("the image has {needs} multicast nets; there are {TAGS} tags");
            let help = "`--set fabric.multicast=false`, or fewer distinct sets of destinations";
            return Err(Diagnostic::new("LL2521", message).help(help).into());
        }
        let net = |((source, leaves), tag)| Net { tag, source, leaves };
        Ok(self.nets.into_iter().map(net).collect())
    }
}

fn station(
    image: &Image,
    checked: &Checked,
    nodes: &[Node],
    core: usize,
    tags: &mut Tags,
) -> Result<Station, Diagnostics> {
    let mut senders = [Senders::default(), Senders::default()];
    for (side, senders) in Compartment::ALL.into_iter().zip(&mut senders) {
        senders.starts.push(0);
        for column in 0..image.cores[core].neurons {
            let mut entries = Vec::new();
            for (row, leaves) in listeners(image, nodes, (core, side, column)) {
                entries.extend(tags.entries(nodes[core], &leaves, row, checked));
            }
            let (needs, has) = (entries.len(), index(image.chip.fabric.sender_entries));
            if needs > has {
                return Err(too_many(image, (core, side, column), needs, has).into());
            }
            senders.push(entries);
        }
    }
    let origins = Compartment::ALL.map(|side| origins(image, core, side));
    let wires = [wires(&origins[0]), wires(&origins[1])];
    Ok(Station { node: nodes[core], senders, origins, wires })
}

/// The rows that a column's signal is wired to, each with the nodes that have it, in rising order.
fn listeners(
    image: &Image,
    nodes: &[Node],
    (source, side, column): (usize, Compartment, u32),
) -> BTreeMap<u16, Vec<Node>> {
    let mut rows: BTreeMap<u16, Vec<Node>> = BTreeMap::new();
    for (core, &node) in image.cores.iter().zip(nodes) {
        for group in &core.side(side).array.groups {
            let Source::Core { core, from } = group.source else { continue };
            if index(core) == source && (from..from + group.rows).contains(&column) {
                let row = u16::try_from(group.first + column - from).unwrap_or(u16::MAX);
                rows.entry(row).or_default().push(node);
            }
        }
    }
    for leaves in rows.values_mut() {
        leaves.sort_unstable();
    }
    rows
}

fn origins(image: &Image, core: usize, side: Compartment) -> Vec<Option<Origin>> {
    let array = &image.cores[core].side(side).array;
    let mut origins = Vec::new();
    for group in &array.groups {
        origins.extend((0..group.rows).map(|row| match group.source {
            Source::Core { core, from } => {
                Some(Origin { core: index(core), column: index(from + row) })
            }
            Source::Constant | Source::Input { .. } => None,
        }));
    }
    origins
}

fn too_many(
    image: &Image,
    (core, side, column): (usize, Compartment, u32),
    needs: usize,
    has: usize,
) -> Diagnostic {
    let place = &image.cores[core];
    let message = format!(
        "the {} signal of column {column} of core ({}, {}) goes out in {needs} packets; a sender has {has} entries",
        side.name(),
        place.x,
        place.y
    );
    Diagnostic::new("LL2520", message)
        .help("`--set fabric.multicast=true`, so that listeners with the same row share a packet")
        .help(format!("`--set fabric.sender_entries={needs}`"))
}
