//! The mesh of cores with what is on each, and the links between them with what they carry.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use leadlag_fabric::{Mesh, Node, Port};
use leadlag_image::{Chip, Core, Image};

use super::html::escaped;
use super::scale::{real, share, viridis};
use crate::mapping;
use crate::traffic::port_name;

/// The most cores of a mesh that are drawn whole; of a larger one only the part in use is.
const WHOLE: u32 = 256;
/// Side of a core and distance of its neighbours, in pixels of the user.
const SIDE: u32 = 76;
const PITCH: u32 = 108;
/// Room for the scale below.
const SCALE: u32 = 46;

/// Packets over the links.
type Loads = BTreeMap<(Node, Port), u64>;

/// A part of the mesh: columns and rows, both ends included.
struct Part {
    x: [u32; 2],
    y: [u32; 2],
}

impl Part {
    fn of(image: &Image) -> Self {
        let (columns, rows) = image.chip.extent();
        if columns * rows <= WHOLE {
            return Self { x: [0, columns - 1], y: [0, rows - 1] };
        }
        let ends = |pick: fn(&Core) -> u32| {
            let all = || image.cores.iter().map(pick);
            [all().min().unwrap_or(0), all().max().unwrap_or(0)]
        };
        Self { x: ends(|core| core.x), y: ends(|core| core.y) }
    }

    fn has(&self, x: u32, y: u32) -> bool {
        (self.x[0]..=self.x[1]).contains(&x) && (self.y[0]..=self.y[1]).contains(&y)
    }

    /// Upper left corner of a core; y grows upwards, as in the manual.
    fn corner(&self, x: u32, y: u32) -> (u32, u32) {
        (16 + (x - self.x[0]) * PITCH, 16 + (self.y[1] - y) * PITCH)
    }

    fn size(&self) -> (u32, u32) {
        let cells = |ends: [u32; 2]| (ends[1] - ends[0]) * PITCH + SIDE + 32;
        (cells(self.x), cells(self.y))
    }
}

/// The figure; `loads` are absent where the fabric cannot carry the image.
pub(super) fn svg(image: &Image, mesh: Option<Mesh>, loads: &Loads) -> String {
    let part = Part::of(image);
    let (width, height) = part.size();
    let below = height + SCALE;
    let width = width.max(300);
    let mut text = format!(
        "<svg width=\"{width}\" height=\"{below}\" viewBox=\"0 0 {width} {below}\" role=\"img\" \
         font-family=\"sans-serif\" aria-label=\"floorplan of the cores\">\n"
    );
    if let Some(mesh) = mesh {
        links(&mut text, &part, mesh, loads);
    }
    for y in part.y[0]..=part.y[1] {
        for x in part.x[0]..=part.x[1] {
            let used = image.cores.iter().find(|core| (core.x, core.y) == (x, y));
            cell(&mut text, part.corner(x, y), (x, y), used.map(|core| (image, core)));
        }
    }
    legend(&mut text, height);
    text + "</svg>"
}

/// Words are written to a string, which takes them.
macro_rules! put {
    ($text:expr, $($part:tt)*) => { writeln!($text, $($part)*).expect("a string takes any text") };
}

/// A core: its place, what is on it, and the share of its columns in use.
fn cell(
    text: &mut String,
    (left, top): (u32, u32),
    (x, y): (u32, u32),
    used: Option<(&Image, &Core)>,
) {
    let middle = left + SIDE / 2;
    let Some((image, core)) = used else {
        put!(
            text,
            "<rect class=\"idle\" x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" rx=\"6\"><title>core ({x},{y}) is not in use</title></rect>"
        );
        let line = top + SIDE / 2 + 4;
        put!(
            text,
            "<text class=\"ink\" x=\"{middle}\" y=\"{line}\" font-size=\"11\" text-anchor=\"middle\" opacity=\"0.7\">({x},{y})</text>"
        );
        return;
    };
    let used = share(core.neurons.into(), image.chip.neurons.into());
    let (colour, ink) = viridis(used);
    let name = escaped(mapping::population(image, core));
    let title = title(&image.chip, core);
    put!(
        text,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{SIDE}\" height=\"{SIDE}\" rx=\"6\" fill=\"{colour}\"><title>{title}</title></rect>"
    );
    let lines = [
        (20, 11, format!("({x},{y})")),
        (41, 14, name),
        (62, 12, format!("{:.0} %", 100.0 * used)),
    ];
    for (down, size, words) in lines {
        let line = top + down;
        put!(
            text,
            "<text x=\"{middle}\" y=\"{line}\" font-size=\"{size}\" text-anchor=\"middle\" fill=\"{ink}\">{words}</text>"
        );
    }
}

