//! `leadlag show routes IMAGE`: where the events of each core go, and what the links carry.

use std::collections::BTreeMap;

use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::{Node, Port, Target};
use leadlag_image::{Compartment, Core, Image};
use serde_json::{Value, json};

use super::{counters, image};
use crate::args::show::ShowArgs;
use crate::context::Context;
use crate::inputs;
use crate::mapping;
use crate::output::{Table, grouped};
use crate::traffic::{Bundle, Traffic, port_name};

/// Flits that a run counted, by router and output.
type Counted = BTreeMap<([u64; 2], String), u64>;

pub(super) fn routes(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let image = image(args, context)?;
    let mut view =
        View { traffic: Traffic::new(&image)?, image, counted: counted(args)?, near: false };
    if let Some(place) = args.core {
        let View { traffic, image, near, .. } = &mut view;
        traffic.bundles.retain(|one| image.cores.get(one.core).is_some_and(|core| place.is(core)));
        *near = true;
    }
    context.out.result(view.page(), &view.form())
}

/// What a run on the cycle engine counted on its links.
fn counted(args: &ShowArgs) -> Result<Counted, Diagnostics> {
    let Some(run) = args.target.as_deref().filter(|target| inputs::is_run(target)) else {
        return Ok(Counted::new());
    };
    let page = counters::read(&inputs::run_folder(run)?)?;
    let link = |one: &Value| {
        let part = |name: &str| one.get(name)?.as_u64();
        let to = one.get("to")?.as_str()?.to_owned();
        Some((([part("x")?, part("y")?], to), part("flits")?))
    };
    let links = page.get("links").and_then(Value::as_array);
    Ok(links.into_iter().flatten().filter_map(link).collect())
}

struct View {
    image: Image,
    traffic: Traffic,
    counted: Counted,
    /// Whether one core is asked for: then every way is shown router by router.
    near: bool,
}

impl View {
    fn core(&self, at: usize) -> Option<&Core> {
        self.image.cores.get(at)
    }

    fn place(&self, at: usize) -> String {
        self.core(at).map_or_else(|| "?".to_owned(), mapping::place)
    }

    fn node(&self, node: Node) -> String {
        let (x, y) = self.traffic.mesh.coordinates(node);
        format!("({x},{y})")
    }

    fn flits(&self, node: Node, port: Port) -> Option<u64> {
        let (x, y) = self.traffic.mesh.coordinates(node);
        self.counted.get(&([x.into(), y.into()], port_name(port).to_owned())).copied()
    }

    fn page(&self) -> String {
        let fabric = &self.image.chip.fabric;
        let casting = if fabric.multicast { "multicast" } else { "unicast" };
        let mut parts = vec![
            format!("  chip        {}", mapping::chip_line(&self.image)),
            format!(
                "  step        {} packets, if every sender speaks; {casting}",
                grouped(self.traffic.packets())
            ),
        ];
        let most = self.traffic.entries.iter().max_by_key(|(_, held)| *held);
        parts.extend(most.map(|&(node, held)| {
            let (at, limit) = (self.node(node), fabric.table_entries);
            format!("  tables      {held} of {limit} entries at most, at router {at}")
        }));
        parts.push(format!("{}\n", self.bundles()));
        parts.push(self.links().to_string());
        parts.join("\n")
    }

    fn bundles(&self) -> Table {
        let headings =
            ["  core", "signal", "columns", "key", "to", "rows", "links", "flit-hops", "way"];
        let shown = if self.near { headings.len() } else { headings.len() - 1 };
        let mut table = Table::of_words(headings.get(..shown).unwrap_or_default());
        for one in &self.traffic.bundles {
            let [first, count] = one.columns;
            let leaves: Vec<_> = one.leaves.iter().map(|&leaf| self.place(leaf)).collect();
            let row = [
                format!("  {}", self.place(one.core)),
                signal(one.side).to_owned(),
                format!("{first}..{}", first + count),
                key(one.target),
                leaves.join(" "),
                format!("{}..{}", one.row, one.row + count),
                one.tree.links().to_string(),
                one.tree.hops().to_string(),
                self.way(one),
            ];
            table.row(row.into_iter().take(shown));
        }
        table
    }

    /// Router by router, from the source on.
    fn way(&self, one: &Bundle) -> String {
        let routers = one.tree.branchings().iter().map(|branching| {
            let outputs = ports(branching.outputs).map(port_name).collect::<Vec<_>>();
            format!("{} {}", self.node(branching.node), outputs.join(","))
        });
        routers.collect::<Vec<_>>().join("; ")
    }

    /// The fullest first.
    fn links(&self) -> Table {
        let mut loads: Vec<_> = self.traffic.loads().into_iter().collect();
        loads.sort_by_key(|&((node, port), packets)| (u64::MAX - packets, node, port.index()));
        let mut table = Table::new(&["  link", "packets a step", "flits counted"]);
        for ((node, port), packets) in loads {
            table.row([
                format!("  {} {}", self.node(node), port_name(port)),
                packets.to_string(),
                self.flits(node, port).map_or("-".to_owned(), |flits| flits.to_string()),
            ]);
        }
        table
    }

    fn form(&self) -> Value {
        let place = |at: usize| self.core(at).map(|core| json!([core.x, core.y]));
        let coordinates = |node: Node| {
            let (x, y) = self.traffic.mesh.coordinates(node);
            json!([x, y])
        };
        let bundle = |one: &Bundle| {
            let [first, count] = one.columns;
            let routers = one.tree.branchings().iter().map(|branching| {
                let outputs: Vec<_> = ports(branching.outputs).map(port_name).collect();
                json!({"router": coordinates(branching.node), "outputs": outputs})
            });
            json!({
                "core": place(one.core),
                "signal": signal(one.side),
                "columns": [first, first + count],
                "rows": [one.row, one.row + count],
                "key": match one.target {
                    Target::Core { x, y } => json!({"core": [x, y]}),
                    Target::Tag(tag) => json!({"tag": tag}),
                },
                "to": one.leaves.iter().map(|&leaf| place(leaf)).collect::<Vec<_>>(),
                "tree": routers.collect::<Vec<_>>(),
                "links": one.tree.links(),
                "flit_hops": one.tree.hops(),
            })
        };
        let link = |((node, port), packets): ((Node, Port), u64)| {
            json!({"router": coordinates(node), "to": port_name(port),
                   "packets_per_step": packets, "flits_counted": self.flits(node, port)})
        };
        let table =
            |&(node, held): &(Node, usize)| json!({"router": coordinates(node), "entries": held});
        json!({
            "schema": "leadlag.routes/1",
            "network": self.image.name,
            "chip": self.image.chip.name,
            "multicast": self.image.chip.fabric.multicast,
            "packets_per_step": self.traffic.packets(),
            "routes": self.traffic.bundles.iter().map(bundle).collect::<Vec<_>>(),
            "links": self.traffic.loads().into_iter().map(link).collect::<Vec<_>>(),
            "tables": {
                "limit": self.image.chip.fabric.table_entries,
                "routers": self.traffic.entries.iter().map(table).collect::<Vec<_>>(),
            },
        })
    }
}

fn ports(outputs: u8) -> impl Iterator<Item = Port> {
    Port::ALL.into_iter().filter(move |port| outputs & port.mask() != 0)
}

fn signal(side: Compartment) -> &'static str {
    match side {
        Compartment::Soma => "rate",
        Compartment::Apical => "error",
    }
}

/// What a packet names as its destination.
fn key(target: Target) -> String {
    match target {
        Target::Core { x, y } => format!("core ({x},{y})"),
        Target::Tag(tag) => format!("tag {tag}"),
    }
}
