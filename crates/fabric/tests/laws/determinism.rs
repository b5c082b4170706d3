//! A run is a function of its inputs: not of threads, of visiting order, of how time is cut.

use leadlag_fabric::{
    ChipLink, Class, Config, Engine, Extent, Network, Node, Packet, Preset, Spec,
};
use proptest::prelude::*;

use crate::traffic::{Draws, unicast};

fn grid() -> Config {
    let link = ChipLink { buffer: 6, ..ChipLink::default() };
    let (mesh, grid) = (Extent::new(4, 4), Extent::new(2, 4));
    Config { mesh, grid, link, ..Config::default() }
}

fn offers(config: &Config, load: u64, cycles: u64) -> Vec<(Node, u64, Packet)> {
    let mesh = config.clone().check().unwrap().mesh();
    let mut draws = Draws(99);
    let mut offers = Vec::new();
    for (cycle, node) in (0..cycles).flat_map(|cycle| mesh.all().map(move |node| (cycle, node))) {
        if draws.below(1_000) < load {
            let (to, flits) = (draws.node(mesh), draws.below(3));
            let flits = if flits == 0 { 3 } else { 1 };
            offers.push((node, cycle, unicast(mesh, Class::Event, to, flits, cycle)));
        }
    }
    offers
}

fn offered(config: &Config, threads: usize, load: u64, cycles: u64) -> Network {
    let checked = config.clone().check().unwrap();
    let mut fabric = Network::with_threads(&checked, Vec::new(), threads).unwrap();
    for (node, at, packet) in offers(config, load, cycles) {
        fabric.offer(node, at, &packet).unwrap();
    }
    fabric
}

/// Arrival cycles and every count are the same for 1, 2, 3 and 4 threads, whether cuts go through
/// chips or between them.
#[test]
fn threads_do_not_show() {
    let wide = Config::square(16, Preset::P, 4, 8);
    for (config, load) in [(wide, 150), (Config::square(9, Preset::N, 2, 4), 100), (grid(), 40)] {
        let run = |threads| {
            let mut fabric = offered(&config, threads, load, 400);
            fabric.run_until(300);
            let first = fabric.drain();
            assert!(fabric.run_until_idle(1_000_000) && fabric.is_home());
            let now = fabric.now();
            (now, first, fabric.drain(), fabric.counters())
        };
        let alone = run(1);
        assert!(alone.1.len() > 1_000);
        for threads in [2, 3, 4] {
            assert!(run(threads) == alone, "{threads} threads");
        }
    }
}

/// Jumping over idle cycles, running in one go, or cycle by cycle: the same state to the last word.
#[test]
fn skipped_cycles_do_not_show() {
    for load in [1, 20, 300] {
        let config = Config::square(4, Preset::P, 2, 4);
        let (mut stepped, mut jumped) =
            (offered(&config, 1, load, 900), offered(&config, 1, load, 900));
        for _ in 0..5_000 {
            stepped.step();
        }
        jumped.run_until(5_000);
        assert!(stepped == jumped);
        assert_eq!(stepped.counters().cycles, 5_000);
    }
}

/// A clone is a snapshot.
#[test]
fn a_restored_run_repeats() {
    let mut fabric = offered(&grid(), 1, 60, 300);
    fabric.run_until(150);
    let mut copy = fabric.clone();
    fabric.run_until(900);
    assert!(fabric != copy);
    copy.run_until(900);
    assert!(fabric == copy);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// No router sees what another does in the same cycle, so their order cannot show.
    #[test]
    fn the_order_of_routers_does_not_show(
        preset in prop::sample::select(Preset::ALL.to_vec()), channels in 1..=4_u8, seed: u64,
    ) {
        let config = Config::square(5, preset, channels, 3);
        let checked = config.clone().check().unwrap();
        let mut order: Vec<_> = checked.mesh().all().collect();
        let mut plain = Spec::new(&checked, Vec::new()).unwrap();
        let (mut mixed, mut fast) = (plain.clone(), Network::with_threads(&checked, Vec::new(), 2).unwrap());
        for (node, at, packet) in offers(&config, 400, 60) {
            plain.offer(node, at, &packet).unwrap();
            mixed.offer(node, at, &packet).unwrap();
            fast.offer(node, at, &packet).unwrap();
        }
        let mut draws = Draws(seed | 1);
        for _ in 0..200 {
            plain.step();
            draws.shuffle(&mut order);
            mixed.step_in_order(&order);
            draws.shuffle(&mut order);
            fast.step_in_order(&order);
            let deliveries = plain.drain();
            prop_assert_eq!(&deliveries, &mixed.drain());
            prop_assert_eq!(&deliveries, &fast.drain());
        }
        prop_assert_eq!(plain.counters(), mixed.counters());
        prop_assert_eq!(plain.counters(), fast.counters());
        prop_assert!(plain.counters().delivered() > 0);
    }
}
