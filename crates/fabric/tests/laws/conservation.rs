//! Nothing is lost, nothing is made, nothing stays behind.

use std::collections::BTreeMap;

use leadlag_fabric::{
    ChipLink, Class, Config, DeadLink, DeadRouter, Delivery, Engine, Extent, Faults, Network, Node,
    Port, Preset, StuckChannel,
};
use proptest::prelude::*;

use crate::traffic::{Draws, unicast};

fn configs() -> impl Strategy<Value = Config> {
    let mesh = (1..=16_u16, 1..=16_u16, 1..=2_u16);
    let rest = (1..=2_u8, 1..=6_u8, 2..=8_u8, prop::sample::select(Preset::ALL.to_vec()));
    (mesh, rest).prop_map(|((columns, rows, chips), (classes, channels, buffer, preset))| Config {
        mesh: Extent::new(columns.div_ceil(chips), rows),
        grid: Extent::new(chips, 1),
        preset,
        classes,
        channels,
        buffer,
        link: ChipLink { buffer, ..ChipLink::default() },
        ..Config::default()
    })
}

/// Overloads a fabric for some cycles; result: what was sent by label, and all deliveries.
fn run(config: Config, load: u64, seed: u64, cycles: u64) -> (Sent, Vec<Delivery>, Network) {
    let checked = config.check().unwrap();
    let (mesh, classes) = (checked.mesh(), u64::from(checked.config().classes));
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    let (mut draws, mut sent) = (Draws(seed | 1), Sent::new());
    for cycle in 0..cycles {
        for node in mesh.all() {
            if draws.below(100) < load {
                let class = if draws.below(classes) == 0 { Class::Event } else { Class::Control };
                let (to, flits) = (draws.node(mesh), 1 + draws.below(4));
                let label = u64::try_from(sent.len()).unwrap();
                let flits = u16::try_from(flits).unwrap();
                fabric.offer(node, cycle, &unicast(mesh, class, to, flits, label)).unwrap();
                sent.insert(label, (node, to, class, flits));
            }
        }
        fabric.step();
    }
    // A watchdog: no cycle may pass for long without a delivery.
    let mut deliveries = fabric.drain();
    while !fabric.is_idle() {
        assert!(fabric.now() < 200_000, "the fabric has stopped");
        fabric.run_until(fabric.now() + 1_000);
        let more = fabric.drain();
        assert!(!more.is_empty() || fabric.is_idle(), "no delivery in 1000 cycles");
        deliveries.extend(more);
    }
    (sent, deliveries, fabric)
}

type Sent = BTreeMap<u64, (Node, Node, Class, u16)>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every flit arrives once, where it should, the flits of a packet in order; counts agree; then
    /// every credit and every virtual channel is home. With one virtual channel per class packets of
    /// one source, destination and class keep their order.
    #[test]
    fn what_is_sent_arrives(config in configs(), load in 0..=100_u64, seed: u64) {
        let single = config.channels == 1;
        let (sent, deliveries, fabric) = run(config, load, seed, 40);
        prop_assert!(fabric.is_home());
        let mut left = sent.clone();
        let mut last: BTreeMap<(Node, Node, Class), u64> = BTreeMap::new();
        let mut begun: BTreeMap<u64, u16> = BTreeMap::new();
        for delivery in &deliveries {
            let (from, to, class, flits) = left[&delivery.label()];
            prop_assert_eq!((delivery.source, delivery.node), (from, to));
            let arrived = begun.entry(delivery.label()).or_default();
            prop_assert_eq!(delivery.head, *arrived == 0);
            *arrived += 1;
            prop_assert_eq!(delivery.tail, *arrived == flits);
            if delivery.tail {
                left.remove(&delivery.label());
                let before = last.insert((from, to, class), delivery.label());
                prop_assert!(!single || before.is_none_or(|before| before < delivery.label()));
            }
        }
        prop_assert!(left.is_empty());
        let counters = fabric.counters();
        let flits: u64 = sent.values().map(|&(.., flits)| u64::from(flits)).sum();
        prop_assert_eq!((counters.sent(), counters.delivered()), (flits, flits));
        prop_assert_eq!(counters.removed(), 0);
        prop_assert_eq!(counters.link_traversals() + flits, counters.flit_hops());
        let latencies: u64 = counters.cores.iter().flat_map(|core| &core.latency).sum();
        prop_assert_eq!(latencies, u64::try_from(sent.len()).unwrap());
    }

    /// Drop mode loses branches, counts each, and returns every credit.
    #[test]
    fn what_is_dropped_is_counted(load in 30..=100_u64, after in 1..6_u32, seed: u64) {
        let config = Config { drop_after: Some(after), channels: 1, buffer: 2, ..Config::default() };
        let (_, deliveries, fabric) = run(Config { classes: 1, ..config }, load, seed, 60);
        let counters = fabric.counters();
        let delivered = u64::try_from(deliveries.len()).unwrap();
        prop_assert_eq!(counters.sent(), delivered + counters.removed());
        prop_assert!(fabric.is_home());
    }
}

