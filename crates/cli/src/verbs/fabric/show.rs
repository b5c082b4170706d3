//! `leadlag fabric show`: what follows from the description alone, and the tables of nets.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::table::{Net, Routing, build};
use leadlag_fabric::traffic::{Bound, Pattern, Targets};
use leadlag_fabric::tree::{Tree, unicast_hops};
use leadlag_fabric::{Checked, Mesh, Node, Port, Preset};
use serde_json::{Value, json};

use super::{inputs, mean, real};
use crate::args::fabric::ShowArgs;
use crate::context::Context;
use crate::exit::Exit;
use crate::output::Table;

/// Prints the figures of a fabric, or of the tables that nets need.
///
/// # Errors
/// What is wrong with the fabric, the nets or the files; LL1543 if no net has the tag asked for.
pub(super) fn run(args: &ShowArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let parameters = inputs::parameters(&args.fabric, None)?;
    let (flags, parameters) = (&args.fabric, parameters.as_ref());
    let checked = inputs::broken_fabric(flags, &args.faults, parameters, context)?;
    let Some(path) = &args.nets else {
        context.out.result(page(&checked), &form(&checked))?;
        return Ok(Exit::Done);
    };
    let nets = inputs::nets(path)?;
    let routing = build(&checked, &nets, args.entries.get())?;
    match args.tag {
        None => {
            let (page, form) =
                (fill_page(&checked, &nets, &routing, args), fill_form(&checked, &nets, &routing));
            context.out.result(page, &form)?;
        }
        Some(tag) => {
            let place =
                nets.iter().position(|net| net.tag == tag).ok_or_else(|| no_tag(tag, &nets))?;
            let tree = routing.trees.get(place).expect("a tree per net");
            context
                .out
                .result(route_page(&checked, tag, tree), &route_form(&checked, tag, tree))?;
        }
    }
    Ok(Exit::Done)
}

fn no_tag(tag: u16, nets: &[Net]) -> Diagnostics {
    let (least, most) =
        (nets.iter().map(|net| net.tag).min(), nets.iter().map(|net| net.tag).max());
    let range = least
        .zip(most)
        .map_or(String::new(), |(least, most)| format!(", with tags from {least} to {most}"));
    Diagnostic::new("LL1543", format!("no net has tag {tag}; there are {} nets{range}", nets.len()))
        .help("take a tag from the first column of the file")
        .into()
}

/// Latency of a lone packet of one flit over this many routers.
fn zero_load(preset: Preset, routers: u32) -> u32 {
    2 + preset.cycles_per_router() * routers
}

/// The patterns that every simulator knows, where this mesh defines them.
fn bounds(checked: &Checked) -> Vec<(Pattern, Bound)> {
    use Pattern::{BitComplement, BitReverse, Neighbor, Shuffle, Tornado, Transpose, Uniform};
    let all = [Uniform, Transpose, BitComplement, BitReverse, Shuffle, Tornado, Neighbor];
    let mesh = checked.mesh();
    let bound = |pattern: Pattern| {
        let bound = Targets::new(&pattern, mesh).ok()?.bound();
        Some((pattern, bound))
    };
    all.into_iter().filter_map(bound).collect()
}

/// One kind of link: latency, cycles per flit, flits of buffer.
struct Loop {
    name: &'static str,
    latency: u64,
    interval: u64,
    buffer: u64,
    cycles: u64,
}

impl Loop {
    /// Flits with which one virtual channel reaches the full rate.
    fn needed(&self) -> u64 {
        self.cycles.div_ceil(self.interval)
    }

    /// What one virtual channel reaches, in percent of the link.
    fn reach(&self) -> u64 {
        (100 * self.buffer * self.interval / self.cycles).min(100)
    }
}

fn loops(checked: &Checked) -> Vec<Loop> {
    let config = checked.config();
    let delay = config.preset.credit_delay();
    let of = |name, latency: u64, interval, buffer| Loop {
        name,
        latency,
        interval,
        buffer,
        cycles: 3 + 2 * latency + delay,
    };
    let inner = of("mesh", 1, 1, u64::from(config.buffer));
    let link = &config.link;
    let outer =
        || of("chip", u64::from(link.latency), u64::from(link.interval), u64::from(link.buffer));
    std::iter::once(inner).chain((config.grid.area() > 1).then(outer)).collect()
}

