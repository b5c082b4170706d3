//! Following every tag from its source.

use std::collections::BTreeSet;

use leadlag_diagnostic::Diagnostic;

use super::{Net, place};
use crate::lookup::{Entry, Tables};
use crate::topology::{Mesh, Node, Port};

/// Follows every net through the tables and reports what is wrong with its routes.
///
/// Findings: LL1524 for a route that ends nowhere, or turns back or from y to x; LL1525 for a leaf that
/// is missing, wrong, or reached twice.
#[must_use]
pub fn walk(mesh: Mesh, tables: &Tables, nets: &[Net]) -> Vec<Diagnostic> {
    nets.iter().flat_map(|net| Walk::new(mesh, tables, net).findings()).collect()
}

struct Walk<'a> {
    mesh: Mesh,
    tables: &'a Tables,
    net: &'a Net,
    reached: BTreeSet<Node>,
    found: Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    fn new(mesh: Mesh, tables: &'a Tables, net: &'a Net) -> Self {
        Self { mesh, tables, net, reached: BTreeSet::new(), found: Vec::new() }
    }

    fn findings(mut self) -> Vec<Diagnostic> {
        // Legal turns only lead further along x, then along y, so the walk ends.
        let mut heads = vec![(self.net.source, Port::Local)];
        while let Some((node, input)) = heads.pop() {
            let outputs = self.outputs(node, input);
            for port in Port::ALL.into_iter().filter(|port| outputs & port.mask() != 0) {
                heads.extend(self.leave((node, input), port));
            }
        }
        let wanted: BTreeSet<_> = self.net.leaves.iter().copied().collect();
        for (leaf, what) in wanted
            .difference(&self.reached)
            .map(|leaf| (*leaf, "is not reached"))
            .chain(
                self.reached.difference(&wanted).map(|leaf| (*leaf, "is reached and is no leaf")),
            )
            .collect::<Vec<_>>()
        {
            self.leaf(leaf, what);
        }
        self.found
    }

    /// What the router does with the tag, the default route included.
    fn outputs(&mut self, node: Node, input: Port) -> u8 {
        let table: &[Entry] = self.tables.get(node.index()).map_or(&[], Vec::as_slice);
        let entry = table.iter().find(|entry| entry.matches(self.net.tag));
        let straight = if input == Port::Local { 0 } else { input.opposite().mask() };
        let outputs = entry.map_or(straight, |entry| entry.outputs);
        if outputs == 0 {
            self.route(node, "finds no entry and no link straight on");
        }
        outputs
    }

    /// The router and input that a branch comes to; a finding if it may not go there.
    fn leave(&mut self, (node, input): (Node, Port), port: Port) -> Option<(Node, Port)> {
        if input.turns() & port.mask() == 0 {
            self.route(node, &format!("turns from {:?} to {port:?}", input.opposite()));
            return None;
        }
        if port == Port::Local {
            if !self.reached.insert(node) {
                self.leaf(node, "is reached twice");
            }
            return None;
        }
        let next = self.mesh.neighbour(node, port);
        if next.is_none() {
            self.route(node, &format!("leaves the mesh through {port:?}"));
        }
        Some((next?, port.opposite()))
    }

    fn route(&mut self, node: Node, what: &str) {
        let text = format!("{} {what} at router {}", self.name(), place(self.mesh, node));
        let help = "build the tables from the nets; the routers discard such a branch and count it";
        self.found.push(Diagnostic::new("LL1524", text).help(help));
    }

    fn leaf(&mut self, leaf: Node, what: &str) {
        let text = format!("{}: core {} {what}", self.name(), place(self.mesh, leaf));
        let help = "build the tables from the nets, and load those of the same build";
        self.found.push(Diagnostic::new("LL1525", text).help(help));
    }

    fn name(&self) -> String {
        format!("tag {} from core {}", self.net.tag, place(self.mesh, self.net.source))
    }
}
