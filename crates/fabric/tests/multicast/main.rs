//! Multicast through built and compressed tables, on both engines.

use std::collections::BTreeSet;

use leadlag_fabric::table::{ENTRIES, Net, Routing, build};
use leadlag_fabric::tree::unicast_hops;
use leadlag_fabric::{
    Checked, Class, Config, Delivery, Engine, Extent, Header, Network, Node, Packet, Preset, Spec,
    Target,
};
use proptest::prelude::*;

/// One VC and the smallest buffer: where a deadlock would show.
fn tight(columns: u16, rows: u16) -> Checked {
    let mesh = Extent::new(columns, rows);
    Config { mesh, ..Config::square(2, Preset::P, 1, 2) }.check().expect("a fabric")
}

/// Some nets with a tag each.
fn nets(mesh: Extent) -> impl Strategy<Value = Vec<Net>> {
    let node = (0..mesh.columns * mesh.rows).prop_map(Node);
    let set = prop::collection::btree_set(node.clone(), 1..12);
    prop::collection::btree_map(0..200_u16, (node, set), 1..30).prop_map(|nets| {
        let net = |(tag, (source, leaves)): (u16, (Node, BTreeSet<Node>))| Net {
            tag,
            source,
            leaves: leaves.into_iter().collect(),
        };
        nets.into_iter().map(net).collect()
    })
}

fn instance() -> impl Strategy<Value = (Extent, Vec<Net>)> {
    let extent = (1_u16..6, 1_u16..6).prop_map(|(columns, rows)| Extent::new(columns, rows));
    extent.prop_flat_map(|extent| (Just(extent), nets(extent)))
}

fn packet(tag: u16, payload: i16) -> Packet {
    Packet::single(Header { payload, ..Header::new(Class::Event, Target::Tag(tag)) })
}

/// Offers every net `times` times at once, and runs until all is quiet; all must come home.
fn flood(engine: &mut impl Engine, nets: &[Net], times: i16) -> Vec<Delivery> {
    for payload in 0..times {
        for net in nets {
            let packet = packet(net.tag, payload);
            engine.offer(net.source, 0, &packet).expect("a net of the mesh");
        }
    }
    assert!(engine.run_until_idle(1_000_000), "the fabric stalls");
    assert!(engine.is_home() && engine.counters().removed() == 0);
    engine.drain()
}

/// (tag, payload, leaf) of every delivery, sorted.
fn received(deliveries: &[Delivery]) -> Vec<(u16, i16, Node)> {
    let fields = |delivery: &Delivery| {
        let header = Header::from_bits(delivery.word).expect("an event");
        let Target::Tag(tag) = header.target else { panic!("a unicast packet") };
        (tag, header.payload, delivery.node)
    };
    let mut all: Vec<_> = deliveries.iter().map(fields).collect();
    all.sort_unstable();
    all
}

fn wanted(nets: &[Net], times: i16) -> Vec<(u16, i16, Node)> {
    let leaves = |net: &Net, payload| {
        let leaf = move |&leaf: &Node| (net.tag, payload, leaf);
        net.leaves.iter().map(leaf).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = (0..times)
        .flat_map(|payload| nets.iter().flat_map(move |net| leaves(net, payload)))
        .collect();
    all.sort_unstable();
    all
}

fn links(routing: &Routing) -> u64 {
    routing.trees.iter().map(|tree| u64::from(tree.links())).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// At overload, with one VC of two flits, every packet reaches exactly the cores that unicast
    /// packets would reach, over as many links as its XY union has; both engines agree.
    #[test]
    fn random_trees_at_overload_reach_their_leaves((extent, nets) in instance(), times in 1_i16..20) {
        let checked = tight(extent.columns, extent.rows);
        let routing = build(&checked, &nets, ENTRIES).unwrap();
        let mut fast = Network::new(&checked, routing.tables.clone()).unwrap();
        let arrived = flood(&mut fast, &nets, times);
        prop_assert_eq!(received(&arrived), wanted(&nets, times));
        let factor = u64::try_from(times).unwrap();
        prop_assert_eq!(fast.counters().link_traversals(), factor * links(&routing));
        let mut plain = Spec::new(&checked, routing.tables).unwrap();
        let mut by_rules = flood(&mut plain, &nets, times);
        let mut arrived = arrived;
        by_rules.sort_unstable();
        arrived.sort_unstable();
        prop_assert_eq!(arrived, by_rules);
        prop_assert_eq!(fast.counters(), plain.counters());
    }
}

/// Every core to every core, three times over.
#[test]
fn all_to_all_broadcast_drains() {
    let checked = tight(8, 8);
    let leaves: Vec<_> = checked.mesh().all().collect();
    let net = |&source: &Node| Net { tag: source.0, source, leaves: leaves.clone() };
    let nets: Vec<_> = leaves.iter().map(net).collect();
    let routing = build(&checked, &nets, ENTRIES).unwrap();
    let mut fabric = Network::new(&checked, routing.tables.clone()).unwrap();
    let arrived = flood(&mut fabric, &nets, 3);
    assert_eq!(arrived.len(), 3 * 64 * 64);
    assert_eq!(received(&arrived), wanted(&nets, 3));
    // 63 links span 64 cores; unicast packets take the distance to each.
    assert_eq!(fabric.counters().link_traversals(), 3 * 64 * 63);
    let mesh = checked.mesh();
    let unicast: u64 =
        nets.iter().map(|net| u64::from(unicast_hops(mesh, net.source, &net.leaves))).sum();
    assert_eq!(fabric.counters().flit_hops() / 3, 64 * 127);
    assert!(unicast > 3 * 64 * 127, "{unicast}");
}