fn page(checked: &Checked) -> String {
    let (mesh, config) = (checked.mesh(), checked.config());
    let extent = mesh.extent();
    let ports = checked.channels();
    let flits = 5 * ports * usize::from(config.buffer);
    format!(
        "  {}\n  {} × {} routers  {ports} VCs per port  {flits} flits of buffer per router ({} bits)\n\n{}\n\n{}\n\n{}",
        inputs::describe(checked),
        extent.columns,
        extent.rows,
        64 * flits,
        latency_table(checked),
        loop_table(checked),
        bound_table(checked),
    )
}

/// Routers of the longest route.
fn diameter(mesh: Mesh) -> u32 {
    let extent = mesh.extent();
    u32::from(extent.columns) + u32::from(extent.rows) - 1
}

/// Distances worth a row: all of a small mesh, doublings of a large one.
fn distances(mesh: Mesh) -> Vec<u32> {
    let longest = diameter(mesh);
    let doubled = std::iter::successors(Some(1_u32), |routers| Some(routers * 2));
    let doubled = doubled.take_while(|routers| *routers < longest).chain([longest]);
    if longest <= 8 { (1..=longest).collect() } else { doubled.collect() }
}

fn latency_table(checked: &Checked) -> String {
    let mut table = Table::new(&["  zero load, cycles", "P", "S", "L", "N", "I", "at 250 MHz"]);
    for routers in distances(checked.mesh()) {
        let cycles = Preset::ALL.map(|preset| zero_load(preset, routers));
        let nanoseconds = 4 * zero_load(checked.config().preset, routers);
        let head = [format!("  {routers} router{}", if routers == 1 { "" } else { "s" })];
        let cells = cycles.into_iter().map(|cycles| cycles.to_string());
        table.row(head.into_iter().chain(cells).chain([format!("{nanoseconds} ns")]));
    }
    let extra = if checked.config().grid.area() > 1 {
        let link = &checked.config().link;
        format!("\n  + {} per link between chips", link.latency - 1)
    } else {
        String::new()
    };
    format!("{table}\n  + 1 per flit after the first{extra}")
}

fn loop_table(checked: &Checked) -> String {
    let mut table = Table::new(&[
        "  credit loop",
        "latency",
        "cycles/flit",
        "loop",
        "flits for full rate",
        "buffer",
        "one VC reaches",
    ]);
    for one in loops(checked) {
        let numbers = [one.latency, one.interval, one.cycles, one.needed(), one.buffer];
        let cells = numbers.into_iter().map(|number| number.to_string());
        table.row(
            [format!("  {}", one.name)]
                .into_iter()
                .chain(cells)
                .chain([format!("{} %", one.reach())]),
        );
    }
    table.to_string()
}

fn bound_table(checked: &Checked) -> String {
    let mut table = Table::new(&["  bound", "flits/node/cycle"]);
    for (pattern, bound) in bounds(checked) {
        table.row([
            format!("  {pattern}"),
            format!("{:.4}", real(bound.flits) / real(bound.cycles)),
        ]);
    }
    table.to_string()
}

fn form(checked: &Checked) -> Value {
    let loops = loops(checked).into_iter().map(|one| {
        json!({"link": one.name, "latency": one.latency, "interval": one.interval, "cycles": one.cycles,
               "needed": one.needed(), "buffer": one.buffer, "reach_percent": one.reach()})
    });
    let bounds = bounds(checked).into_iter().map(|(pattern, bound)| {
        json!({"pattern": pattern.to_string(), "flits": bound.flits, "cycles": bound.cycles})
    });
    let latencies = distances(checked.mesh()).into_iter().map(|routers| {
        json!({"routers": routers, "cycles": zero_load(checked.config().preset, routers)})
    });
    json!({
        "schema": "leadlag.fabric-show/1",
        "fabric": checked.config(),
        "zero_load": latencies.collect::<Vec<_>>(),
        "credit_loops": loops.collect::<Vec<_>>(),
        "bounds": bounds.collect::<Vec<_>>(),
    })
}

