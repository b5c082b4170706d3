//! `leadlag show map --onnx-view`: the network as a list of operators, with the cores that do them.
//!
//! The list is that of an ONNX graph: nodes with an operator, named inputs and named outputs. A
//! projection is a `MatMul` of what it reads with its array; a population is a `GleLayer` (or a
//! `Lif`), whose prospective output goes through the activation, and a `GleError` on the way back.

use std::collections::BTreeMap;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::carried::carried;
use leadlag_image::{Compartment, Core, Image, Population, RowGroup, Source};
use leadlag_net::{Network, Neurons, Phi};
use serde_json::{Value, json};

use crate::args::Place;
use crate::context::Context;
use crate::mapping;
use crate::output::Table;

/// An operator.
struct Node {
    name: String,
    op: &'static str,
    inputs: Vec<String>,
    output: String,
    shape: Vec<u32>,
    /// Size of the output.
    size: u32,
    parts: Vec<Part>,
    attributes: Value,
}

/// The part of an operator that a core does.
struct Part {
    x: u32,
    y: u32,
    /// Neurons of the population, in the core's columns from 0 on.
    neurons: [u32; 2],
    /// Rows of the array, for a projection.
    rows: Option<[u32; 2]>,
}

pub(super) fn graph(
    image: &Image,
    only: Option<Place>,
    context: &mut Context,
) -> Result<(), Diagnostics> {
    let network = carried(image).ok().map(|own| own.network);
    let mut nodes = nodes(image, network.as_ref());
    if let Some(place) = only {
        nodes.retain(|node| node.parts.iter().any(|part| (part.x, part.y) == (place.x, place.y)));
    }
    context.out.result(page(image, &nodes), &form(image, &nodes))
}

/// Forward in network order, then back.
fn nodes(image: &Image, network: Option<&Network>) -> Vec<Node> {
    let mut nodes = Vec::new();
    for population in &image.populations {
        let sums = projections(image, population, Compartment::Soma);
        nodes.extend(layer(image, network, population, sums));
    }
    for (at, population) in image.populations.iter().enumerate().rev() {
        let sums = projections(image, population, Compartment::Apical);
        nodes.extend(error(image, network, (at, population), sums));
    }
    nodes
}

fn cores<'a>(image: &'a Image, population: &'a Population) -> impl Iterator<Item = &'a Core> {
    population.cores.iter().filter_map(|&core| image.cores.get(usize::try_from(core).ok()?))
}

fn part(core: &Core, rows: Option<[u32; 2]>) -> Part {
    Part { x: core.x, y: core.y, neurons: [core.first, core.first + core.neurons], rows }
}

/// The projections that arrive at a compartment of a population, by label.
fn projections(image: &Image, population: &Population, side: Compartment) -> Vec<Node> {
    let mut nodes: BTreeMap<(u32, &str), Node> = BTreeMap::new();
    for core in cores(image, population) {
        for group in &core.side(side).array.groups {
            let node = nodes
                .entry((group.first, &group.label))
                .or_insert_with(|| projection(image, population, side, group));
            node.parts.push(part(core, Some([group.first, group.first + group.rows])));
        }
    }
    // Senders on several cores have a group of rows each; they are one projection.
    let mut merged: Vec<Node> = Vec::new();
    for node in nodes.into_values() {
        match merged.iter_mut().find(|other| other.name == node.name) {
            Some(other) => other.parts.extend(node.parts),
            None => merged.push(node),
        }
    }
    merged
}

fn projection(image: &Image, population: &Population, side: Compartment, group: &RowGroup) -> Node {
    let (read, lines) = source(image, group, side);
    let suffix = match side {
        Compartment::Soma => "sum",
        Compartment::Apical => "error sum",
    };
    let bias = group.source == Source::Constant;
    let name = if bias { format!("{} bias", population.name) } else { group.label.clone() };
    let array = match side {
        Compartment::Soma => "W",
        Compartment::Apical => "B",
    };
    Node {
        op: if bias { "Constant" } else { "MatMul" },
        inputs: if bias { Vec::new() } else { vec![read, format!("{array}[{name}]")] },
        output: format!("{name}.{suffix}"),
        shape: if bias { vec![population.size] } else { vec![lines, population.size] },
        size: population.size,
        parts: Vec::new(),
        attributes: json!({"array": array, "plastic": group.plastic, "weight_scale": group.weight_scale}),
        name,
    }
}

/// What a group of rows reads, and how many lines that are in all.
fn source(image: &Image, group: &RowGroup, side: Compartment) -> (String, u32) {
    let at = |index: u32| usize::try_from(index).ok();
    match group.source {
        Source::Constant => ("1".to_owned(), 1),
        Source::Input { input, .. } => at(input)
            .and_then(|at| image.inputs.get(at))
            .map_or_else(|| ("?".to_owned(), 0), |input| (input.name.clone(), input.size)),
        Source::Core { core, .. } => {
            let sender = at(core).and_then(|at| image.cores.get(at));
            let sender = sender.and_then(|core| image.populations.get(at(core.population)?));
            sender.map_or_else(|| ("?".to_owned(), 0), |sender| (signal(sender, side), sender.size))
        }
    }
}

fn signal(population: &Population, side: Compartment) -> String {
    match side {
        Compartment::Soma => format!("{}.r", population.name),
        Compartment::Apical => format!("{}.e", population.name),
    }
}

