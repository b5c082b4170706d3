//! From nets to tables and back.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::config::{Config, Preset};
use crate::faults::DeadLink;
use crate::topology::Extent;
use crate::tree::LINKS;

fn checked(columns: u16, rows: u16) -> Checked {
    let mesh = Extent::new(columns, rows);
    Config { mesh, ..Config::square(2, Preset::P, 1, 8) }.check().expect("a fabric")
}

/// Tables that no router of the preset could use are not built.
#[test]
fn only_preset_p_has_tables() {
    for preset in Preset::ALL {
        let checked = Config::square(2, preset, 1, 8).check().expect("a fabric");
        let nets = [Net { tag: 9, source: Node(0), leaves: vec![Node(3)] }];
        let found = build(&checked, &nets, ENTRIES);
        assert_eq!(found.is_ok(), preset == Preset::P);
        if let Err(found) = found {
            let text = found.0[0].to_string();
            assert!(text.starts_with("[LL1506]: tag 9 names a multicast net and the"), "{text}");
        }
        assert!(build(&checked, &[], ENTRIES).is_ok(), "without nets nothing is replicated");
    }
}

fn nets(mesh: Extent) -> impl Strategy<Value = Vec<Net>> {
    let node = (0..mesh.columns * mesh.rows).prop_map(Node);
    let leaves = prop::collection::btree_set(node.clone(), 1..9);
    let tag = prop_oneof![0..256_u16, any::<u16>()];
    prop::collection::btree_map(tag, (node, leaves), 0..60).prop_map(|nets| {
        let net = |(tag, (source, leaves)): (u16, (Node, BTreeSet<Node>))| Net {
            tag,
            source,
            leaves: leaves.into_iter().collect(),
        };
        nets.into_iter().map(net).collect()
    })
}

fn instance() -> impl Strategy<Value = (Extent, Vec<Net>)> {
    let extent = (1_u16..7, 1_u16..7).prop_map(|(columns, rows)| Extent::new(columns, rows));
    extent.prop_flat_map(|extent| (Just(extent), nets(extent)))
}

/// Links that a packet takes and cores that it reaches, by the tables alone.
fn delivered(mesh: Mesh, tables: &Tables, net: &Net) -> (u32, BTreeSet<Node>) {
    let (mut links, mut leaves) = (0, BTreeSet::new());
    let mut heads = vec![(net.source, Port::Local)];
    while let Some((node, input)) = heads.pop() {
        let entry = tables[node.index()].iter().find(|entry| entry.matches(net.tag));
        let outputs = entry.map_or(input.opposite().mask(), |entry| entry.outputs);
        links += (outputs & LINKS).count_ones();
        leaves.extend((outputs & Port::Local.mask() != 0).then_some(node));
        for port in Port::ALL.into_iter().filter(|port| outputs & LINKS & port.mask() != 0) {
            heads.push((mesh.neighbour(node, port).expect("inside"), port.opposite()));
        }
    }
    (links, leaves)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A packet reaches exactly its leaves over exactly the links of its XY union, and each step of
    /// the construction says the same about every tag of the router.
    #[test]
    fn tables_carry_every_net_to_its_leaves((extent, nets) in instance()) {
        let checked = checked(extent.columns, extent.rows);
        let mesh = checked.mesh();
        let routing = build(&checked, &nets, ENTRIES).expect("small tables");
        for (net, tree) in nets.iter().zip(&routing.trees) {
            let wanted = (tree.links(), net.leaves.iter().copied().collect());
            prop_assert_eq!(delivered(mesh, &routing.tables, net), wanted.clone());
            let direct = direct(mesh, &nets, &routing.trees);
            prop_assert_eq!(delivered(mesh, &direct, net), wanted);
        }
        for fill in &routing.fill {
            prop_assert!(fill.entries <= fill.explicit && fill.explicit <= fill.tags);
        }
    }

    /// Whatever is changed in a table that some packet uses, the walk or the comparison sees it.
    #[test]
    fn a_changed_entry_is_found((extent, nets) in instance(), pick in any::<prop::sample::Index>(), flip in 0_u32..5) {
        let checked = checked(extent.columns, extent.rows);
        let routing = build(&checked, &nets, ENTRIES).expect("small tables");
        let used: Vec<_> = routing.tables.iter().enumerate().flat_map(|(node, table)| {
            (0..table.len()).map(move |entry| (node, entry))
        }).collect();
        prop_assume!(!used.is_empty());
        let (node, entry) = used[pick.index(used.len())];
        let mut tables = routing.tables.clone();
        tables[node][entry].outputs ^= 1 << flip;
        prop_assert!(!differences(&routing.tables, &tables, &live(&nets)).is_empty());
        prop_assert!(!walk(checked.mesh(), &tables, &nets).is_empty());
    }
}