fn place(mesh: Mesh, node: Node) -> String {
    let (x, y) = mesh.coordinates(node);
    format!("({x}, {y})")
}

/// Links and flit-hops of all nets, one packet each, and the flit-hops of unicasts.
fn totals(mesh: Mesh, nets: &[Net], routing: &Routing) -> [u64; 3] {
    let sum =
        |of: &dyn Fn(&Tree) -> u32| routing.trees.iter().map(|tree| u64::from(of(tree))).sum();
    let unicast = |net: &Net| u64::from(unicast_hops(mesh, net.source, &net.leaves));
    [sum(&Tree::links), sum(&Tree::hops), nets.iter().map(unicast).sum()]
}

fn fill_page(checked: &Checked, nets: &[Net], routing: &Routing, args: &ShowArgs) -> String {
    let mesh = checked.mesh();
    let limit = args.entries.get();
    let mut table = Table::new(&["  router", "trees", "not straight on", "entries", "of"]);
    for (node, fill) in mesh.all().zip(&routing.fill).filter(|(_, fill)| fill.tags > 0) {
        let cells =
            [fill.tags, fill.explicit, fill.entries, limit].map(|number| number.to_string());
        table.row([format!("  {}", place(mesh, node))].into_iter().chain(cells));
    }
    let [links, hops, unicast] = totals(mesh, nets, routing);
    let saved = mean(hops, unicast)
        .map_or(String::new(), |share| format!("  ({:.1} % of unicast)", 100.0 * share));
    format!(
        "  {}\n  {} nets  {links} tree links  {hops} flit-hops{saved}\n{table}",
        inputs::describe(checked),
        nets.len()
    )
}

fn fill_form(checked: &Checked, nets: &[Net], routing: &Routing) -> Value {
    let [links, hops, unicast] = totals(checked.mesh(), nets, routing);
    let router = |(node, fill): (Node, &leadlag_fabric::table::Fill)| json!({"node": node.0, "trees": fill.tags, "explicit": fill.explicit, "entries": fill.entries});
    json!({
        "schema": "leadlag.fabric-tables/1",
        "fabric": checked.config(),
        "nets": nets.len(),
        "tree_links": links,
        "flit_hops": hops,
        "unicast_flit_hops": unicast,
        "routers": checked.mesh().all().zip(&routing.fill).map(router).collect::<Vec<_>>(),
        "tables": routing.tables,
    })
}

/// The name of an output.
pub(super) const fn name(port: Port) -> &'static str {
    match port {
        Port::PlusX => "+x",
        Port::MinusX => "-x",
        Port::PlusY => "+y",
        Port::MinusY => "-y",
        Port::Local => "core",
    }
}

/// The names of the ports of a set.
fn names(outputs: u8) -> Vec<&'static str> {
    Port::ALL.into_iter().filter(|port| outputs & port.mask() != 0).map(name).collect()
}

fn route_page(checked: &Checked, tag: u16, tree: &Tree) -> String {
    let mesh = checked.mesh();
    let mut table = Table::new(&["  router", "outputs"]);
    for one in tree.branchings() {
        table.row([format!("  {}", place(mesh, one.node)), names(one.outputs).join(" ")]);
    }
    format!(
        "  {}\n  tag {tag}  from {}  {} leaves  {} links  {} flit-hops\n{table}",
        inputs::describe(checked),
        place(mesh, tree.source()),
        tree.leaves().count(),
        tree.links(),
        tree.hops()
    )
}

fn route_form(checked: &Checked, tag: u16, tree: &Tree) -> Value {
    let router = |one: &leadlag_fabric::tree::Branching| json!({"node": one.node.0, "outputs": names(one.outputs)});
    json!({
        "schema": "leadlag.fabric-route/1",
        "fabric": checked.config(),
        "tag": tag,
        "source": tree.source().0,
        "leaves": tree.leaves().map(|node| node.0).collect::<Vec<_>>(),
        "links": tree.links(),
        "flit_hops": tree.hops(),
        "routers": tree.branchings().iter().map(router).collect::<Vec<_>>(),
    })
}
