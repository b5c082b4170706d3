//! Faults as a user writes them: `weights=1e-6`, `core=1,0@step:500`, `link=0,0,+x@cycle:20000`.

use std::fmt;
use std::str::FromStr;

use leadlag_chip::{
    Dead, Emulator, Faults, Memory, Often, Part, Since, Stuck, Traffic, Upset, Upsets,
};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::{DeadLink, DeadRouter, Mesh, Port, StuckChannel};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clocking::{Clocking, Engine};

/// A fault, as it was written, and what it means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fault {
    text: String,
    meaning: Meaning,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meaning {
    Upset(Upset),
    Packets(u32),
    Dead(Dead),
    Stuck(Stuck),
}

/// What a run does when the first fault strikes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnFault {
    /// Goes on, and counts.
    #[default]
    Continue,
    /// Ends after the step, with a report.
    Stop,
}

impl OnFault {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(crate) fn is_continue(&self) -> bool {
        *self == Self::Continue
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.text
    }
}

impl TryFrom<String> for Fault {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self { meaning: meaning(&text)?, text })
    }
}

impl FromStr for Fault {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        Self::try_from(text.to_owned()).map_err(|why| {
            Diagnostic::new("LL1471", format!("the fault `{text}` is not understood: {why}"))
                .help("`weights=1e-6`, `rows=1e-4`, `states=1e-4`: chance per word and step")
                .help("`weights=20@step:0`: so many flips before a step")
                .help("`packets=1e-4`: chance per packet and link")
                .help("`core=1,0@step:500`, `link=0,0,+x@cycle:20000`, `router=1,0@cycle:20000`")
                .help("`stuck=0,0,+x,1`: a virtual channel of an output")
        })
    }
}

fn meaning(text: &str) -> Result<Meaning, String> {
    let (kind, rest) = text.split_once('=').ok_or("there is no `=`")?;
    let (value, when) = match rest.split_once('@') {
        Some((value, when)) => (value, Some(since(when)?)),
        None => (rest, None),
    };
    if let Some(memory) = Memory::ALL.into_iter().find(|memory| memory.name() == kind) {
        return Ok(Meaning::Upset(Upset { memory, often: often(value, when)? }));
    }
    let always = |meaning| match when {
        None => Ok(meaning),
        Some(_) => Err(format!("`{kind}` are there from the reset on; leave `@...` out")),
    };
    let since = when.unwrap_or(Since::Step(0));
    let dead = |part| Ok(Meaning::Dead(Dead { part, since }));
    let parts: Vec<&str> = value.split(',').collect();
    match (kind, parts.as_slice()) {
        ("packets", [chance]) => {
            let most = f64::from(u32::MAX);
            always(Meaning::Packets(whole(chance_of(chance)? * (most + 1.0), most)))
        }
        ("core", [x, y]) => dead(Part::Core(number(x)?, number(y)?)),
        ("router", [x, y]) => dead(Part::Router(number(x)?, number(y)?)),
        ("link", [x, y, to]) => dead(Part::Link(number(x)?, number(y)?, port(to)?)),
        ("stuck", [x, y, to, channel]) => {
            let place = (number(x)?, number(y)?);
            let channel =
                channel.trim().parse().map_err(|_| format!("`{channel}` is no channel"))?;
            always(Meaning::Stuck(Stuck { place, port: port(to)?, channel }))
        }
        ("packets" | "core" | "router" | "link" | "stuck", _) => {
            Err(format!("`{value}` has {} parts, which is not what `{kind}` has", parts.len()))
        }
        _ => Err(format!("nothing is called `{kind}`")),
    }
}

fn since(text: &str) -> Result<Since, String> {
    let wrong = || format!("`@{text}` is neither `@step:N` nor `@cycle:N`");
    let (unit, number) = text.split_once(':').ok_or_else(wrong)?;
    let number = number.trim().parse().map_err(|_| wrong())?;
    match unit {
        "step" => Ok(Since::Step(number)),
        "cycle" => Ok(Since::Cycle(number)),
        _ => Err(wrong()),
    }
}

