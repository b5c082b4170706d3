//! A recorded list of packets, and the cycles in which they arrived.

use leadlag_diagnostic::Diagnostics;

use super::measure::packet;
use crate::engine::Engine;
use crate::topology::{Mesh, Node};
use crate::traffic::check_flits;

/// One recorded packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Record {
    /// Who sent it.
    pub source: Node,
    /// Who received it.
    pub destination: Node,
    /// Its flits.
    pub flits: u32,
    /// The cycle in which it was created; packets of one source queue in the order of the list.
    pub create: u64,
    /// The cycle in which its last flit arrived.
    pub arrive: u64,
}

/// A packet that arrived at another time than recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// Its place in the list.
    pub place: usize,
    /// What was recorded.
    pub record: Record,
    /// The cycle in which it arrived; none if it did not.
    pub arrived: Option<u64>,
}

/// What a replay found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replay {
    /// Packets of the list.
    pub packets: usize,
    /// Flits of all packets.
    pub flits: u64,
    /// Cycles run.
    pub cycles: u64,
    /// Packets that arrived at another time than recorded, in the order of the list.
    pub mismatches: Vec<Mismatch>,
    /// Whether every credit and every virtual channel came home.
    pub is_home: bool,
}

/// Cycles that a fabric may need beyond the recorded ones before packets count as lost.
const PATIENCE: u64 = 1_000_000;

/// Offers every packet in its cycle and compares arrivals.
///
/// # Errors
/// What the fabric cannot carry, all packets at once.
pub fn replay(
    engine: &mut impl Engine,
    mesh: Mesh,
    records: &[Record],
) -> Result<Replay, Diagnostics> {
    let mut refused = Vec::new();
    for (label, record) in (0..).zip(records) {
        if let Err(empty) = check_flits(record.flits) {
            refused.push(empty);
            continue;
        }
        let packet = packet(mesh, record.destination, record.flits, label);
        refused.extend(engine.offer(record.source, record.create, &packet).err());
    }
    Diagnostics::unless_any(refused, ())?;
    let last = records.iter().map(|record| record.create.max(record.arrive)).max().unwrap_or(0);
    let ended = engine.run_until_idle(2 * last + PATIENCE);
    let arrived = arrivals(engine, records.len());
    let compared = records.iter().zip(arrived).enumerate();
    let mismatches = compared
        .filter(|(_, (record, arrived))| *arrived != Some(record.arrive))
        .map(|(place, (record, arrived))| Mismatch { place, record: *record, arrived });
    Ok(Replay {
        packets: records.len(),
        flits: records.iter().map(|record| u64::from(record.flits)).sum(),
        cycles: engine.now(),
        mismatches: mismatches.collect(),
        is_home: ended && engine.is_home(),
    })
}

/// By label: the cycle of the last flit.
fn arrivals(engine: &mut impl Engine, packets: usize) -> Vec<Option<u64>> {
    let mut arrived = vec![None; packets];
    for delivery in engine.drain().into_iter().filter(|delivery| delivery.tail) {
        let label = usize::try_from(delivery.label()).unwrap_or(usize::MAX);
        if let Some(at) = arrived.get_mut(label) {
            *at = Some(delivery.cycle);
        }
    }
    arrived
}