/// Something that drops does drop.
#[test]
fn an_impatient_fabric_drops_under_load() {
    let config = Config { drop_after: Some(2), channels: 1, buffer: 2, ..Config::default() };
    let (.., fabric) = run(Config { classes: 1, ..config }, 100, 7, 60);
    let dropped: u64 = fabric.counters().routers.iter().map(|router| router.dropped).sum();
    assert!(dropped > 100);
}

#[test]
fn a_packet_into_something_dead_is_refused_with_the_pair() {
    let link = DeadLink { node: Node(1), port: Port::PlusX, since: 0 };
    let faults = Faults { links: vec![link], ..Faults::default() };
    let checked = Config { faults, ..Config::default() }.check().unwrap();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    let mut offer = |from, to| {
        fabric.offer(Node(from), 0, &unicast(checked.mesh(), Class::Event, Node(to), 1, 0))
    };
    let refused = offer(0, 3).unwrap_err();
    assert_eq!(refused.code, "LL1511");
    assert!(refused.message.contains("(3, 0)") && refused.message.contains("(0, 0)"));
    offer(3, 0).unwrap();
    offer(0, 4).unwrap();
}

/// A fault that comes later removes what runs into it, and counts it; credits stay right.
#[test]
fn a_router_that_dies_takes_no_more_packets() {
    let faults =
        Faults { routers: vec![DeadRouter { node: Node(5), since: 100 }], ..Faults::default() };
    let checked = Config { faults, ..Config::default() }.check().unwrap();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    for label in 0..200 {
        let packet = unicast(checked.mesh(), Class::Event, Node(6), 1, label);
        fabric.offer(Node(4), label, &packet).unwrap();
    }
    assert!(fabric.run_until_idle(10_000) && fabric.is_home());
    let delivered = u64::try_from(fabric.drain().len()).unwrap();
    assert_eq!(delivered + fabric.counters().removed(), 200);
    assert!((90..110).contains(&delivered));
    assert!(fabric.counters().routers[4].lost > 80);
}

#[test]
fn flips_change_contents_and_never_routes() {
    let faults = Faults { flips: u32::MAX, seed: 3, ..Faults::default() };
    let checked = Config { faults, ..Config::default() }.check().unwrap();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    for at in 0..50 {
        let packet = unicast(checked.mesh(), Class::Event, Node(2), 1, 0);
        fabric.offer(Node(0), at, &packet).unwrap();
    }
    assert!(fabric.run_until_idle(1_000));
    let deliveries = fabric.drain();
    assert_eq!(deliveries.len(), 50);
    let flipped: u64 = fabric.counters().routers.iter().map(|router| router.flipped).sum();
    assert_eq!(flipped, 100);
    assert!(deliveries.iter().all(|d| [0, 2].contains(&d.label().count_ones())));
    assert!(deliveries.iter().any(|d| d.label() != 0));
}

/// The other virtual channel carries everything.
#[test]
fn a_stuck_channel_is_never_used() {
    let stuck = StuckChannel { node: Node(0), port: Port::PlusX, channel: 1 };
    let faults = Faults { stuck: vec![stuck], ..Faults::default() };
    let checked = Config { faults, ..Config::default() }.check().unwrap();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    for label in 0..100 {
        let packet = unicast(checked.mesh(), Class::Event, Node(3), 1, label);
        fabric.offer(Node(0), 0, &packet).unwrap();
    }
    assert!(fabric.run_until_idle(1_000));
    assert_eq!(fabric.counters().routers[0].hops[..4], [100, 0, 0, 0]);
}
