//! Tables of the routers: from nets to ordered key/mask entries, and back.
//!
//! A *net* is a tag with its source and its leaves. Its tree becomes one entry in every router that it
//! touches; entries that say what the router does without them are left out; the rest is merged where
//! the order of entries permits it; and the result is walked, router by router, from every source.
//! Source: `docs/chip/fabric.md`, Tables.

mod compress;
mod meaning;
mod walk;

use std::collections::BTreeMap;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::config::Checked;
use crate::lookup::{Entry, Tables};
use crate::offer;
use crate::packet::Class;
use crate::topology::{Mesh, Node, Port};
use crate::tree::Tree;

pub use compress::compress;
pub use meaning::{Difference, differences};
pub use walk::walk;

/// Entries of a router's table, where nothing else is said.
pub const ENTRIES: usize = 1024;

/// The packets of one tag: a (source core, destination set) pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Net {
    /// The tag, unique in the fabric.
    pub tag: u16,
    /// The core that sends.
    pub source: Node,
    /// The cores that receive, each once.
    pub leaves: Vec<Node>,
}

/// How many entries a router needs, from step to step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fill {
    /// Tags whose tree touches the router.
    pub tags: usize,
    /// Of these, tags that the default route does not serve.
    pub explicit: usize,
    /// Entries after merging.
    pub entries: usize,
}

/// Nets turned into tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Routing {
    /// The tables, by node.
    pub tables: Tables,
    /// Their fill, by node.
    pub fill: Vec<Fill>,
    /// The trees, in the order of the nets.
    pub trees: Vec<Tree>,
}

/// Builds, compresses and checks the tables of all routers.
///
/// `limit` is the number of entries of a table, [`ENTRIES`] in the built-in chip.
///
/// # Errors
/// LL1506 for nets in another preset than P; LL1520 to LL1523 for nets that are no nets; LL1511 for
/// every pair of a source and a leaf that a fault cuts off; LL2510 for every router whose compressed
/// table has more than `limit` entries.
///
/// # Panics
/// If merging changes a route, or a table does not follow its tree: a defect of this module.
pub fn build(checked: &Checked, nets: &[Net], limit: usize) -> Result<Routing, Diagnostics> {
    let mesh = checked.mesh();
    replicated(checked, nets)?;
    check(mesh, nets)?;
    reachable(checked, nets)?;
    let trees: Vec<_> = nets.iter().map(|net| Tree::new(mesh, net.source, &net.leaves)).collect();
    let direct = direct(mesh, nets, &trees);
    let explicit = explicit(mesh, nets, &trees);
    let live = live(nets);
    let tables: Tables = explicit.iter().map(|table| compress(table, &live)).collect();
    assert_eq!(differences(&explicit, &tables, &live), [], "merging has changed a route");
    assert_eq!(walk(mesh, &tables, nets), [], "a table does not follow its tree");
    let fill = direct.iter().zip(&explicit).zip(&tables);
    let fill = fill.map(|((direct, explicit), table)| Fill {
        tags: direct.len(),
        explicit: explicit.len(),
        entries: table.len(),
    });
    let fill: Vec<_> = fill.collect();
    within_limit(mesh, &fill, limit)?;
    Ok(Routing { tables, fill, trees })
}

/// The tags of these nets in rising order.
#[must_use]
pub fn live(nets: &[Net]) -> Vec<u16> {
    let mut tags: Vec<_> = nets.iter().map(|net| net.tag).collect();
    tags.sort_unstable();
    tags
}

/// One entry per tag and router, without exception; tables by node, entries in rising order of tags.
#[must_use]
pub fn direct(mesh: Mesh, nets: &[Net], trees: &[Tree]) -> Tables {
    tables(mesh, nets, trees, |_, _| true)
}

/// The same without the entries that equal the default route: those of tags that come from one mesh
/// port and leave straight on.
#[must_use]
pub fn explicit(mesh: Mesh, nets: &[Net], trees: &[Tree]) -> Tables {
    tables(mesh, nets, trees, |tree, (node, outputs)| {
        let straight = |port: Port| (outputs == port.mask()).then(|| port.opposite());
        let from = Port::ALL.into_iter().filter(|port| *port != Port::Local).find_map(straight);
        let neighbour = from.and_then(|port| Some((mesh.neighbour(node, port)?, port.opposite())));
        let sent = |(before, port): (Node, Port)| tree.outputs(before).unwrap_or(0) & port.mask();
        neighbour.is_none_or(|link| sent(link) == 0)
    })
}

