//! A saved state continues as if nothing had happened; one that cannot be is refused.

use leadlag_fabric::{
    ChipLink, Class, Config, Engine, Entry, Extent, Header, Network, NetworkState, Node, Packet,
    Port, Preset, Target,
};
use proptest::prelude::*;

use crate::traffic::{Draws, unicast};

fn bytes(state: &NetworkState) -> Vec<u8> {
    bincode::serde::encode_to_vec(state, bincode::config::standard()).unwrap()
}

fn state(bytes: &[u8]) -> Option<NetworkState> {
    let limited = bincode::config::standard().with_limit::<{ 1 << 22 }>();
    Some(bincode::serde::decode_from_slice(bytes, limited).ok()?.0)
}

/// One to four channels of one or two classes, all presets, one chip or two, lossless or not.
fn configs() -> impl Strategy<Value = Config> {
    let preset = prop::sample::select(Preset::ALL.to_vec());
    (preset, 1..=4_u8, 1..=2_u8, 2..=5_u8, 1..=2_u16, any::<bool>()).prop_map(
        |(preset, channels, classes, buffer, chips, drops)| Config {
            mesh: Extent::new(3, 2),
            grid: Extent::new(1, chips),
            classes,
            link: ChipLink { buffer: 4, ..ChipLink::default() },
            drop_after: (drops && preset == Preset::P).then_some(40),
            ..Config::square(3, preset, channels, buffer)
        },
    )
}

/// A fabric with packets of one to three flits offered over 60 cycles, multicast among them in preset P:
/// tag 1 goes up the first column.
fn loaded(config: &Config, threads: usize, seed: u64) -> Network {
    let checked = config.clone().check().unwrap();
    let mesh = checked.mesh();
    let tables = if config.preset == Preset::P {
        let up = Port::PlusY.mask() | Port::Local.mask();
        let column = mesh.all().map(|node| mesh.coordinates(node).0 == 0);
        column
            .map(|first| first.then_some(Entry { key: 1, mask: u16::MAX, outputs: up }))
            .map(|entry| entry.into_iter().collect())
            .collect()
    } else {
        Vec::new()
    };
    let mut fabric = Network::with_threads(&checked, tables, threads).unwrap();
    let mut draws = Draws(seed | 1);
    for (cycle, node) in (0..60).flat_map(|cycle| mesh.all().map(move |node| (cycle, node))) {
        let (to, draw) = (draws.node(mesh), draws.below(8));
        let class = if draw == 1 && config.classes == 2 { Class::Control } else { Class::Event };
        let packet = if draw == 0 && config.preset == Preset::P {
            Packet::single(Header::new(Class::Event, Target::Tag(1)))
        } else {
            unicast(mesh, class, to, if draw < 3 { 3 } else { 1 }, cycle)
        };
        if draw < 6 {
            fabric.offer(node, cycle, &packet).unwrap();
        }
    }
    fabric
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Saved at any cycle, written, read, and restored with one thread or two: the same deliveries,
    /// the same counts, the same state at the end.
    #[test]
    fn a_restored_fabric_continues_to_the_same_bits(config in configs(), cycle in 0_u64..160, threads in (1..=2_usize, 1..=2_usize), seed: u64) {
        let mut whole = loaded(&config, threads.0, seed);
        whole.run_until(cycle);
        let saved = state(&bytes(&whole.state())).unwrap();
        let mut other = loaded(&config, threads.1, seed ^ 2);
        other.restore(&saved).unwrap();
        prop_assert_eq!(other.state(), whole.state());
        let extra = unicast(config.clone().check().unwrap().mesh(), Class::Event, Node(4), 1, 7);
        for fabric in [&mut whole, &mut other] {
            fabric.offer(Node(0), cycle + 3, &extra).unwrap();
            fabric.run_until(cycle + 30);
        }
        prop_assert_eq!(other.drain(), whole.drain());
        prop_assert_eq!(other.state(), whole.state());
        prop_assert_eq!(other.run_until_idle(20_000), whole.run_until_idle(20_000));
        prop_assert_eq!(other.drain(), whole.drain());
        prop_assert!(other.is_home() == whole.is_home() && other.counters() == whole.counters());
    }

    /// Any damage is refused, or makes a state that runs: never a panic.
    #[test]
    fn a_damaged_state_is_refused_or_runs(config in configs(), cycle in 5_u64..90, seed: u64, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut fabric = loaded(&config, 1, seed);
        fabric.run_until(cycle);
        let mut damaged = bytes(&fabric.state());
        for (place, value) in damage {
            let place = place.index(damaged.len());
            damaged[place] = value;
        }
        if let Some(state) = state(&damaged)
            && fabric.restore(&state).is_ok()
        {
            let now = fabric.now();
            fabric.run_until(now + 300);
            fabric.drain();
        }
    }
}

/// What is sent in the first cycle of all is in every state until it has arrived.
#[test]
fn the_first_packet_is_in_every_state() {
    let checked = Config::square(3, Preset::P, 2, 4).check().unwrap();
    let packet = unicast(checked.mesh(), Class::Event, Node(8), 1, 7);
    for cycle in 0..20 {
        let mut whole = Network::new(&checked, Vec::new()).unwrap();
        let mut other = whole.clone();
        whole.offer(Node(0), 0, &packet).unwrap();
        whole.run_until(cycle);
        other.restore(&whole.state()).unwrap();
        assert!(whole.run_until_idle(100) && other.run_until_idle(100));
        assert_eq!(other.state(), whole.state(), "{cycle}");
        assert_eq!(whole.drain().len(), 1);
    }
}

#[test]
fn a_state_belongs_to_its_configuration() {
    let network = |config: Config| Network::new(&config.check().unwrap(), Vec::new()).unwrap();
    let state = network(Config::square(4, Preset::P, 2, 4)).state();
    let others = [
        (Config::square(5, Preset::P, 2, 4), "4 × 4, not 5 × 5"),
        (Config::square(4, Preset::P, 3, 4), "2 virtual channels per port, not 3"),
        (Config::square(4, Preset::P, 2, 5), "are 4, not 5"),
        (Config::square(4, Preset::N, 2, 4), "0 entries, not 64"),
    ];
    for (config, says) in others {
        let refused = network(config).restore(&state).expect_err(says);
        assert_eq!(refused.code, "LL1220");
        assert!(refused.to_string().contains(says), "{refused}");
    }
}
