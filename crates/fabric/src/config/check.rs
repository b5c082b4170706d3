//! Findings about a description.

use leadlag_diagnostic::Diagnostic;

use super::{BUFFERS, Config, INTERVALS, LATENCIES, MAX_CHANNELS, MAX_SIDE, Preset};
use crate::topology::{Extent, Mesh, Port};

/// Everything that forbids building the fabric.
pub(super) fn errors(config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(extents(config));
    found.extend(channels(config));
    found.extend(buffers(config));
    found.extend(links(config));
    found.extend(dropping(config));
    if found.is_empty() {
        found.extend(faults(config));
    }
    found
}

fn extents(config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (field, Extent { columns, rows }) in [("mesh", config.mesh), ("grid", config.grid)] {
        if columns == 0 || rows == 0 {
            let message = format!("`{field}` is {columns} × {rows}; each side has at least 1");
            found.push(Diagnostic::new("LL1500", message).help(format!("set `{field} = [4, 4]`")));
        }
    }
    let sides = [
        ("columns", config.mesh.columns, config.grid.columns),
        ("rows", config.mesh.rows, config.grid.rows),
    ];
    for (what, cores, chips) in sides {
        let all = u32::from(cores) * u32::from(chips);
        if all > u32::from(MAX_SIDE) {
            let message = format!(
                "`mesh` × `grid` has {all} {what} ({cores} of a chip, times {chips} of the grid); a \
                 packet addresses {MAX_SIDE}"
            );
            let most = MAX_SIDE / cores.max(1);
            let help = if most > 0 {
                format!("use at most {most} chips in that direction")
            } else {
                format!("use at most {MAX_SIDE} cores in that direction")
            };
            found.push(Diagnostic::new("LL1500", message).help(help));
        }
    }
    found
}

fn channels(config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !(1..=2).contains(&config.classes) {
        let message = format!("`classes` is {}; a fabric has 1 or 2", config.classes);
        let help = "2 separates control from events; 1 is for traffic studies";
        found.push(Diagnostic::new("LL1501", message).help(help));
    }
    let classes = config.classes.clamp(1, 2);
    let most = MAX_CHANNELS / classes;
    if !(1..=most).contains(&config.channels) {
        let message = format!(
            "`vc` is {} virtual channels per class; a port has {MAX_CHANNELS} over all classes, \
             here {classes}: 1 to {most} are allowed",
            config.channels
        );
        found.push(Diagnostic::new("LL1502", message).help("2 is the built-in chip's number"));
    }
    found
}

fn buffers(config: &Config) -> Vec<Diagnostic> {
    let fields = [("buffer", config.buffer), ("link.buffer", config.link.buffer)];
    let outside = |(_, flits): &(&str, u8)| !BUFFERS.contains(flits);
    let finding = |(field, flits): (&str, u8)| {
        let message = format!(
            "`{field}` is {flits} flit{} per virtual channel; {} to {} are allowed",
            if flits == 1 { "" } else { "s" },
            BUFFERS.start(),
            BUFFERS.end()
        );
        Diagnostic::new("LL1503", message).help("8 in a mesh and 16 at a chip's edge cost no rate")
    };
    fields.into_iter().filter(outside).map(finding).collect()
}

fn links(config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !LATENCIES.contains(&config.link.latency) {
        let message = format!(
            "`link.latency` is {} cycles; {} to {} are allowed",
            config.link.latency,
            LATENCIES.start(),
            LATENCIES.end()
        );
        found.push(Diagnostic::new("LL1504", message).help("set `link.latency = 16`"));
    }
    if !INTERVALS.contains(&config.link.interval) {
        let message = format!(
            "`link.interval` is {} cycles per flit; {} to {} are allowed",
            config.link.interval,
            INTERVALS.start(),
            INTERVALS.end()
        );
        found.push(Diagnostic::new("LL1504", message).help("set `link.interval = 4`"));
    }
    found
}

fn dropping(config: &Config) -> Option<Diagnostic> {
    let help = "leave `drop_after` out for a lossless fabric";
    match config.drop_after? {
        0 => {
            let message = "`drop_after` is 0 cycles; an event needs at least 1 to win a branch";
            Some(Diagnostic::new("LL1505", message).help(help))
        }
        cycles if config.preset != Preset::P => {
            let preset = config.preset;
            let message = format!(
                "`drop_after` is {cycles} cycles with router preset {preset:?}; only P drops"
            );
            Some(Diagnostic::new("LL1505", message).help("use preset P").help(help))
        }
        _ => None,
    }
}

fn faults(config: &Config) -> Vec<Diagnostic> {
    let mesh = Mesh::new(config.mesh, config.grid);
    let channels = config.classes * config.channels;
    let mut found = Vec::new();
    for (node, port) in config.faults.places() {
        if !mesh.contains(node) {
            let message = format!("a fault names node {}; the mesh has {}", node.0, mesh.nodes());
            let help = format!("nodes are 0 to {}", mesh.nodes() - 1);
            found.push(Diagnostic::new("LL1508", message).help(help));
        } else if let Some(port) = port.filter(|port| mesh.outputs(node) & port.mask() == 0) {
            let (x, y) = mesh.coordinates(node);
            let message =
                format!("a fault names the link {port:?} of ({x}, {y}), at the mesh's edge");
            found.push(Diagnostic::new("LL1508", message).help("name a link that exists"));
        }
    }
    for stuck in &config.faults.stuck {
        if stuck.channel >= channels {
            let message = format!(
                "a fault names virtual channel {} of node {}; ports have {channels}",
                stuck.channel, stuck.node.0
            );
            let help = format!("channels are 0 to {}", channels - 1);
            found.push(Diagnostic::new("LL1508", message).help(help));
        }
    }
    found
}

/// LL2500: a buffer that is shorter than the credit loop of the link that fills it.
pub(super) fn warnings(config: &Config) -> Vec<Diagnostic> {
    let mesh = ("buffer", "a mesh link", config.buffer, 1, 1);
    let link = config.link;
    let chip = ("link.buffer", "a chip link", link.buffer, link.latency, u16::from(link.interval));
    let wanted = if config.grid.area() > 1 { vec![mesh, chip] } else { vec![mesh] };
    wanted.into_iter().filter_map(|of| shortfall(config.preset, of)).collect()
}

/// A slot is bound from the grant that fills it, at T, until its credit counts: 3 + 2·D + cd cycles
/// later, since the flit is seen at T + 2 + D and its credit comes back 1 + D + cd after it leaves.
fn shortfall(
    preset: Preset,
    (field, what, flits, latency, interval): (&str, &str, u8, u16, u16),
) -> Option<Diagnostic> {
    let cycles = 3 + 2 * u64::from(latency) + preset.credit_delay();
    let needed = cycles.div_ceil(u64::from(interval));
    let have = u64::from(flits);
    (have < needed).then(|| {
        let percent = 100 * have * u64::from(interval) / cycles;
        let message = format!(
            "`{field}` holds {flits} flits and the credit loop of {what} takes {cycles} cycles: \
             one virtual channel reaches {percent} % of the link's rate"
        );
        let help = format!("{needed} flits give one virtual channel the full rate");
        Diagnostic::new("LL2500", message).help(help)
    })
}

impl super::Faults {
    /// Every place that a fault names.
    fn places(&self) -> impl Iterator<Item = (crate::Node, Option<Port>)> {
        let links = self.links.iter().map(|link| (link.node, Some(link.port)));
        let routers = self.routers.iter().map(|router| (router.node, None));
        let stuck = self.stuck.iter().map(|stuck| (stuck.node, Some(stuck.port)));
        links.chain(routers).chain(stuck)
    }
}