fn tables(
    mesh: Mesh,
    nets: &[Net],
    trees: &[Tree],
    wanted: impl Fn(&Tree, (Node, u8)) -> bool,
) -> Tables {
    let mut tables: Tables = vec![Vec::new(); mesh.nodes()];
    let mut order: Vec<_> = nets.iter().zip(trees).collect();
    order.sort_unstable_by_key(|(net, _)| net.tag);
    for (net, tree) in order {
        for one in tree.branchings().iter().filter(|one| wanted(tree, (one.node, one.outputs))) {
            let entry = Entry { key: net.tag, mask: u16::MAX, outputs: one.outputs };
            if let Some(table) = tables.get_mut(one.node.index()) {
                table.push(entry);
            }
        }
    }
    tables
}

/// Whether the routers can replicate the packets of nets.
fn replicated(checked: &Checked, nets: &[Net]) -> Result<(), Diagnostics> {
    if let [first, ..] = nets {
        let what = format!("tag {} names a multicast net", first.tag);
        offer::check_replication(checked.config().preset, &what)?;
    }
    Ok(())
}

/// Whether the nets can be nets of this mesh.
fn check(mesh: Mesh, nets: &[Net]) -> Result<(), Diagnostics> {
    let mut found = Vec::new();
    let mut taken = BTreeMap::new();
    for net in nets {
        if let Some(other) = taken.insert(net.tag, net) {
            found.push(collision(mesh, other, net));
        }
        found.extend(check_leaves(mesh, net));
    }
    Diagnostics::unless_any(found, ())
}

fn collision(mesh: Mesh, one: &Net, other: &Net) -> Diagnostic {
    let [first, second] = [one, other].map(|net| place(mesh, net.source));
    let text =
        format!("tag {} names two nets: one from core {first}, one from core {second}", one.tag);
    Diagnostic::new("LL1520", text)
        .help("give every pair of a source core and a destination set a tag of its own, 0 to 65535")
}

fn check_leaves(mesh: Mesh, net: &Net) -> Vec<Diagnostic> {
    let (tag, nodes) = (net.tag, mesh.nodes());
    let refuse = |code, text: String, help: &str| Diagnostic::new(code, text).help(help);
    let named = std::iter::once(&net.source).chain(&net.leaves);
    let outside = named.filter(|node| !mesh.contains(**node)).map(|node| {
        let text =
            format!("tag {tag} names node {}; the mesh has nodes 0 to {}", node.0, nodes - 1);
        refuse("LL1521", text, "node id = x + k·y, k the number of nodes in a row")
    });
    let mut found: Vec<_> = outside.collect();
    if net.leaves.is_empty() {
        let text = format!(
            "tag {tag} of core {} has 0 leaves; 1 or more are needed",
            place(mesh, net.source)
        );
        found.push(refuse("LL1522", text, "leave out nets that nobody listens to"));
    }
    let mut leaves = net.leaves.clone();
    leaves.sort_unstable();
    for twice in leaves.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
        let (leaf, times) = (place(mesh, twice.first().copied().unwrap_or_default()), twice.len());
        let text =
            format!("tag {tag} names leaf {leaf} {times} times; a leaf receives a packet once");
        found.push(refuse("LL1523", text, "name each leaf once; rows of one core share a packet"));
    }
    found
}

/// Whether faults leave every leaf a way.
fn reachable(checked: &Checked, nets: &[Net]) -> Result<(), Diagnostics> {
    let config = checked.config();
    let faults = &config.faults;
    if faults.links.is_empty() && faults.routers.is_empty() && faults.stuck.is_empty() {
        return Ok(());
    }
    let (mesh, channels) = (checked.mesh(), config.channels);
    let pairs = nets.iter().flat_map(|net| net.leaves.iter().map(|&leaf| (net.source, leaf)));
    let blocked = pairs.filter_map(|pair| faults.reach(&mesh, channels, Class::Event, pair).err());
    Diagnostics::unless_any(blocked.collect(), ())
}

fn within_limit(mesh: Mesh, fill: &[Fill], limit: usize) -> Result<(), Diagnostics> {
    let over = mesh.all().zip(fill).filter(|(_, fill)| fill.entries > limit);
    let found = over.map(|(node, fill)| {
        let at = place(mesh, node);
        let Fill { tags, explicit, entries } = fill;
        let text = format!("router {at} needs {entries} table entries; a router has {limit}");
        Diagnostic::new("LL2510", text)
            .help(format!("{tags} trees touch it, {explicit} of them not straight on: place the cores so that fewer trees cross there"))
            .help(format!("destination sets that are equal can share a tag; tables of {entries} hold these: `--set fabric.table_entries={entries}` for a chip, `--entries {entries}` of `leadlag fabric show`"))
    });
    Diagnostics::unless_any(found.collect(), ())
}

/// A node as people read it.
pub(crate) fn place(mesh: Mesh, node: Node) -> String {
    let (x, y) = mesh.coordinates(node);
    format!("({x}, {y})")
}

#[cfg(test)]
mod tests;
