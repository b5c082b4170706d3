//! Packet by packet against an independent simulator: the traces of `golden/noc`.
//!
//! Every packet of a trace is offered at its creation cycle; its last flit must arrive in the very
//! cycle that the trace says. The configuration comes from the parameter list beside the trace.

#![expect(clippy::unwrap_used, reason = "a test ends where a configuration or an offer is refused")]
#![expect(clippy::indexing_slicing, reason = "a test ends where a node or a field is missing")]

mod trace;

use leadlag_fabric::{Config, Delivery, Engine, Network, Node, Packet, Spec};
use trace::{Row, Trace};

const NAMES: [&str; 7] = [
    "t_uniform_vc4_b8_p1_r040",
    "t_uniform_vc2_b8_p4_r035",
    "t_tornado_vc1_b4_p1_r040",
    "t_S_uniform_vc4_b8_p1_r400",
    "t_L_uniform_vc2_b8_p1_r400",
    "t_N_uniform_vc4_b8_p1_r400",
    "t_I_transpose_vc4_b8_p1_r140",
];

fn offers(trace: &Trace) -> impl Iterator<Item = (Node, u64, Packet)> + '_ {
    trace.rows.iter().zip(0_u64..).map(|(row, label)| {
        let packet = trace::packet(&trace.config, row, label);
        (Node(row.source), row.create, packet)
    })
}

/// Rows whose packet did not arrive when it should.
fn mismatches(rows: &[Row], deliveries: &[Delivery]) -> Vec<(usize, u64)> {
    let mut arrived = vec![0; rows.len()];
    for delivery in deliveries.iter().filter(|delivery| delivery.tail) {
        let label = usize::try_from(delivery.label()).unwrap();
        assert_eq!(delivery.node.0, rows[label].destination);
        arrived[label] = delivery.cycle;
    }
    let pairs = rows.iter().zip(&arrived).enumerate();
    pairs.filter(|(_, (row, at))| row.arrive != **at).map(|(label, (_, at))| (label, *at)).collect()
}

fn replay(trace: &Trace, mut fabric: impl Engine) -> Vec<Delivery> {
    for (source, at, packet) in offers(trace) {
        fabric.offer(source, at, &packet).unwrap();
    }
    assert!(fabric.run_until_idle(1_000_000) && fabric.is_home());
    fabric.drain()
}

fn by_specification(trace: &Trace) -> Vec<Delivery> {
    let checked = trace.config.clone().check().unwrap();
    replay(trace, Spec::new(&checked, Vec::new()).unwrap())
}

fn by_network(trace: &Trace, threads: usize) -> Vec<Delivery> {
    let checked = trace.config.clone().check().unwrap();
    replay(trace, Network::with_threads(&checked, Vec::new(), threads).unwrap())
}

fn assert_exact(trace: &Trace, deliveries: &[Delivery]) {
    let wrong = mismatches(&trace.rows, deliveries);
    let first: Vec<_> = wrong.iter().take(5).map(|&(i, at)| (&trace.rows[i], at)).collect();
    let name = &trace.name;
    assert!(wrong.is_empty(), "{name}: {} of {}: {first:?}", wrong.len(), trace.rows.len());
}

#[test]
fn every_packet_of_every_trace_arrives_in_its_cycle() {
    for trace in NAMES.map(trace::read) {
        assert_exact(&trace, &by_specification(&trace));
        assert_exact(&trace, &by_network(&trace, 1));
        assert_exact(&trace, &by_network(&trace, 2));
    }
}

/// The replay can fail: another buffer gives other arrivals.
#[test]
fn a_trace_tells_one_buffer_from_another() {
    let mut trace = trace::read("t_tornado_vc1_b4_p1_r040");
    trace.config = Config { buffer: 5, ..trace.config };
    assert!(!mismatches(&trace.rows, &by_specification(&trace)).is_empty());
}
