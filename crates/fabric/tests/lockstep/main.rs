//! The fast engine does what the specification says: every delivery, every count, in every cycle.

#![expect(clippy::unwrap_used, reason = "a test ends where a configuration or an offer is refused")]
#![expect(clippy::indexing_slicing, reason = "a test ends where a node or a field is missing")]

mod traffic;

use leadlag_fabric::{
    Checked, ChipLink, Config, DeadLink, DeadRouter, Engine, Entry, Extent, Faults, Network, Node,
    Port, Preset, Spec, StuckChannel, Tables,
};
use proptest::prelude::*;
use traffic::Traffic;

/// A configuration that can be built, with everything in it that the fabric knows.
fn config(side: u16) -> impl Strategy<Value = Config> {
    let mesh = (1..=side, 1..=side, 1..=2_u16, 1..=2_u16);
    let channels = (1..=2_u8, 1..=12_u8, 2..=9_u8);
    let link = (16..=19_u16, 1..=5_u8, 2..=17_u8);
    let drop_after = prop::option::weighted(0.2, 1..=9_u32);
    let shape = (mesh, channels, link, drop_after, prop::sample::select(Preset::ALL.to_vec()));
    (shape, faults()).prop_map(|((mesh, channels, link, drop_after, preset), faults)| {
        let (columns, rows, chips_x, chips_y) = mesh;
        let (classes, all, buffer) = channels;
        let config = Config {
            mesh: Extent::new(columns, rows),
            grid: Extent::new(chips_x, chips_y),
            preset,
            classes,
            channels: (all / classes).max(1),
            buffer,
            link: ChipLink { latency: link.0, interval: link.1, buffer: link.2 },
            drop_after: drop_after.filter(|_| preset == Preset::P),
            faults: Faults::default(),
        };
        let faults = faults.fit(&config);
        Config { faults, ..config }
    })
}

/// Faults before it is known where they can be.
#[derive(Clone, Debug)]
struct Wishes {
    links: Vec<(u16, usize, u64)>,
    routers: Vec<(u16, u64)>,
    stuck: Vec<(u16, usize, u8)>,
    flips: u32,
    seed: u64,
}

fn faults() -> impl Strategy<Value = Wishes> {
    let since = prop_oneof![Just(0_u64), 1..200_u64];
    let links = prop::collection::vec((any::<u16>(), 0..5_usize, since.clone()), 0..3);
    let routers = prop::collection::vec((any::<u16>(), since), 0..2);
    let stuck = prop::collection::vec((any::<u16>(), 0..5_usize, any::<u8>()), 0..3);
    let all = (links, routers, stuck, prop_oneof![Just(0), any::<u32>()], any::<u64>());
    let none = Wishes { links: vec![], routers: vec![], stuck: vec![], flips: 0, seed: 0 };
    let some = all.prop_map(|(links, routers, stuck, flips, seed)| Wishes {
        links,
        routers,
        stuck,
        flips,
        seed,
    });
    prop_oneof![3 => Just(none), 1 => some]
}

impl Wishes {
    fn fit(self, config: &Config) -> Faults {
        let mesh = config.clone().check().unwrap().mesh();
        let nodes = u16::try_from(mesh.nodes()).unwrap();
        let place = |node: u16, port: usize| {
            let node = Node(node % nodes);
            let exists = mesh.outputs(node) & Port::ALL[port].mask() != 0;
            (node, if exists { Port::ALL[port] } else { Port::Local })
        };
        let link = |(node, port, since)| {
            let (node, port) = place(node, port);
            DeadLink { node, port, since }
        };
        let stuck = |(node, port, channel): (u16, usize, u8)| {
            let (node, port) = place(node, port);
            StuckChannel { node, port, channel: channel % (config.classes * config.channels) }
        };
        let router = |(node, since): (u16, u64)| DeadRouter { node: Node(node % nodes), since };
        Faults {
            links: self.links.into_iter().map(link).collect(),
            routers: self.routers.into_iter().map(router).collect(),
            stuck: self.stuck.into_iter().map(stuck).collect(),
            flips: self.flips,
            seed: self.seed,
        }
    }
}

/// Tables that nobody checked: wrong turns, edges of the mesh, misses.
fn tables() -> impl Strategy<Value = Tables> {
    let entry = (0..8_u16, 0..8_u16, 0..32_u8).prop_map(|(key, mask, outputs)| Entry {
        key: key & mask,
        mask,
        outputs,
    });
    let table = prop::collection::vec(entry, 0..4);
    prop_oneof![Just(Vec::new()), prop::collection::vec(table, 1..64)]
}

fn fitting(checked: &Checked, mut tables: Tables) -> Tables {
    tables.truncate(checked.mesh().nodes());
    if checked.config().preset == Preset::P { tables } else { Vec::new() }
}

/// Runs both for `cycles` under traffic and then until they are empty; they must agree throughout.
fn agree(
    config: Config,
    tables: Tables,
    mut traffic: Traffic,
    (cycles, threads): (u64, usize),
) -> Result<(), TestCaseError> {
    let checked = config.check().unwrap();
    let tables = fitting(&checked, tables);
    let mut spec = Spec::new(&checked, tables.clone()).unwrap();
    let mut fast = Network::with_threads(&checked, tables, threads).unwrap();
    for cycle in 0..cycles {
        for (node, at, packet) in traffic.offers(&checked, cycle) {
            let (plain, quick) = (spec.offer(node, at, &packet), fast.offer(node, at, &packet));
            prop_assert_eq!(plain, quick);
        }
        prop_assert_eq!(spec.next_event(), fast.next_event(), "cycle {}", cycle);
        spec.step();
        fast.step();
        prop_assert_eq!(spec.drain(), fast.drain(), "cycle {}", cycle);
        if cycle % 16 == 0 {
            prop_assert_eq!(spec.counters(), fast.counters(), "cycle {}", cycle);
        }
    }
    prop_assert_eq!(spec.run_until_idle(cycles + 5_000), fast.run_until_idle(cycles + 5_000));
    prop_assert_eq!(spec.drain(), fast.drain());
    prop_assert_eq!((spec.now(), spec.is_home()), (fast.now(), fast.is_home()));
    prop_assert_eq!(spec.counters(), fast.counters());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Small fabrics of every kind, at loads from nothing to more than can be carried.
    #[test]
    fn the_network_is_the_specification(
        config in config(4), tables in tables(), traffic in traffic::any(), threads in 1..=3_usize,
    ) {
        agree(config, tables, traffic, (150, threads))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Meshes up to 16 × 16.
    #[test]
    fn large_networks_are_the_specification(
        config in config(16).prop_map(|config| Config { grid: Extent::new(1, 1), faults: Faults::default(), ..config }),
        traffic in traffic::any(), threads in 1..=3_usize,
    ) {
        agree(config, Vec::new(), traffic, (60, threads))?;
    }
}
