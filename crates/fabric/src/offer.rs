//! What both engines ask before they take tables or packets.

use leadlag_diagnostic::Diagnostic;

use crate::config::{Checked, Preset};
use crate::counters::{CoreCounters, Counters, RouterCounters};
use crate::lookup::Tables;
use crate::packet::{Class, Header, Packet, Target};
use crate::topology::{Extent, Node};

/// Multicast belongs to preset P. Source: `docs/chip/fabric.md`, Multicast.
pub(crate) fn check_tables(checked: &Checked, tables: &Tables) -> Result<(), Diagnostic> {
    let preset = checked.config().preset;
    let entries: usize = tables.iter().map(Vec::len).sum();
    if entries > 0 {
        check_replication(preset, &format!("the tables have {entries} entries"))?;
    }
    if tables.len() > checked.mesh().nodes() {
        let (have, nodes) = (tables.len(), checked.mesh().nodes());
        let message = format!("there are tables for {have} routers; the mesh has {nodes}");
        return Err(Diagnostic::new("LL1508", message).help("build the tables for this mesh"));
    }
    Ok(())
}

/// LL1506 for something that needs packets to be replicated, in a preset that does not.
pub(crate) fn check_replication(preset: Preset, what: &str) -> Result<(), Diagnostic> {
    if preset == Preset::P {
        return Ok(());
    }
    let message = format!("{what} and the router preset is {preset:?}; only P replicates packets");
    let help = "use preset P, or send one unicast packet per destination";
    Err(Diagnostic::new("LL1506", message).help(help))
}

/// One table per router; those not given are empty.
pub(crate) fn whole(checked: &Checked, mut tables: Tables) -> Tables {
    tables.resize(checked.mesh().nodes(), Vec::new());
    tables
}

/// Counters of a fabric after reset.
pub(crate) fn counters(checked: &Checked) -> Counters {
    let nodes = checked.mesh().nodes();
    Counters {
        cycles: 0,
        routers: vec![RouterCounters::new(checked.channels()); nodes],
        cores: vec![CoreCounters::default(); nodes],
    }
}

/// [`check`] in a few instructions for what is offered most: an event of one flit for one core, in a
/// mesh without faults.
#[inline(always)]
pub(crate) fn is_plain(
    (extent, faultless): (Extent, bool),
    (now, at): (u64, u64),
    source: Node,
    packet: &Packet,
) -> bool {
    // Three bits of class and kind, then 8 of y and 8 of x.
    let [y, x, ..] = (packet.head << 3).to_be_bytes().map(u16::from);
    packet.head >> 61 == 0
        && y < extent.rows
        && x < extent.columns
        && u32::from(source.0) < u32::from(extent.rows) * u32::from(extent.columns)
        && at >= now
        && packet.body.is_empty()
        && faultless
}

/// Whether the fabric can carry a packet.
#[inline(never)]
pub(crate) fn check(
    checked: &Checked,
    now: u64,
    source: Node,
    at: u64,
    packet: &Packet,
) -> Result<(), Diagnostic> {
    let nodes = checked.mesh().nodes();
    if !checked.mesh().contains(source) {
        let message = format!("a packet is offered at node {}; the mesh has {nodes}", source.0);
        return Err(
            Diagnostic::new("LL1508", message).help(format!("nodes are 0 to {}", nodes - 1))
        );
    }
    if at < now {
        let message = format!("a packet is offered for cycle {at}; the fabric is at cycle {now}");
        return Err(Diagnostic::new("LL1510", message).help("offer packets in order of time"));
    }
    let Some(header) =
        Header::from_bits(packet.head).filter(|header| carried(checked, header.class))
    else {
        let classes = checked.config().classes;
        let message =
            format!("a packet is of class {}; the fabric has {classes}", packet.head >> 62);
        return Err(
            Diagnostic::new("LL1509", message).help("set `classes = 2` for control packets")
        );
    };
    match header.target {
        Target::Core { x, y } => check_core(checked, source, header.class, (x, y)),
        Target::Tag(tag) => check_tag(checked, tag, packet.body.len() + 1),
    }
}

fn carried(checked: &Checked, class: Class) -> bool {
    class.index() < usize::from(checked.config().classes)
}

fn check_core(
    checked: &Checked,
    source: Node,
    class: Class,
    (x, y): (u8, u8),
) -> Result<(), Diagnostic> {
    let mesh = checked.mesh();
    let Some(to) = mesh.node(u16::from(x), u16::from(y)) else {
        let extent = mesh.extent();
        let (columns, rows) = (extent.columns, extent.rows);
        let message = format!("a packet goes to core ({x}, {y}); the mesh is {columns} × {rows}");
        return Err(Diagnostic::new("LL1508", message).help("coordinates start at 0"));
    };
    let faults = &checked.config().faults;
    if faults.none_dead() && faults.stuck.is_empty() {
        return Ok(());
    }
    faults.reach(&mesh, checked.config().channels, class, (source, to))
}

/// Two trees of several flits could each own a channel that the other needs while their tails are
/// upstream, so only single flits are replicated.
fn check_tag(checked: &Checked, tag: u16, flits: usize) -> Result<(), Diagnostic> {
    check_replication(checked.config().preset, &format!("a packet goes to tag {tag}"))?;
    if flits > 1 {
        let message = format!("a packet to tag {tag} has {flits} flits; a multicast packet has 1");
        let help = "send it to each core, or split it into single flits";
        return Err(Diagnostic::new("LL1507", message).help(help));
    }
    Ok(())
}