fn often(value: &str, when: Option<Since>) -> Result<Often, String> {
    match when {
        None => {
            let parts = chance_of(value)? * 2.0_f64.powi(64);
            Ok(Often::Chance(whole_wide(parts)))
        }
        Some(Since::Step(step)) => match value.trim().parse() {
            Ok(count) if count > 0 => Ok(Often::Once { step, count }),
            _ => Err(format!("`{value}` is no number of flips of 1 or more")),
        },
        Some(Since::Cycle(_)) => Err("bits of a core flip before a step: `@step:N`".to_owned()),
    }
}

/// The least chance that a draw of 32 bits can tell from none.
const LEAST: f64 = 2.4e-10;

fn chance_of(text: &str) -> Result<f64, String> {
    let chance: f64 = text.trim().parse().map_err(|_| format!("`{text}` is no number"))?;
    if (LEAST..=1.0).contains(&chance) {
        Ok(chance)
    } else {
        Err(format!("the chance {text} is not between {LEAST:e} and 1"))
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held below the most before"
)]
fn whole(value: f64, most: f64) -> u32 {
    value.round().min(most) as u32
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 2^64; the conversion holds the latter below"
)]
fn whole_wide(value: f64) -> u64 {
    value as u64
}

fn number(text: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is no column or row"))
}

fn port(text: &str) -> Result<Port, String> {
    let names = Port::ALL.into_iter().zip(["+x", "-x", "+y", "-y", "core"]);
    let mut found = names.filter(|(_, name)| *name == text.trim());
    let port = found.next().map(|(port, _)| port);
    port.ok_or_else(|| format!("`{text}` is none of +x, -x, +y, -y, core"))
}

/// The list as a chip takes it.
fn of_chip(clocking: &Clocking) -> Faults {
    let mut faults = Faults { stops: clocking.on_fault == OnFault::Stop, ..Faults::default() };
    for fault in &clocking.faults {
        match fault.meaning {
            Meaning::Upset(upset) => faults.upsets.push(upset),
            Meaning::Packets(chance) => faults.packets = faults.packets.saturating_add(chance),
            Meaning::Dead(dead) => faults.dead.push(dead),
            Meaning::Stuck(stuck) => faults.stuck.push(stuck),
        }
    }
    faults
}

/// The list as a fabric without a chip takes it; flips are drawn under the seed.
///
/// # Errors
/// LL1473 for places that the mesh does not have, LL1476 for faults of what is not a fabric's.
pub fn of_mesh(
    faults: &[Fault],
    mesh: Mesh,
    seed: u64,
) -> Result<leadlag_fabric::Faults, Diagnostics> {
    let mut all = leadlag_fabric::Faults { seed, ..leadlag_fabric::Faults::default() };
    let found = faults.iter().filter_map(|fault| fault.put(mesh, &mut all).err()).collect();
    Diagnostics::unless_any(found, all)
}

impl Fault {
    /// Adds it to the faults of a fabric without a chip.
    fn put(&self, mesh: Mesh, all: &mut leadlag_fabric::Faults) -> Result<(), Diagnostic> {
        let node = |x, y| place(mesh, (x, y));
        match self.meaning {
            Meaning::Packets(chance) => all.flips = all.flips.saturating_add(chance),
            Meaning::Stuck(Stuck { place: (x, y), port, channel }) => {
                all.stuck.push(StuckChannel { node: node(x, y)?, port, channel });
            }
            Meaning::Dead(Dead { part, since }) => {
                let since = match since {
                    Since::Cycle(cycle) => cycle,
                    Since::Step(0) => 0,
                    Since::Step(_) => return Err(self.without_chip()),
                };
                match part {
                    Part::Link(x, y, port) => {
                        all.links.push(DeadLink { node: node(x, y)?, port, since });
                    }
                    Part::Router(x, y) => all.routers.push(DeadRouter { node: node(x, y)?, since }),
                    Part::Core(..) => return Err(self.without_chip()),
                }
            }
            Meaning::Upset(_) => return Err(self.without_chip()),
        }
        Ok(())
    }

    fn without_chip(&self) -> Diagnostic {
        let message = format!(
            "the fault `{self}` is of a chip; a fabric alone has links, routers, channels, packets and cycles"
        );
        Diagnostic::new("LL1476", message)
            .help("`link=0,0,+x`, `router=1,0@cycle:2000`, `stuck=0,0,+x,1` and `packets=1e-4` are of the fabric")
            .help("faults of cores, memories and steps: `leadlag run --fault`")
    }
}