/// A population's sums, its neurons and its activation.
fn layer(
    image: &Image,
    network: Option<&Network>,
    population: &Population,
    sums: Vec<Node>,
) -> Vec<Node> {
    let name = &population.name;
    let spikes = cores(image, population).any(|core| core.spike().is_some());
    let neurons = neurons(network, name);
    let has_error = cores(image, population).any(|core| core.apical.array.rows() > 0);
    let coupled = (has_error && !spikes).then(|| format!("{name}.e"));
    let (op, output) = if spikes { ("Lif", "r") } else { ("GleLayer", "y") };
    let node = |op, inputs, output: &str, attributes| Node {
        name: name.clone(),
        op,
        inputs,
        output: format!("{name}.{output}"),
        shape: vec![population.size],
        size: population.size,
        parts: cores(image, population).map(|core| part(core, None)).collect(),
        attributes,
    };
    let inputs = sums.iter().map(|sum| sum.output.clone()).chain(coupled).collect();
    let attributes = json!({"groups": neurons.map(groups), "gamma": network.map(Network::gamma)});
    let mut nodes = sums;
    nodes.push(node(op, inputs, output, attributes));
    if !spikes {
        let phi = neurons.map_or("Activation", |neurons| operator(neurons.phi));
        nodes.push(node(phi, vec![format!("{name}.y")], "r", json!({"as": "table"})));
    }
    nodes
}

/// The way back into a population, if there is one.
fn error(
    image: &Image,
    network: Option<&Network>,
    (at, population): (usize, &Population),
    sums: Vec<Node>,
) -> Vec<Node> {
    let name = &population.name;
    let taught = image.teaching.filter(|teaching| usize::try_from(teaching.population) == Ok(at));
    if sums.is_empty() && taught.is_none() {
        return sums;
    }
    let target = taught.map(|_| "target".to_owned());
    let own = [format!("{name}.y")];
    let node = Node {
        name: name.clone(),
        op: "GleError",
        inputs: sums.iter().map(|sum| sum.output.clone()).chain(target).chain(own).collect(),
        output: format!("{name}.e"),
        shape: vec![population.size],
        size: population.size,
        parts: cores(image, population).map(|core| part(core, None)).collect(),
        attributes: json!({
            "loss": taught.map(|teaching| teaching.loss),
            "groups": neurons(network, name).map(groups),
        }),
    };
    let mut nodes = sums;
    nodes.push(node);
    nodes
}

fn neurons<'a>(network: Option<&'a Network>, name: &str) -> Option<&'a Neurons> {
    let network = network?;
    network.populations().get(network.population(name)?)?.neurons()
}

/// Time constants, as the network states them.
fn groups(neurons: &Neurons) -> Value {
    use leadlag_net::TauM;
    let form = |group: &leadlag_net::Group| {
        let tau_m = match group.tau_m {
            TauM::Is(tau) => tau.to_string(),
            TauM::Between(least, most) => format!("{least} to {most}"),
        };
        json!({"neurons": group.count, "tau_m": tau_m, "tau_r": group.tau_r.to_string()})
    };
    neurons.groups.iter().map(form).collect()
}

/// The ONNX operator of an activation.
fn operator(phi: Phi) -> &'static str {
    match phi {
        Phi::Linear => "Identity",
        Phi::Tanh => "Tanh",
        Phi::Logistic => "Sigmoid",
        Phi::Softplus => "Softplus",
        Phi::Relu => "Relu",
        Phi::HardSigmoid | Phi::HardTanh => "Clip",
    }
}

fn shape(shape: &[u32]) -> String {
    let sizes: Vec<String> = shape.iter().map(u32::to_string).collect();
    format!("[{}]", sizes.join(","))
}

fn page(image: &Image, nodes: &[Node]) -> String {
    let mut table = Table::of_words(&["  node", "op", "inputs", "output", "shape", "cores"]);
    for node in nodes {
        table.row([
            format!("  {}", node.name),
            node.op.to_owned(),
            node.inputs.join(", "),
            node.output.clone(),
            shape(&node.shape),
            node.parts.iter().map(shown).collect::<Vec<_>>().join(" "),
        ]);
    }
    let inputs: Vec<String> =
        image.inputs.iter().map(|input| format!("{} [{}]", input.name, input.size)).collect();
    format!(
        "  graph       {}\n  inputs      {}\n  chip        {}\n{table}",
        image.name,
        inputs.join(", "),
        mapping::chip_line(image)
    )
}

/// A core, with its columns, or with its rows too.
fn shown(part: &Part) -> String {
    let [from, to] = part.neurons;
    let rows = part.rows.map_or(String::new(), |[from, to]| format!(" rows {from}..{to}"));
    format!("({},{}) columns 0..{}{rows}", part.x, part.y, to - from)
}

fn form(image: &Image, nodes: &[Node]) -> Value {
    let part = |part: &Part| {
        let [from, to] = part.neurons;
        json!({"x": part.x, "y": part.y, "neurons": part.neurons, "columns": [0, to - from],
               "rows": part.rows})
    };
    let node = |node: &Node| {
        json!({
            "name": node.name,
            "op": node.op,
            "inputs": node.inputs,
            "outputs": [{"name": node.output, "shape": [node.size]}],
            "shape": node.shape,
            "attributes": node.attributes,
            "cores": node.parts.iter().map(part).collect::<Vec<_>>(),
        })
    };
    let input = |input: &leadlag_image::Input| json!({"name": input.name, "shape": [input.size]});
    json!({
        "schema": "leadlag.graph/1",
        "network": image.name,
        "chip": image.chip.name,
        "inputs": image.inputs.iter().map(input).collect::<Vec<_>>(),
        "nodes": nodes.iter().map(node).collect::<Vec<_>>(),
    })
}
