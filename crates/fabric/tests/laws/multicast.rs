//! Trees reach their leaves, use each link once, and never stop.

use std::collections::{BTreeMap, BTreeSet};

use leadlag_fabric::{
    Class, Config, Engine, Entry, Extent, Header, Mesh, Network, Node, Packet, Port, Tables, Target,
};
use proptest::prelude::*;

use crate::traffic::Draws;

/// A multicast: its source and its leaves.
#[derive(Clone, Debug)]
struct Net {
    source: Node,
    leaves: BTreeSet<Node>,
}

/// Routers and outputs of the union of the routes from the source.
fn union(mesh: Mesh, net: &Net) -> BTreeSet<(Node, Port)> {
    let mut branches = BTreeSet::new();
    for &leaf in &net.leaves {
        let mut node = Some(net.source);
        while let Some(at) = node {
            let port = mesh.route(at, leaf);
            branches.insert((at, port));
            node = mesh.neighbour(at, port);
        }
    }
    branches
}

/// One entry per tag and router; tags are the places in the list.
fn tables(mesh: Mesh, nets: &[Net]) -> Tables {
    let mut tables = vec![Vec::new(); mesh.nodes()];
    for (tag, net) in nets.iter().enumerate() {
        let mut outputs: BTreeMap<Node, u8> = BTreeMap::new();
        for (node, port) in union(mesh, net) {
            *outputs.entry(node).or_default() |= port.mask();
        }
        let key = u16::try_from(tag).unwrap();
        for (node, outputs) in outputs {
            tables[node.index()].push(Entry { key, mask: 0xffff, outputs });
        }
    }
    tables
}

fn tagged(tag: usize) -> Packet {
    Packet::single(Header::new(Class::Event, Target::Tag(tag.try_into().unwrap())))
}