/// The node at a place of a mesh.
fn place(mesh: Mesh, (x, y): (u32, u32)) -> Result<leadlag_fabric::Node, Diagnostic> {
    let part = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
    mesh.node(part(x), part(y)).ok_or_else(|| {
        let extent = mesh.extent();
        let (columns, rows) = (extent.columns, extent.rows);
        let message = format!("a fault names router ({x}, {y}); the mesh has {columns} x {rows}");
        let help = format!("name a column below {columns} and a row below {rows}");
        Diagnostic::new("LL1473", message).help(help)
    })
}

/// Makes an emulator the engine that is asked for, with its faults.
pub(crate) fn start(clocking: &Clocking, chips: &mut Emulator) -> Result<(), Diagnostics> {
    let faults = of_chip(clocking);
    if clocking.engine == Engine::Cycle {
        if clocking.sample.is_some() && (faults.packets > 0 || faults.dead.iter().any(of_fabric)) {
            return Err(untimed());
        }
        let seed = chips.options().seed;
        chips.attach_fabric(faults.of_fabric(chips.image(), seed)?)?;
    }
    if clocking.faults.is_empty() { Ok(()) } else { chips.set_faults(faults) }
}

fn of_fabric(dead: &Dead) -> bool {
    !matches!((dead.part, dead.since), (Part::Core(..), Since::Step(_)))
}

fn untimed() -> Diagnostics {
    let message = "in a step that is not timed no packet travels, so that none can be struck; the run times some steps only, and its faults are of the fabric or in cycles";
    Diagnostic::new("LL1474", message).help("leave `--sample` out").into()
}

/// Faults of a run on the reference.
#[must_use]
pub fn no_chip() -> Diagnostics {
    Diagnostic::new("LL1475", "the reference has nothing that can break; faults are of a chip")
        .help("leave `--backend float` out, or `--fault`")
        .into()
}

/// What faults did, over all chips that were asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Struck {
    /// Flipped bits of cores.
    pub upsets: Upsets,
    /// Cores of a chip that are dead.
    pub dead_cores: u64,
    /// Packets with a flipped bit; none in the functional engine.
    pub packets_flipped: Option<u64>,
    /// Branches that led into something dead.
    pub packets_lost: Option<u64>,
    /// Branches that waited too long.
    pub packets_dropped: Option<u64>,
}

impl Struck {
    /// What struck a chip and its replicas; none if nothing can.
    #[must_use]
    pub fn of(chips: &Emulator) -> Option<Self> {
        chips.has_faults().then(|| {
            let mut struck = Self { dead_cores: chips.dead_cores(), ..Self::default() };
            for core in chips.counters() {
                struck.upsets.add(&core.upsets);
            }
            if let Some(nodes) = chips.traffic() {
                let sum = |pick: fn(&Traffic) -> u64| Some(nodes.iter().map(pick).sum());
                struck.packets_flipped = sum(|node| node.flipped);
                struck.packets_lost = sum(|node| node.lost);
                struck.packets_dropped = sum(|node| node.dropped);
            }
            struck
        })
    }

    /// Adds what struck other chips.
    pub fn add(&mut self, other: &Self) {
        self.upsets.add(&other.upsets);
        self.dead_cores = self.dead_cores.max(other.dead_cores);
        let sum = |one: Option<u64>, other: Option<u64>| match (one, other) {
            (Some(one), Some(other)) => Some(one + other),
            (one, other) => one.or(other),
        };
        self.packets_flipped = sum(self.packets_flipped, other.packets_flipped);
        self.packets_lost = sum(self.packets_lost, other.packets_lost);
        self.packets_dropped = sum(self.packets_dropped, other.packets_dropped);
    }

    /// A line for people.
    #[must_use]
    pub fn line(&self) -> String {
        let Upsets { weights, rows, states } = self.upsets;
        let words = format!("flips: {weights} in weights, {rows} in rows, {states} in states");
        let mut packets = String::new();
        if let (Some(flipped), Some(lost), Some(dropped)) =
            (self.packets_flipped, self.packets_lost, self.packets_dropped)
        {
            packets = format!(", {flipped} in packets; {lost} packets lost, {dropped} dropped");
        }
        let dead = match self.dead_cores {
            0 => String::new(),
            dead => format!("; {dead} of a chip's cores dead"),
        };
        format!("  faults      {words}{packets}{dead}")
    }

