//! Which links a flit takes, seen from the counters alone: x before y, and never back.

use std::collections::BTreeMap;

use leadlag_fabric::{
    Class, Config, Counters, Delivery, Engine, Entry, Extent, Header, Mesh, Network, Node, Packet,
    Port, Preset, Spec, Target,
};
use proptest::prelude::*;

use crate::traffic::{Draws, unicast};

/// Flits through each output of each router.
type Load = BTreeMap<(Node, Port), u64>;

/// The outputs from one core to another: all along x, then all along y, then the core. Written out
/// from coordinates, so that it shares nothing with the routers.
fn path(mesh: Mesh, from: Node, to: Node) -> Vec<(Node, Port)> {
    let ((mut x, mut y), (x1, y1)) = (mesh.coordinates(from), mesh.coordinates(to));
    let columns = mesh.extent().columns;
    let mut path = Vec::new();
    while x != x1 {
        let port = if x < x1 { Port::PlusX } else { Port::MinusX };
        path.push((Node(x + columns * y), port));
        x = if x < x1 { x + 1 } else { x - 1 };
    }
    while y != y1 {
        let port = if y < y1 { Port::PlusY } else { Port::MinusY };
        path.push((Node(x + columns * y), port));
        y = if y < y1 { y + 1 } else { y - 1 };
    }
    path.push((to, Port::Local));
    path
}

fn counted(mesh: Mesh, counters: &Counters) -> Load {
    let outputs = mesh.all().flat_map(|node| Port::ALL.map(|port| (node, port)));
    let load =
        outputs.map(|(node, port)| ((node, port), counters.routers[node.index()].through(port)));
    load.filter(|&(_, flits)| flits > 0).collect()
}

/// A packet that has the fabric for itself leaves its trace on the links of its path, each once, and
/// nowhere else: what it did not take, it did not turn into.
#[test]
fn a_lone_packet_takes_its_path() {
    for preset in Preset::ALL {
        let config = Config { mesh: Extent::new(4, 3), ..Config::square(4, preset, 2, 4) };
        let checked = config.check().unwrap();
        let mesh = checked.mesh();
        for (from, to) in mesh.all().flat_map(|from| mesh.all().map(move |to| (from, to))) {
            let mut fabric = Network::new(&checked, Vec::new()).unwrap();
            fabric.offer(from, 0, &unicast(mesh, Class::Event, to, 1, 0)).unwrap();
            assert!(fabric.run_until_idle(1_000));
            let expected: Load = path(mesh, from, to).into_iter().map(|at| (at, 1)).collect();
            assert_eq!(counted(mesh, &fabric.counters()), expected, "{preset:?} {from:?} {to:?}");
        }
    }
}

/// Overloads a fabric for some cycles and drains it; packets are numbered as they are offered.
fn overload(config: Config, seed: u64) -> (Mesh, Load, Vec<Delivery>, Counters) {
    let checked = config.check().unwrap();
    let mesh = checked.mesh();
    let mut fabric = Network::new(&checked, Vec::new()).unwrap();
    let (mut draws, mut load, mut label) = (Draws(seed | 1), Load::new(), 0);
    for cycle in 0..40 {
        for from in mesh.all() {
            let (to, flits) = (draws.node(mesh), 1 + u16::try_from(draws.below(3)).unwrap());
            fabric.offer(from, cycle, &unicast(mesh, Class::Event, to, flits, label)).unwrap();
            label += 1;
            for at in path(mesh, from, to) {
                *load.entry(at).or_default() += u64::from(flits);
            }
        }
    }
    assert!(fabric.run_until_idle(100_000));
    (mesh, load, fabric.drain(), fabric.counters())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Under overload every link carries the flits whose path it lies on, no more and no less.
    #[test]
    fn links_carry_what_passes_them(columns in 1..=9_u16, rows in 1..=9_u16, channels in 1..=4_u8, preset in prop::sample::select(Preset::ALL.to_vec()), seed: u64) {
        let config = Config { mesh: Extent::new(columns, rows), ..Config::square(4, preset, channels, 3) };
        let (mesh, load, _, counters) = overload(config, seed);
        prop_assert_eq!(counted(mesh, &counters), load);
    }
}

