//! What links and cores carry, and what round robin does past saturation.

use leadlag_fabric::{Checked, Class, Config, Engine, Network, Node, Port, Preset};

use crate::traffic::{Draws, unicast};

/// Flits per node and cycle, in 1/1000, that arrive in 1800 cycles after 1200 of warm-up, when every
/// core offers `rate`/1000 to the destination that `to` says.
fn accepted(checked: &Checked, rate: u64, to: impl Fn(Node) -> Node) -> u64 {
    let mesh = checked.mesh();
    let mut fabric = Network::new(checked, Vec::new()).unwrap();
    let mut draws = Draws(11);
    let mut before = 0;
    for cycle in 0..3_000 {
        for node in mesh.all() {
            if draws.below(1_000) < rate {
                let packet = unicast(mesh, Class::Event, to(node), 1, 0);
                fabric.offer(node, cycle, &packet).unwrap();
            }
        }
        fabric.step();
        if cycle == 1_199 {
            before = fabric.counters().delivered();
        }
    }
    let counters = fabric.counters();
    for router in &counters.routers {
        assert!(Port::ALL.iter().all(|&port| router.through(port) <= counters.cycles));
    }
    (counters.delivered() - before) * 1_000 / (1_800 * u64::try_from(mesh.nodes()).unwrap())
}

fn shifted(side: u16, by: u16) -> impl Fn(Node) -> Node {
    move |node| {
        let (x, y) = (node.0 % side, node.0 / side);
        Node((x + by) % side + side * ((y + by) % side))
    }
}

#[test]
fn a_hot_core_takes_one_flit_per_cycle() {
    for preset in [Preset::P, Preset::S] {
        let checked = Config::square(4, preset, 2, 8).check().unwrap();
        let mesh = checked.mesh();
        let mut fabric = Network::new(&checked, Vec::new()).unwrap();
        for (node, label) in mesh.all().flat_map(|node| (0..100).map(move |label| (node, label))) {
            fabric.offer(node, 0, &unicast(mesh, Class::Event, Node(5), 1, label)).unwrap();
        }
        fabric.run_until(100);
        let before = fabric.counters().delivered();
        fabric.run_until(1_100);
        assert_eq!(fabric.counters().delivered() - before, 1_000);
    }
}

#[test]
fn neighbours_exchange_at_the_full_rate() {
    let checked = Config::square(8, Preset::P, 4, 8).check().unwrap();
    assert!(accepted(&checked, 1_000, shifted(8, 1)) >= 999);
}

/// Round robin is not fair past saturation: tornado traffic collapses, as in the reference runs.
#[test]
fn tornado_collapses_past_saturation() {
    let checked = Config::square(8, Preset::P, 4, 8).check().unwrap();
    assert!((262..=272).contains(&accepted(&checked, 267, shifted(8, 3))));
    assert!((175..=195).contains(&accepted(&checked, 367, shifted(8, 3))));
}
