//! What can be looked at besides the circuits: programs, the fabric, the clock.
//!
//! A program is there where one was put on the unit; fabric and clock are there in the cycle engine.

use leadlag_fabric::{Node, Port};
use leadlag_fixed::{count, index};
use leadlag_trace::{ADDRESS, Family, Format, Path, Probe, Segment};

use crate::cycle::CoreTimes;
use crate::emulator::Emulator;
use crate::firmware::Unit;

/// Families from here on are these; below are those of the circuits.
const FIRST: u32 = 1 << 24;
const NODES: u32 = 1 << 26;
const CLOCK: u32 = 1 << 30;

#[derive(Clone, Copy)]
pub(super) enum Signal {
    Program(fn(&Unit) -> u64),
    /// Addresses of a program, which it reaches and leaves again within a step.
    Address(fn(&Unit) -> u32),
    Traffic(fn(&CoreTimes) -> u64),
    /// Flits that wait at the source interface.
    Waiting,
    Queue(Port),
    Link(Port),
}

pub(super) struct Entry {
    part: &'static str,
    name: &'static str,
    signal: Signal,
    meaning: &'static str,
}

const fn entry(
    part: &'static str,
    name: &'static str,
    signal: Signal,
    meaning: &'static str,
) -> Entry {
    Entry { part, name, signal, meaning }
}

/// Of a core.
const CORE: [Entry; 12] = [
    entry(
        "ppu",
        "pc",
        Signal::Address(Unit::pc),
        "where the program is; between two steps, where it sleeps",
    ),
    entry(
        "ppu",
        "address",
        Signal::Address(Unit::last_store),
        "address of the last store, where a condition asks for it",
    ),
    entry("ppu", "asleep", Signal::Program(Unit::asleep), "1 while the program sleeps"),
    entry("ppu", "cycles", Signal::Program(Unit::cycles), "cycles of the program so far"),
    entry("ppu", "retired", Signal::Program(Unit::retired), "instructions of the program so far"),
    entry(
        "ppu",
        "overruns",
        Signal::Program(Unit::overruns),
        "steps that found the step before pending",
    ),
    entry("net", "waiting", Signal::Waiting, "packets that wait at the core's source interface"),
    entry("net", "packets", Signal::Traffic(|times| times.packets), "packets offered so far"),
    entry("net", "delivered", Signal::Traffic(|times| times.delivered), "events landed so far"),
    entry("net", "late", Signal::Traffic(|times| times.late), "of these, events that were late"),
    entry(
        "net",
        "stale",
        Signal::Traffic(|times| times.stale),
        "events older than what their row held",
    ),
    entry(
        "net",
        "overrun",
        Signal::Traffic(|times| times.overrun),
        "packets not sent before the next step's",
    ),
];

/// Of a node of the mesh.
const NODE: [Entry; 10] = [
    entry("router", "east", Signal::Queue(Port::PlusX), "flits in the buffers fed from x + 1"),
    entry("router", "west", Signal::Queue(Port::MinusX), "flits in the buffers fed from x - 1"),
    entry("router", "north", Signal::Queue(Port::PlusY), "flits in the buffers fed from y + 1"),
    entry("router", "south", Signal::Queue(Port::MinusY), "flits in the buffers fed from y - 1"),
    entry("router", "core", Signal::Queue(Port::Local), "flits in the buffers fed by the core"),
    entry("link", "east", Signal::Link(Port::PlusX), "flits sent to x + 1 so far"),
    entry("link", "west", Signal::Link(Port::MinusX), "flits sent to x - 1 so far"),
    entry("link", "north", Signal::Link(Port::PlusY), "flits sent to y + 1 so far"),
    entry("link", "south", Signal::Link(Port::MinusY), "flits sent to y - 1 so far"),
    entry("link", "core", Signal::Link(Port::Local), "flits that arrived at the core so far"),
];

/// A probe of these, found: a place and a row of one of the tables.
#[derive(Clone, Copy)]
pub(super) enum Site {
    Core(usize, &'static Entry),
    Node(Node, &'static Entry),
    Clock,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.part, self.name)
    }
}

impl Site {
    /// None: the probe is one of the circuits.
    pub(super) fn of(probe: Probe) -> Option<Self> {
        let at = |first: u32, rows: usize| {
            let id = index(probe.family - first);
            (id / rows, id % rows)
        };
        if probe.family >= CLOCK {
            return Some(Self::Clock);
        }
        if probe.family >= NODES {
            let (node, row) = at(NODES, NODE.len());
            return NODE.get(row).map(|entry| Self::Node(Node::at(node), entry));
        }
        if probe.family >= FIRST {
            let (core, row) = at(FIRST, CORE.len());
            return CORE.get(row).map(|entry| Self::Core(core, entry));
        }
        None
    }