/// What several virtual channels do to order: a packet takes a channel anew at every router, so two
/// packets of one source and destination may overtake each other. With one channel they may not.
#[test]
fn packets_overtake_each_other_only_where_there_are_several_channels() {
    let overtakings = |channels| {
        let (.., deliveries, _) = overload(Config::square(4, Preset::P, channels, 4), 5);
        let mut last = BTreeMap::new();
        let heads = deliveries.iter().filter(|delivery| delivery.head);
        heads
            .filter(|head| {
                let before = last.insert((head.source, head.node), head.label());
                before.is_some_and(|before| before > head.label())
            })
            .count()
    };
    assert_eq!(overtakings(1), 0);
    assert!(overtakings(4) > 0);
}

/// A router's input and the virtual channel that a packet was granted there.
type Step = (Node, Port, usize);

/// Overloads the specification; result: by packet the channels that it took, injection first, and all
/// deliveries.
fn channels_taken(config: Config, seed: u64) -> (BTreeMap<u64, Vec<Step>>, Vec<Delivery>) {
    let checked = config.check().unwrap();
    let mesh = checked.mesh();
    let mut fabric = Spec::new(&checked, Vec::new()).unwrap();
    let (mut draws, mut label) = (Draws(seed | 1), 0);
    for cycle in 0..40 {
        for from in mesh.all() {
            // Few destinations, so that many packets have both ends in common.
            let to = Node(u16::try_from(draws.below(2)).unwrap());
            let flits = 1 + u16::try_from(draws.below(3)).unwrap();
            fabric.offer(from, cycle, &unicast(mesh, Class::Event, to, flits, label)).unwrap();
            label += 1;
        }
    }
    let mut taken: BTreeMap<_, Vec<_>> = BTreeMap::new();
    while !fabric.is_idle() {
        for (node, port, channel, word) in fabric.arriving() {
            let steps = taken.entry(word & ((1 << 45) - 1)).or_default();
            // The other flits of a packet follow its head.
            if !steps.contains(&(node, port, channel)) {
                steps.push((node, port, channel));
            }
        }
        fabric.step();
    }
    (taken, fabric.drain())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// Order per source, destination and virtual channel: packets that were granted the same channel
    /// at every router, ejection included, arrive in the order in which they were offered.
    #[test]
    fn packets_of_one_source_destination_and_channels_keep_their_order(channels in 2..=4_u8, preset in prop::sample::select(Preset::ALL.to_vec()), seed: u64) {
        let config = Config { mesh: Extent::new(3, 2), ..Config::square(3, preset, channels, 4) };
        let (taken, deliveries) = channels_taken(config, seed);
        let mut last = BTreeMap::new();
        let mut compared = 0;
        for head in deliveries.iter().filter(|delivery| delivery.head) {
            let lane = (head.source, head.node, &taken[&head.label()], head.vc);
            if let Some(before) = last.insert(lane, head.label()) {
                compared += 1;
                prop_assert!(before < head.label(), "{before} {head:?}");
            }
        }
        prop_assert!(compared > 20, "only {compared} packets had a predecessor");
    }
}

/// A table that asks for a turn from y to x, or back, is not obeyed: the branch is an error.
#[test]
fn no_table_turns_a_flit_from_y_to_x() {
    for wrong in [Port::PlusX, Port::MinusX, Port::MinusY] {
        let checked = Config::square(2, Preset::P, 2, 4).check().unwrap();
        let entry = |outputs| vec![Entry { key: 7, mask: u16::MAX, outputs }];
        let (up, here) = (Port::PlusY.mask(), Port::Local.mask());
        // (0, 0) sends up to (0, 1), which keeps a copy and sends the other where it must not.
        let tables = vec![entry(up), Vec::new(), entry(here | wrong.mask()), entry(here)];
        let mut fabric = Network::new(&checked, tables).unwrap();
        let packet = Packet::single(Header::new(Class::Event, Target::Tag(7)));
        fabric.offer(Node(0), 0, &packet).unwrap();
        assert!(fabric.run_until_idle(1_000) && fabric.is_home());
        let reached: Vec<_> = fabric.drain().iter().map(|delivery| delivery.node).collect();
        assert_eq!(reached, [Node(2)], "{wrong:?}");
        let counters = fabric.counters();
        assert_eq!(counters.routers[2].route_errors, 1, "{wrong:?}");
        assert_eq!(counters.routers[2].through(wrong), 0, "{wrong:?}");
    }
}