fn net(tag: u16, source: u16, leaves: &[u16]) -> Net {
    Net { tag, source: Node(source), leaves: leaves.iter().map(|&leaf| Node(leaf)).collect() }
}

fn refused(nets: &[Net], limit: usize) -> Vec<String> {
    let found = build(&checked(4, 4), nets, limit).expect_err("wrong nets");
    found.0.iter().map(ToString::to_string).collect()
}

#[test]
fn straight_stretches_need_no_entry() {
    let routing = build(&checked(4, 1), &[net(7, 0, &[3])], ENTRIES).expect("one net");
    let entries: Vec<_> = routing.fill.iter().map(|fill| (fill.tags, fill.entries)).collect();
    assert_eq!(entries, [(1, 1), (1, 0), (1, 0), (1, 1)]);
}

#[test]
fn nets_that_are_no_nets_are_named() {
    let all =
        refused(&[net(1, 0, &[1]), net(1, 5, &[2]), net(2, 0, &[]), net(3, 99, &[4, 4])], ENTRIES);
    assert_eq!(
        all,
        [
            "[LL1520]: tag 1 names two nets: one from core (0, 0), one from core (1, 1)",
            "[LL1522]: tag 2 of core (0, 0) has 0 leaves; 1 or more are needed",
            "[LL1521]: tag 3 names node 99; the mesh has nodes 0 to 15",
            "[LL1523]: tag 3 names leaf (0, 1) 2 times; a leaf receives a packet once",
        ]
    );
}

#[test]
fn a_table_over_its_limit_is_named_with_router_and_count() {
    let all = refused(&[net(1, 0, &[1]), net(2, 0, &[4]), net(4, 0, &[0])], 2);
    assert_eq!(all, ["[LL2510]: router (0, 0) needs 3 table entries; a router has 2"]);
}

#[test]
fn a_leaf_behind_a_dead_link_is_refused_with_its_pair() {
    let mut config = Config::square(4, Preset::P, 1, 8);
    config.faults.links.push(DeadLink { node: Node(1), port: Port::PlusX, since: 0 });
    let checked = config.check().expect("a fabric");
    let found =
        build(&checked, &[net(1, 0, &[1, 3]), net(2, 3, &[0])], ENTRIES).expect_err("cut off");
    assert_eq!(found.0.len(), 1);
    let text = found.0[0].to_string();
    assert!(text.starts_with("[LL1511]: core (3, 0) cannot be reached from (0, 0)"), "{text}");
}

#[test]
fn the_walk_names_what_is_wrong() {
    let checked = checked(3, 3);
    let nets = [net(9, 3, &[5, 7])];
    let good = build(&checked, &nets, ENTRIES).expect("one net").tables;
    let said = |change: fn(&mut Tables)| {
        let mut tables = good.clone();
        change(&mut tables);
        walk(checked.mesh(), &tables, &nets).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(said(|_| ()), [""; 0]);
    assert_eq!(
        said(|tables| tables[3].clear()),
        [
            "[LL1524]: tag 9 from core (0, 1) finds no entry and no link straight on at router (0, 1)",
            "[LL1525]: tag 9 from core (0, 1): core (2, 1) is not reached",
            "[LL1525]: tag 9 from core (0, 1): core (1, 2) is not reached",
        ]
    );
    let turned =
        said(|tables| tables[7] = vec![Entry { key: 9, mask: u16::MAX, outputs: 0b10001 }]);
    assert_eq!(
        turned,
        ["[LL1524]: tag 9 from core (0, 1) turns from PlusY to PlusX at router (1, 2)"]
    );
    let wrong = said(|tables| tables[4] = vec![Entry { key: 9, mask: u16::MAX, outputs: 0b10101 }]);
    assert_eq!(wrong, ["[LL1525]: tag 9 from core (0, 1): core (1, 1) is reached and is no leaf"]);
    let out = said(|tables| tables[5] = vec![Entry { key: 9, mask: u16::MAX, outputs: 0b10001 }]);
    assert_eq!(
        out,
        ["[LL1524]: tag 9 from core (0, 1) leaves the mesh through PlusX at router (2, 1)"]
    );
}
