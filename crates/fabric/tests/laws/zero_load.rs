//! A lone packet takes 2 + c·H + (S − 1) cycles: the source interface, H routers, and its length.

use leadlag_fabric::{Checked, ChipLink, Class, Config, Engine, Extent, Network, Node, Preset};

use crate::traffic::unicast;

/// The latency of a packet that has the fabric for itself.
fn alone(checked: &Checked, from: Node, to: Node, flits: u16, at: u64) -> u64 {
    let mut fabric = Network::new(checked, Vec::new()).unwrap();
    fabric.offer(from, at, &unicast(checked.mesh(), Class::Event, to, flits, 1)).unwrap();
    assert!(fabric.run_until_idle(at + 10_000) && fabric.is_home());
    let last = fabric.drain().into_iter().rfind(|delivery| delivery.tail).unwrap();
    assert_eq!((last.node, last.source), (to, from));
    assert_eq!(u64::from(last.latency), last.cycle - at);
    last.cycle - at
}

#[test]
fn a_lone_packet_takes_the_time_of_its_route() {
    for (side, preset) in [4, 8].into_iter().flat_map(|side| Preset::ALL.map(|p| (side, p))) {
        let checked = Config::square(side, preset, 2, 8).check().unwrap();
        let mesh = checked.mesh();
        for (from, to) in mesh.all().flat_map(|from| mesh.all().map(move |to| (from, to))) {
            let routers = mesh.routers_between(from, to) * preset.cycles_per_router();
            for flits in [1, 4] {
                let expected = u64::from(2 + routers) + u64::from(flits) - 1;
                let latency = alone(&checked, from, to, flits, 5);
                assert_eq!(latency, expected, "{preset:?} {from:?} {to:?} {flits}");
            }
        }
    }
}

/// The figures of the manual: a neighbour in 8 cycles, corner to corner of a chip in 23.
#[test]
fn the_chips_figures_come_out() {
    let checked = Config::default().check().unwrap();
    assert_eq!(alone(&checked, Node(0), Node(1), 1, 0), 8);
    assert_eq!(alone(&checked, Node(0), Node(15), 1, 0), 23);
}

/// Every chip edge on the way adds its latency in place of a mesh link's.
#[test]
fn a_chip_edge_adds_its_latency() {
    let config = Config {
        mesh: Extent::new(2, 3),
        grid: Extent::new(3, 2),
        link: ChipLink { latency: 20, ..ChipLink::default() },
        ..Config::default()
    };
    let checked = config.check().unwrap();
    let mesh = checked.mesh();
    for (from, to) in mesh.all().flat_map(|from| mesh.all().map(move |to| (from, to))) {
        let ((x0, y0), (x1, y1)) = (mesh.coordinates(from), mesh.coordinates(to));
        let edges = (x0 / 2).abs_diff(x1 / 2) + (y0 / 3).abs_diff(y1 / 3);
        let expected = 2 + 3 * u64::from(mesh.routers_between(from, to)) + 19 * u64::from(edges);
        assert_eq!(alone(&checked, from, to, 1, 0), expected, "{from:?} {to:?}");
    }
}

/// A stream over a chip's edge runs at one flit per q cycles, if the buffer covers the loop.
#[test]
fn a_chip_link_carries_a_flit_per_interval() {
    let one = Extent::new(1, 1);
    let config = Config { mesh: one, grid: Extent::new(2, 1), channels: 1, ..Config::default() };
    for (buffer, flits, cycles) in [(16, 1_u64, 4), (9, 1, 4), (4, 4, 35)] {
        let link = ChipLink { buffer, ..config.link };
        let checked = Config { link, ..config.clone() }.check().unwrap();
        assert_eq!(checked.warnings().is_empty(), cycles == 4);
        let mut fabric = Network::new(&checked, Vec::new()).unwrap();
        for label in 0..400 {
            let packet = unicast(checked.mesh(), Class::Event, Node(1), 1, label);
            fabric.offer(Node(0), 0, &packet).unwrap();
        }
        assert!(fabric.run_until_idle(100_000));
        let arrivals: Vec<_> = fabric.drain().iter().map(|delivery| delivery.cycle).collect();
        assert_eq!((arrivals[300] - arrivals[100]) * flits, 200 * cycles);
    }
}