fn title(chip: &Chip, core: &Core) -> String {
    format!(
        "core ({},{}): {} of {} columns, {} of {} rows of W, {} of {} of B",
        core.x,
        core.y,
        core.neurons,
        chip.neurons,
        core.soma.array.rows(),
        chip.rows,
        core.apical.array.rows(),
        chip.rows
    )
}

/// Both directions between two cores are a line each, as thick as their load.
fn links(text: &mut String, part: &Part, mesh: Mesh, loads: &Loads) {
    let between =
        |(&(_, port), &load): (&(Node, Port), &u64)| (port != Port::Local).then_some(load);
    let most = loads.iter().filter_map(between).max().unwrap_or(0);
    for (&(node, port), &load) in loads {
        let (x, y) = mesh.coordinates(node);
        let (x, y) = (u32::from(x), u32::from(y));
        let Some([from, to]) = ends(part, (x, y), port) else { continue };
        let width = 1.5 + 6.5 * share(load, most);
        let ends = format!("x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", from.0, from.1, to.0, to.1);
        let name = port_name(port);
        let casing = width + 3.0;
        put!(text, "<line class=\"casing\" {ends} stroke-width=\"{casing:.1}\"/>");
        put!(
            text,
            "<line class=\"load\" {ends} stroke-width=\"{width:.1}\"><title>({x},{y}) {name}: {load} packets a step</title></line>"
        );
    }
}

/// From the edge of one core to that of the next, aside of the middle: the way back is on the other
/// side.
fn ends(drawn: &Part, (x, y): (u32, u32), port: Port) -> Option<[(u32, u32); 2]> {
    let (near, far) = (SIDE / 2 - 9, SIDE / 2 + 9);
    let next = match port {
        Port::PlusX => (x + 1, y),
        Port::MinusX => (x.checked_sub(1)?, y),
        Port::PlusY => (x, y + 1),
        Port::MinusY => (x, y.checked_sub(1)?),
        Port::Local => return None,
    };
    if !drawn.has(x, y) || !drawn.has(next.0, next.1) {
        return None;
    }
    let ((left, top), (there, below)) = (drawn.corner(x, y), drawn.corner(next.0, next.1));
    Some(match port {
        Port::PlusX => [(left + SIDE, top + near), (there, below + near)],
        Port::MinusX => [(left, top + far), (there + SIDE, below + far)],
        Port::PlusY => [(left + near, top), (there + near, below + SIDE)],
        Port::MinusY | Port::Local => [(left + far, top + SIDE), (there + far, below)],
    })
}

/// The colour bar, with numbers.
fn legend(text: &mut String, top: u32) {
    for step in 0..20_u32 {
        let (colour, _) = viridis((real(step.into()) + 0.5) / 20.0);
        let left = 16 + step * 8;
        put!(text, "<rect x=\"{left}\" y=\"{top}\" width=\"8\" height=\"12\" fill=\"{colour}\"/>");
    }
    let line = top + 28;
    for (at, label) in [(16, "0 %"), (96, "50 %"), (176, "100 % of columns")] {
        put!(text, "<text class=\"ink\" x=\"{at}\" y=\"{line}\" font-size=\"11\">{label}</text>");
    }
}