fn random_nets(mesh: Mesh, draws: &mut Draws, count: usize) -> Vec<Net> {
    let leaves = |draws: &mut Draws| {
        let count = 1 + draws.below(u64::try_from(mesh.nodes()).unwrap());
        (0..count).map(|_| draws.node(mesh)).collect()
    };
    (0..count).map(|_| Net { source: draws.node(mesh), leaves: leaves(draws) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Random trees, all at once and again and again, with one virtual channel and the smallest
    /// buffer: every leaf gets every packet, every tree uses each of its links once, all comes home.
    #[test]
    fn trees_never_stall(columns in 1..=8_u16, rows in 1..=8_u16, count in 1..40_usize, seed: u64) {
        let mesh = Extent::new(columns, rows);
        let config = Config { mesh, classes: 1, channels: 1, buffer: 2, ..Config::default() };
        let checked = config.check().unwrap();
        let mesh = checked.mesh();
        let nets = random_nets(mesh, &mut Draws(seed | 1), count);
        let mut fabric = Network::new(&checked, tables(mesh, &nets)).unwrap();
        let rounds = 4;
        for (tag, net) in (0..rounds).flat_map(|_| nets.iter().enumerate()) {
            fabric.offer(net.source, 0, &tagged(tag)).unwrap();
        }
        prop_assert!(fabric.run_until_idle(1_000_000), "stalled");
        prop_assert!(fabric.is_home());
        let mut arrived: BTreeMap<(u16, Node), u32> = BTreeMap::new();
        for delivery in fabric.drain() {
            let Some(Header { target: Target::Tag(tag), .. }) = Header::from_bits(delivery.word)
            else { panic!("a tag stays a tag") };
            *arrived.entry((tag, delivery.node)).or_default() += 1;
        }
        let mut expected = BTreeMap::new();
        for (tag, net) in (0_u16..).zip(&nets) {
            expected.extend(net.leaves.iter().map(|&leaf| ((tag, leaf), rounds)));
        }
        prop_assert_eq!(arrived, expected);
        let branches: usize = nets.iter().map(|net| union(mesh, net).len()).sum();
        let branches = u64::from(rounds) * u64::try_from(branches).unwrap();
        let counters = fabric.counters();
        prop_assert_eq!(counters.flit_hops(), branches);
        prop_assert_eq!(counters.removed(), 0);
        let copies: u64 = counters.routers.iter().map(|router| router.replicated).sum();
        prop_assert_eq!(copies + counters.sent() + counters.link_traversals(), branches);
    }
}

#[test]
fn all_to_all_broadcast_drains() {
    let config = Config { mesh: Extent::new(8, 8), ..Config::default() };
    let config = Config { classes: 1, channels: 1, buffer: 2, ..config };
    let checked = config.check().unwrap();
    let mesh = checked.mesh();
    let all = |source| Net { source, leaves: mesh.all().collect() };
    let nets: Vec<_> = mesh.all().map(all).collect();
    let mut fabric = Network::new(&checked, tables(mesh, &nets)).unwrap();
    for (tag, net) in nets.iter().enumerate() {
        fabric.offer(net.source, 0, &tagged(tag)).unwrap();
    }
    assert!(fabric.run_until_idle(10_000) && fabric.is_home());
    assert_eq!(fabric.drain().len(), 64 * 64);
}

/// A lone multicast leaves a router in successive cycles, in cyclic order of ports.
#[test]
fn branches_leave_one_per_cycle() {
    let checked = Config { mesh: Extent::new(3, 3), ..Config::default() }.check().unwrap();
    let mesh = checked.mesh();
    let leaves = [5, 3, 7, 1, 4].map(Node).into_iter().collect();
    let nets = [Net { source: Node(4), leaves }];
    let mut fabric = Network::new(&checked, tables(mesh, &nets)).unwrap();
    fabric.offer(Node(4), 0, &tagged(0)).unwrap();
    assert!(fabric.run_until_idle(100));
    let arrivals: BTreeMap<_, _> = fabric.drain().iter().map(|d| (d.node.0, d.cycle)).collect();
    // +x, −x, +y, −y, local win in cycles 2 to 6; a neighbour is one router further.
    assert_eq!(arrivals, BTreeMap::from([(5, 8), (3, 9), (7, 10), (1, 11), (4, 9)]));
}

#[test]
fn what_cannot_be_replicated_is_refused() {
    let checked = Config::default().check().unwrap();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    let long = Packet { body: vec![0], ..tagged(0) };
    assert_eq!(fabric.offer(Node(0), 0, &long).unwrap_err().code, "LL1507");
    let tables = vec![vec![Entry { key: 0, mask: 0, outputs: 1 }]];
    for preset in [leadlag_fabric::Preset::S, leadlag_fabric::Preset::N] {
        let checked = Config { preset, ..Config::default() }.check().unwrap();
        assert_eq!(Network::new(&checked, tables.clone()).unwrap_err().code, "LL1506");
        let mut fabric = Network::new(&checked, Vec::new()).unwrap();
        assert_eq!(fabric.offer(Node(0), 0, &tagged(0)).unwrap_err().code, "LL1506");
    }
}

/// A tag without an entry goes straight on to the edge and is counted there; a core's own is counted
/// where it starts.
#[test]
fn a_tag_without_a_way_is_counted() {
    let checked = Config::default().check().unwrap();
    let first = vec![Entry { key: 7, mask: 0xffff, outputs: Port::PlusX.mask() }];
    let mut fabric = Network::new(&checked, vec![first]).unwrap();
    fabric.offer(Node(0), 0, &tagged(7)).unwrap();
    fabric.offer(Node(5), 0, &tagged(7)).unwrap();
    assert!(fabric.run_until_idle(100) && fabric.is_home());
    let errors: Vec<_> = fabric.counters().routers.iter().map(|r| r.route_errors).collect();
    assert_eq!((errors[3], errors[5], errors.iter().sum::<u64>()), (1, 1, 2));
}