    /// An object for programs.
    #[must_use]
    pub fn form(&self) -> Value {
        json!({
            "weights": self.upsets.weights,
            "rows": self.upsets.rows,
            "states": self.upsets.states,
            "dead_cores": self.dead_cores,
            "packets_flipped": self.packets_flipped,
            "packets_lost": self.packets_lost,
            "packets_dropped": self.packets_dropped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_what_where_and_when() {
        let of = |text: &str| text.parse::<Fault>().expect(text).meaning;
        let upset = |memory, often| Meaning::Upset(Upset { memory, often });
        assert_eq!(of("weights=0.5"), upset(Memory::Weights, Often::Chance(1 << 63)));
        assert_eq!(of("rows=1"), upset(Memory::Rows, Often::Chance(u64::MAX)));
        let once = Often::Once { step: 7, count: 20 };
        assert_eq!(of("states=20@step:7"), upset(Memory::States, once));
        assert_eq!(of("packets=0.25"), Meaning::Packets(1 << 30));
        assert_eq!(of("packets=1"), Meaning::Packets(u32::MAX));
        let dead = |part, since| Meaning::Dead(Dead { part, since });
        assert_eq!(of("core=1,2"), dead(Part::Core(1, 2), Since::Step(0)));
        let link = Part::Link(0, 3, Port::MinusY);
        assert_eq!(of("link=0,3,-y@cycle:9"), dead(link, Since::Cycle(9)));
        assert_eq!(of("router=4,0@step:1"), dead(Part::Router(4, 0), Since::Step(1)));
        let stuck = Stuck { place: (0, 0), port: Port::PlusX, channel: 1 };
        assert_eq!(of("stuck=0,0,+x,1"), Meaning::Stuck(stuck));
    }

    #[test]
    fn a_fabric_alone_has_links_routers_channels_and_packets() {
        use leadlag_fabric::{Extent, Node};
        let mesh = Mesh::new(Extent::new(3, 2), Extent::new(1, 1));
        let of = |list: &[&str]| {
            let list: Vec<Fault> = list.iter().map(|text| text.parse().expect("a fault")).collect();
            of_mesh(&list, mesh, 7)
        };
        let all = of(&["link=0,1,+x@cycle:9", "router=2,0", "stuck=1,1,core,3", "packets=0.25"]);
        let all = all.expect("faults of a fabric");
        assert_eq!(all.links, [DeadLink { node: Node(3), port: Port::PlusX, since: 9 }]);
        assert_eq!(all.routers, [DeadRouter { node: Node(2), since: 0 }]);
        assert_eq!(all.stuck, [StuckChannel { node: Node(4), port: Port::Local, channel: 3 }]);
        assert_eq!((all.flips, all.seed), (1 << 30, 7));
        let refused = of(&["weights=0.5", "core=0,0", "router=0,0@step:3", "router=3,0"]);
        let codes: Vec<_> =
            refused.expect_err("not of a fabric").0.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["LL1476", "LL1476", "LL1476", "LL1473"]);
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for text in [
            "weights",
            "weights=",
            "weights=0",
            "weights=1e-11",
            "weights=2",
            "weights=NaN",
            "weights=0@step:3",
            "weights=1.5@step:3",
            "rows=3@cycle:1",
            "packets=0.1@step:1",
            "core=1",
            "core=1,0@later",
            "core=1,0@step:-1",
            "link=1,0@step:1",
            "link=1,0,up",
            "stuck=0,0,+x",
            "stuck=0,0,+x,300",
            "wires=1",
        ] {
            assert_eq!(text.parse::<Fault>().expect_err(text).code, "LL1471");
        }
    }

    #[test]
    fn a_fault_is_written_as_it_was_read() {
        let fault: Fault = "link=0,3,-y@cycle:9".parse().expect("a fault");
        let written = serde_json::to_string(&fault).expect("plain");
        assert_eq!(written, "\"link=0,3,-y@cycle:9\"");
        assert_eq!(serde_json::from_str::<Fault>(&written).expect("the same"), fault);
    }
}