    pub(super) fn format(self) -> Format {
        let unit = match self {
            Self::Clock => "cycles",
            Self::Core(_, entry) | Self::Node(_, entry) => match entry.signal {
                Signal::Address(_) => ADDRESS,
                Signal::Waiting | Signal::Queue(_) | Signal::Link(_) => "flits",
                Signal::Program(_) | Signal::Traffic(_) => "count",
            },
        };
        Format { unit, exponent: 0, width: 32, scale: None }
    }
}

impl Emulator {
    /// Programs where there are some; fabric and clock in the cycle engine.
    pub(super) fn machine_families(&self) -> Vec<Family> {
        let mut families = Vec::new();
        let timed = self.clock.is_some();
        let replicas = self.clock.as_ref().map_or(1, |clock| count(clock.chips()));
        for (at, core) in self.image().cores.iter().enumerate() {
            for (row, entry) in CORE.iter().enumerate() {
                let program = matches!(entry.signal, Signal::Program(_) | Signal::Address(_));
                let there = if program { self.unit(at).is_some() } else { timed };
                let path = [Segment::new("core", &[core.x, core.y]), Segment::new(entry.part, &[])];
                let id = FIRST + count(at * CORE.len() + row);
                let replicas = if program { 1 } else { replicas };
                families.extend(there.then(|| family(id, &path, entry, replicas)));
            }
        }
        let (columns, rows) = self.image().chip.extent();
        for node in (0..columns * rows).filter(|_| timed) {
            for (row, entry) in NODE.iter().enumerate() {
                let mut path = vec![Segment::new(entry.part, &[node % columns, node / columns])];
                path.extend((entry.part == "router").then(|| Segment::new("queue", &[])));
                let id = NODES + node * count(NODE.len()) + count(row);
                families.push(family(id, &path, entry, replicas));
            }
        }
        if timed {
            let path = Path::new(&[Segment::new("clock", &[]), Segment::new("cycle", &[])]);
            let meaning = "cycle of the next latch; above 2^31 - 1 it reads as that";
            families.push(Family { id: CLOCK, path, extents: Vec::new(), replicas, meaning });
        }
        families
    }

    pub(super) fn read_machine(&self, site: Site, replica: usize) -> i32 {
        let held = match site {
            Site::Clock => self.clock.as_ref().and_then(|clock| clock.latch_of(replica)),
            Site::Node(node, entry) => self.read_node(node, entry, replica),
            Site::Core(core, entry) => return self.read_core(core, entry, replica),
        };
        saturated(held)
    }

    fn read_node(&self, node: Node, entry: &Entry, replica: usize) -> Option<u64> {
        let fabric = self.clock.as_ref()?.fabric_of(replica)?;
        Some(match entry.signal {
            Signal::Queue(port) => fabric.load(node, port).waiting,
            Signal::Link(port) => fabric.load(node, port).passed,
            Signal::Program(_) | Signal::Address(_) | Signal::Traffic(_) | Signal::Waiting => 0,
        })
    }

    fn read_core(&self, core: usize, entry: &Entry, replica: usize) -> i32 {
        let clock = self.clock.as_ref();
        saturated(match entry.signal {
            Signal::Program(read) => self.unit(core).map(read),
            Signal::Address(read) => {
                return self.unit(core).map_or(0, |unit| read(unit).cast_signed());
            }
            Signal::Traffic(read) => {
                clock.and_then(|clock| clock.traffic_of(core, replica)).map(|times| read(&times))
            }
            Signal::Waiting => clock.and_then(|clock| clock.waiting_of(core, replica)),
            Signal::Queue(_) | Signal::Link(_) => None,
        })
    }

    /// Whether a program has been at an address, or stored to it, in the last step.
    pub(super) fn has_passed(&self, site: Site, code: i32) -> Option<bool> {
        let Site::Core(place, entry) = site else { return None };
        if !matches!(entry.signal, Signal::Address(_)) {
            return None;
        }
        let passage = self.unit(place)?.passage()?;
        let addresses = if entry.name == "pc" { &passage.executed } else { &passage.stored };
        Some(addresses.contains(&code.cast_unsigned()))
    }
}

fn family(id: u32, path: &[Segment], entry: &Entry, replicas: u32) -> Family {
    let path: Vec<Segment> = path.iter().cloned().chain([Segment::new(entry.name, &[])]).collect();
    Family { id, path: Path::new(&path), extents: Vec::new(), replicas, meaning: entry.meaning }
}

/// What is too large for a record reads as its largest.
fn saturated(held: Option<u64>) -> i32 {
    i32::try_from(held.unwrap_or(0)).unwrap_or(i32::MAX)
}
